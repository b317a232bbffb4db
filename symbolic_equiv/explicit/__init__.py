"""Both sides of a statement at given sizes, entry by entry: equal, undecided, or rigorously refuted."""

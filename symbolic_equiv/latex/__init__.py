"""LaTeX, in the notation of the paper."""

"""The mathematics: constants, and axioms that are equations with a reason in words."""

"""The numeric witness: random finite models, NumPy evaluation, and counterexamples confirmed in exact arithmetic."""

"""Judging a document: a verdict for every step, and an erratum with its repair for whatever is wrong."""

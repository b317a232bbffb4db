"""Neighbourhoods, one a file: which tokens a token attends to."""

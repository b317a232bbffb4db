"""Untrusted search: matching, rewriting and the prover.  It can only produce kernel theorems, or fail."""

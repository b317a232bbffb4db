"""Adapters, one a file: what becomes of the projections of a layer."""

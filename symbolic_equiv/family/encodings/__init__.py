"""Encodings, one a file: how a layer sees positions."""

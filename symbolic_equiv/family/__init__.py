"""The family: which encodings, adapters and neighbourhoods keep a layer equivariant, and which do not."""

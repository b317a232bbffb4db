"""Qiu et al.: Controlling Text-to-Image Diffusion by Orthogonal Finetuning, 2023; butterflies and reflections too."""

from symbolic_equiv.family.ingredients import Adapter, Projection
from symbolic_equiv.theories import adapters
from symbolic_equiv.theories.language import Expr, mat


def orthogonal(at: Projection, v: Expr) -> Expr:
    """``W (R v) + b``."""
    return adapters.orthogonal(at.weight, at.parameter("R", mat(at.columns, at.columns))).unmerged(v) + at.bias


ADAPTER = Adapter("orthogonal", "orthogonal (OFT, BOFT, HRA)", "W R, whatever R is", map=orthogonal)

"""What a transformer has beside attention: norms, the pointwise network, and layers as maps of signals.

All but the layers act on the vector of one token: ``v`` is a vector, ``n`` its dimension, which is ``⟨1, 1⟩`` here.
"""

from __future__ import annotations

from symbolic_equiv.theories.attention import L, i, y
from symbolic_equiv.theories.entries import hadamard, ones
from symbolic_equiv.theories.language import Expr, inner, lam, sqrt, symbol
from symbolic_equiv.theories.statement import Hypothesis, hypothesis


def _mean(v: Expr) -> Expr:
    one = ones(n=v.sort.args[0])
    return inner(one, v) / inner(one, one)


def _mean_square(v: Expr) -> Expr:
    one = ones(n=v.sort.args[0])
    return inner(v, v) / inner(one, one)


def layer_norm(v: Expr, gamma: Expr, beta: Expr, epsilon: Expr) -> Expr:
    """``γ ⊙ (v − μ) / √(σ² + ε) + β``, with mean ``μ`` and variance ``σ²`` over the features of this token.

    Ba et al., Layer Normalization, 2016.
    """
    centred = v - _mean(v) * ones(n=v.sort.args[0])
    return hadamard(gamma, centred / sqrt(_mean_square(centred) + epsilon)) + beta


def rms_norm(v: Expr, gamma: Expr, epsilon: Expr) -> Expr:
    """``γ ⊙ v / √(mean of v² + ε)``.  Zhang and Sennrich, Root Mean Square Layer Normalization, 2019."""
    return hadamard(gamma, v / sqrt(_mean_square(v) + epsilon))


def mlp(v: Expr, first: Expr, b: Expr, activation: Expr, second: Expr, c: Expr) -> Expr:
    """``W₂ a(W₁ v + b) + c``, where ``a`` is any map of the hidden vector, such as GELU in every entry."""
    return second @ activation(first @ v + b) + c


def is_equivariant(layer: Expr) -> Hypothesis:
    """A map of signals to signals commutes with every translation: ``F[L_y f](i) = L_y[F[f]](i)``."""
    name = str(layer.head.name)
    signal = symbol("u", layer.sort.args[0].args[0], layer.sort.args[0].args[1])
    return hypothesis(
        f"{name}_is_equivariant",
        f"the layer {name} commutes with translations",
        (lam(y, signal, i, layer(L(y, signal), i)), lam(y, signal, i, L(y, layer(signal))(i))),
    )

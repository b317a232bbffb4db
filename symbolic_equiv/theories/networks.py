"""What a transformer has beside attention: norms, the pointwise network, and layers as maps of signals.

All but the layers act on the vector of one token: ``v`` is a vector, ``n`` its dimension, which is ``⟨1, 1⟩`` here.
"""

from __future__ import annotations

from symbolic_equiv.theories.attention import L, S, d_in, i, y
from symbolic_equiv.theories.entries import hadamard, ones
from symbolic_equiv.theories.language import NAT, Expr, inner, lam, sqrt, symbol, vec
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


_signal = symbol("u", S, vec(d_in))
_n = symbol("n", NAT)


def layer(name: str) -> Expr:
    """Any map of signals to signals, such as ``Phi``: attention, a block, a whole network."""
    return symbol(name, _signal.sort, _signal.sort, latex=("\\" + name, "[#1]", "(#2)"))


def layers(name: str) -> Expr:
    """Any sequence of such maps, such as ``Theta``: one for every number."""
    return symbol(name, NAT, _signal.sort, _signal.sort, latex=("\\" + name + "_{#1}", "[#2]", "(#3)"))


def is_equivariant(of: Expr) -> Hypothesis:
    """A layer commutes with every translation: ``F[L_y u](i) = L_y[F[u]](i)``."""
    name = str(of.head.name)
    return hypothesis(
        f"{name}_is_equivariant",
        f"the layer {name} commutes with translations",
        (lam(y, _signal, i, of(L(y, _signal), i)), lam(y, _signal, i, L(y, of(_signal))(i))),
    )


def are_equivariant(of: Expr) -> Hypothesis:
    """Every layer of a sequence commutes with every translation."""
    return hypothesis(
        f"{of.head.name}_are_equivariant",
        f"the layers {of.head.name} commute with translations",
        (lam(_n, y, _signal, i, of(_n, L(y, _signal), i)), lam(_n, y, _signal, i, L(y, of(_n, _signal))(i))),
    )

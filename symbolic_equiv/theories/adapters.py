"""Adapters of one projection, each by its formula.

Every function here takes the frozen weight ``W : to × of`` and the trained parameters, and returns the adapter in
its two forms: ``merged``, one matrix as it is deployed, and ``unmerged(v)``, what training computes for the vector
``v`` of one token.  Biases, heads and scores are left to the layer.  None of the parameters sees a position, so each
is one map for every token.  Scalars such as ``c`` are any numbers: ``α/r`` for LoRA, ``α/√r`` for rsLoRA.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from symbolic_equiv.theories.entries import (
    diag,
    flatten,
    hadamard,
    kron,
    ones,
    outer,
    reciprocals,
    row_norms,
    transpose,
    unflatten,
)  # fmt: skip
from symbolic_equiv.theories.language import Expr, inner, one


class Adapted(NamedTuple):
    """A projection with its adapter: as one matrix, and as a map of the vector of one token."""

    merged: Expr
    unmerged: Callable[[Expr], Expr]


def lora(W: Expr, B: Expr, A: Expr, c: Expr) -> Adapted:
    """``W + c B A``, with ``B : to × r``, ``A : r × of``.

    ``c = α/r``: Hu et al., LoRA: Low-Rank Adaptation of Large Language Models, 2021.  ``c = α/√r``:
    Kalajdzievski, A Rank Stabilization Scaling Factor for Fine-Tuning with LoRA (rsLoRA), 2023.
    """
    return Adapted(W + c * (B @ A), lambda v: W @ v + c * (B @ (A @ v)))


def dora(W: Expr, B: Expr, A: Expr, c: Expr, m: Expr) -> Adapted:
    """``diag(m / ‖W + c B A‖) (W + c B A)``, with LoRA's shapes and ``m : to``; ``‖·‖`` is the norm of every row.

    The norm is one of weights: it does not see the token.  Unmerged, ``g = m / ‖W + c B A‖`` weighs the change,
    ``W v + (g − 1) ⊙ W v + g ⊙ c B (A v)``.  Liu et al., DoRA: Weight-Decomposed Low-Rank Adaptation, 2024.
    """
    whole = W + c * (B @ A)
    g = hadamard(m, reciprocals(row_norms(whole)))
    identity = ones(n=m.sort.args[0])
    change = lambda v: hadamard(g - identity, W @ v) + hadamard(g, c * (B @ (A @ v)))
    return Adapted(diag(g) @ whole, lambda v: W @ v + change(v))


def adalora(W: Expr, B: Expr, E: Expr, A: Expr, c: Expr) -> Adapted:
    """``W + c B diag(E) A``, with ``B : to × r``, ``E : r``, ``A : r × of``: singular values of their own.

    Zhang et al., Adaptive Budget Allocation for Parameter-Efficient Fine-Tuning (AdaLoRA), 2023.
    """
    return Adapted(W + c * (B @ (diag(E) @ A)), lambda v: W @ v + c * (B @ hadamard(E, A @ v)))


def loha(W: Expr, B1: Expr, A1: Expr, B2: Expr, A2: Expr, c: Expr) -> Adapted:
    """``W + c (B1 A1) ⊙ (B2 A2)``, both products with LoRA's shapes: a Hadamard product has a higher rank.

    Hyeon-Woo et al., FedPara: Low-Rank Hadamard Product for Communication-Efficient Federated Learning, 2022.
    """
    change = hadamard(B1 @ A1, B2 @ A2)
    return Adapted(W + c * change, lambda v: W @ v + c * (change @ v))


def lokr(W: Expr, C: Expr, D: Expr, c: Expr) -> Adapted:
    """``W + c C ⊗ D``, with ``C : p × s``, ``D : q × t`` and so ``W : (p × q) × (s × t)``.

    Unmerged, the vector is read as a matrix ``Z : s × t`` and becomes the rows of ``C Z Dᵀ``; neither ``C`` nor
    ``D`` has to be one matrix: ``D = B @ A`` has a low rank.
    Edalati et al., KronA: Parameter-Efficient Tuning with Kronecker Adapter, 2022.
    """
    change = lambda v: flatten(C @ (unflatten(v) @ transpose(D)))
    return Adapted(W + c * kron(C, D), lambda v: W @ v + c * change(v))


def vera(W: Expr, B: Expr, A: Expr, b: Expr, d: Expr) -> Adapted:
    """``W + diag(b) B diag(d) A``, with LoRA's shapes and ``b : to``, ``d : r``; ``B`` and ``A`` are random and shared.

    Kopiczko et al., VeRA: Vector-based Random Matrix Adaptation, 2024.
    """
    merged = W + diag(b) @ (B @ (diag(d) @ A))
    return Adapted(merged, lambda v: W @ v + hadamard(b, B @ hadamard(d, A @ v)))


def ia3(W: Expr, scaling: Expr) -> Adapted:
    """``diag(l) W``, with ``l : to``: what comes out is scaled, as for keys and values.

    Liu et al., Few-Shot Parameter-Efficient Fine-Tuning is Better and Cheaper than In-Context Learning, 2022.
    """
    return Adapted(diag(scaling) @ W, lambda v: hadamard(scaling, W @ v))


def ia3_of_input(W: Expr, scaling: Expr) -> Adapted:
    """``W diag(l)``, with ``l : of``: what goes in is scaled, as in feed-forward layers (see ``ia3``)."""
    return Adapted(W @ diag(scaling), lambda v: W @ hadamard(scaling, v))


def orthogonal(W: Expr, R: Expr) -> Adapted:
    """``W R``, with ``R : of × of``; that ``R`` is orthogonal is not needed, nor how it was made.

    So it is for blocks by Cayley's transform (Qiu et al., Controlling Text-to-Image Diffusion by Orthogonal
    Finetuning, 2023) and for butterflies (Liu et al., Parameter-Efficient Orthogonal Finetuning via Butterfly
    Factorization, 2024).
    """
    return Adapted(W @ R, lambda v: W @ (R @ v))


def householder(W: Expr, u: Expr) -> Adapted:
    """``W (1 − 2 u uᵀ / ⟨u, u⟩)``, with ``u : of``: one reflection, and a product of several is a product of such.

    Yuan et al., Bridging the Gap between Low-Rank and Orthogonal Adaptation via Householder Reflection, 2024.
    """
    c = (one() + one()) / inner(u, u)
    identity = diag(ones(n=u.sort.args[0]))
    return Adapted(W @ (identity - c * outer(u, u)), lambda v: W @ (v - (c * inner(u, v)) * u))

"""Finished proofs as the reports see them, written line by line, with the axioms that are asked for."""

from __future__ import annotations

from dataclasses import dataclass, field

from symbolic_equiv.kernel.terms import Term
from symbolic_equiv.kernel.theorem import Axiom
from symbolic_equiv.theories import attention as at
from symbolic_equiv.theories.language import Expr, inner, softmax, symbol, total
from symbolic_equiv.theories.statement import Statement
from symbolic_equiv.theories.table import RULES

j_bar = symbol("j_bar", at.S)
USED = ("sum_reindex", "group_inverse_product", "group_cancel_right", "group_associative", "if_context")


@dataclass
class Line:
    term: Term
    rule: str = ""
    because: str = ""
    hypotheses: tuple[str, ...] = ()
    theorem: Rests | None = None
    error: Exception | None = None


@dataclass
class Rests:
    """Stands for a theorem where only its axioms are asked for."""

    axioms: frozenset[Axiom] = field(default_factory=frozenset)


@dataclass
class Proof:
    statement: Statement
    lines: list[Line]
    theorem: Rests | None = None
    verdict: str = "proved"


@dataclass
class Checked:
    """The result of a check: a claim with a verdict of its own, and perhaps a counterexample."""

    statement: Statement
    claim: str
    verdict: str
    proof: Proof | None = None
    theorem: Rests | None = None
    counterexample: object = None


@dataclass
class Model:
    values: tuple[tuple[str, str], ...]

    def describe(self):
        return self.values


def main_statement(title: str = "LoRA attention is translation equivariant", says: str = "") -> Statement:
    return Statement(
        "lora_translation_equivariance",
        at.m[at.L(at.y, at.f), at.rho](at.i),
        at.L(at.y, at.m[at.f, at.rho])(at.i),
        (at.x_is_bijective, at.neighbourhoods_move, at.rho_is_relative),
        title=title,
        says=says or "The adapters act on feature vectors only, so they ride along; all the work is one re-indexing.",
    )


def row(query: Expr, key: Expr, value: Expr, domain: Expr, j: Expr = j_bar) -> Term:
    """One output of attention with ``j`` for the variable of the sum."""
    score = inner(at.phi_qry(at.h, query) + at.delta_qry(at.h, query), at.phi_key(at.h, key) + at.delta_key(at.h, key))
    values = at.phi_val(at.h, value) + at.delta_val(at.h, value)
    return at.heads(total(j, domain, softmax(j, domain, score) * values)).term


def main_proof() -> Proof:
    """The lines of the paper's proof."""
    f, i, j, y, x, rho, rho_P, N = at.f, at.i, at.j, at.y, at.x, at.rho, at.rho_P, at.N
    back = lambda token: at.x_inv(x(token) - y)
    i_bar, moved = back(i), at.moved
    lines = [
        Line(at.m[at.L(y, f), rho](i).term),
        Line(
            row(f(i_bar), f(back(j)) + rho(i, j), f(back(j)), N(i, j), j),
            "unfold m, L",
            "write m out at L_y f",
        ),
        Line(
            row(f(i_bar), f(j_bar) + rho(i, moved(j_bar)), f(j_bar), N(i, moved(j_bar))),
            "re-index j ↦ x⁻¹(x(j̄)+y)",
            "put j = x⁻¹(x(j̄)+y), in the sum and in the softmax, which is a bijection so that both run over the same",
            ("x_is_bijective",),
        ),
        Line(
            row(
                f(i_bar),
                f(j_bar) + rho_P(x(j_bar) + y - (x(i_bar) + y)),
                f(j_bar),
                N(moved(i_bar), moved(j_bar)),
            ),
            "unfold ρ",
            "",
            ("rho_is_relative", "x_is_bijective"),
        ),
        Line(
            row(f(i_bar), f(j_bar) + rho(i_bar, j_bar), f(j_bar), N(i_bar, j_bar)),
            "",
            "y cancels, and both tokens of the relation have moved by y",
            ("neighbourhoods_move", "rho_is_relative"),
        ),
        Line(at.m[f, rho](i_bar).term, "fold m", "this is m at ī"),
        Line(at.L(y, at.m[f, rho])(i).term, "fold L", "which is what L_y does"),
    ]
    return Proof(main_statement(), lines, Rests(frozenset(RULES[name].axiom for name in USED)))

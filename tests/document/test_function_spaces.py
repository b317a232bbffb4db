"""Spaces of functions, as authors print them: what is an element of one is declared."""

from __future__ import annotations

import pytest

from symbolic_equiv.document import read_derivation
from symbolic_equiv.latex.reader import read_text

SPACES = (
    r"L_{\mathbb{R}^d}(S)",
    r"F_{\mathbb{R}^d}(S)",
    r"\mathcal{F}_{\mathbb{R}^d}(S)",
    r"L(S, \mathbb{R}^d)",
    r"C(S, \mathbb{R}^d)",
    r"L^2(S, \mathbb{R}^d)",
    r"\mathrm{Map}(S, \mathbb{R}^d)",
    r"\operatorname{Fun}(S, \mathbb{R}^d)",
    r"(\mathbb{R}^d)^S",
    r"\{S \to \mathbb{R}^d\}",
)
NO_SPACES = (r"\Phi(S)", r"\Phi_a(S)", r"\Phi(S, a)", r"(\mathbb{R}^d)^k")


def sorts(space: str) -> dict[str, str]:
    text = rf"Let $S$ be a set, $u \in {space}$ and $i \in S$." + "\n$$ u(i) + u(i) = u(i) + u(i) $$\n"
    found = read_derivation(read_text(text, "markdown"))
    declared = (entry for entry in found.context.entries if entry.origin == "document")
    return {entry.name: str(entry.sort) for entry in declared if entry.name == "u"}


@pytest.mark.parametrize("space", SPACES)
def test_an_element_of_a_space_of_functions_is_a_function(space):
    assert sorts(space) == {"u": "S → Vec(d)"}


@pytest.mark.parametrize("space", NO_SPACES)
def test_what_is_no_space_of_functions_declares_nothing(space):
    assert not sorts(space)

"""Passes over a document: what is given up goes on from there, and what a map acts on is decided where it is used."""

from __future__ import annotations

import sys

import pytest

from symbolic_equiv.document.read import _library, _Passes, read_derivation
from symbolic_equiv.document.reading import Pass
from symbolic_equiv.latex.reader import read_text
from tests.document.helpers import display, kinds, read, term

SIGNALS = r"Let $f \in L_{\mathbb{R}^d}(S)$, $\varphi : L_{\mathbb{R}^d}(S) \to L_{\mathbb{R}^k}(S)$ and $i \in S$. "
MISFIT = SIGNALS + display(r"u(i) = \varphi(f)(i) + f(i)") + display(r"w(i) = \varphi(f)(i)") + display(r"v(i) = f(i)")


def passes(text: str) -> _Passes:
    return _Passes(read_text(text), (), _library("attention"), frozenset())


def found(reading: Pass | None) -> list[tuple[str, list[bool]]]:
    assert reading is not None
    return [(chain.role, [line.pre is not None for line in chain.lines]) for chain in reading.chains]


def test_a_pass_that_was_given_up_goes_on_from_there():
    over, anew = passes(MISFIT), passes(MISFIT)
    assert over.run(frozenset(), limit=1) is None
    (given_up,) = over.last.values()
    whole = over.run(frozenset())
    assert whole is given_up and found(whole) == found(anew.run(frozenset()))
    assert whole.ills and over.run(frozenset(), limit=1) is None


def test_a_pass_is_given_up_where_it_does_not_mend():
    over = passes(MISFIT)
    first = over.run(frozenset())
    assert first is not None
    place = first.ills[0].span.start
    assert passes(MISFIT).run(frozenset(), limit=9, mending=place) is None
    assert passes(MISFIT).run(frozenset(), limit=9, mending=place + 1) is not None


USES = {
    "its first use decides": (r"w(i) = \varphi(f(i))", 1),
    "a use before that is read again": (r"w(i) = \varphi(f)(i) + \varphi(f(i))", 2),
    "maps of signals stay maps of signals": (r"w(i) = \varphi(f)(i)", 1),
}


@pytest.mark.parametrize("formula, count", USES.values(), ids=USES.keys())
def test_what_a_map_acts_on(formula, count):
    over = passes(SIGNALS + "Then" + display(formula))
    assert over.run(frozenset()) is not None
    assert over.count == count
    assert not kinds(read(SIGNALS + "Then" + display(formula)))


def test_a_map_that_acts_on_vectors_does_so_in_every_place():
    text = SIGNALS + "Then" + display(r"w(i) = \varphi(f(i))") + "and" + display(r"u(i) = \varphi(f)(i)")
    assert term(text) == r"\varphi(f(i))"


def page(definitions: int) -> str:
    """A page on which each signal is declared and defined by the one before."""
    sentences = [
        rf"Let $h_{{{k}}} : S \to \mathbb{{R}}^d$ be a signal. We define "
        + display(rf"f_{{{k}}}(i) := W f_{{{k - 1}}}(i) + h_{{{k}}}(i)")
        for k in range(1, definitions + 1)
    ]
    return "\n\n".join(["Let $f_0 : S \\to \\mathbb{R}^d$ and $W \\in \\mathbb{R}^{d \\times d}$.", *sentences])


def calls(text: str) -> int:
    """How many functions are called when a text is read."""
    events: list[str] = []
    document = read_text(text)
    sys.setprofile(lambda _, event, __: events.append(event))
    try:
        read_derivation(document)
    finally:
        sys.setprofile(None)
    return events.count("call") + events.count("c_call")


def test_twice_as_many_definitions_are_about_twice_the_work():
    calls(page(120))  # what is kept from one document to the next is there
    assert calls(page(120)) < 2.2 * calls(page(60))

"""What stands on the page of a proof: formulas and words, before any markup.

A proof is any object with a ``statement``, ``lines`` (each with ``term``, and after the first ``rule``,
``because``, ``hypotheses``, ``theorem`` and, where it does not follow, ``error``), a ``theorem`` or None, and a
``verdict``.  The result of a check is one too: its lines are those of its ``proof``, if it has one, its
``claim`` is the verdict on the statement, and it may hold a ``counterexample``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from symbolic_equiv.kernel.sorts import BASE, DIMENSION, Sort
from symbolic_equiv.kernel.terms import Term, eta
from symbolic_equiv.kernel.theorem import Axiom
from symbolic_equiv.latex.linebreak import Token, one_line, width
from symbolic_equiv.latex.notation import Notation
from symbolic_equiv.latex.printer import tokens
from symbolic_equiv.latex.statements import (
    Formula,
    RuleFormula,
    declared,
    definition,
    equation,
    left_out,
    rule,
    unfolded,
)
from symbolic_equiv.logic.occurrences import applications
from symbolic_equiv.script.abbreviations import Abbreviation, shorten
from symbolic_equiv.theories import language, pairs
from symbolic_equiv.theories.table import RULES

_IN_WORDS = frozenset({language.softmax_.declaration, pairs.softmax_pairs.declaration})
"""What the page explains in a sentence, where it is printed, and not by its definition."""

WIDEST_NAMES = 16.0
"""In em: the names of one sort that stand in one row of the list of symbols."""

VERDICTS = {
    "proved": "The kernel checked a proof: the claim holds for every choice of the symbols that satisfies "
    "the hypotheses.",
    "refuted": "There is a choice of the symbols that satisfies the hypotheses and in which the two sides differ.",
    "unproved": "No proof was found, and no counterexample.",
    "definition": "The equation defines, and claims nothing.",
    "assumed": "The claim is one of its own hypotheses.",
}
"""What each verdict means, in a sentence."""

VACUOUS = " Possibly vacuous: no model of the hypotheses with two tokens was found."


@dataclass(frozen=True)
class Given:
    """A hypothesis, with the label that the steps call it by."""

    label: str
    says: str
    formulas: tuple[Formula, ...]


@dataclass(frozen=True)
class Step:
    """A line of the derivation after the first, and how it follows from the one before."""

    number: int
    rule: str
    because: str
    labels: tuple[str, ...]
    tokens: tuple[Token, ...]
    error: str


@dataclass(frozen=True)
class Law:
    """An axiom that the proof used."""

    name: str
    reason: str
    formula: RuleFormula


@dataclass(frozen=True)
class Page:
    """All parts of the page, in their order."""

    title: str
    says: str
    claim: Formula
    sets: tuple[str, ...]
    groups: tuple[str, ...]
    dimensions: tuple[str, ...]
    numbers: tuple[str, ...]
    symbols: tuple[tuple[str, str], ...]
    hypotheses: tuple[Given, ...]
    definitions: tuple[Formula, ...]
    hides: bool
    has_sigma: bool
    has_softmax: bool
    abbreviations: tuple[Formula, ...]
    first: tuple[Token, ...]
    steps: tuple[Step, ...]
    axioms: tuple[Law, ...]
    verdict: str
    verdict_says: str


def notation_of(*proofs: Any, multiplicative: frozenset[str] = frozenset()) -> Notation:
    """One notation for the pages of several proofs in a document: what is printed alike is the same in all of them.

    ``multiplicative`` as in ``page``.
    """
    for proof in proofs:
        multiplicative |= getattr(proof.statement, "multiplicative", frozenset())
    return Notation([term for proof in proofs for term in _terms(proof)], multiplicative)


def _terms(proof: Any) -> list[Term]:
    """All that the page of a proof shows, or takes letters from."""
    statement, letters = proof.statement, _abbreviations(proof)
    shown = [shorten(line.term, letters) for line in _lines(proof)]
    sides = [side for item in statement.definitions() for side in unfolded(item)]
    return [*statement.terms(), *shown, *sides, *(side for item in letters for side in (eta(item.head), item.term))]


def page(proof: Any, multiplicative: frozenset[str] = frozenset(), notation: Notation | None = None) -> Page:
    """The page of a proof; a symbol has one name in all its formulas.

    ``multiplicative`` names base sorts whose group is written ``p q^{-1}``, beside those that the statement names;
    ``notation`` has the names of the document of which it is a part.
    """
    statement, lines = proof.statement, _lines(proof)
    notation = notation or notation_of(proof, multiplicative=multiplicative)
    defined = statement.definitions()
    letters = _abbreviations(proof)
    shown = [shorten(line.term, letters) for line in lines]
    meanings = [(eta(item.head), item.term) for item in letters]
    every = _terms(proof)
    labels = {item.name: f"H{number}" for number, item in enumerate(statement.hypotheses, 1)}
    groups = _groups(every)
    in_products = all(sort.name in notation.multiplicative for sort in groups)
    bases = [sort for sort in statement.sorts() if sort.cls == BASE]
    formulas = tuple(definition(item, notation) for item in defined if item not in _IN_WORDS)
    steps = tuple(_step(number, line, shown[number], labels, notation) for number, line in enumerate(lines) if number)
    verdict = getattr(proof, "claim", proof.verdict)
    claim = equation(statement.left, statement.right, notation)
    printed = " ".join([claim.latex, *(item.latex for item in formulas), *(one_line(step.tokens) for step in steps)])
    return Page(
        title=statement.title,
        says=statement.says,
        claim=claim,
        sets=tuple(notation.sort(sort) for sort in bases if sort not in groups),
        groups=tuple(notation.sort(sort) for sort in bases if sort in groups),
        dimensions=tuple(notation.sort(sort) for sort in statement.sorts() if sort.cls == DIMENSION),
        numbers=_numbers(statement, notation),
        symbols=_symbols(statement, notation),
        hypotheses=tuple(
            Given(labels[item.name], item.says, tuple(equation(*pair, notation) for pair in item.equations))
            for item in statement.hypotheses
        ),
        definitions=formulas,
        hides=any(map(left_out, defined)),
        has_sigma=r"\sigma_{" in printed,
        has_softmax=r"\operatorname{softmax}" in printed,
        abbreviations=tuple(equation(*pair, notation) for pair in meanings),
        first=tuple(tokens(shown[0], notation)) if lines else (),
        steps=steps,
        axioms=tuple(_law(axiom, in_products) for axiom in _axioms(proof.theorem, lines)),
        verdict=verdict,
        verdict_says=_verdict_says(verdict, proof.verdict) + (VACUOUS if getattr(proof, "vacuous", False) else ""),
    )


def _lines(proof: Any) -> list[Any]:
    lines = getattr(proof, "lines", None)
    if lines is None:
        lines = proof.proof.lines if getattr(proof, "proof", None) is not None else ()
    return list(lines)


def _abbreviations(proof: Any) -> list[Abbreviation]:
    script = proof if hasattr(proof, "abbreviations") else getattr(proof, "proof", None)
    return list(getattr(script, "abbreviations", ()))


def _verdict_says(claim: str, derivation: str) -> str:
    if claim == derivation:
        return VERDICTS.get(claim, "")
    return f"{VERDICTS.get(claim, '')} The derivation as it is written is {derivation}.".lstrip()


def _step(number: int, line: Any, term: Term, labels: dict[str, str], notation: Notation) -> Step:
    used = sorted((labels[name] for name in line.hypotheses or () if name in labels), key=lambda label: int(label[1:]))
    error = getattr(line, "error", None)
    return Step(
        number,
        line.rule or "",
        line.because or "",
        tuple(used),
        tuple(tokens(term, notation)),
        "" if error is None else str(error),
    )


def _symbols(statement: Any, notation: Notation) -> tuple[tuple[str, str], ...]:
    """The free symbols by the place where they are: names as LaTeX, and the set; many of one set take several rows.

    The letters that stand for indices come first.
    """
    shown = [declared(head, notation) for head in statement.variables()]
    named = {item.name for item in shown}
    letters = dict.fromkeys(index for item in shown for index in item.indices if index[0] not in named)
    every = [(letter, rf"\in {place}") for letter, place in letters] + [(item.name, item.place) for item in shown]
    by_place: dict[str, list[list[str]]] = {}
    for name, place in every:
        rows = by_place.setdefault(place, [[]])
        if rows[-1] and width(", ".join([*rows[-1], name])) > WIDEST_NAMES:
            rows.append([])
        rows[-1].append(name)
    return tuple((", ".join(names), place) for place, rows in by_place.items() for names in rows)


def _numbers(statement: Any, notation: Notation) -> tuple[str, ...]:
    """The scalars that are called as a dimension is."""
    dimensions = {sort.name for sort in statement.sorts() if sort.cls == DIMENSION}
    return tuple(
        notation.name(head)
        for head in statement.variables()
        if head.sort == language.SCALAR and head.name in dimensions
    )


def _groups(every: Iterable[Term]) -> set[Sort]:
    """The base sorts whose elements are multiplied, inverted or acted on."""
    laws = {item.declaration for item in (language.mul, language.inv, language.unit, language.act)}
    made = [term for term in applications(every, lambda _: False) if term.head.declaration in laws]
    return {part.sort for term in made for part in (term, *term.args)}


def _axioms(theorem: Any, lines: Iterable[Any]) -> list[Axiom]:
    theorems = [theorem] if theorem is not None else [getattr(line, "theorem", None) for line in lines]
    used = {axiom for found in theorems if found is not None for axiom in found.axioms}
    return sorted(used, key=lambda axiom: axiom.name)


def _law(axiom: Axiom, multiplicative: bool) -> Law:
    """An axiom as the page shows it, its group written as the groups of the page are."""
    known = RULES.get(axiom.name)
    reason = known.reason if known is not None and known.axiom == axiom else ""
    sorts = [axiom.left.sort, *(head.sort for head in axiom.left.variables)]
    letters = frozenset(leaf.name for sort in sorts for leaf in sort.leaves) if multiplicative else frozenset()
    return Law(axiom.name, reason, rule(axiom, letters))

"""The sentences that every kind of page shares; formulas are passed through ``math``, words are plain ASCII."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from symbolic_equiv.report.page import Law, Page

DEPENDS = "A defined symbol depends on all symbols in its definition, whether they are written as arguments or not."


def listed(parts: Sequence[str]) -> str:
    """``a, b and c``.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def sentence(words: str, stop: str = ".") -> str:
    """``words`` with a stop behind.  They keep their first letter, which may be a symbol.

    >>> sentence("x is a bijection", ":")
    'x is a bijection:'
    """
    return words + ("" if not words or words[-1] in ".:!?" else stop)


def begun(words: str) -> str:
    """``words`` with a capital, if they begin with a word and not with a symbol.

    >>> begun("neighbourhoods move"), begun("x is a bijection"), begun("ρ is relative")
    ('Neighbourhoods move', 'x is a bijection', 'ρ is relative')
    """
    first = words.split(" ", 1)[0]
    return words[:1].upper() + words[1:] if len(first) > 1 and first.isascii() and first.isalpha() else words


def kind(content: Page) -> str:
    """What a statement is called: a theorem if it is proved, else a claim."""
    return "Theorem" if content.verdict == "proved" else "Claim"


ASSUMED = "We assume that"
"""What leads from the words of a hypothesis to its formulas, and tells them from what is claimed."""


def under(labels: Sequence[str]) -> str:
    """The words that lead from what a theorem says to its equation.

    >>> under(["(H1)", "(H2)"])
    'Let (H1) and (H2) hold. Then'
    """
    if not labels:
        return ""
    return f"Let {listed(labels)} hold. Then"


def meanings(content: Page, math: Callable[[str], str]) -> str:
    """What the formulas leave unsaid: what a softmax is, and what a defined symbol depends on."""
    sigma, under_sum, here, value, softmax, share, t, domain = map(
        math,
        (
            r"\sigma", r"\sum_{j \in D}", r"\sigma_{j}(s(j))", r"\exp(s(j)) / \sum_{k \in D} \exp(s(k))",
            r"\operatorname{softmax}_{j \in D}(s(j))_{t}", r"\exp(s(t)) / \sum_{j \in D} \exp(s(j))", "t", "D",
        ),
    )  # fmt: skip
    words = []
    if content.has_sigma:
        words.append(
            f"Here {sigma} is the softmax: under a sum {under_sum}, {here} is {value}, over the same {domain}."
        )
    if content.has_softmax:
        words.append(f"The softmax {softmax} is {share} for {t} in {domain}, and zero elsewhere.")
    return " ".join([*words, *[DEPENDS] * content.hides])


def setting(content: Page, math: Callable[[str], str]) -> str:
    """What the sorts are: ``S`` a set, ``X`` a group, dimensions positive integers; and that this is all."""
    parts = []
    if content.sets:
        parts.append(
            f"{listed(list(map(math, content.sets)))} {_of(content.sets, 'a non-empty set', 'non-empty sets')}"
        )
    if content.groups:
        parts.append(f"{listed(list(map(math, content.groups)))} {_of(content.groups, 'a group', 'groups')}")
    if content.dimensions:
        many = _of(content.dimensions, "a positive integer", "positive integers")
        parts.append(f"{listed(list(map(math, content.dimensions)))} {many}")
    group = (
        " Groups may be non-commutative, and an inverse is written as a difference or a power."
        if content.groups
        else ""
    )
    numbers = ""
    if content.numbers:
        names = listed(list(map(math, content.numbers)))
        numbers = f" In formulas {names} may be any real {'number' if len(content.numbers) == 1 else 'numbers'}."
    nothing = "Beyond the hypotheses, nothing is assumed." if content.hypotheses else "Nothing is assumed."
    return f"Here {listed(parts)}.{group}{numbers} {nothing}" if parts else nothing


def _of(parts: Sequence[str], one: str, many: str) -> str:
    return f"is {one}" if len(parts) == 1 else f"are {many}"


def law_rows(law: Law, room: float) -> list[str]:
    """An axiom in rows for ``aligned``: each premise, then the conclusion."""
    rows = []
    for place, premise in enumerate(law.formula.premises):
        first, *rest = premise.rows(room - 4)
        rows += [_with_word("and" if place else "if", first), *rest]
    first, *rest = law.formula.conclusion.rows(room - 4)
    return [*rows, _with_word("then", first) if rows else first, *rest]


def _with_word(word: str, row: str) -> str:
    return f"& \\text{{{word} }} {row.removeprefix('& ')}"

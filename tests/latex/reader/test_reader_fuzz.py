"""Random input: no exception but the reader's own, and what is read round-trips.

``FUZZ_COUNT=20000`` in the environment says how many inputs each test tries.
"""

import os
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from symbolic_equiv.latex.reader import (
    ReaderError,
    ReadError,
    Source,
    normalised,
    parse,
    read_chains,
    read_text,
    unparse,
)

COUNT = int(os.environ.get("FUZZ_COUNT", "300"))
fuzz = settings(max_examples=COUNT, deadline=None, suppress_health_check=[HealthCheck.too_slow])

TOKENS = (Path(__file__).parent / "data" / "tokens.txt").read_text(encoding="utf-8").split()

soup = st.lists(st.sampled_from([*TOKENS, " ", "\n", "\n\n"]), max_size=40).map("".join)
texts = st.one_of(soup, soup.map(lambda text: f"$$\n{text}\n$$"), st.text(max_size=60))


@fuzz
@given(texts, st.sampled_from(["markdown", "latex"]))
def test_documents_raise_nothing_else(text, format):
    try:
        document = read_text(text, format)
    except ReaderError as problem:
        assert str(problem)
        return
    for problem in document.errors:
        assert str(problem) and problem.place.line >= 1
    for formula in (*document.inlines, *document.displays):
        assert formula.cues is not None and formula.before is not None
    for chain in document.chains:
        for line in chain.lines:
            assert (line.expression is None) is (line.error is not None)
            assert line.first_line >= 1 and line.span.start <= line.span.end


@fuzz
@given(soup)
def test_what_is_read_round_trips(text):
    try:
        node = parse(text)
    except ReadError as problem:
        assert 0 <= problem.span.start <= problem.span.end <= len(text)
        return
    assert parse(normalised(node)) == node
    if not any(definition in text for definition in (r"\def", r"\let", "command", "Declare")):
        assert parse(unparse(node)) == node


names = st.sampled_from(
    ["f", "x", r"\rho", r"\varphi_{qry}^{(h)}", r"\overline{i}", "x'", r"\mathbb{R}", "d_k", r"\Delta", "m^r_{LoRA}"]
)
heads = st.sampled_from([r"\sum", r"\bigcup", r"\mathrm{softmax}", r"\mathrm{Concat}", r"\prod"])


def _composed(inner):
    several = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        st.tuples(names, several.map(", ".join)).map(lambda parts: f"{parts[0]}({parts[1]})"),
        st.tuples(names, inner, inner).map(lambda parts: f"{parts[0]}[{parts[1]}]({parts[2]})"),
        several.map(" ".join),
        st.tuples(inner, st.sampled_from(["+", "-", r"\oplus", r"\cdot", r"\circ"]), inner).map(" ".join),
        st.tuples(heads, names, inner, inner).map(lambda p: rf"{p[0]}_{{{p[1]} \in {p[2]}}} {p[3]}"),
        st.tuples(inner, inner).map(lambda parts: rf"\Big\langle {parts[0]}, {parts[1]} \Big\rangle"),
        st.tuples(inner, inner).map(lambda parts: rf"\frac{{{parts[0]}}}{{{parts[1]}}}"),
        inner.map(lambda part: rf"\left( {part} \right)^{{-1}}"),
        inner.map(lambda part: rf"\lVert {part} \rVert"),
        inner.map(lambda part: rf"e^{{{part}}}"),
    )


formulas = st.recursive(st.one_of(names, st.sampled_from(["1", "0.5", r"\ldots"])), _composed, max_leaves=12)


@fuzz
@given(formulas)
def test_well_formed_formulas_are_read(formula):
    node = parse(formula)
    assert unparse(node) == formula
    assert parse(normalised(node)) == node
    assert normalised(parse(normalised(node))) == normalised(node)


@fuzz
@given(st.lists(formulas, min_size=2, max_size=4), st.sampled_from(["=", r"\neq", ":=", r"\in", r"\iff"]))
def test_chains_have_a_line_for_each_formula(expressions, relation):
    text = f" {relation} ".join(expressions)
    rows = expressions[0] + "".join(f" \\\\\n&{relation} {each}" for each in expressions[1:])
    for layout in (text, rows):
        (chain,) = read_chains(Source(layout).span())
        assert [line.span.text for line in chain.lines] == expressions
        assert [line.relation for line in chain.lines] == [None, *[relation] * (len(expressions) - 1)]


@fuzz
@given(formulas, st.data())
def test_a_bracket_taken_away_is_reported(formula, data):
    brackets = [at for at, char in enumerate(formula) if char in "()[]" and formula[at - 1] != "\\"]
    if not brackets:
        return
    at = data.draw(st.sampled_from(brackets))
    try:
        parse(formula[:at] + formula[at + 1 :])
    except ReadError as problem:
        assert problem.found
    else:
        raise AssertionError(f"read without its bracket {at}: {formula}")

"""Rows, cells, remarks and relations: which chains a display holds."""

import pytest

from symbolic_equiv.latex.reader import Source, normalised, read_chains


def chains(text, environment=""):
    """Each chain as ``relation expression`` strings; ``!`` where an expression could not be read."""
    found = []
    for chain in read_chains(Source(text).span(), environment=environment):
        lines = [(line.relation, normalised(line.expression) if line.expression else "!") for line in chain.lines]
        found.append(" ".join(f"{relation} {text}" if relation else text for relation, text in lines))
    return found


LAYOUTS = {
    "a chain in rows": (r"a &= b \\ &= c \\ &\neq d", ["a = b = c \\neq d"]),
    "several relations in a row": (r"A_{ij} = \alpha(i, j) := b", [r"A_{ij} = \alpha(i, j) := b"]),
    "a line over two rows": (r"a &= b \\ &\quad + c \\ &= d", ["a = b + c = d"]),
    "a line that is continued because a bracket is open": (
        "a &= f(b, \\\\\n &\\quad c) \\\\ &= d",
        ["a = f(b, c) = d"],
    ),
    "a relation in an open bracket": (r"a &= \{ b \\ & : c = d \} \\ &= e", [r"a = \{ b: c = d \} = e"]),
    "a relation at the end of a row": (r"a = \\ b", ["a = b"]),
    "an operator at the end of a row": (r"a = b + \\ c", ["a = b + c"]),
    "two equations": (r"a &= b \\ c &= d", ["a = b", "c = d"]),
    "two equations with empty first cells": (r"& a = b \\ & c = d", ["a = b", "c = d"]),
    "a table of declarations": (
        r"f: A \to B &\quad \quad g : B \to C \\ h: A \to B & k: C \to D",
        [r"f: A \to B", r"g: B \to C", r"h: A \to B", r"k: C \to D"],
    ),
    "columns of equations": (r"a &= b & c &= d \\ e &= f", ["a = b", "c = d", "e = f"]),
    "an ampersand elsewhere": (r"f = & b \\ & + c", ["f = b + c"]),
    "eqnarray": (r"a &=& b \\ &=& c", ["a = b = c"]),
    "a wide space between equations": (r"a = b, \qquad c = d.", ["a = b", "c = d"]),
    "a wide space inside one": (r"a \quad = \quad b", ["a = b"]),
    "and": (r"a = b \text{ and } c = d", ["a = b", "c = d"]),
    "commas between claims": (r"i, j \in S, k \in T", [r"i, j \in S", r"k \in T"]),
    "commas in a list": (r"i = 1, \ldots, n, j = 2", [r"i = 1, \ldots, n", "j = 2"]),
    "implication": (r"a = b \implies c = d \iff e = f", [r"a = b \implies c = d \iff e = f"]),
    "a membership": (r"f \in L_{\mathbb{R}^{d}}(S)", [r"f \in L_{\mathbb{R}^{d}}(S)"]),
    "aligned inside": (r"\begin{aligned}[t] a &= b \\ &= c \end{aligned}", ["a = b = c"]),
    "a matrix keeps its rows": (
        r"a = \begin{pmatrix} a & b \\ c & d \end{pmatrix} \\ e = f",
        [r"a = \begin{pmatrix} a & b \\ c & d \end{pmatrix}", "e = f"],
    ),
    "a label and a tag": (r"a &= b \label{x} \tag{3} \nonumber \\ &= c", ["a = b = c"]),
    "row distances": (r"a &= b \\[2pt] &= c \\* &= [d]", ["a = b = c = [d]"]),
    "a bracket in a new row is no distance": (r"a = \\ [f]", ["a = [f]"]),
    "an unclosed bracket spoils one line": (r"a &= b \\ &= f(x \\ &= c", ["a = b = ! = c"]),
    "a bracket too many spoils one line": (r"a &= b) \\ &= c", ["a = ! = c"]),
    "an unclosed bracket spoils one equation": (r"a &= f(x \\ c &= d", ["a = !", "c = d"]),
    "nothing between two relations": (r"a = = b", ["a = ! = b"]),
    "words between rows": (
        r"a &= b \intertext{and so} &= f(c, \\ & d) \\ \noalign{x} \intertext{(2)} &= e",
        ["a = b = f(c, d) = e"],
    ),
    "operators alone": (r"\sum_{i \in S} = \sum_{j}^{n}", [r"\sum_{i \in S} = \sum_{j}^{n}"]),
    "only a remark": (r"\text{nothing here}", []),
    "nothing": ("", []),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_layout(name):
    text, expected = LAYOUTS[name]
    assert chains(text) == expected


def test_multline_is_one_statement():
    assert chains(r"a \\ b \\ = c", "multline*") == ["a b = c"]
    assert chains(r"a \\ b \\ = c", "gather") == ["a", "b = c"]


def test_a_display_that_begins_with_a_relation_continues():
    (chain,) = read_chains(Source(r"&= b \\ &= c").span())
    assert chain.continues and [line.relation for line in chain.lines] == ["=", "="]


def test_remarks():
    text = r"a &= b, \quad \text{by (1), for all } i \in S \\ &= c \quad \text{since } \text{it must}"
    (chain,) = read_chains(Source(text).span())
    first, second, third = (line.remark for line in chain.lines)
    assert first is None
    assert second.text == r"by (1), for all i \in S"
    assert [normalised(formula) for formula in second.formulas] == [r"i \in S"]
    assert third.text == "since it must" and third.formulas == ()


def test_an_unreadable_formula_in_a_remark_is_only_text():
    (chain,) = read_chains(Source(r"a = b \quad \text{by } (1").span())
    assert chain.lines[1].remark.text == "by (1" and chain.errors == ()


def test_words_in_front():
    (chain,) = read_chains(Source(r"\text{where } x = y").span())
    assert chain.lead.text == "where" and len(chain.lines) == 2


def test_line_numbers():
    source = Source("\na &= b \\\\\n&\\quad + c\n\\\\ &= d\n+ e")
    (chain,) = read_chains(source.span())
    assert [(line.first_line, line.last_line) for line in chain.lines] == [(2, 2), (2, 3), (4, 5)]
    assert [line.span.text for line in chain.lines] == ["a", "b \\\\\n&\\quad + c", "d\n+ e"]
    assert chain.lines[2].relation_span.place == (4, 5, None)


def test_words_between_rows_are_remarks():
    (chain,) = read_chains(Source(r"a &= b \intertext{since it is} &= c \\ \text{and that} \\ &= d").span())
    assert [line.remark and line.remark.text for line in chain.lines] == [None, "since it is", "and that", None]


@pytest.mark.parametrize(
    "text",
    [
        r"\forall g \in G, h \in H: \quad a = b",
        r"\forall g \in G, h \in H, a = b",
        r"\forall g \in G, \quad a = b",
        r"a = b \quad \forall g \in G, h \in H",
        r"a = b, \quad \forall g \in G, h \in H.",
        r"a = b \quad \text{for all } g \in G, h \in H",
    ],
)
def test_quantifiers_stand_beside_their_claim(text):
    (chain,) = read_chains(Source(text).span())
    assert [line.relation for line in chain.lines] == [None, "="]
    remark = chain.lead or chain.lines[1].remark
    assert normalised(remark.formulas[0]) == r"g \in G"


def test_a_quantifier_takes_in_no_claim():
    first, second = read_chains(Source(r"\forall i \in S, a = b, c = d").span())
    assert [normalised(formula) for formula in first.lead.formulas] == [r"i \in S"]
    assert (len(first.lines), len(second.lines)) == (2, 2)
    (chain,) = read_chains(Source(r"\forall i: a_i = b_i").span())
    assert chain.lead.text == r"\forall i" and len(chain.lines) == 2


def test_a_remark_shares_its_domain():
    (chain,) = read_chains(Source(r"a = b \text{ for all } i, j \in S").span())
    assert [normalised(formula) for formula in chain.lines[1].remark.formulas] == [r"i, j \in S"]
    assert len(chain.lines[1].remark.formulas[0].operands) == 2

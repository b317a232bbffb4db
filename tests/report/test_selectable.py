"""Formulas with parts that can be chosen: the same formula, and each part in rows of its number."""

import re
from xml.etree import ElementTree

import pytest

from symbolic_equiv.latex.reader import parse
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.report.mathml import mathml
from symbolic_equiv.report.selectable import selectable

FORMULAS = {
    "a sum": r"\sum_{j \in N(i)} \sigma_j(\langle f(i), g(j) + u \rangle) f(j)",
    "scripts": r"L_{y}[f](x^{-1}(x(i) - y))",
    "a fraction": r"\frac{a + b}{\sqrt{c}} - \overline{d}",
    "a long one": " + ".join(rf"\varphi_{{qry}}^{{(h)}}(f(x^{{-1}}(x({letter}) - y)), g_{{1}})" for letter in "ijkl"),
}  # fmt: skip


def words(text):
    return re.sub(r"<[^>]*>|\s", "", text)


@pytest.mark.parametrize("latex", FORMULAS.values(), ids=FORMULAS)
def test_each_part_has_its_own_text_and_the_formula_is_the_same(latex):
    tree = parse(latex)
    own = [node for node in tree.walk() if not isinstance(node, s.Script)]
    parts = [node.argument for node in own if isinstance(node, s.Apply)]  # these are written with what they belong to
    parts += [node.operator for node in own if isinstance(node, s.Binder)]
    nodes = dict(enumerate(node for node in own if not any(node is each for each in parts)))
    html = selectable(tree, nodes).replace("&#160;", " ").replace("<wbr>", "")
    page = ElementTree.fromstring(f"<page>{html}</page>")
    assert words("".join(page.itertext())) == words(mathml(tree))
    for number, node in nodes.items():
        pieces = page.findall(f".//mrow[@data-place='{number}']")
        assert words("".join("".join(piece.itertext()) for piece in pieces)) == words(mathml(node))


def test_a_part_is_in_one_piece_where_the_formula_is():
    tree = parse("f(i + 1)")
    assert selectable(tree, {7: tree}).count('data-place="7"') == 1


def test_what_is_not_to_be_chosen_has_no_row():
    tree = parse("f(i) < 1")
    assert "data-place" not in selectable(tree, {}) and "&lt;" in selectable(tree, {})

"""What changed between two lines: found in their trees, marked on the printed line, never markup that is unbalanced."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symbolic_equiv.latex.linebreak import MARKS, Token, one_line, width
from symbolic_equiv.latex.reader import parse
from symbolic_equiv.report.changes import NEW, OLD, changes, marked, settled, wrap

SMALLEST = {
    "an argument": ("f(i)", "f(j)", [("i", "j")]),
    "an argument, in brackets of another size": (r"f\bigl(g(i)\bigr)", "f(g(j))", [("i", "j")]),
    "all arguments are the list": ("f(i, j)", "f(k, l)", [("i, j", "k, l")]),
    "a function is one with what it is applied to": ("g(a) + L_y[f](i)", "g(a) + f(k)", [("L_y[f](i)", "f(k)")]),
    "a function of the same argument": ("a + f(i)", "a + g(i)", [("f(i)", "g(i)")]),
    "a function with an index": ("a + f_j(i)", "a + f_k(i)", [("j", "k")]),
    "a script": (r"\sum_{j \in S} a_j", r"\sum_{j \in N} a_j", [("S", "N")]),
    "a script in braces": (r"\sigma_{j}(s) + a", r"\sigma_{f(j)}(s) + a", [("j", "f(j)")]),
    "two places": ("f(i) + g(i)", "f(j) + g(j)", [("i", "j"), ("i", "j")]),
    "a summand that is gone": ("f(a + b + c)", "f(a + c)", [("b + c", "c")]),
    "summands in the middle": ("f(a + b + c + d)", "f(a + e + d)", [("b + c", "e")]),
    "a factor of a row": ("x(A B v)", "x(A C v)", [("B", "C")]),
    "an accent is another name": (r"f(i, k)", r"f(\overline{i}, k)", [("i", r"\overline{i}")]),
    "a fraction": (r"\frac{a}{b} + c", r"\frac{a}{d} + c", [("b", "d")]),
}
NOTHING = {
    "equal": ("f(i)", "f(i)"),
    "equal but for spaces and sizes": (r"f\Big( i \Big)", "f(i)"),
    "nothing in common": ("m[f](i)", r"\sum_{j \in S} a_j"),
    "two functions, however alike their arguments": ("m[f](i)", "g(f)(i)"),
    "another sign": ("a + b", "a - b"),
}


@pytest.mark.parametrize("case", SMALLEST, ids=list(SMALLEST))
def test_the_smallest_parts_that_differ(case):
    before, after, expected = SMALLEST[case]
    found = changes(parse(before), parse(after))
    assert [(before[slice(*change.before)], after[slice(*change.after)]) for change in found] == expected


@pytest.mark.parametrize("case", NOTHING, ids=list(NOTHING))
def test_nothing_is_marked(case):
    assert changes(*map(parse, NOTHING[case])) == []


def drawn(row):
    return settled(row, lambda kind, text: f"{'<' if kind == NEW else '{'}{text}{'>' if kind == NEW else '}'}")


MARKED = {
    "within a token": ("abcdef", [3, 6], [(1, 2)], [], "a<b>cdef"),
    "over tokens": ("abcdef", [2, 4, 6], [(1, 5)], [], "a<bcde>f"),
    "one inside the other": ("abcdef", [2, 4, 6], [(0, 6)], [(2, 3)], "<ab{c}def>"),
    "the same stretch twice": ("abcdef", [2, 4, 6], [(1, 3)], [(1, 3)], "a<{bc}>def"),
    "neighbours are one": ("abcdef", [6], [(0, 2), (2, 3)], [], "<abc>def"),
}


@pytest.mark.parametrize("case", MARKED, ids=list(MARKED))
def test_marks_on_tokens(case):
    text, cuts, new, old, expected = MARKED[case]
    tokens = [Token(text[a:b]) for a, b in zip([0, *cuts], cuts)]
    assert drawn(one_line(marked(tokens, new, old))) == expected


@given(st.lists(st.integers(1, 4), max_size=6), st.data())
def test_marks_are_balanced_whatever_the_tokens(lengths, data):
    """The rows into which a line is broken too: each token has its own marks."""
    total = sum(lengths)
    tokens = [Token("abcdefghijklmnopqrstuvwxyz"[sum(lengths[:k]) :][:n]) for k, n in enumerate(lengths)]
    stretch = st.tuples(st.integers(0, total), st.integers(0, total)).map(lambda pair: tuple(sorted(pair)))
    outer = data.draw(stretch)
    inner = data.draw(st.tuples(st.integers(*outer), st.integers(*outer)).map(lambda pair: tuple(sorted(pair))))
    found = marked(tokens, [outer], [inner])
    for cut in range(len(found) + 1):
        for row in (one_line(found[:cut]), one_line(found[cut:])):
            text = drawn(row)
            assert not set(text) & set(MARKS)
            assert text.count("<") == text.count(">") and text.count("{") == text.count("}")
    assert "".join(letter for letter in drawn(one_line(found)) if letter not in "<>{}") == one_line(tokens)


def test_marks_have_no_width():
    assert width(wrap("x + y", [NEW, OLD])) == width("x + y")


def test_a_reader_reads_marks_as_if_they_were_not_there():
    assert parse(r"f(\changed{i}) + \changing{g(j)}") == parse("f({i}) + {g(j)}")
    assert parse(r"f(\textcolor{#0b62c4}{\underline{i}})") == parse("f({i})")
    assert parse(r"f(\textcolor{red}{\underline{i}})") == parse(r"f({\underline{i}})")

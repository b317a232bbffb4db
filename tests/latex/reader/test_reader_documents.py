"""Whole documents in the three formats: chains with their lines, sentences, contexts, errors."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from symbolic_equiv.latex.reader import (
    Cue,
    DocumentError,
    cues,
    factors,
    normalised,
    read_context,
    read_document,
    read_text,
    syntax,
    table,
)

DATA = Path(__file__).parent / "data"


def lines_of(document):
    return [[(line.first_line, line.last_line) for line in chain.lines] for chain in document.chains]


def formulas(chain):
    return [line.relation or normalised(line.expression) for line in chain.lines]


def test_markdown():
    document = read_document(DATA / "rotations.md")
    assert document.errors == ()
    assert lines_of(document) == [[(14, 14), (14, 15), (16, 18), (25, 25), (26, 26)]]
    (chain,) = document.chains
    assert chain.lines[2].remark.text == "where a' = p^{-1}(u^{-1}p(a))"
    assert normalised(chain.lines[4].expression) == "T_{u}[K[s]](a)"
    assert [inline.span.text for inline in document.inlines] == [
        r"p : V \to G",
        "G",
        r"u \in G",
        r"T_u[s](a) = s(p^{-1}(u^{-1} p(a)))",
        "U(a)",
    ]
    definition = document.inlines[3]
    assert (definition.before, definition.after) == ("We write", "for the moved signal")
    assert definition.cues == {Cue.DEFINES}
    assert document.displays[1].before == "and, since $U(a)$ moves with the points, this is further equal to"


def test_context_block():
    document = read_document(DATA / "rotations.md")
    assert [(line.kind, line.name, line.span.line) for line in document.context] == [
        ("declare", "", 30),
        ("define", "", 31),
        ("assume", "neighbours move", 32),
    ]
    assert document.context[0].chains[0].lines[0].remark.text == "bijection"


def test_latex():
    document = read_document(DATA / "permutations.tex")
    assert lines_of(document) == [
        [(16, 16), (16, 16)],
        [(20, 20), (20, 20)],
        [(21, 21), (21, 21), (21, 21)],
        [(24, 24), (24, 25), (26, 26)],
    ]
    assert normalised(document.chains[0].lines[1].expression) == r"P \mathrm{softmax}(M) P^{\top}"
    assert document.chains[2].lines[2].relation == r"\neq"
    (problem,) = document.errors
    assert (problem.line, problem.column) == (28, 13)
    assert [inline.span.text for inline in document.inlines] == ["P", r"M \in \R^{n \times n}", "f(x]", "g(y) = 1"]
    assert document.inlines[0].before == "Here"
    assert [(line.kind, line.name) for line in document.context] == [("declare", ""), ("assume", "orthogonal")]


def test_a_document_of_macros_and_sized_brackets():
    document = read_document(DATA / "shifts.tex")
    assert document.errors == ()
    claim, first, second, chain = document.chains
    assert [line.span.text for line in claim.lines][1] == r"\shift{t}{M^{q}_{\lora}[s, \eta]}(a)"
    assert normalised(claim.lines[1].expression) == r"T_{t}[M^{q}_{\mathrm{LoRA}}[s, \eta]](a)"
    assert [each.lines[0].span.line for each in (first, second)] == [13, 14]
    assert [(line.relation, line.first_line, line.last_line) for line in chain.lines] == [
        (None, 20, 20),
        ("=", 21, 24),
        ("=", 25, 27),
        ("=", 32, 32),
        (r"\neq", 33, 33),
    ]
    assert chain.lines[3].remark.text == "by definition"
    assert document.displays[0].before == r"For all $t \in \mathbb{Z}/n$ we need"
    assert document.displays[0].after.startswith("to hold, where")
    assert Cue.CLAIMS in cues(document.displays[0].sentence) and Cue.CLAIMS not in document.displays[0].cues


def test_a_factor_outside_its_sum_is_seen_in_the_tree():
    document = read_document(DATA / "shifts.tex")
    inside, outside = (document.chains[3].lines[at].expression for at in (1, 2))
    assert isinstance(inside, syntax.Apply) and len(factors(inside)) == 2
    assert [part.span.text for part in factors(outside)][2:] == [r"\psi_{V}^{(k)}", r"(s(\hat{b}))"]
    assert factors(outside)[1].closing.line == 27


def test_notebook():
    document = read_document(DATA / "poses.ipynb")
    (chain,) = document.chains
    assert [(line.span.place.cell, line.span.place.line) for line in chain.lines] == [(3, 4), (3, 4), (4, 5), (4, 6)]
    (problem,) = document.errors
    assert str(problem).startswith("cell 4, line 6, column 11: ‘)’ closes nothing")
    assert chain.lines[3].error is problem
    assert [str(inline.span.place) for inline in document.inlines] == ["cell 1, line 3, column 6"]


MARKDOWN = {
    "$a$ and $b$": ["a", "b"],
    "it costs $5 and $10": [],
    "\\$a\\$ and $b$": ["b"],
    "$ a_1 $": ["a_1"],
    "`$a$` and ``$b$ ` `` and $c$": ["c"],
    "```\n$a$\n```\n$b$": ["b"],
    "~~~~\n$a$\n~~~\n$x$\n~~~~\n$b$": ["b"],
    "$`a`$": ["a"],
    "<!-- $a$ --> $b$": ["b"],
    "<pre>$a$</pre> $b$": ["b"],
    r"\(a\) and $b$": ["a", "b"],
    "$a\n\nb$ $c$": ["c"],
}


@pytest.mark.parametrize("text", MARKDOWN)
def test_inline_in_markdown(text):
    assert [inline.span.text for inline in read_text(text).inlines] == MARKDOWN[text]


LATEX = {
    r"$a$ and \(b\)": ["a", "b"],
    "50\\% of $a$ % and $b$\n $c$": ["a", "c"],
    r"\verb|$a$| $b$": ["b"],
    r"\iffalse $a$ \fi $b$": ["b"],
    "\\begin{lstlisting}\n$a$\n\\end{lstlisting} $b$": ["b"],
    r"\newcommand{\be}{\begin{equation}} $a$": ["a"],
    "$a % b$\n c$": ["a % b$\n c"],
}


@pytest.mark.parametrize("text", LATEX)
def test_inline_in_latex(text):
    assert [inline.span.text for inline in read_text(text, "latex").inlines] == LATEX[text]


@pytest.mark.parametrize(
    "opening, closing",
    [("$$", "$$"), (r"\[", r"\]")]
    + [
        (rf"\begin{{{name}}}", rf"\end{{{name}}}")
        for name in ("equation", "equation*", "align", "align*", "gather", "multline", "eqnarray", "displaymath")
    ]
    + [
        ("$$\n\\begin{aligned}", "\\end{aligned}\n$$"),
        ("\\begin{equation}\n\\begin{split}", "\\end{split}\n\\end{equation}"),
    ]
    + [("```math", "```")],
)
def test_displays(opening, closing):
    text = f"Then\n{opening}\na &= b \\\\\n&= c\n{closing}\nfollows."
    document = read_text(text)
    (chain,) = document.chains
    assert formulas(chain) == ["a", "=", "="] and document.errors == ()
    first = 2 + opening.count("\n") + 1
    assert [line.first_line for line in chain.lines] == [first, first, first + 1]
    assert document.displays[0].before == "Then" and document.displays[0].after == "follows"


@pytest.mark.parametrize(
    "text, found",
    [
        ("\\begin{align}\na = b\n\nand $c$", r"\begin{align}"),
        ("$$ a = b\n\nand $c$", "$$"),
        (r"\[ a = b and $c$", r"\["),
        (r"$a and\n\n \(c\)".replace(r"\n", "\n"), "$"),
    ],
)
def test_an_unclosed_formula_is_reported_and_the_rest_read(text, found):
    document = read_text(text, "latex")
    assert document.errors[0].found == f"‘{found}’ is never closed"
    assert [inline.span.text for inline in document.inlines] == ["c"]


def test_a_bad_formula_leaves_the_others():
    document = read_text("$$\na = f(b\n$$\n\n$$\nc = d\n$$\n")
    assert [problem.line for problem in document.errors] == [2]
    assert lines_of(document) == [[(2, 2), (2, 2)], [(6, 6), (6, 6)]]


def test_a_chain_runs_through_several_displays_but_not_from_nothing():
    document = read_text("$$= a$$\n\n$$b = c$$\n\n$$= d$$")
    assert [chain.continues for chain in document.chains] == [True, False]
    assert lines_of(document) == [[(1, 1)], [(3, 3), (3, 3), (5, 5)]]


def test_windows_line_ends_and_byte_order_mark(tmp_path):
    path = tmp_path / "d.md"
    path.write_bytes("\ufeffone\r\n$$\r\na = b\r\n$$".encode())
    assert lines_of(read_document(path)) == [[(3, 3), (3, 3)]]


def test_context_file(tmp_path):
    path = tmp_path / "context.txt"
    path.write_text("# comment\nx : S \\to X\n\n$y \\in X$\nassume moves: a \\\\\n  = b\nassume (\n")
    lines = read_context(path)
    assert [(line.kind, line.name, line.span.line) for line in lines] == [
        ("declare", "", 2),
        ("declare", "", 4),
        ("assume", "moves", 5),
        ("assume", "", 7),
    ]
    assert [line.expression is None for line in lines[3].chains[0].lines] == [True]


def test_cues():
    assert cues("we need the following equation to hold,") == {Cue.CLAIMS}
    assert Cue.FOR_ALL in cues("For any translation")
    assert Cue.DEFINES in cues("using the definition of")
    assert cues("Given $x$") == {Cue.ASSUMES} and cues("is given by") == {Cue.DEFINES}
    assert cues("The map of letters, iffy and whereas") == frozenset()


REFUSED = {
    "nothing.md": (None, "cannot be opened"),
    "d.doc": (b"x", "a file ending in .doc"),
    "nul.md": (b"a\0b", "NUL"),
    "latin.md": ("é\n\né".encode("latin-1"), "line 1, byte 0: it is not UTF-8"),
    "utf16.tex": ("abc".encode("utf-16"), "UTF-16"),
    "broken.ipynb": (b"{", "no JSON"),
    "list.ipynb": (b"[]", "no notebook"),
    "cells.ipynb": (b'{"cells": 3}', "no notebook"),
    "source.ipynb": (b'{"cells": [{"cell_type": "markdown", "source": 3}]}', "cell 1 is neither"),
    "deep.ipynb": (b"[" * 100_000, "nested too deeply"),
    "surrogate.ipynb": (b'{"cells": [{"cell_type": "markdown", "source": "\\ud800"}]}', "surrogate"),
    "digits.ipynb": (b'{"cells": [' + b"1" * 10_000 + b"]}", "no JSON"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_document_that_cannot_be_read(name, tmp_path):
    content, found = REFUSED[name]
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(DocumentError) as problem:
        read_document(tmp_path / name)
    assert found in str(problem.value)


def test_a_folder_and_a_path_with_a_nul_are_no_documents(tmp_path):
    (tmp_path / "folder.md").mkdir()
    for path in (tmp_path / "folder.md", "a\0.md"):
        with pytest.raises(DocumentError, match=r"cannot be opened"):
            read_document(path)


def test_a_notebook_of_other_cells_is_empty(tmp_path):
    path = tmp_path / "d.ipynb"
    path.write_text(json.dumps({"cells": [{"cell_type": "code", "source": "$x = y$"}, 3, {}]}))
    assert read_document(path).parts == ()


def test_formulas_are_read_without_lark_by_the_table_that_lark_makes_of_the_grammar():
    code = "import sys, symbolic_equiv.latex.reader as reader; reader.parse('x'); print('lark' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False"]
    assert table.shipped() == table.made()


def test_displays_that_follow_at_once_share_their_sentence():
    document = read_text("A map. We write\n$$a = b$$\n\n$$c = d$$\nand then $$e = f$$")
    assert [display.before for display in document.displays] == ["We write", "We write", "and then"]

"""Words: nothing that a user writes reaches TeX or Markdown as markup."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symbolic_equiv.latex.words import escape, escape_markdown

ESCAPED = [
    ("plain words", "plain words"),
    (r"\input{x}", r"\textbackslash{}input\{x\}"),
    ("100% & $x$ #1 a_b ~ ^", r"100\% \& \$x\$ \#1 a\_b \textasciitilde{} \textasciicircum{}"),
    ("a -- b --- c", "a -{}- b -{}-{}- c"),
    ("``a''", r"\textasciigrave{}\textasciigrave{}a'{}'"),
    ("j̄ and é and ī", r"\={\j} and \'{e} and \={\i}"),
    ("x⁻¹ ↦ φ", r"x\ensuremath{{}^{-}}\ensuremath{{}^{1}} \ensuremath{\mapsto} \ensuremath{\varphi}"),
    ("中", "[U+4E2D]"),
    ("two\n\n  lines", "two lines"),
    ("", ""),
]


@pytest.mark.parametrize(("words", "latex"), ESCAPED)
def test_escape(words, latex):
    assert escape(words) == latex


@given(st.text(max_size=40))
def test_escaped_text_is_ascii_and_has_only_our_commands(words):
    text = escape(words)
    assert text.isascii()
    assert all(letter.isprintable() for letter in text)
    bare = re.sub(r"\\(?:ensuremath|[A-Za-z]+|[^A-Za-z])", "", text)
    assert not set("#$%&_^\\") & set(re.sub(r"\\ensuremath\{[^ ]*\}", "", bare)) - set("^_")
    assert text.count("{") - text.count(r"\{") == text.count("}") - text.count(r"\}")


@given(st.text(alphabet="\\{}$&#%_^~a ", max_size=30))
def test_special_characters_are_never_bare(words):
    text = escape(words)
    for plain in (r"\textbackslash{}", r"\textasciicircum{}", r"\textasciitilde{}", r"\allowbreak{}"):
        text = text.replace(plain, "")
    assert re.fullmatch(r"(?:\\[{}$&#%_]|[a ])*", text)


MARKDOWN = [
    ("*a* _b_ `c` [d](e)", r"\*a\* \_b\_ \`c\` &#91;d&#93;(e)"),
    ("<script> & $x$", r"&lt;script&gt; &amp; \$x\$"),
    ("# no heading", r"\# no heading"),
    ("1. no list", r"1\. no list"),
    ("- no list", r"\- no list"),
    ("re-index", "re-index"),
    ("a\n\nb", "a b"),
]


@pytest.mark.parametrize(("words", "markdown"), MARKDOWN)
def test_escape_markdown(words, markdown):
    assert escape_markdown(words) == markdown

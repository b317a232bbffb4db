"""Pages of documents: every line with its verdict, errors marked, and nothing of a document as markup."""

import re
from html.parser import HTMLParser

import pytest

from symbolic_equiv.cli import main
from symbolic_equiv.latex.characters import character
from symbolic_equiv.latex.reader import notation, parse
from symbolic_equiv.report.annotated import SIGNS, annotated
from symbolic_equiv.report.annotated_html import document as html_page
from symbolic_equiv.report.annotated_latex import document as latex_page
from symbolic_equiv.report.documents import check_document
from symbolic_equiv.report.formula import Shown
from symbolic_equiv.report.mathml import mathml
from symbolic_equiv.report.texmath import rows

BROKEN = r"""
Let $f : S \to \mathbb{R}^{d}$, $x : S \to X$, $N : S \to 2^S$ and $w : \mathbb{R}^{d} \to \mathbb{R}^{d}$, let
$v : \mathbb{R}^{d} \to \mathbb{R}$, $i, j \in S$, $y \in X$.
We define $T_y[f](i) := f(x^{-1}(x(i) - y))$ and $s[f](i) := \sum_{j \in N(i)} v(f(j)) w(f(j))$.

$$\begin{aligned}
s[T_y[f]](i) &= \left( \sum_{j \in N(i)} v(T_y[f](j)) \right) w(f(j)) \\
 &= \sum_{j \in N(i)} v(f(x^{-1}(x(j) - y))) w(f(x^{-1}(x(j) - y))) \\
 &= \sum_{k \in N(x^{-1}(x(i) - y))} v(f(k)) w(f(k)) \\
 &= T_y[s[f]](i)
\end{aligned}$$
"""

HOSTILE = r"""
Let $f : S \to \mathbb{R}$ & <b>bold</b> <img src="http://example.org/x" onerror="alert(1)">.

$$f(i) = f(i) + g(i) \quad \text{<script>alert("x")</script> \& <a href='javascript:alert(1)'>click</a>}$$

$$\text{<script>}(i) = \text{</style><script>alert(2)</script>}$$

$$\input = \jobname \quad \text{as $\write18{touch owned}$ 100\% \# ^ ~ says}$$

$$\csname = \write \quad \text{\end{document}}$$

$$f(i) = \input{/etc/passwd} < 1$$

$$( [ ) = <script>$$
"""


def judged(text, tmp_path, name="paper.md"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return check_document(str(path), budget=30)


class Reader(HTMLParser):
    """Notes tags, attributes and text, and that every tag is closed in order."""

    VOID = frozenset({"meta", "br", "hr", "img", "link", "input", "wbr"})

    def __init__(self, page):
        super().__init__()
        self.open, self.tags, self.attributes, self.words = [], [], [], []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.words.append(data)

    @property
    def said(self):
        return " ".join("".join(self.words).split())


def test_the_page_shows_every_line_with_its_verdict_and_the_repairs(tmp_path):
    found = judged(BROKEN, tmp_path)
    page = annotated(found)
    (chain,) = [block for block in page.blocks if len(block.rows) == 5]
    assert [row.verdict for row in chain.rows] == ["", *(step.verdict for step in found.chains[-1].steps)]
    assert {note.id for block in page.blocks for note in [*block.notes, *(n for r in block.rows for n in r.notes)]} == {
        erratum.id for erratum in found.errata
    }
    reader = Reader(html_page(found))
    for verdict in {row.verdict for row in chain.rows if row.verdict}:
        assert f"{SIGNS[verdict]} {verdict}" in reader.said
    for words in ("scope", "step", "suggested", "Counterexample", "x_is_bijective", "⟦"):
        assert words in reader.said


def test_errors_are_marked_where_they_stand(tmp_path):
    page = annotated(judged(BROKEN, tmp_path))
    (wrong,) = [row for block in page.blocks for row in block.rows if row.formula.marks]
    source = BROKEN
    assert {source[start:end] for start, end in wrong.formula.marks} >= {"w(f(j))", "f(j)"}


def test_the_page_needs_nothing_from_elsewhere(tmp_path):
    page = html_page(judged(BROKEN, tmp_path))
    reader = Reader(page)
    assert "http" not in page and "@import" not in page and "url(" not in page
    assert all(value.startswith("#") for name, value in reader.attributes if name in ("href", "src"))
    targets = {value for name, value in reader.attributes if name == "id"}
    assert {value[1:] for name, value in reader.attributes if name == "href"} <= targets
    assert len(targets) == sum(name == "id" for name, _ in reader.attributes)
    assert ("lang", "en") in reader.attributes and "main" in reader.tags and "h1" in reader.tags


def test_nothing_of_a_document_is_markup(tmp_path):
    page = html_page(judged(HOSTILE, tmp_path, "<script>alert(3)<!--.md".replace("<!--", "&lt;")))
    reader = Reader(page)
    assert not {"script", "img", "b", "iframe", "object"} & set(reader.tags)
    assert reader.tags.count("style") == 1
    assert not [name for name, _ in reader.attributes if name.startswith("on")]
    assert "javascript:" not in " ".join(value or "" for name, value in reader.attributes if name in ("href", "src"))
    assert "<script>" in reader.said


def test_no_command_of_a_document_reaches_tex(tmp_path):
    page = latex_page(judged(HOSTILE, tmp_path))
    body = page.split(r"\begin{document}")[1]
    for command in ("input", "write", "csname", "jobname"):
        assert not re.search(rf"\\{command}(?![a-zA-Z])", body)
    assert body.count(r"\end{document}") == 1


@pytest.mark.parametrize("text", [BROKEN, HOSTILE], ids=["broken", "hostile"])
def test_the_latex_page_compiles(text, tex_log, tmp_path):
    tex_log(latex_page(judged(text, tmp_path)))
    assert not (tmp_path / "owned").exists()


def test_every_sign_of_the_notation_compiles(tex_log, tmp_path):
    tables = (notation.RELATIONS, notation.ARROWS, notation.JOINS, notation.MULTIPLICATIONS, notation.LOGICAL)
    formulas = [f"a {sign} b" for table in tables for sign in dict.fromkeys(table.values()) if sign != ":"]
    formulas += [rf"{sign}_{{j \in N}}^{{n}} a_j" for sign in dict.fromkeys(notation.BINDERS.values())]
    formulas += [rf"{accent}{{x}} + {accent}{{x y}}" for accent in dict.fromkeys(notation.ACCENTS.values())]
    formulas += [rf"{font}{{A}}_1'" for font in dict.fromkeys(notation.FONTS.values()) if font != r"\mathit"]
    formulas += list(dict.fromkeys([*notation.GREEK.values(), *notation.CONSTANTS.values()]))
    formulas += [r"\sqrt[3]{\frac{a}{b}}", r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}^{T}", r"\lfloor a \rfloor"]
    formulas += [r"\begin{cases} a & \text{if } b \\ c & \text{else} \end{cases}", r"\left(\left((a)b\right)c\right)^2"]
    lines = [row for formula in formulas for row in rows(Shown(formula, parse(formula)))]
    body = "\n".join(f"$\\begin{{aligned}}{line}\\end{{aligned}}$\n" for line in lines)
    preamble = latex_page(judged(BROKEN, tmp_path)).split(r"\begin{document}")[0]
    tex_log(f"{preamble}\\begin{{document}}\n{body}\n\\end{{document}}\n")


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (r"x^{-1}(i)", ["<msup>", '<mo form="prefix">−</mo>', "<mn>1</mn>"]),
        (r"\sum_{j \in S} f(j)", ["<munder>", "∑", "∈"]),
        (r"\frac{1}{\sqrt{d_k}}", ["<mfrac>", "<msqrt>", "<msub>"]),
        (r"\mathbb{R} + \mathcal{A}", ["ℝ", "𝒜"]),
        (r"\overline{i} = j'", ["<mover", "′"]),
        (r"\text{a < b \& c}", ["a &lt; b"]),
        (r"\unknowncommand < 1", ["<mi>unknowncommand</mi>", "&lt;"]),
    ],
)
def test_mathml(formula, expected):
    written = mathml(parse(formula))
    Reader(written)
    for part in expected:
        assert part in written


def test_every_sign_has_a_character():
    tables = (notation.RELATIONS, notation.ARROWS, notation.JOINS, notation.MULTIPLICATIONS, notation.LOGICAL)
    tables += (notation.SIGNS, notation.BINDERS, notation.CONNECTIVES, notation.GREEK)
    assert not [sign for table in tables for sign in table.values() if character(sign) is None]


@pytest.mark.parametrize("suffix", [".html", ".tex", ".md"])
def test_the_command_writes_the_page_and_says_whether_the_document_is_right(suffix, tmp_path, capsys):
    source = tmp_path / "paper.md"
    source.write_text(BROKEN, encoding="utf-8")
    output = tmp_path / f"page{suffix}"
    assert main(["derive", str(source), "-o", str(output)]) == 1
    assert "refuted" in output.read_text(encoding="utf-8")
    assert "wrote" in capsys.readouterr().out


def test_a_format_that_is_not_known(tmp_path, capsys):
    source = tmp_path / "paper.md"
    source.write_text(BROKEN, encoding="utf-8")
    assert main(["derive", str(source), "-o", str(tmp_path / "page.docx")]) == 2
    assert ".html" in capsys.readouterr().err

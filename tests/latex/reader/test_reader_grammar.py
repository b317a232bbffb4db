"""What formulas are read as, and how those are refused that cannot be read."""

import pytest

from symbolic_equiv.latex.reader import ReadError, Source, factors, normalised, parse, unparse
from symbolic_equiv.latex.reader import syntax as s

READINGS = {
    "applications": {
        r"L_y[f](i)": r"L_{y}[f](i)",
        r"m^r_{LoRA}[L_y[f], \rho](i)": r"m^{r}_{LoRA}[L_{y}[f], \rho](i)",
        r"L_yL_h[f]": r"L_{y} L_{h}[f]",
        r"\varphi_{qry}^{(h)} f(i)": r"\varphi_{qry}^{(h)} f(i)",
        r"f(i, h)": r"f(i, h)",
        r"(\varphi^A \circ \varphi^B)(v)": r"(\varphi^{A} \circ \varphi^{B})(v)",
        r"h^{-1}(x(i)-y)": r"h^{-1}(x(i) - y)",
        r"h_3^{-1}h_1": r"h_{3}^{-1} h_{1}",
        r"f()": r"f()",
    },
    "names": {
        r"\bar i + \overline{i}": r"\overline{i} + \overline{i}",
        r"\widetilde{\hat x}": r"\tilde{\hat{x}}",
        r"x''_1 + x^{\prime\prime}_1": r"x''_{1} + x''_{1}",
        r"{x}_1": r"x_{1}",
        r"\boldsymbol{\rho}": r"\mathbf{\rho}",
        r"\mathbf{1}_n + \mathbf 0": r"\mathbf{1}_{n} + \mathbf{0}",
        r"\operatorname{softmax}(x)": r"\mathrm{softmax}(x)",
        r"\text{softmax}(x)": r"\mathrm{softmax}(x)",
        r"\exp(x) + \mathrm{exp}(x)": r"\mathrm{exp}(x) + \mathrm{exp}(x)",
        "φ(α) ∘ σ": r"\varphi(\alpha) \circ \sigma",
        r"Aᵀ B⁻¹": r"A^{T} B^{-1}",
        r"d_\text{in}": r"d_{\mathrm{in}}",
        r"x_12": r"x_{1} 2",
        r"x^*+y^+": r"x^{{\ast}} + y^{{+}}",
        r"X_{:,i}^\top": r"X_{{:}, i}^{\top}",
        r"x_{<i}": r"x_{{<} i}",
    },
    "big operators": {
        r"\sum_{j \in N(i)} a_j b_j + c": r"\sum_{j \in N(i)} a_{j} b_{j} + c",
        r"\sum_{j=1}^{n} a_j": r"\sum_{j = 1}^{n} a_{j}",
        r"\sum\limits_{(j,h) \in N(i,g)} a": r"\sum_{(j, h) \in N(i, g)} a",
        r"\sum_{i, j \in S} a": r"\sum_{i, j \in S} a",
        r"\sum_{\substack{i \in S \\ j \in T}} a": r"\sum_{i \in S, j \in T} a",
        r"\bigcup_{h \in [H]} \sum_j a": r"\bigcup_{h \in [H]} \sum_{j} a",
        r"\big\Vert_{h=1}^H a_h": r"\|_{h = 1}^{H} a_{h}",
        r"\mathrm{Concat}_{h \in [H]} a_h W": r"\operatorname*{Concat}_{h \in [H]} a_{h} W",
        r"\operatorname*{mean}_h a_h": r"\operatorname*{mean}_{h} a_{h}",
        r"\max_j a_j": r"\operatorname*{max}_{j} a_{j}",
        r"a \sum_j -b_j": r"a \sum_{j} -b_{j}",
        r"\sum_{j} [\bullet]": r"\sum_{j} [{\bullet}]",
        r"\underset{j}{\operatorname{softmax}}(a)": r"\mathrm{softmax}_{j}(a)",
    },
    "brackets": {
        r"\Bigg( a \Bigg)": r"(a)",
        r"\left( a + \right. b \left. c \right)": r"(a + b c)",
        r"\langle a, b \rangle": r"\langle a, b \rangle",
        r"\left< a, b \right>": r"\langle a, b \rangle",
        r"\langle \cdot, \cdot \rangle": r"\langle {\cdot}, {\cdot} \rangle",
        r"\|x\|_2\|y\| |z|": r"\lVert x \rVert_{2} \lVert y \rVert \lvert z \rvert",
        r"a \| b": r"a \| b",
        r"\{ x \in S : p(x), q(x) \}": r"\{ x \in S: p(x), q(x) \}",
        r"\{ x \mid p \}": r"\{ x \mid p \}",
        r"\{1, 2, ..., d\}": r"\{ 1, 2, \ldots, d \}",
        r"\lfloor a \rfloor": r"\lfloor a \rfloor",
        r"a {} b": r"a b",
    },
    "operators": {
        r"-a - -b": r"-a - -b",
        r"a \wedge b = c": r"a \wedge b = c",
        r"a \in A \wedge b \in B": r"a \in A \land b \in B",
        r"a = b \implies c = d": r"a = b \implies c = d",
        r"\mathbb{Z}/n \rtimes H": r"\mathbb{Z} / n \rtimes H",
        r"A \odot B \otimes C \oplus D": r"A \odot B \otimes C \oplus D",
        r"\frac12 + \sqrt[3]{x} + \dfrac{a}{b}": r"\frac{1}{2} + \sqrt[3]{x} + \frac{a}{b}",
        r"f, g : S \to T": r"f, g: S \to T",
        r"i \mapsto f(i) + 1": r"i \mapsto f(i) + 1",
        r"a \not= b \not\in C": r"a \neq b \notin C",
        r"a : = b \colon= c := d \mathrel{:=} e": r"a := b := c := d := e",
        r"A \stackrel{\text{def}}{=} B": r"A := B",
        r"P M P^\top": r"P M P^{\top}",
        r"\begin{pmatrix} a & b \\ c & d \\ \end{pmatrix}^{-1}": r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}^{-1}",
        r"\begin{cases} a, & \text{if } x > 0, \\ b & \text{else} \end{cases}": (
            r"\begin{cases} a & \text{ if } x > 0 \\ b & \text{ else } \end{cases}"
        ),
        r"\underbrace{a + b}_{c} d": r"{a + b} d",
        r"a \!\, b \quad c %comment": r"a b c",
    },
}


@pytest.mark.parametrize("formula, reading", [pair for group in READINGS.values() for pair in group.items()])
def test_reading(formula, reading):
    node = parse(formula)
    assert normalised(node) == reading
    assert parse(reading) == node
    assert parse(unparse(node)) == node


EXACT = [
    r"L_y[f](i)",
    r"\Bigg( \sum_{j \in N(i)} \sigma_j\left(\alpha[f](i, j)\right)\varphi_{val}(f(j)) \Bigg)",
    "a +\n  b \\\\ &\\quad + c",
    r"\frac{a}{b} \cdot \overline{x}'",
    r"\begin{pmatrix} a \end{pmatrix}",
]


@pytest.mark.parametrize("formula", EXACT)
def test_unparse_is_the_exact_slice(formula):
    assert unparse(parse(formula)) == formula


def test_spans_are_those_of_the_source():
    source = Source("text\n$f(i) + g_{ab}(j)$")
    node = parse(source.span(6, 22))
    apply = node.operands[1]
    assert (unparse(apply), apply.line, apply.span.column) == ("g_{ab}(j)", 2, 9)
    assert apply.argument.opening.text == "(" and apply.argument.closing.column == 17


def test_application_and_product_can_be_told_apart_later():
    node = parse(r"\Delta\varphi^{(h)}(f(i))^T")
    assert [unparse(part) for part in factors(node)] == [r"\Delta", r"\varphi^{(h)}", "(f(i))^T"]
    assert isinstance(factors(node)[2], s.Scripted)
    apply = node.operands[1]
    assert isinstance(apply, s.Apply) and apply.scripts[0].body == s.Name(apply.span, 1, "T")


def test_numbers_and_norms_take_no_argument():
    assert isinstance(parse("2(a+b)"), s.Juxtapose)
    assert isinstance(parse(r"\langle a, b \rangle (c)"), s.Juxtapose)
    assert isinstance(parse("a(b+c)"), s.Apply)


def test_binder_takes_in_the_factors_that_follow():
    node = parse(r"\sum_{j \in S} \sigma_j(a)(b) \cdot c - d")
    assert isinstance(node, s.Addition)
    binder = node.operands[0]
    assert unparse(binder.body) == r"\sigma_j(a)(b) \cdot c"
    assert unparse(binder.conditions[0]) == r"j \in S" and binder.upper is None


def test_conditions_share_their_domain():
    binder = parse(r"\sum_{i, j \in S, k \in T} a")
    assert [normalised(each) for each in binder.conditions] == [r"i, j \in S", r"k \in T"]
    assert isinstance(binder.conditions[0].operands[0], s.Listing)


def test_softmax_with_a_domain_stays_an_application():
    node = parse(r"\mathrm{softmax}_{j \in N(i)}(a_j) v_j")
    assert isinstance(node, s.Juxtapose) and isinstance(node.operands[0], s.Apply)


def test_letters_of_an_index():
    index = parse(r"\varphi_{qry}").scripts[0].body
    assert s.letters(index) == "qry"
    assert s.letters(parse(r"x_{i+1}").scripts[0].body) is None


@pytest.mark.parametrize(
    "one, other", [("ab", "ba"), ("a(b)", "a[b]"), ("x'", "x"), (r"\mathbb{R}", "R"), ("a+b", "a-b")]
)
def test_trees_differ(one, other):
    assert parse(one) != parse(other)


def test_trees_do_not_depend_on_place_or_size():
    assert parse(r"  \Big( a\,b \Big)") == parse("(ab)")


REFUSED = {
    "brackets": [
        ("f(x))", 5, "‘)’ closes nothing"),
        ("f(x", 2, "‘(’ is never closed"),
        ("(a [ b)", 4, "‘[’ is never closed"),
        ("f(x]", 4, "‘]’ closes nothing"),
        (r"\Bigg( \big\langle a \Bigg)", 8, r"‘\langle’ is never closed"),
        ("x_{a", 3, "‘{’ is never closed"),
        (r"\left( a \right]", 10, "‘]’ closes nothing"),
        (r"\begin{pmatrix} a", 1, r"‘\begin{pmatrix}’ is never closed"),
        (r"\begin{pmatrix} a \end{bmatrix}", 19, r"‘\end{bmatrix}’ closes nothing"),
        (r"\text{a", 6, "the brace ‘{’ is never closed"),
    ],
    "something is missing": [
        ("", 1, "nothing where an expression should be"),
        ("a + ", 3, "ends after ‘+’"),
        ("a = = b", 5, "‘=’ after ‘=’"),
        (r"a \sum_{j \in S}", 16, "ends after ‘}’"),
        (r"\frac{a}", 8, "ends after ‘}’"),
        ("x^", 2, "ends after ‘^’"),
        ("(,a)", 2, "‘,’ after ‘(’"),
        ("f(a,,b)", 5, "‘,’ after ‘,’"),
        (r"\left", 1, "at the end of the formula"),
    ],
    "no sense": [
        ("x^-1", 3, "only the minus is raised"),
        (r"\norm{x}", 1, r"\norm is not known"),
        ("a @ b", 3, "'@' has no meaning"),
        ("a . b", 3, "‘.’ after ‘a’"),
        (r"\begin{tikzcd} a \end{tikzcd}", 1, "'tikzcd' inside a formula is not known"),
        (r"\sum_a_b c", 7, "a second ‘_’"),
        (r"\not a", 1, r"\not before something"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("formula, column, found", [case for group in REFUSED.values() for case in group])
def test_refused(formula, column, found):
    with pytest.raises(ReadError) as problem:
        parse(formula)
    error = problem.value
    assert found in error.found
    assert (error.line, error.column) == (1, column)
    assert error.caret.split("\n")[1].index("^") == column - 1
    assert str(error).startswith(f"line 1, column {column}: ")


def test_a_bracket_error_says_where_the_other_one_is():
    with pytest.raises(ReadError) as problem:
        parse("f(x +\n  y]")
    assert problem.value.expected == "‘)’, for the ‘(’ of line 1, column 2"


def test_a_caret_in_a_long_line_stays_on_the_page():
    with pytest.raises(ReadError) as problem:
        parse("a + " * 100 + ") + b" * 50)
    lines = problem.value.caret.split("\n")
    assert max(map(len, lines)) <= 76
    assert lines[0][lines[1].index("^")] == ")"


def test_a_box_ends_a_proof_and_is_a_symbol_where_it_has_a_subscript():
    assert parse(r"a = b \square") == parse("a = b")
    assert unparse(parse(r"f(\square_{1})")) == r"f(\square_{1})"
    assert parse(r"f(\Box_{1})") != parse(r"f(\Box_{2})")
    assert unparse(parse(r"\square")) == r"\square"

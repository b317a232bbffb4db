"""Terms in LaTeX: brackets, sums and softmaxes, functions, templates."""

import pytest

from symbolic_equiv.kernel import terms
from symbolic_equiv.latex.notation import Notation
from symbolic_equiv.latex.printer import Unprintable, latex
from symbolic_equiv.theories import attention as at
from symbolic_equiv.theories.language import (
    BOOL,
    SCALAR,
    act,
    and_,
    base,
    concat,
    dim,
    exp,
    fin,
    if_,
    inner,
    inv,
    lam,
    mat,
    neg,
    one,
    reciprocal,
    softmax,
    softmax_,
    sqrt,
    symbol,
    total,
    true,
    unit,
    vec,
    zero,
)  # fmt: skip

S, X, G = base("S"), base("X"), base("G")
k, n = dim("k"), dim("n")
a, b, c = (symbol(name, SCALAR) for name in "abc")
p, q, r = (symbol(name, X) for name in "pqr")
g = symbol("g", G)
u, v = symbol("u", vec(n)), symbol("v", vec(n))
A, B = symbol("A", mat(k, n)), symbol("B", mat(n, n))
i, j = symbol("i", S), symbol("j", S)
s, w = symbol("s", S, SCALAR), symbol("w", S, S, SCALAR)
M = symbol("M", S, S, BOOL, latex=r"#2 \in M(#1)")
P = symbol("P", S, BOOL)
x, back = symbol("x", S, X), symbol("x_inv", X, S, latex=("x^{-1}", "(#1)"))
moved = lambda token: back(x(token) + p)

BRACKETS = [
    (a + b + c, "a + b + c"),
    (a + (b + c), "a + (b + c)"),
    (a - b - c, "a - b - c"),
    (a - (b + c), "a - (b + c)"),
    (a - (b - c), "a - (b - c)"),
    (a + (-b - c), "a + (-b - c)"),
    (-a + b, "-a + b"),
    (-(a + b), "-(a + b)"),
    (-neg(a), "-(-a)"),
    (a - (-b), "a - (-b)"),
    (a * b * c, r"(a b) \, c"),
    (a * (b * c), "a b c"),
    ((a + b) * c, r"(a + b) \, c"),
    (a * (b + c), "a (b + c)"),
    (-(a * b), "-a b"),
    ((-a) * b, r"(-a) \, b"),
    (a * -b, "a (-b)"),
    (a * one(), r"a \cdot 1"),
    (one() * a, r"1 \cdot a"),
    (a / b, r"\frac{a}{b}"),
    (a / b * v, r"\frac{a}{b} v"),
    ((a * b) / c, r"\frac{a b}{c}"),
    (a / (b / c), r"\frac{a}{\frac{b}{c}}"),
    (reciprocal(b), r"\frac{1}{b}"),
    (one() / b, r"\frac{1}{b} \cdot 1"),
    (sqrt(a + b), r"\sqrt{a + b}"),
    (exp(a + b), r"\exp(a + b)"),
    (exp(a) * b, r"\exp(a) \, b"),
    (A @ (v + u), "A (v + u)"),
    (A @ (B @ v), "A B v"),
    ((A @ B) @ v, r"(A B) \, v"),
    ((A + A @ B) @ v, r"(A + A B) \, v"),
    (a * (A @ v), "a A v"),
    ((a * A) @ v, r"(a A) \, v"),
    (inner(u + v, a * v), r"\langle u + v, a v \rangle"),
    (p - q, "p - q"),
    (p - q + r, "p - q + r"),
    (p + (q - r), "p + (q - r)"),
    (p - (q + r), "p - (q + r)"),
    (-p - q, "-p - q"),
    (p + unit(g=X), "p + 0"),
    (act(g, p + q), r"g \cdot (p + q)"),
    (act(g, p) + q, r"g \cdot p + q"),
    (act(g + g, p), r"(g + g) \cdot p"),
    (and_(P(i), P(j)), r"P(i) \land P(j)"),
    (and_(P(i), and_(P(j), P(i))), r"P(i) \land (P(j) \land P(i))"),
    (and_(M(i, j), M(j, i)), r"j \in M(i) \land i \in M(j)"),
    (true(), r"\top"),
    (if_(P(i), a, b), r"\begin{cases} a & \text{if } P(i) \\ b & \text{otherwise} \end{cases}"),
    (if_(P(i), a, b) + c, r"\biggl(\begin{cases} a & \text{if } P(i) \\ b & \text{otherwise} \end{cases}\biggr) + c"),
    (total(j, P(j), s(j) * a), r"\sum_{j \colon P(j)} s(j) \, a"),
    (total(j, P(j), s(j) + a), r"\sum_{j \colon P(j)} (s(j) + a)"),
    (total(j, P(j), s(j)) + a, r"\sum_{j \colon P(j)} s(j) + a"),
    (a + total(j, P(j), s(j)), r"a + \sum_{j \colon P(j)} s(j)"),
    (a * total(j, P(j), s(j)), r"a \sum_{j \colon P(j)} s(j)"),
    (a * total(j, P(j), s(j)) * b, r"\biggl(a \sum_{j \colon P(j)} s(j)\biggr) \, b"),
    (total(j, P(j), s(j)) * a, r"\biggl(\sum_{j \colon P(j)} s(j)\biggr) \, a"),
    (-total(j, P(j), s(j)), r"-\sum_{j \colon P(j)} s(j)"),
    (total(j, P(j), -s(j)), r"\sum_{j \colon P(j)} (-s(j))"),
    (zero(v=SCALAR) + a, "0 + a"),
]


@pytest.mark.parametrize(("term", "expected"), BRACKETS, ids=[text for _, text in BRACKETS])
def test_brackets(term, expected):
    assert latex(term.term) == expected


def test_the_table_of_brackets_is_injective():
    assert len({text for _, text in BRACKETS}) == len({term.term for term, _ in BRACKETS}) == len(BRACKETS)


MULTIPLICATIVE = [
    (p + q, "p q"),
    (p - q, "p q^{-1}"),
    (-p + q, "p^{-1} q"),
    (p + (q + r), "p q r"),
    (-(p + q), "(p q)^{-1}"),
    (-inv(p), "(p^{-1})^{-1}"),
    (-x(i) + x(j), r"x(i)^{-1} x(j)"),
    (unit(g=X) + p, "e p"),
    (act(g, p + q), r"g \cdot (p q)"),
]


@pytest.mark.parametrize(("term", "expected"), MULTIPLICATIVE, ids=[text for _, text in MULTIPLICATIVE])
def test_multiplicative(term, expected):
    assert latex(term.term, multiplicative=frozenset({"X"})) == expected


SUMS = [
    (total(j, M(i, j), s(j)), r"\sum_{j \in M(i)} s(j)"),
    (total(j, true(), s(j)), r"\sum_{j \in S} s(j)"),
    (total(j, M(i, moved(j)), s(j)), r"\sum_{x^{-1}(x(j) + p) \in M(i)} s(j)"),
    # what stands before ∈ is a free name: the variable has to be announced
    (total(j, M(j, i), s(j)), r"\sum_{j \colon i \in M(j)} s(j)"),
    (total(j, M(j, j), s(j)), r"\sum_{j \colon j \in M(j)} s(j)"),
    (total(j, M(i, i), s(j)), r"\sum_{j \colon i \in M(i)} s(j)"),
    (total(j, M(i, moved(i)), s(j)), r"\sum_{j \colon x^{-1}(x(i) + p) \in M(i)} s(j)"),
    (total(j, and_(M(i, j), P(j)), s(j)), r"\sum_{j \colon j \in M(i) \land P(j)} s(j)"),
    (total(i, P(i), total(j, M(i, j), w(i, j))), r"\sum_{i \colon P(i)} \sum_{j \in M(i)} w(i, j)"),
    (concat(lam(symbol("h", fin(k)), v)), r"\bigcup_{h \in [k]} v"),
]


@pytest.mark.parametrize(("term", "expected"), SUMS, ids=[text for _, text in SUMS])
def test_sums(term, expected):
    assert latex(term.term) == expected


D = M(i, j)
OTHER = M(j, i)
SOFTMAXES = [
    (total(j, D, softmax(j, D, w(i, j)) * s(j)), r"\sum_{j \in M(i)} \sigma_{j}(w(i, j)) \, s(j)"),
    (
        total(j, M(i, moved(j)), softmax(j, M(i, moved(j)), s(j))),
        r"\sum_{x^{-1}(x(j) + p) \in M(i)} \sigma_{x^{-1}(x(j) + p)}(s(j))",
    ),
    # another domain than the sum's
    (
        total(j, D, softmax(j, P(j), s(j))),
        r"\sum_{j \in M(i)} \operatorname{softmax}_{j' \colon P(j')}(s(j'))_{j}",
    ),
    # taken at another place
    (
        total(j, D, softmax_(lam(j, D), lam(j, s(j)), moved(j))),
        r"\sum_{j \in M(i)} \operatorname{softmax}_{j' \in M(i)}(s(j'))_{x^{-1}(x(j) + p)}",
    ),
    (
        total(j, D, softmax_(lam(j, D), lam(j, s(j)), i)),
        r"\sum_{j \in M(i)} \operatorname{softmax}_{j \in M(i)}(s(j))_{i}",
    ),
    # the score mentions the place of the softmax: σ_j(w(j, j)) would be another softmax
    (
        total(j, D, softmax_(lam(j, D), lam(symbol("l", S), w(symbol("l", S), j)), j)),
        r"\sum_{j \in M(i)} \operatorname{softmax}_{l \in M(i)}(w(l, j))_{j}",
    ),
    # outside of a sum
    (softmax(j, D, s(j)), r"\operatorname{softmax}_{j' \in M(i)}(s(j'))_{j}"),
]


@pytest.mark.parametrize(("term", "expected"), SOFTMAXES, ids=[text for _, text in SOFTMAXES])
def test_softmaxes(term, expected):
    assert latex(term.term) == expected


def test_a_softmax_refers_to_the_sum_of_its_own_variable():
    both = total(i, P(i), total(j, P(j), softmax(i, P(i), s(i)) * softmax(j, P(j), s(j))))
    assert latex(both.term).endswith(r"\sigma_{i}(s(i)) \, \sigma_{j}(s(j))")


FUNCTIONS = [
    (lam(i, s(i)), "s"),
    (s, "s"),
    (w, "w"),
    (M, "M"),
    (lam(j, w(i, j)), r"j \mapsto w(i, j)"),
    (lam(i, j, w(j, i)), r"(i, j) \mapsto w(j, i)"),
    (lam(i, j, w(i, i)), r"(i, j) \mapsto w(i, i)"),
    (lam(i, a), r"i \mapsto a"),
    (lam(a, exp(a)), r"\exp"),
    (at.L(at.y, at.f), "L_{y}[f]"),
    (at.m[at.f, at.rho], r"m[f, \rho]"),
    (at.m[at.L(at.y, at.f), at.rho](at.i), r"m[L_{y}[f], \rho](i)"),
    (at.L(at.y, at.m[at.f, at.rho])(at.i), r"L_{y}[m[f, \rho]](i)"),
    (at.m[lam(at.j, at.f(at.i)), at.rho](at.i), r"m[(j \mapsto f(i)), \rho](i)"),
    (at.phi_qry, r"\varphi_{qry}"),
]


@pytest.mark.parametrize(("term", "expected"), FUNCTIONS, ids=[text for _, text in FUNCTIONS])
def test_functions(term, expected):
    assert latex(term.term) == expected


def test_a_partial_application_keeps_its_arguments():
    """A piece of a template may be left out only with all its arguments."""
    assert latex(lam(at.j, at.rho(at.i, at.j)).term) == r"j \mapsto \rho(i, j)"


def test_hidden_arguments_are_printed_where_they_are_not_the_usual_ones():
    other = symbol("z", S, X)
    constant, hidden = at.L.constant, [other, at.x_inv]
    moved_by_z = constant(*hidden, at.y, at.f, at.i)
    assert latex(at.L(at.y, at.f, at.i).term) == "L_{y}[f](i)"
    assert latex(moved_by_z.term) == "L(z, x^{-1}, y, f, i)"


def test_a_loose_bound_variable_has_no_name():
    with pytest.raises(Unprintable, match="outside its binder"):
        latex(lam(i, s(i)).term.body)


def test_a_template_for_other_arguments_is_not_used():
    """``m`` has a template for the arguments of the constant; a variable of that name is another thing."""
    assert latex(symbol("m", S, SCALAR)(i).term) == "m(i)"


def test_two_free_symbols_never_share_a_name():
    first, second = symbol("ff", SCALAR, latex="f"), symbol("f", SCALAR)
    assert latex((first + second).term) == r"\mathrm{ff} + f" or latex((first + second).term) == r"f' + f"
    both = Notation([first.term, second.term])
    assert latex(first.term, both) != latex(second.term, both)


def test_symbols_of_the_notation_keep_their_place():
    sigma, nought = symbol("sigma", S, SCALAR), symbol("nought", SCALAR, latex="0")
    term = total(j, P(j), softmax(j, P(j), sigma(j)))
    assert latex(term.term) == r"\sum_{j \colon P(j)} \sigma_{j}(\sigma'(j))"
    assert latex((zero(v=SCALAR) + nought).term) == r"0 + \mathrm{nought}"


def test_a_number_may_be_called_as_its_dimension_but_a_vector_may_not():
    size = symbol("n", SCALAR)
    assert latex((size * v).term) == "n v"
    assert latex((a * symbol("n", vec(n))).term) == "a n'"


def test_wide_parts_can_be_broken():
    long = a
    for _ in range(20):
        long = long + b
    assert r"\frac" not in latex((long / c).term).replace(r"\frac{1}{c}", "")
    assert r"\sqrt" not in latex(sqrt(long).term)
    assert r"\begin{cases}" not in latex(if_(P(i), long, a).term)


def test_braces_match_in_a_large_term():
    term = at.row(at.f(at.i), at.f(at.j) + at.rho(at.i, at.j), at.f(at.j), at.N(at.i, at.j)).term
    text = latex(term)
    assert text.count("{") == text.count("}") and text.count("(") == text.count(")")
    assert text.isprintable()


def test_the_order_of_symbols_does_not_depend_on_the_term():
    first, second = symbol("p_1", X), symbol("p1", X)  # both are p_{1}
    left, right = (first + second).term, (second + first).term
    assert latex(left).split(" + ") == latex(right).split(" + ")[::-1]


def test_printing_is_the_same_for_alpha_equal_terms_up_to_hints():
    one_way, other = lam(i, total(j, P(j), w(i, j))), lam(j, total(i, P(i), w(j, i)))
    assert one_way.term == other.term
    assert latex(one_way.term) == r"i \mapsto \sum_{j \colon P(j)} w(i, j)"
    assert latex(other.term) == r"j \mapsto \sum_{i \colon P(i)} w(j, i)"


def test_terms_stay_as_they_are():
    term = total(j, M(i, j), s(j)).term
    before = terms.text(term)
    latex(term)
    assert terms.text(term) == before


def test_a_page_names_what_comes_later():
    page = Notation([symbol("f", SCALAR).term])
    later = symbol("ff", SCALAR, latex="f")
    assert latex(later.term, page) == r"\mathrm{ff}"
    assert latex((symbol("f", SCALAR) + later).term, page) == r"f + \mathrm{ff}"


def test_digits_belong_to_the_numbers():
    """``1/b`` prints without a term for its 1, so nothing else may print as 1."""
    number = symbol("number", SCALAR, latex="1")
    assert latex((number / b).term) == r"\frac{\mathrm{number}}{b}"
    assert latex(lam(number, number / b).term) == r"\mathrm{number} \mapsto \frac{\mathrm{number}}{b}"

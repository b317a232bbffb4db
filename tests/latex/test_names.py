"""Names in LaTeX, and which of them look alike."""

import itertools

import pytest

from symbolic_equiv.latex.names import SITE, core, holes, marked, marks, natural, with_site

NATURAL = [
    ("f", "f"),
    ("N", "N"),
    ("phi", r"\varphi"),
    ("phi_qry", r"\varphi_{qry}"),
    ("rho_P", r"\rho_{P}"),
    ("W_phi", r"W_{\varphi}"),
    ("d_in", "d_{in}"),
    ("a_b_c", "a_{b,c}"),
    ("x1", "x_{1}"),
    ("x12_a", "x_{12,a}"),
    ("i_bar", r"\overline{i}"),
    ("i_bar_k", r"\overline{i}_{k}"),
    ("ī", r"\overline{i}"),
    ("f'", "f'"),
    ("f''", "f''"),
    ("g_1'", "g'_{1}"),
    ("softplus", r"\mathrm{softplus}"),
    ("phi_softplus", r"\varphi_{softplus}"),
    ("0", r"\mathtt{0}"),
    ("_", r"\mathtt{\_}"),
    ("é", r"\mathrm{u00E9}"),
    ("φ", r"\varphi "),
    ("中", r"\mathrm{u4E2D}"),
    ("a#b", r"\mathrm{a\#b}"),
    ("a~", r"\mathrm{a{\sim}}"),
]


@pytest.mark.parametrize(("name", "latex"), NATURAL)
def test_natural(name, latex):
    assert natural(name).replace(SITE, "") == latex


@pytest.mark.parametrize("name", [name for name, _ in NATURAL])
def test_a_name_is_plain_ascii_with_braces_that_match(name):
    latex = natural(name).replace(SITE, "")
    assert latex.isascii() and latex.count("{") == latex.count("}")


CORES = [
    (("f",), "f"),
    (("L_{#3}", "[#4]", "(#5)"), "L"),
    ((r"#2 \in N(#1)",), "N"),
    ((r"x^{-1}", "(#1)"), "x^{-1}"),
    ((r"\varphi_{qry}^{(#1)}", "(#2)"), r"\varphi_{qry}"),
    ((r"\varphi^{A,(#1)}_{qry}", "(#2)"), r"\varphi_{qry}^{A}"),
    ((r"\rho", "(#1, #2)"), r"\rho"),
    ((r"\rho^P", "(#1)"), r"\rho^{P}"),
    (("x_1",), "x_{1}"),
]


@pytest.mark.parametrize(("form", "expected"), CORES)
def test_core(form, expected):
    assert core(form) == expected


@pytest.mark.parametrize(
    ("left", "right"),
    [((r"\varphi^{A}_{q}",), (r"\varphi_{q}^{A}",)), (("x_1",), ("x_{1}",)), (("f", "(#1)"), ("f",))],
)
def test_the_same_sign_written_otherwise_has_the_same_core(left, right):
    assert core(left) == core(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [(("f",), ("f'",)), (("f",), ("F",)), ((r"\varphi",), (r"\Delta\varphi",)), (("x",), ("x^{-1}",))],
)
def test_different_signs_have_different_cores(left, right):
    assert core(left) != core(right)


SITES = [
    (("f",), "f'"),
    ((r"x^{-1}", "(#1)"), "x'^{-1}"),
    ((r"\Delta\varphi_{qry}^{(#1)}", "(#2)"), r"\Delta\varphi'^{(#1)}_{qry}"),
    ((r"#2 \in N(#1)",), r"#2 \in N'(#1)"),
    ((r"\mathbf{x}_{#1}",), r"\mathbf{x}'_{#1}"),
    ((r"\overline{i}",), r"\overline{i}'"),
]


@pytest.mark.parametrize(("form", "primed"), SITES)
def test_where_the_prime_goes(form, primed):
    assert marked(with_site(form), "'")[0] == primed


def test_a_form_without_a_letter_has_no_site():
    assert with_site(("|#1|",)) is None


@pytest.mark.parametrize("name", ["f", "x_1", "i_bar", "f'", "softplus"])
def test_marks_never_repeat_a_core(name):
    form = (natural(name),)
    cores = [core(marked(form, mark)) for mark in itertools.islice(marks(form), 12)]
    assert len(set(cores)) == 12


def test_holes():
    assert holes((r"#2 \in N(#1)", "[#12]")) == [1, 2, 12]

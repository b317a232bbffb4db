"""What stands on the page of a proof."""

from report_example import Checked, Line, Model, Proof, Rests, main_proof, main_statement

from symbolic_equiv.report.page import page
from symbolic_equiv.theories.language import SCALAR, base, dim, symbol, vec
from symbolic_equiv.theories.statement import Statement
from symbolic_equiv.theories.table import RULES

content = page(main_proof())


def test_sets_groups_and_dimensions():
    assert content.sets == ("S",)
    assert content.groups == ("X",)
    assert content.dimensions == ("H", "d_{in}", "d_{k}", "d_{out}", "d_{v}", "r")


def test_a_base_sort_is_a_group_only_if_its_law_is_used():
    s, i = symbol("s", base("S"), SCALAR), symbol("i", base("S"))
    only_set = page(Proof(Statement("trivial", s(i), s(i)), []))
    assert only_set.groups == () and only_set.sets == ("S",)


def test_every_free_symbol_is_listed_once():
    listed = [name for names, _ in content.symbols for name in names.split(", ") if name != "h"]  # h is an index
    assert len(listed) == len(set(listed)) == len(main_statement().variables())


def test_hypotheses_are_numbered_and_steps_name_them_in_order():
    assert [item.label for item in content.hypotheses] == ["H1", "H2", "H3"]
    assert [step.labels for step in content.steps] == [(), ("H1",), ("H1", "H3"), ("H2", "H3"), (), ()]


def test_definitions_come_before_what_uses_them():
    texts = [formula.plain for formula in content.definitions]
    place = lambda start: next(number for number, text in enumerate(texts) if text.startswith(start))
    assert place(r"\Delta\varphi_{qry}") < place("m[f")


def test_axioms_are_sorted_and_have_their_reason():
    assert [law.name for law in content.axioms] == sorted(law.name for law in content.axioms)
    assert {law.name: law.reason for law in content.axioms}["sum_reindex"] == RULES["sum_reindex"].reason


def test_axioms_of_the_steps_where_there_is_no_whole_proof():
    proof = main_proof()
    proof.theorem = None
    proof.lines[1].theorem = Rests(frozenset([RULES["add_commutative"].axiom]))
    assert [law.name for law in page(proof).axioms] == ["add_commutative"]


def test_a_number_that_is_called_as_a_dimension_is_announced():
    r, v = symbol("r", SCALAR), symbol("v", vec(dim("r")))
    statement = Statement("trivial", r * v, r * v)
    assert page(Proof(statement, [])).numbers == ("r",)
    assert content.numbers == ()


def test_a_symbol_has_one_name_on_the_whole_page():
    """``f`` and a symbol that would print as ``f`` too, in different lines."""
    f, other = symbol("f", SCALAR), symbol("f_other", SCALAR, latex="f")
    proof = Proof(Statement("trivial", f, f), [Line(f.term), Line(other.term, "no rule")])
    made = page(proof)
    assert made.first[0].text == "f"
    assert made.steps[0].tokens[0].text != "f"


def test_the_result_of_a_check():
    proof = main_proof()
    checked = Checked(proof.statement, "proved", "unproved", proof, proof.theorem)
    made = page(checked)
    assert made.verdict == "proved" and "as it is written is unproved" in made.verdict_says
    assert len(made.steps) == 6


def test_a_claim_without_lines():
    made = page(Checked(main_statement(), "refuted", "refuted", counterexample=Model((("S", "Z/2"),))))
    assert made.steps == () and made.first == () and made.axioms == ()
    assert "differ" in made.verdict_says


def test_a_step_that_failed_says_so():
    proof = main_proof()
    proof.lines[2].error = ValueError("does not follow")
    assert [step.error for step in page(proof).steps] == ["", "does not follow", "", "", "", ""]


def test_axioms_write_the_group_as_the_page_does():
    laws = {law.name: law.formula.latex for law in page(main_proof(), frozenset({"X"})).axioms}
    assert laws["group_cancel_right"] == "p p^{-1} q = q"
    assert {law.name: law.formula.latex for law in content.axioms}["group_cancel_right"] == "p + (-p + q) = q"

"""Each rule of a proof step: what it accepts, what it refuses, and what it says when it refuses."""

import re
from pathlib import Path

import pytest

import symbolic_equiv as se
from symbolic_equiv.script.proof import Proof, StepError
from symbolic_equiv.script.proposition import theorem
from symbolic_equiv.script.rules import fold, laws, reindex, unfold, using
from symbolic_equiv.theories.attention import (
    L,
    N,
    S,
    X,
    d_v,
    f,
    h,
    i,
    j,
    m,
    moved,
    neighbourhoods_move,
    p,
    q,
    rho,
    rho_is_relative,
    rho_P,
    x,
    x_inv,
    x_is_bijective,
    y,
)  # fmt: skip
from symbolic_equiv.theories.language import Expr, add, base, lam, mul, softmax_over, symbol, total, true, unit, vec
from symbolic_equiv.theories.statement import Statement, hypothesis

ALL = (x_is_bijective, neighbourhoods_move, rho_is_relative)
w = symbol("w", S, vec(d_v))
D, s = symbol("D", S, se.BOOL), symbol("s", S, se.SCALAR)
ī = x_inv(x(i) - y)
injective = hypothesis("injective", "x⁻¹ undoes x", (lam(i, x_inv(x(i))), lam(i, i)))
c = symbol("c", S, S)


def step(left, right, by, given=ALL):
    """The proof with the one step ``left = right``."""
    goal = right if right.sort == left.sort else left  # a statement between two sorts cannot be made
    proof = Proof(Statement("claim", left, goal, tuple(given)))
    proof.to(right, by=by, because="so it is")
    return proof


ACCEPTED = {
    "unfold": (L(y, f)(i), f(ī), unfold(L)),
    "unfold one of two": (L(y, L(p, f))(i), L(p, f)(ī), unfold(L)),
    "fold": (f(ī), L(y, f)(i), fold(L)),
    "unfold softmax": (
        softmax_over(j, D(j), s(j), at=i),
        se.where(D(i), se.exp(s(i)) / total(j, D(j), se.exp(s(j)))),
        unfold(se.softmax_),
    ),
    "a hypothesis from left to right": (N(moved(i), moved(j)), N(i, j), using(neighbourhoods_move)),
    "a hypothesis from right to left": (N(i, j), N(moved(i), moved(j)), using(neighbourhoods_move)),
    "a hypothesis under a binder": (
        total(j, N(moved(i), moved(j)), w(j)),
        total(j, N(i, j), w(j)),
        using(neighbourhoods_move),
    ),
    "a definition by hypothesis": (rho(i, j), rho_P(x(j) - x(i)), using(rho_is_relative)),
    "group laws": (f(x_inv((p - q) + q)), f(x_inv(p)), laws("groups")),
    "reindex": (
        total(j, N(i, j), w(j)),
        total(j, N(i, moved(j)), w(moved(j))),
        [reindex(j, moved(j)), using(x_is_bijective)],
    ),
    "reindex and tidy": (
        total(j, N(i, j), w(x_inv(x(j) - y))),
        total(j, N(i, moved(j)), w(j)),
        [reindex(j, moved(j)), using(x_is_bijective), laws("groups")],
    ),
    "reindex to another set": (
        total(j, D(j), w(j)),
        total(p, D(x_inv(p)), w(x_inv(p))),
        [reindex(j, x_inv(p), over=p), using(x_is_bijective)],
    ),
    "several rules in one step": (
        L(y, f)(moved(i)),
        f(i),
        [unfold(L), using(x_is_bijective), laws("groups")],
    ),
    "sums": (
        total(j, D(j), w(j) + w(i)),
        total(j, D(j), w(j)) + total(j, D(j), w(i)),
        laws("sums"),
    ),
}


@pytest.mark.parametrize("case", ACCEPTED, ids=list(ACCEPTED))
def test_a_step_that_follows_is_accepted(case):
    left, right, by = ACCEPTED[case]
    proof = step(left, right, by)
    assert not proof.errors
    assert (proof.theorem.left, proof.theorem.right) == (left.term, right.term)
    assert proof.theorem.hypotheses <= frozenset(proof.statement.equations)


REFUSED = {
    "unfold where the constant does not occur": (f(i), f(i), unfold(L), "does not need 'unfold L'"),
    "unfold what is not there, and change something": (f(i), f(j), unfold(L), "does not follow"),
    "unfold the wrong way: this is a fold": (f(ī), L(y, f)(i), unfold(L), "does not need 'unfold L'"),
    "fold the wrong way: this is an unfold": (L(y, f)(i), f(ī), fold(L), "does not need 'fold L'"),
    "unfold to something else": (L(y, f)(i), f(moved(i)), unfold(L), "does not follow"),
    "unfold one, but another is there": (L(y, f)(i), f(ī), unfold(m), "does not follow"),
    "unfold without being asked": (L(y, f)(i), f(ī), using(x_is_bijective), "does not follow"),
    "no rule": (N(moved(i), moved(j)), N(i, j), [], "by 'no rule'"),
    "a hypothesis that is not the reason": (
        N(moved(i), moved(j)),
        N(i, j),
        using(rho_is_relative),
        "does not follow",
    ),
    "a hypothesis that is not needed": (
        N(moved(i), moved(j)),
        N(i, j),
        [using(neighbourhoods_move), using(rho_is_relative)],
        "does not need 'rho is relative'",
    ),
    "one of two hypotheses in one rule is not needed": (
        N(moved(i), moved(j)),
        N(i, j),
        using(neighbourhoods_move, rho_is_relative),
        "does not need",
    ),
    "laws that are not needed": (
        N(moved(i), moved(j)),
        N(i, j),
        [using(neighbourhoods_move), laws("groups")],
        "does not need 'group laws'",
    ),
    "laws of another theory": (f(x_inv((p - q) + q)), f(x_inv(p)), laws("linear maps"), "does not follow"),
    "group laws where they do not hold": (f(x_inv(p + q)), f(x_inv(q + p)), laws("groups"), "does not follow"),
    "reindex by a map that is not solvable": (
        total(j, D(j), w(j)),
        total(j, D(x_inv(x(j) + x(j))), w(x_inv(x(j) + x(j)))),
        reindex(j, x_inv(x(j) + x(j))),
        "cannot be solved for j",
    ),
    "reindex by a map that no hypothesis calls bijective": (
        total(j, D(j), w(j)),
        total(j, D(c(j)), w(c(j))),
        reindex(j, c(j)),
        "cannot be solved for j",
    ),
    "reindex by a constant": (total(j, D(j), w(j)), total(j, D(i), w(i)), reindex(j, i), "cannot be solved for j"),
    "reindex where there is no sum": (
        f(i),
        f(i),
        [reindex(j, moved(j)), using(x_is_bijective)],
        "has no sum over S to re-index",
    ),
    "reindex a sum over another set": (
        total(p, true(), rho_P(p)),
        total(p, true(), rho_P(p + q)),
        [reindex(j, moved(j)), using(x_is_bijective)],
        "has no sum over S to re-index",
    ),
    "reindex with an index of another sort": (
        total(j, D(j), w(j)),
        total(j, D(j), w(j)),
        reindex(j, x(j)),
        "expected a S, found a X",
    ),
    "reindex the body only": (
        total(j, D(j), w(j)),
        total(j, D(j), w(moved(j))),
        [reindex(j, moved(j)), using(x_is_bijective)],
        "does not follow",
    ),
    "reindex the other way": (
        total(j, D(j), w(j)),
        total(j, D(x_inv(x(j) - y)), w(x_inv(x(j) - y))),
        [reindex(j, moved(j)), using(x_is_bijective)],
        "does not follow",
    ),
    "an ill-sorted line": (f(i), x(i), laws("groups"), "has the sort X, and the line before it Vec(d_in)"),
    "a bound variable taken for a free one": (
        total(j, N(i, j), w(j)),
        total(j, N(j, i), w(j)),
        using(neighbourhoods_move),
        "does not follow",
    ),
    "a step under the wrong binder": (
        total(i, D(i), total(j, N(i, j), w(j))),
        total(i, D(i), total(j, N(i, j), w(i))),
        laws("sums"),
        "does not follow",
    ),
}


@pytest.mark.parametrize("case", REFUSED, ids=list(REFUSED))
def test_a_step_that_does_not_follow_is_refused_with_the_line_and_the_reason(case):
    left, right, by, message = REFUSED[case]
    proof = step(left, right, by)
    error = proof.errors[0]
    assert re.search(r"\bline 1\b", str(error)), str(error)
    assert message in str(error)
    assert error.number == 1
    assert proof.lines[1].theorem is None
    with pytest.raises(StepError):
        _ = proof.theorem


def test_reindexing_needs_both_halves_of_the_bijection():
    left, right = total(j, D(j), w(j)), total(j, D(moved(j)), w(moved(j)))
    by = lambda hypothesis: [reindex(j, moved(j)), using(hypothesis)]
    assert not step(left, right, by(x_is_bijective), [x_is_bijective]).errors
    assert "cannot be solved" in str(step(left, right, by(injective), [injective]).errors[0])


def test_reindexing_names_the_bijection_that_it_uses():
    left, right = total(j, D(j), w(j)), total(j, D(moved(j)), w(moved(j)))
    error = step(left, right, reindex(j, moved(j)), [x_is_bijective]).errors[0]
    assert "name it with using(…)" in str(error)


def test_a_hypothesis_must_be_one_of_the_theorem():
    error = step(N(moved(i), moved(j)), N(i, j), using(neighbourhoods_move), [x_is_bijective]).errors[0]
    assert "uses neighbourhoods_move, which the theorem does not assume" in str(error)
    assert "add it to 'assuming'" in str(error)


def test_a_hypothesis_of_the_same_name_is_not_the_same():
    other = hypothesis("x_is_bijective", "something else", (x, x))
    error = step(N(i, j), N(i, j), using(other), ALL).errors[0]
    assert "which the theorem does not assume" in str(error)


def test_the_error_holds_the_two_parts_that_were_left_different():
    error = step(total(j, N(i, j), w(j)), total(j, N(i, j), w(i)), laws("groups")).errors[0]
    assert error.left != error.right
    assert {error.left.sort, error.right.sort} == {S}


def test_an_unknown_theory_is_an_error_that_names_the_known_ones():
    with pytest.raises(
        ValueError, match=r"no theory is called magic; there are addition, entries, groups, linear maps"
    ):
        laws("magic")


def test_a_missing_last_line_is_an_error_with_both_ends():
    proof = Proof(Statement("claim", L(y, L(p, f))(i), f(x_inv(x(ī) - p))))
    proof.to(L(p, f)(ī), by=unfold(L), because="write out the outer one")
    (error,) = proof.errors
    assert "a step is missing" in str(error)
    assert (error.left, error.right) == (L(p, f)(ī).term, proof.statement.right)
    with pytest.raises(StepError, match="the last line is not the right side of the claim"):
        _ = proof.theorem


def test_an_empty_proof_proves_only_that_a_thing_is_itself():
    assert Proof(Statement("claim", f(i), f(i))).theorem.right == f(i).term
    with pytest.raises(StepError, match="a step is missing"):
        _ = Proof(Statement("claim", f(i), f(j))).theorem


def test_a_line_too_many_is_an_error():
    proof = Proof(Statement("claim", L(y, f)(i), f(ī)))
    proof.to(f(ī), by=unfold(L), because="what L is")
    proof.to(L(y, f)(i), by=fold(L), because="and back")
    assert "the last line is not the right side" in str(proof.errors[0])


def test_a_step_that_the_kernel_refuses_is_a_step_error_too():
    """A term that would become too deep: the place is kept, and the proof does not end with it."""
    index = j
    for _ in range(30):
        index = moved(index)
    proof = Proof(Statement("claim", total(j, D(j), w(index)), w(i), ALL))
    proof.to(
        total(j, D(index), w(index)),
        by=[reindex(j, index), using(x_is_bijective)],
        because="thirty translations, twice",
    )
    proof.to(w(i), by=laws("sums"), because="wrong")
    assert [error.number for error in proof.errors] == [1, 2]
    assert "line 1 cannot be checked: a term deeper than 150" in str(proof.errors[0])


def test_the_steps_after_a_broken_one_are_checked_all_the_same():
    proof = Proof(Statement("claim", L(y, f)(i), f(i), ALL))
    proof.to(f(moved(i)), by=unfold(L), because="wrong sign")
    proof.to(f(x_inv(x(moved(i)))), by=using(x_is_bijective), because="right")
    proof.to(f(j), by=laws("groups"), because="wrong")
    assert [line.error is None for line in proof.lines[1:]] == [False, True, False]
    assert [error.number for error in proof.errors] == [1, 3, 4]


def test_every_line_knows_where_it_stands_and_what_it_used():
    proof = Proof(Statement("claim", N(moved(i), moved(j)), N(i, j), ALL))
    proof.to(N(i, j), by=using(neighbourhoods_move), because="they move")
    line = proof.lines[1]
    assert line.hypotheses == ("neighbourhoods_move",)
    assert line.rule == "neighbourhoods move"
    assert "proof.to(N(i, j)" in Path(__file__).read_text(encoding="utf-8").splitlines()[line.line - 1]


def test_a_statement_without_a_hypothesis():
    statement = Statement("claim", f(i), f(j), ALL)
    fewer = statement.without("rho_is_relative")
    assert [item.name for item in fewer.hypotheses] == ["x_is_bijective", "neighbourhoods_move"]
    assert (fewer.left, fewer.right, fewer.expected) == (statement.left, statement.right, statement.expected)
    assert len(statement.hypotheses) == 3


def test_the_decorator_reads_the_docstring_and_the_name():
    @theorem(mul(p, unit(g=X)), p, title="p + 0 = p")
    def nothing_added(prove):
        """Zero
        changes nothing."""
        prove.to(p, by=laws("groups"), because="so it is")

    assert nothing_added.name == "nothing_added"
    assert nothing_added.statement.says == "Zero changes nothing."
    assert nothing_added.prove().theorem.right == p.term


def test_a_theorem_with_a_wrong_line_raises_when_it_is_proved():
    @theorem(mul(p, q), mul(q, p))
    def swapped(prove):
        prove.to(mul(q, p), by=laws("groups"), because="as if it were commutative")

    with pytest.raises(StepError, match="line 1 does not follow"):
        swapped.prove()


def test_an_ill_sorted_line_cannot_even_be_written():
    with pytest.raises(se.KernelError):
        f(p)
    with pytest.raises(se.KernelError, match="add"):
        add(w(i), f(i))
    with pytest.raises(se.KernelError):
        Expr(N(i, j).term)(h)
    assert base("S") == S


def test_a_rule_calls_a_constant_by_its_name_whatever_its_latex():
    k = symbol("k", S)
    one_piece = se.define("one_piece", k, w(k), latex="o[#1]")
    assert [fold(one_piece).words, unfold(one_piece, L).words] == ["fold o", "unfold o, L"]


def test_latex_for_an_argument_that_there_is_not_is_refused():
    k = symbol("k", S)
    with pytest.raises(se.KernelError, match="its latex has #2, and it takes 1 arguments"):
        se.define("numbered_wrong", k, w(k), latex=("n", "[#1]", "(#2)"))

"""Picking: the places of a line, the rules at each, and the lines they make, which are checked as any other."""

import pytest

from symbolic_equiv.latex.plain import spelled
from symbolic_equiv.teach.exercise import DERIVE, bundled_exercises, read_exercise
from symbolic_equiv.teach.feedback import UNDECIDED, UNREADABLE, WRONG
from symbolic_equiv.teach.lines import Unreadable, book
from symbolic_equiv.teach.mark import mark
from symbolic_equiv.teach.picking import Shown

BUNDLED = {name: item for name, item in bundled_exercises().items() if item.kind == DERIVE}


def every_pick(line):
    return [(place.says, pick) for number, place in enumerate(line.places) for pick in line.picks(number)]


def picked(exercise, line, says, words):
    """The line that a rule makes at the first place that says so."""
    shown = Shown(exercise, line)
    number = next(k for k, place in enumerate(shown.places) if place.says == says)
    return next(pick.line for pick in shown.picks(number) if pick.words == words)


@pytest.mark.parametrize("name", BUNDLED)
def test_no_line_that_is_made_by_a_rule_is_wrong_or_unreadable(name):
    exercise = BUNDLED[name]
    lines = exercise.solution if name not in ("the-whole-theorem", "rotations") else exercise.solution[:1]
    for before in lines:
        for says, pick in every_pick(Shown(exercise, before)):
            said = book(exercise).step(before, pick.line)
            assert said.verdict not in (WRONG, UNREADABLE, UNDECIDED), (says, pick, said)


@pytest.mark.parametrize("name", BUNDLED)
def test_places_are_parts_of_the_line_inside_those_around_them(name):
    for text in BUNDLED[name].solution:
        shown = Shown(BUNDLED[name], text)
        assert shown.places[0].node is shown.tree and shown.places[0].around == -1
        for number, place in enumerate(shown.places[1:], 1):
            outer, inner = shown.places[place.around].node.span, place.node.span
            assert 0 <= place.around < number and outer.start <= inner.start and inner.end <= outer.end
        html = shown.html
        assert all(f'data-place="{number}"' in html for number in range(len(shown.places)))


PROOFS = {
    "two-terms": [
        ("Σ_{j ∈ S} (f(t(j)) + g(t(j)))", "re-index j ↦ t⁻¹(j)"),
        ("Σ_{j ∈ S} (f(j) + g(j))", "sums"),
    ],
    "a-sum-that-moves": [
        ("a[L_y[f]](i)", "unfold a"),
        ("L_y[f](j)", "unfold L"),
        ("Σ_{j ∈ N(i)} f(x⁻¹(x(j) - y))", "re-index j ↦ x⁻¹(x(j) + y)"),
        ("x⁻¹(x(j) + y) ∈ N(i)", "neighbourhoods move"),
        ("Σ_{j ∈ N(x⁻¹(x(i) - y))} f(j)", "fold a"),
        ("a[f](x⁻¹(x(i) - y))", "fold L"),
    ],
    "a-constant-in-the-key": [
        ("⟨φ_qry(f(i)), φ_key(f(j)) + u ⟩", "linear maps"),
        ("σ_j(⟨φ_qry(f(i)), φ_key(f(j)) ⟩ + ⟨φ_qry(f(i)), u ⟩)", "softmax"),
    ],
    "lora-rides-along": [
        ("q[L_y[f]](i)", "unfold q"),
        ("(W + B A) L_y[f](i)", "linear maps"),
        ("L_y[f](i)", "unfold L"),
        ("L_y[f](i)", "unfold L"),
        ("(B A) f(x⁻¹(x(i) - y))", "linear maps"),
    ],
    "self-attention": [
        ("m[L_y[f]](i)", "unfold m"),
        ("L_y[f](i)", "unfold L"),
        ("L_y[f](j)", "unfold L"),
        ("L_y[f](j)", "unfold L"),
        ("Σ", "re-index j ↦ x⁻¹(x(j) + y)"),
        ("x⁻¹(x(j) + y) ∈ N(i)", "neighbourhoods move"),
        ("ρ(i, x⁻¹(x(j) + y))", "rho is relative"),
        ("ρ^P(x(j) + y - x(i))", "rho is relative"),
        ("Σ", "fold m"),
        ("m[f](x⁻¹(x(i) - y))", "fold L"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", PROOFS)
def test_a_whole_proof_can_be_picked(name):
    """Where several lines come of one rule, the one after which the proof can go on as it does is taken."""
    exercise = BUNDLED[name]
    ways = [[exercise.start]]
    for says, words in PROOFS[name]:
        longer = {}
        for way in ways:
            shown = Shown(exercise, way[-1])
            for number, place in enumerate(shown.places):
                if place.says == says or (says == "Σ" and place.says.startswith("Σ")):
                    longer |= {pick.line: [*way, pick.line] for pick in shown.picks(number) if pick.words == words}
        ways = list(longer.values())
        assert ways, (says, words)
    assert any(mark(exercise, way[1:]).complete for way in ways), [spelled(way[-1]) for way in ways]


def test_rules_say_what_they_are():
    line = Shown(BUNDLED["a-sum-that-moves"], r"\sum_{j \in N(i)} L_y[f](j)")
    picks = {pick.words: pick for _, pick in every_pick(line)}
    assert picks["unfold L"].law == "L_{y}[f](i) = f(x^{-1}(x(i) - y))" and picks["unfold L"].because
    assert r"\iff j \in N(i)" in picks["neighbourhoods move"].law


def test_a_place_at_which_nothing_can_be_done_has_no_rules():
    shown = Shown(BUNDLED["two-terms"], BUNDLED["two-terms"].start)
    assert [shown.picks(number) for number, place in enumerate(shown.places) if place.says == "j"] == [[], []]


def test_a_hypothesis_that_is_not_given_is_not_offered():
    exercise = BUNDLED["a-sum-that-moves"]
    context = "\n".join(line for line in exercise.context_text.splitlines() if not line.startswith("assume"))
    front = f"---\ntitle: T\nkind: derive\nstep: 2\n---\nShow it.\n\n## Context\n{context}\n\n"
    text = f"{front}## Solution\n$$ {exercise.start} = {exercise.goal} $$\n"
    weaker = read_exercise(text, "weaker")
    words = {pick.words for _, pick in every_pick(Shown(weaker, r"\sum_{x^{-1}(x(j) + y) \in N(i)} f(j)"))}
    assert "re-index j ↦ x⁻¹(x(j) - y)" in words and not any("move" in each for each in words)


def test_the_letters_of_the_learner_are_kept():
    line = picked(
        BUNDLED["two-terms"],
        r"\sum_{k \in S} (f(t(k)) + g(t(k)))",
        "Σ_{k ∈ S} (f(t(k)) + g(t(k)))",
        "re-index k ↦ t⁻¹(k)",
    )
    assert spelled(line) == "Σ_{k ∈ S} (f(k) + g(k))"


@pytest.mark.parametrize("line", ["f(j", r"\sum_{j \in S}", "q(i)", ""])
def test_a_line_that_cannot_be_read_cannot_be_picked_from(line):
    with pytest.raises(Unreadable):
        Shown(BUNDLED["two-terms"], line)

"""Certificates: replay gives the theorem back, and says no to everything else."""

import copy
import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from symbolic_equiv.kernel import theorem as rules
from symbolic_equiv.kernel.__main__ import main
from symbolic_equiv.kernel.certificate import FORMAT, certificate, definitions, digest, replay, shipped_table
from symbolic_equiv.kernel.sorts import BASE, VARIABLE, KernelError, Sort, fun
from symbolic_equiv.kernel.terms import Declaration, Head, abstract, abstraction, application, apply, eta
from symbolic_equiv.kernel.theorem import Axiom
from symbolic_equiv.theories import language
from symbolic_equiv.theories.table import RULES, check, table
from tests.kernel.model import GROUP, holds, make
from tests.kernel.samples import THEOREMS, S, X, a, bound, call, f, g, i, of, p, pattern, ti, tj, twice, use

ROOT = Path(__file__).resolve().parents[2]


def written(theorem):
    return json.loads(json.dumps(certificate(theorem)))


def statement(theorem):
    return theorem.left, theorem.right, theorem.hypotheses


def test_bound_variables_keep_their_names():
    """Also where two terms are equal, and differ in these names only: a page may print one beside the other."""
    one, other = (abstraction(S, bound(0, S), name) for name in ("token", "position"))
    assert one == other
    theorem = replay(written(rules.transitivity(rules.reflexivity(one), rules.reflexivity(other))))
    assert (theorem.left.hint, theorem.right.hint) == ("token", "position")


@pytest.mark.parametrize("name", THEOREMS)
def test_replay_gives_the_theorem_back(name):
    theorem = THEOREMS[name]()
    replayed = replay(written(theorem))
    assert statement(replayed) == statement(theorem)
    assert replayed.axioms == theorem.axioms
    assert str(replayed) == str(theorem)


def test_a_changed_theorem_is_replayed_as_it_was_proved():
    theorem = rules.reflexivity(ti)
    theorem.__dict__["right"] = tj
    assert replay(written(theorem)).right == ti


def test_the_shipped_table_is_up_to_date():
    assert shipped_table() == table()
    assert check() == 0


def test_a_digest_does_not_depend_on_printed_names_but_on_all_else():
    axiom = RULES["sum_reindex"].axiom
    other = Axiom(axiom.name, axiom.left, axiom.right, axiom.premises[::-1])
    assert digest(Axiom(axiom.name, axiom.left, axiom.right, axiom.premises)) == digest(axiom) != digest(other)
    one, two = abstract(ti, i, "one"), abstract(ti, i, "two")
    assert digest(Declaration("c", fun(S, S), one)) == digest(Declaration("c", fun(S, S), two))


# ---------------------------------------------------------------- what is not shipped

P, Q = application(pattern("p", g)), application(pattern("q", g))
MUL, INV, ZERO = language.mul.declaration, language.inv.declaration, language.zero.declaration
B = Sort(VARIABLE, "b", (), BASE)


def uses(axiom):
    """A theorem by an axiom that anyone may build; replay has to look it up."""
    heads = [head for equation in axiom.equations for side in equation for head in side.variables]
    return rules.axiom(axiom, {g: X, B: X}, {Head("pattern", head.name, X): call(p) for head in heads})


def mul(one, two):
    return application(Head("constant", "mul", fun(g, g, g), MUL), [one, two])


def of_b(term):
    return abstraction(B, term)


NOT_SHIPPED = {
    "a new axiom": lambda: uses(Axiom("all_is_one", P, Q)),
    "a new axiom under a shipped name": lambda: uses(Axiom("group_unit_left", P, Q)),
    "a shipped axiom under a new name": lambda: uses(Axiom("unit_left", *RULES["group_unit_left"].axiom.equations[0])),
    "a shipped axiom turned round": lambda: uses(
        Axiom("group_unit_left", *RULES["group_unit_left"].axiom.equations[0][::-1])
    ),
    "a shipped axiom with other names": lambda: uses(
        Axiom("group_cancel_left", *[rename(side) for side in RULES["group_cancel_left"].axiom.equations[0]])
    ),
    "a shipped axiom without its premises": lambda: rules.axiom(
        Axiom("sum_reindex", *RULES["sum_reindex"].axiom.equations[0]),
        *(dict(part) for part in THEOREMS["sum"]().proof[2:4]),
    ),
    "a new constant": lambda: rules.reflexivity(eta(of(Declaration("c", S), S))),
    "a shipped constant of another sort": lambda: rules.reflexivity(eta(of(Declaration("mul", fun(a, a, a)), S, S, S))),
    "a shipped constant with a definition": lambda: rules.definition(
        Declaration("mul", fun(g, g, g), abstract(abstract(P, pattern("q", g)), pattern("p", g))), fun(X, X, X)
    ),
    "a defined constant that is shipped, redefined": lambda: rules.definition(
        Declaration("softmax", fun(a, a), abstraction(a, bound(0, a))), fun(S, S)
    ),
    "a defined constant that is shipped, left open": lambda: rules.reflexivity(
        eta(of(Declaration("softmax", fun(a, a)), S, S))
    ),
    "two constants of one name": lambda: rules.transitivity(identity("c"), rules.symmetry(identity("c", by=f))),
}  # fmt: skip


def rename(term):
    swap = {pattern("p", g): Q, pattern("q", g): P}
    from symbolic_equiv.kernel.terms import substitute

    return substitute(term, swap)


def identity(name, by=None):
    """``⊢ twice(f, i) = f(f(i))`` in which a constant ``name`` goes in and out."""
    F = Head("variable", "f", fun(S, S))
    body = eta(F) if by is None else abstract(call(F, ti), i)
    extra = [] if by is None else [S]
    closed = abstract(body, F) if not extra else abstract(abstraction(S, body), F)
    declaration = Declaration(name, closed.sort, closed)
    unfold = rules.specialisation(rules.definition(declaration, closed.sort), [eta(f), *([ti] if extra else [])])
    return rules.transitivity(rules.symmetry(unfold), unfold)


@pytest.mark.parametrize("name", NOT_SHIPPED)
def test_not_shipped(name):
    with pytest.raises(KernelError, match=r"shipped table|of the name"):
        replay(written(NOT_SHIPPED[name]()))


def test_one_name_for_two_things_in_a_statement():
    other = Head("variable", "i", X)
    for theorem in (
        rules.assumption(call(Head("variable", "r", fun(S, X, S)), ti, application(other)), ti),
        rules.reflexivity(call(Head("variable", "mul", fun(X, X)), language.mul(call_x(), call_x()).term)),
    ):
        with pytest.raises(KernelError, match="two things"):
            replay(written(theorem))


def call_x():
    return language.symbol("p", X)


def test_definitions_come_in_the_order_of_their_use():
    first = twice()
    F = Head("variable", "F", fun(S, S))
    body = abstract(apply(eta(of(first, fun(S, S), S, S)), [eta(F)]), F)
    second = Declaration("twice_again", body.sort, body)
    theorem = rules.reflexivity(call(of(second, fun(S, S), S, S), eta(f), call(of(first, fun(S, S), S, S), eta(f), ti)))
    assert definitions(theorem) == [first, second]


# ---------------------------------------------------------------- malformed and hostile input

SORT = ["Sort", "name", "S", [], "base"]
GOOD = [SORT, ["Head", "variable", "x", 0, None], ["Term", 1, []], ["reflexivity", 2]]


def nodes(*items):
    return {"format": FORMAT, "nodes": list(items)}


def deep(times):
    nested = []
    for _ in range(times):
        nested = [nested]
    return nested


def doubling_sorts(times):
    return [SORT, *(["Sort", "former", "→", [n, n], "any"] for n in range(times))]


def doubling_terms(times):
    head = ["Head", "variable", "f", 2, None]
    start = [SORT, ["Sort", "former", "→", [0, 0], "any"], ["Sort", "former", "→", [0, 1], "any"], head,
             ["Head", "variable", "x", 0, None], ["Term", 4, []]]  # fmt: skip
    return start + [["Term", 3, [5 + n, 5 + n]] for n in range(times)]


HOSTILE = {
    "nothing": None,
    "a list": [],
    "a number": 3,
    "text": "reflexivity",
    "no nodes": {"format": FORMAT},
    "another format": {"format": "other",
    "nodes": GOOD},
    "no list": {"format": FORMAT,
    "nodes": "abc"},
    "a dictionary of nodes": {"format": FORMAT,
    "nodes": {"0": SORT}},
    "no node": nodes(),
    "a node that is no list": nodes("abc"),
    "a number for a node": nodes(7),
    "an empty node": nodes([]),
    "null for a node": nodes(None),
    "an unknown kind": nodes(["oracle"]),
    "a list for a kind": nodes([[1], 2]),
    "a dictionary for a kind": nodes([{}, 2]),
    "a missing field": nodes(SORT[:-1]),
    "a field too many": nodes([*SORT, 0]),
    "a theorem with no end": nodes(*GOOD, SORT),
    "the node itself": nodes(["reflexivity", 0]),
    "a later node": nodes(*GOOD[:3], ["reflexivity", 4], GOOD[3]),
    "a negative number": nodes(*GOOD[:3], ["reflexivity", -2]),
    "True for a number": nodes(SORT, GOOD[1], GOOD[2], ["reflexivity", True]),
    "a fraction": nodes(*GOOD[:3], ["reflexivity", 2.0]),
    "not a number": nodes(*GOOD[:3], ["reflexivity", float("nan")]),
    "infinity": nodes(*GOOD[:3], ["reflexivity", float("inf")]),
    "a huge number": nodes(*GOOD[:3], ["reflexivity", 10**4000]),
    "text for a number": nodes(*GOOD[:3], ["reflexivity", "2"]),
    "null for a number": nodes(*GOOD[:3], ["reflexivity", None]),
    "a sort for a term": nodes(*GOOD[:3], ["reflexivity", 0]),
    "a head for a term": nodes(*GOOD[:3], ["reflexivity", 1]),
    "a term for a theorem": nodes(*GOOD[:3], ["symmetry", 2]),
    "a theorem for a term": nodes(*GOOD, ["reflexivity", 3]),
    "a term for a sort": nodes(*GOOD[:3], ["Head", "variable", "y", 2, None]),
    "text for a list": nodes(SORT, GOOD[1], ["Term", 1, ""], ["reflexivity", 2]),
    "a dictionary for a list": nodes(SORT, GOOD[1], ["Term", 1, {}], ["reflexivity", 2]),
    "triples for pairs": nodes(*GOOD, ["instantiation", 3, [[1, 2, 2]]]),
    "numbers for pairs": nodes(*GOOD, ["instantiation", 3, [1, 2]]),
    "sorts for values": nodes(*GOOD, ["instantiation", 3, [[1, 0]]]),
    "theorems for values": nodes(*GOOD, ["instantiation", 3, [[3, 3]]]),
    "an index that is true": nodes(SORT, ["Head", "bound", True, 0, None]),
    "a negative index": nodes(SORT, ["Head", "bound", -1, 0, None]),
    "an index that is a fraction": nodes(SORT, ["Head", "bound", 0.0, 0, None]),
    "a loose bound variable": nodes(SORT, ["Head", "bound", 0, 0, None], ["Term", 1, []], ["reflexivity", 2]),
    "a bound variable of another sort": nodes(
        SORT, ["Sort", "name", "X", [], "base"], ["Head", "bound", 0, 0, None], ["Term", 2, []], ["Lambda", 1, 3, "x"],
        ["reflexivity", 4]),
    "a pattern variable": nodes(SORT, ["Head", "pattern", "x", 0, None], ["Term", 1, []], ["reflexivity", 2]),
    "a name with a line break": nodes(SORT, ["Head", "variable", "x\nproved", 0, None]),
    "a name with an escape": nodes(SORT, ["Head", "variable", "x\x1b[2J", 0, None]),
    "a list for a name": nodes(SORT, ["Head", "variable", ["x"], 0, None]),
    "a number for a printed name": nodes(*GOOD[:3], ["Lambda", 0, 2, 5]),
    "deep nesting": nodes(deep(900)),
    "deep nesting inside": nodes(["Sort", "name", deep(900), [], "base"]),
    "doubling sorts": nodes(*doubling_sorts(60)),
    "doubling terms": nodes(*doubling_terms(60)),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_is_refused_quickly(name):
    start = time.perf_counter()
    with pytest.raises(KernelError):
        replay(HOSTILE[name])
    assert time.perf_counter() - start < 10


def test_two_equal_doubling_terms_are_compared_quickly():
    built = doubling_terms(13)
    move = lambda field: field + len(built) if isinstance(field, int) else [move(part) for part in field]
    again = [[row[0], *(field if isinstance(field, str | None) else move(field) for field in row[1:])] for row in built]
    first, second = len(built) - 1, 2 * len(built) - 1
    proof = [["reflexivity", first], ["reflexivity", second], ["transitivity", second + 1, second + 2]]
    start = time.perf_counter()
    replay(nodes(*built, *again, *proof))
    assert time.perf_counter() - start < 10


def test_the_hostile_input_is_an_edit_of_something_good():
    assert str(replay(nodes(*GOOD))) == "⊢ x = x"
    assert str(replay({**nodes(SORT, *GOOD[1:]), "note": "ignored"})) == "⊢ x = x"


def test_from_the_command_line(tmp_path, capsys):
    good, bad, broken = tmp_path / "good.json", tmp_path / "bad.json", tmp_path / "broken.json"
    good.write_text(json.dumps(certificate(THEOREMS["mixed"]())))
    bad.write_text(json.dumps(nodes(["oracle"])))
    broken.write_text("[" * 100_000)
    assert [main([str(path)]) for path in (good, bad, broken, tmp_path / "none.json")] == [0, 1, 2, 2]
    assert main([]) == 2
    out, err = capsys.readouterr()
    for line in (
        "variable     f : S → S",
        "definition   twice : ",
        "hypothesis   i\n             = k",
        "theorem      twice(f, k)",
    ):
        assert line in out
    assert "not a proof" in err and "usage" in err


def test_the_checks_survive_optimisation():
    script = """
from symbolic_equiv.kernel.certificate import replay
from symbolic_equiv.kernel.sorts import KernelError
from tests.kernel import test_certificate, test_sorts, test_terms, test_theorem
cases = [*test_sorts.REJECTED.values(), *test_terms.REJECTED.values()]
cases += [case for group in test_theorem.REJECTED.values() for case in group.values()]
cases += [lambda data=data: replay(data) for data in test_certificate.HOSTILE.values()]
cases += [lambda make=make: replay(test_certificate.written(make())) for make in test_certificate.NOT_SHIPPED.values()]
if __debug__:
    raise SystemExit("not optimised")
for case in cases:
    try:
        case()
    except KernelError:
        continue
    raise SystemExit("accepted")
print(len(cases))
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-O", "-c", script], capture_output=True, text=True, env=environment, cwd=ROOT
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert int(run.stdout) > 150


# ---------------------------------------------------------------- edited certificates

EDITS_EACH = 150
WORDS = (
    "S", "X", "i", "j", "k", "p", "x", "name", "variable", "base", "dimension", "constant", "pattern", "mul", "inv",
    "reflexivity", "symmetry", "transitivity", "congruence", "abstraction", "assumption",
)  # fmt: skip
KINDS_OF_EDIT = ("number", "number", "number", "drop", "cut", "swap", "word", "kind", "rows", "shorten", "turn")


def edited(original, chance):
    """A copy of a certificate with one edit, chosen at random."""
    data = copy.deepcopy(original)
    rows = data["nodes"]
    at = chance.randrange(len(rows))
    places = [(row, n) for row in rows for n in range(1, len(row))]
    places += [(field, n) for row in rows for field in row if isinstance(field, list) for n in range(len(field))]
    numbers = [(row, n) for row, n in places if isinstance(row[n], int)]
    row, n = chance.choice(numbers)
    match chance.choice(
        ["number", "number", "number", "drop", "cut", "swap", "word", "kind", "rows", "shorten", "turn"]
    ):
        case "number":
            row[n] += chance.choice([-2, -1, 1, 2])
        case "drop":
            del rows[at]
        case "cut":
            del rows[at + 1 :]
        case "swap":
            (one, m), (two, k) = chance.choice(numbers), (row, n)
            one[m], two[k] = two[k], one[m]
        case "word":
            row, n = chance.choice([(row, n) for row, n in places if isinstance(row[n], str)])
            row[n] = chance.choice(WORDS)
        case "kind":
            rows[at][0] = chance.choice([other[0] for other in rows])
        case "rows":
            other = chance.randrange(len(rows))
            rows[at], rows[other] = rows[other], rows[at]
        case "shorten":
            field = chance.choice([field for row in rows for field in row if isinstance(field, list) and field])
            field.pop()
        case "turn":
            rows[at][1:] = rows[at][:0:-1]
    return data


def true_in_a_model(theorem, seed):
    """Whether the conclusion holds in a finite model, if the hypotheses do; None if they do not."""
    order = random.Random(seed).sample(GROUP, len(GROUP))
    there = lambda sort: dict(zip(GROUP, order)).__getitem__ if sort.name == "→" else make(sort, "x")
    back = lambda sort: dict(zip(order, GROUP)).__getitem__ if sort.name == "→" else make(sort, "x_inv")
    token = lambda sort: make(sort, f"{seed} k")
    free = {"x": there, "x_inv": back, "i": token, "k": token}
    if not all(holds(equation, free) for equation in theorem.hypotheses):
        return None
    return holds((theorem.left, theorem.right), free)


def test_edited_certificates(capsys):
    """An edited certificate is refused, or proves what it prints: no more than the original, or another truth.

    An accepted edit with the original conclusion has no fewer hypotheses and axioms; any other theorem holds in
    finite models in which the hypotheses that it prints hold.
    """
    chance = random.Random(2024)
    counts = {"refused": 0, "the same theorem": 0, "another theorem": 0, "with hypotheses false in the models": 0}
    for make_theorem in THEOREMS.values():
        theorem = make_theorem()
        original = written(theorem)
        assert true_in_a_model(theorem, 0) is True
        for _ in range(EDITS_EACH):
            data = edited(original, chance)
            try:
                other = replay(data)
            except KernelError:
                counts["refused"] += 1
                continue
            if (other.left, other.right) == (theorem.left, theorem.right):
                assert not other.hypotheses < theorem.hypotheses, str(other)
                assert not other.axioms < theorem.axioms, str(other)
                if other.hypotheses == theorem.hypotheses:
                    counts["the same theorem"] += 1
                    continue
            verdicts = {true_in_a_model(other, seed) for seed in range(3)}
            assert False not in verdicts, str(other)
            counts["another theorem" if True in verdicts else "with hypotheses false in the models"] += 1
    with capsys.disabled():
        print(
            f"\n{sum(counts.values())} edited certificates: " + ", ".join(f"{n} {what}" for what, n in counts.items())
        )
    assert sum(counts.values()) >= 200 and counts["refused"] > 0 and counts["another theorem"] > 0


def test_the_model_knows_false_from_true():
    assert true_in_a_model(rules.assumption(ti, ti), 0) is True
    assert true_in_a_model(use("group_unit_left", {"g": X}, p=call(p)), 0) is True
    broken = use("group_unit_left", {"g": X}, p=call(p))
    broken.__dict__["right"] = language.mul(call_x(), call_x()).term
    assert true_in_a_model(broken, 0) is False

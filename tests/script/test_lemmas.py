"""Steps by another theorem, at values for its symbols, and by induction on the depth."""

from __future__ import annotations

import pytest

import symbolic_equiv as se
from symbolic_equiv.kernel.sorts import KernelError
from symbolic_equiv.script.loader import proof
from symbolic_equiv.script.proof import Proof, StepError
from symbolic_equiv.script.rules import induction, instance, laws, unfold, using
from symbolic_equiv.theories.attention import (
    Heads,
    L,
    S,
    d_in,
    d_k,
    d_v,
    f,
    i,
    neighbourhoods_move,
    phi_key,
    phi_out,
    phi_qry,
    phi_val,
    rho,
    rho_is_relative,
    x_is_bijective,
    y,
)  # fmt: skip
from symbolic_equiv.theories.language import NAT, symbol, vec
from symbolic_equiv.theories.networks import are_equivariant, is_equivariant, layer, layers
from symbolic_equiv.theories.projections import PSI, Layer, attention, plain
from symbolic_equiv.theories.recursion import iterate, nought, succ
from symbolic_equiv.theories.statement import Statement

ASSUMED = [x_is_bijective, neighbourhoods_move, rho_is_relative]
MAPS = (phi_qry, phi_key, phi_val, phi_out)
LEFT, RIGHT = attention(*MAPS)[L(y, f), rho](i), L(y, attention(*MAPS)[f, rho])(i)
LEMMA = proof("any_per_token_adapter")


def proved(left, right, given, by):
    attempt = Proof(Statement("claim", left, right, tuple(given)))
    attempt.to(right, by=by, because="the lemma says so")
    return attempt


def test_an_instance_of_a_lemma_proves_its_instance():
    found = proved(LEFT, RIGHT, ASSUMED, instance(LEMMA, *zip(PSI, MAPS))).theorem
    assert (found.left, found.right) == (LEFT.term, RIGHT.term)
    assert found.hypotheses == LEMMA.prove().theorem.hypotheses


def test_a_lemma_may_stand_under_definitions():
    at = Layer("affine", plain)
    m = se.define("mine", f, i, at[f, rho](i))
    rules = [unfold(m), instance(LEMMA, *zip(PSI, at.maps))]
    attempt = Proof(Statement("claim", m(L(y, f), i), L(y, at[f, rho])(i), tuple(ASSUMED)))
    attempt.to(L(y, at[f, rho])(i), by=rules, because="it is the layer of the lemma")
    assert attempt.theorem.right == L(y, at[f, rho])(i).term


def test_a_lemma_at_other_dimensions():
    wide = se.times(d_in, d_k)
    signal, encoding = symbol("f", S, vec(wide)), symbol("rho", S, S, vec(wide))
    maps = [symbol(f"chi_{k}", Heads, vec(wide), vec(to)) for k, to in enumerate((d_k, d_k, d_v))]
    left = attention(*maps, phi_out)[L(y, signal), encoding](i)
    right = L(y, attention(*maps, phi_out)[signal, encoding])(i)
    found = instance(LEMMA, (d_in, wide), *zip(PSI, (*maps, phi_out))).theorem()
    assert (found.left, found.right) == (left.term, right.term)


WRONG = {
    "another map on the right": (LEFT, L(y, attention(phi_key, phi_key, phi_val, phi_out)[f, rho])(i), ASSUMED, MAPS),
    "values exchanged": (LEFT, RIGHT, ASSUMED, (phi_key, phi_qry, phi_val, phi_out)),
    "the translation left out": (LEFT, attention(*MAPS)[f, rho](i), ASSUMED, MAPS),
}


@pytest.mark.parametrize("title", WRONG)
def test_a_lemma_proves_nothing_but_its_instances(title):
    left, right, given, maps = WRONG[title]
    (error,) = proved(left, right, given, instance(LEMMA, *zip(PSI, maps))).errors
    assert "does not follow" in str(error)


@pytest.mark.parametrize("missing", ASSUMED, ids=lambda item: item.name)
def test_what_a_lemma_assumes_must_be_assumed(missing):
    given = [item for item in ASSUMED if item is not missing]
    (error,) = proved(LEFT, RIGHT, given, instance(LEMMA, *zip(PSI, MAPS))).errors
    assert "uses any_per_token_adapter, which assumes" in str(error) and "add it to 'assuming'" in str(error)


@pytest.mark.parametrize(
    ("put", "message"),
    [
        ((d_in, phi_qry), "one is a sort and the other is none"),
        ((phi_qry, d_in), "one is a sort and the other is none"),
    ],
)
def test_a_sort_is_put_for_a_sort_only(put, message):
    with pytest.raises(KernelError, match=message):
        instance(LEMMA, put)


def test_a_value_of_another_sort_is_an_error_of_its_step():
    (error,) = proved(LEFT, RIGHT, ASSUMED, instance(LEMMA, (PSI[0], phi_val))).errors
    assert isinstance(error, StepError) and "cannot put" in str(error)


def test_an_instance_that_is_not_needed_is_an_error():
    (error,) = proved(LEFT, LEFT, ASSUMED, instance(LEMMA, *zip(PSI, MAPS))).errors[:1]
    assert "does not" in str(error)


Theta, depth = layers("Theta"), symbol("depth", NAT)
MOVES = are_equivariant(Theta)
DEEP = iterate(Theta, L(y, f), depth, i), L(y, iterate(Theta, f, depth))(i)


def test_induction_is_a_rule():
    assert proved(*DEEP, [MOVES], [induction(), using(MOVES)]).theorem.right == DEEP[1].term


@pytest.mark.parametrize(
    ("left", "right", "by", "message"),
    [
        (*DEEP, [using(MOVES)], "does not follow"),
        (*DEEP, [induction()], "does not follow"),
        (*DEEP, [induction(), using(MOVES), laws("groups")], "does not need 'group laws'"),
        (iterate(Theta, f, nought(), i), f(i), [induction()], "does not need 'induction on the depth'"),
        (iterate(Theta, f, depth, i), iterate(Theta, f, succ(depth), i), [induction()], "does not follow"),
    ],
    ids=["without induction", "without the hypothesis", "with the laws of groups", "no step", "a step more"],
)
def test_induction_with_a_rule_missing_or_too_many(left, right, by, message):
    (error,) = proved(left, right, [MOVES], by).errors
    assert message in str(error)


def test_a_layer_is_any_map_of_signals():
    Phi = layer("Phi")
    given = is_equivariant(Phi)
    twice = Phi(Phi(L(y, f)), i), L(y, Phi(Phi(f)))(i)
    assert proved(*twice, [given], using(given)).theorem.hypotheses == frozenset(given.equations)

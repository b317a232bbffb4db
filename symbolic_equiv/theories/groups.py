"""Positions: the laws of a group, commutative or not, and of a group that acts on it by automorphisms."""

from __future__ import annotations

from symbolic_equiv.theories.axiom import rule
from symbolic_equiv.theories.language import BASE, act, inv, mul, pattern, sort_variable, unit

_g, _h = sort_variable("g", BASE), sort_variable("h", BASE)
p, q, r = (pattern(name, _g) for name in "pqr")
a, b = (pattern(name, _h) for name in "ab")
e, one_h = unit(g=_g), unit(g=_h)

RULES = (
    rule("group_associative", mul(mul(p, q), r), mul(p, mul(q, r)), "the group law is associative"),
    rule("group_unit_left", mul(e, p), p, "the neutral element changes nothing"),
    rule("group_unit_right", mul(p, e), p, "the neutral element changes nothing"),
    rule("group_inverse_left", mul(inv(p), p), e, "an element and its inverse cancel"),
    rule("group_inverse_right", mul(p, inv(p)), e, "an element and its inverse cancel"),
    rule("group_cancel_left", mul(inv(p), mul(p, q)), q, "an element and its inverse cancel"),
    rule("group_cancel_right", mul(p, mul(inv(p), q)), q, "an element and its inverse cancel"),
    rule("group_inverse_unit", inv(e), e, "the neutral element is its own inverse"),
    rule("group_inverse_inverse", inv(inv(p)), p, "the inverse of the inverse"),
    rule("group_inverse_product", inv(mul(p, q)), mul(inv(q), inv(p)), "the inverse of a product, in reverse order"),
    rule("action_unit", act(one_h, p), p, "the neutral element acts trivially"),
    rule("action_product", act(a, act(b, p)), act(mul(a, b), p), "acting twice is acting by the product"),
    rule("action_of_product", act(a, mul(p, q)), mul(act(a, p), act(a, q)), "an automorphism respects the law"),
    rule("action_of_unit", act(a, e), e, "an automorphism fixes the neutral element"),
    rule("action_of_inverse", act(a, inv(p)), inv(act(a, p)), "an automorphism respects inverses"),
)

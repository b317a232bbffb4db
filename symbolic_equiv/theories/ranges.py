"""What a sum runs over, where that is no neighbourhood: all but one, up to one, a window.

Only what these constants *mean* is fixed, and nothing is postulated of them.  In a group the order is asked of a
difference, ``p < q`` as ``below(0, q − p)``, so that a translation moves it by the laws of the group alone; which of
two equal elements is not the other is a matter of ``equal`` (theory of matrices), which a bijection keeps.
"""

from __future__ import annotations

from symbolic_equiv.theories.language import BASE, BOOL, NAT, Constant, sort_variable

_a, _g = sort_variable("a"), sort_variable("g", BASE)

not_ = Constant("not", BOOL, BOOL, says="whether a condition does not hold")
or_ = Constant("or", BOOL, BOOL, BOOL, says="whether one of two conditions holds")
below = Constant("below", _a, _a, BOOL, says="whether the first of two numbers is the smaller one")
distance = Constant("distance", _a, _a, NAT, says="how many steps two numbers are apart")
steps = Constant("steps", NAT, _g, says="a natural number as a whole number")

CONSTANTS = (not_, or_, below, distance, steps)
"""A set without numbers has no order: there ``below``, ``distance`` and ``steps`` have no value, and refute nothing."""

"""Whether two preterms are the same term, up to the names of bound variables and to functions put in."""

from __future__ import annotations

from symbolic_equiv.document.infer import Sorts
from symbolic_equiv.document.preterms import App, Free, Lam, Local, Op, Pre


def alike(left: Pre, right: Pre, sorts: Sorts) -> bool:
    """Equality of the terms that these will be, without waiting for their sorts."""
    try:
        return _alike(_reduced(left), _reduced(right), {})
    except RecursionError:
        return False


def _reduced(pre: Pre, values: dict[Local, Pre] | None = None) -> Pre:
    values = values or {}
    if isinstance(pre, Local):
        return values.get(pre, pre)
    if isinstance(pre, App):
        function, argument = _reduced(pre.function, values), _reduced(pre.argument, values)
        if isinstance(function, Lam):
            return _reduced(function.body, {function.variable: argument})
        return App(pre.sort, function, argument)
    if isinstance(pre, Lam):
        return Lam(pre.sort, pre.variable, _reduced(pre.body, values))
    if isinstance(pre, Op):
        return Op(pre.sort, pre.name, tuple(_reduced(arg, values) for arg in pre.args), pre.span)
    return pre


def _alike(left: Pre, right: Pre, pairs: dict[Local, Local]) -> bool:
    if isinstance(left, Local) and isinstance(right, Local):
        return pairs.get(left, left) is right or (left.key == right.key and left.plain and right.plain)
    if isinstance(left, Free) and isinstance(right, Free):
        return left.symbol is right.symbol
    if isinstance(left, App) and isinstance(right, App):
        return _alike(left.function, right.function, pairs) and _alike(left.argument, right.argument, pairs)
    if isinstance(left, Lam) and isinstance(right, Lam):
        return _alike(left.body, right.body, {**pairs, left.variable: right.variable})
    if isinstance(left, Op) and isinstance(right, Op):
        same = left.name == right.name and len(left.args) == len(right.args)
        return same and all(_alike(a, b, pairs) for a, b in zip(left.args, right.args, strict=True))
    return False

"""Values in words: one line for a table, a map of vectors, or a rule on the integers."""

from __future__ import annotations

from typing import Any

import numpy as np

from symbolic_equiv.kernel.sorts import LINEAR, Sort, fun
from symbolic_equiv.kernel.terms import VARIABLE, Head, Term, apply, eta
from symbolic_equiv.numeric.lattice import Element, Homomorphism, Identity, Rule, Sparse
from symbolic_equiv.numeric.models import Model, Polynomial, Value, signature

LETTERS = "ijklabcd"


def formula(term: Term) -> str:
    """A value that is no table: ``(i, j) ↦ W(x(j) - x(i))``."""
    from symbolic_equiv.latex.plain import spelled
    from symbolic_equiv.latex.printer import latex

    letters = []
    while term.body is not None:
        letters.append(LETTERS[len(letters) % len(LETTERS)])
        term = apply(term, [eta(Head(VARIABLE, letters[-1], term.domain))])
    return f"({', '.join(letters)}) ↦ {spelled(latex(term))}" if letters else spelled(latex(term))


def show(head: Head, value: Value, model: Model) -> str:
    """A value in one line: a set for a predicate, the elements of a group by their names."""
    args, result = signature(head.sort)
    if isinstance(value, Rule):
        return _show_rule(head, value, model)
    if isinstance(value, Polynomial):
        return _show_polynomial(value, one=value.constant.shape[:-1] == (1,))
    if result.name == "Bool" and args:
        return _show_sets(value, model, args)
    labels = model.groups[result].labels if result in model.groups.keys() - model.infinite.keys() else None
    if result.cls == LINEAR and model.shape(result) and set(model.shape(result)) == {1}:
        value = value.reshape(value.shape[: value.ndim - len(model.shape(result))])  # one number
    return _show_table(value, labels)


def _show_table(value: Any, labels: tuple[str, ...] | None) -> str:
    if np.ndim(value):
        return "[" + ", ".join(_show_table(part, labels) for part in value) + "]"
    if np.asarray(value).dtype.kind == "b":
        return "true" if value else "false"
    return labels[int(value)] if labels else f"{float(value) + 0.0:.6g}"


def _show_sets(value: np.ndarray, model: Model, args: list[Sort]) -> str:
    groups = [model.groups.get(arg) if arg not in model.infinite else None for arg in args]
    label = lambda k, at: groups[k].labels[at] if groups[k] else str(at)
    last = len(args) - 1
    chosen = lambda row: "{" + ", ".join(label(last, j) for j in np.flatnonzero(row)) + "}"
    if value.ndim == 1:
        return chosen(value)
    if value.all() and value.size > 4:
        return "always all: " + chosen(value[(0,) * last])
    rows = (f"{', '.join(map(label, range(last), at))}: {chosen(value[at])}" for at in np.ndindex(value.shape[:-1]))
    return "; ".join(rows)


def _show_polynomial(value: Polynomial, one: bool = False) -> str:
    """``one``: there is one head, which needs no number."""
    shape = value.linear.shape[:-2]
    parts = []
    for at in np.ndindex(shape):
        c, a, k = value.constant[at], value.linear[at], value.curvature[at]
        lead = f"{', '.join(map(str, at))}: " if at and not one else ""
        if a.shape == (1, 1):
            powers = ((c[0], ""), (a[0, 0], "v"), (k[0] * a[0, 0] ** 2, "v²"))
            factor = lambda n, power: power if n == 1 and power else f"{n:g}{power}"
            parts.append(lead + "v ↦ " + (" + ".join(factor(n, power) for n, power in powers if n) or "0"))
        else:
            matrix = _show_table(a, None) + " v"
            constant = [_show_table(c, None)] if c.any() else []
            square = [f"{_show_table(k, None)} ∘ u ∘ u"] if (k[:, None] * a).any() else []
            linear = ["u" if square else matrix] if a.any() else []
            where = f" with u = {matrix}" if square else ""
            parts.append(f"{lead}v ↦ {' + '.join(constant + linear + square) or '0'}{where}")
    return "; ".join(parts)


def _show_rule(head: Head, rule: Rule, model: Model) -> str:
    if isinstance(rule, Identity):
        return "p ↦ p"
    if isinstance(rule, Homomorphism):
        steps = [_show_fractions(step) for step in rule.steps]
        letters = ["p"] if len(steps) == 1 else [f"p{k}" for k in range(1, len(steps) + 1)]
        parts = [f"{p} {step}" if rule.times == "+" else f"{step}^{p}" for p, step in zip(letters, steps)]
        return "p ↦ " + (" + " if rule.times == "+" else " ").join(parts)
    args, result = signature(head.sort)
    rest = [arg for arg in args if arg not in model.infinite]
    if result.name == "Bool" and not rest and not rule.default:
        return _show_set([key for key, value in sorted(rule.entries.items()) if value])
    inner = Head(VARIABLE, "value", fun(*rest, result))
    parts = [f"{_show_key(key)} ↦ {show(inner, value, model)}" for key, value in sorted(rule.entries.items())]
    return "; ".join([*parts, f"else {show(inner, rule.default, model)}"])


def _show_set(keys: list[tuple[Element, ...]]) -> str:
    if not keys or len(keys[0]) == 1:
        return "{" + ", ".join(map(_show_key, keys)) + "}"
    rows = {}
    for *first, last in keys:
        rows.setdefault(tuple(first), []).append(last)
    return "; ".join(f"{_show_key(first)}: {{{', '.join(map(str, row))}}}" for first, row in rows.items())


def _show_key(key: tuple[Element, ...]) -> str:
    return ", ".join(map(str, key))


def _show_fractions(array: np.ndarray) -> str:
    if np.ndim(array):
        return "[" + ", ".join(map(_show_fractions, array)) + "]"
    return str(np.asarray(array, dtype=object).item())


def plain(value: Value) -> Any:
    """The value as ``json`` can write it."""
    if isinstance(value, Polynomial):
        return {name: getattr(value, name).tolist() for name in ("constant", "linear", "curvature")}
    if isinstance(value, Sparse):
        entries = [{"at": list(key), "value": plain(each)} for key, each in sorted(value.entries.items())]
        return {"else": plain(value.default), "entries": entries}
    if isinstance(value, Homomorphism):
        return {"homomorphism": value.times, "steps": [_show_fractions(step) for step in value.steps]}
    if isinstance(value, Rule):
        return "identity"
    return np.asarray(value).tolist()

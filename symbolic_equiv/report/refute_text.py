"""What ``refute`` found, in plain text for a terminal of 80 columns, and as JSON (``refute_schema.json``)."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import numpy as np

from symbolic_equiv.kernel.theorem import Equation
from symbolic_equiv.latex.counted import counted
from symbolic_equiv.latex.plain import Plain
from symbolic_equiv.latex.printer import latex
from symbolic_equiv.numeric.counterexample import Counterexample
from symbolic_equiv.numeric.errors import NoModel
from symbolic_equiv.numeric.evaluate import Evaluator
from symbolic_equiv.numeric.foresight import strip
from symbolic_equiv.numeric.models import is_finite, unfold
from symbolic_equiv.report.counterexample import explanation, teach
from symbolic_equiv.report.refute import Refutation, Searched

WIDTH = 80
SCHEMA = 1


def show(found: Refutation) -> str:
    """The claim, what was dropped, and the counterexample; or what was searched in vain."""
    plain = Plain(found.statement, WIDTH - 4)
    title = found.statement.title if found.statement.title != found.statement.name else ""
    rows = [f"{_name(found)}  {_verdict(found)}", *_wrapped(title, 2), ""]
    rows += ["    " + row for row in plain.equation(found.statement.left, found.statement.right).splitlines()]
    names = ", ".join(item.name for item in found.statement.hypotheses)
    rows += ["", *_wrapped(f"under {names or 'no hypothesis'}", 2, 4)]
    if found.dropped is not None:
        rows += _dropped(found)
    if found.counterexample is None:
        return "\n".join([*rows, "", *_in_vain(found)])
    rows += ["", "  counterexample, in which every hypothesis holds exactly"]
    rows += teach(found.counterexample, Plain(found.counterexample.problem.statement))
    return "\n".join(rows)


def show_table(found: Sequence[Refutation]) -> str:
    """Each theorem with its hypotheses, and the model that refutes it without that one."""
    rows, last = [], ""
    for each in found:
        if each.path != last:
            rows += ["", each.path] if rows else [each.path]
            last = each.path
        name = f"  without {each.dropped.name}"
        rows += [name] if len(name) > 36 else []
        rows += _wrapped(f"{name if len(name) <= 36 else '':<38}{_summary(each)}", 0, 40)
    needed = sum(each.counterexample is not None for each in found)
    theorems = len({each.path for each in found})
    hypotheses = counted(len(found), "hypothesis", "hypotheses")
    words = f"{hypotheses} of {counted(theorems, 'theorem')}: {needed} with a counterexample"
    words += "" if needed == len(found) else ", the others are not needed, or nothing was found"
    return "\n".join([*rows, "", *_wrapped(words, 0)])


def _summary(found: Refutation) -> str:
    if found.counterexample is None:
        return "proved all the same" if found.proved else f"nothing found in {counted(found.searched.models, 'model')}"
    example = found.counterexample
    return f"{_size(example)}: {_short(example.left)} ≠ {_short(example.right)}"


def _size(example: Counterexample) -> str:
    groups = sorted({str(group) for group in example.model.groups.values()})
    sizes = sorted(f"{sort.name} = {size}" for sort, size in example.model.sizes.items() if sort.cls == "base")
    sizes = [text for text in sizes if text.split(" = ")[0] not in {sort.name for sort in example.model.groups}]
    return ", ".join([*groups, *sizes]) or "numbers alone"


def _short(value: str) -> str:
    """A number, or the decimals on which both ends of an enclosure agree."""
    if not value.startswith("["):
        return value
    low, high = (float(end) for end in value.strip("[]").split(", "))
    return f"{(low + high) / 2:.4g}"


def _name(found: Refutation) -> str:
    where = f"{found.path}: " if found.line and found.path != found.statement.name else ""
    return where + found.statement.name


def _verdict(found: Refutation) -> str:
    without = f" without {found.dropped.name}" if found.dropped is not None else ""
    if found.counterexample is not None:
        return f"refuted{without}"
    return f"proved{without}" if found.proved else f"not refuted{without}"


def _dropped(found: Refutation) -> list[str]:
    item, plain = found.dropped, Plain(found.statement.with_hypotheses((found.dropped,)), WIDTH - 8)
    rows = _wrapped(f"without {item.name}: {item.says}", 2, 4)
    for equation in item.equations:
        lines = plain.equation(*equation).splitlines()
        rows += ["      " + row for row in lines]
        if found.counterexample is not None:
            rows += _wrapped(f"→ {_holds(equation, found)}", 8, 10)
    return rows


def _holds(equation: Equation, found: Refutation) -> str:
    """Whether one equation of the dropped hypothesis holds in the model, and where it does not."""
    if equation in found.kept:
        return "holds in the model below"
    at = failure(equation, found.counterexample)
    return f"fails in the model below{at}"


def failure(equation: Equation, example: Counterexample) -> str:
    """``, at i = 0, j = 1``: the first place where an equation fails in a finite model; "" where none is known."""
    left, right = (unfold(side) for side in equation)
    binders, _ = strip(left)
    if example.model.infinite or not all(map(is_finite, binders)):
        return ""
    evaluator = Evaluator(example.model.with_values(example.values()))
    try:
        one, other = evaluator.closed(left), evaluator.closed(right)
    except NoModel:
        return ""
    axes = len(binders)
    apart = (one != other).reshape(*one.shape[:axes], -1).any(axis=-1)
    if not apart.any() or not axes:
        return ""
    places, names, term = np.argwhere(apart)[0], [], left
    for sort, place in zip(binders, places):
        group = example.model.groups.get(sort)
        names.append(f"{term.hint} = {group.labels[place] if group else place}")
        term = term.body
    return f", at {', '.join(names)}"


def _in_vain(found: Refutation) -> list[str]:
    if found.proved:
        said = "The kernel proves it"
        said += " without that hypothesis, so it is not needed." if found.dropped else ": there is no counterexample."
        return _wrapped(said, 2)
    return _wrapped(f"No counterexample found: {searched(found.searched)}.", 2)


def searched(what: Searched) -> str:
    """What was searched, in words."""
    if not what.models:
        return "no model of the hypotheses was found" + (f" ({what.notes[0]})" if what.notes else "")
    names = sorted(what.groups, key=lambda name: (len(name), name))
    groups = f", with the groups {', '.join(names)}" if names else ""
    return (
        f"{counted(what.models, 'model')} in {what.seconds:.1f} s, seed {what.seed}{groups}; "
        "up to 8 elements in a finite set, dimensions, heads and ranks up to 3, small whole numbers and fractions"
    )


def to_json(found: Refutation) -> dict[str, Any]:
    """One object that ``json`` can write."""
    statement = found.statement
    written = lambda term: latex(term, multiplicative=statement.multiplicative)
    result: dict[str, Any] = {
        "schema": SCHEMA,
        "name": statement.name,
        "path": found.path,
        "line": found.line,
        "latex": f"{written(statement.left)} = {written(statement.right)}",
        "hypotheses": [item.name for item in statement.hypotheses],
        "verdict": "refuted" if found.counterexample is not None else "proved" if found.proved else "not refuted",
        "searched": {
            "models": found.searched.models,
            "groups": sorted(found.searched.groups),
            "seed": found.searched.seed,
        },
    }
    if found.dropped is not None:
        result["dropped"] = {"name": found.dropped.name, "says": found.dropped.says, "kept": len(found.kept)}
    if found.counterexample is not None:
        plain = Plain(found.counterexample.problem.statement)
        result["counterexample"] = found.counterexample.to_json()
        result["explanation"] = explanation(found.counterexample, plain)
    return result


def _wrapped(words: str, indent: int, hanging: int | None = None) -> list[str]:
    later = indent if hanging is None else hanging
    return textwrap.wrap(
        words, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * later, break_on_hyphens=False
    )

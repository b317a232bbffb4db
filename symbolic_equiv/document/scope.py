"""A bound variable used outside its binder: a bracket that closes too early, and where it should close.

When a product holds a factor whose variables are bound by a sum inside a factor to its left, the factor
belongs inside that sum: the closing brackets between them are moved behind it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeGuard

from symbolic_equiv.document.names import PREFIXES, stem
from symbolic_equiv.document.problems import SCOPE, Edit, Problem
from symbolic_equiv.document.trees import rebuilt, replaced
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.source import Span, join

MAX_REPAIRS = 4


@dataclass(frozen=True)
class Repair:
    """The expression with its brackets moved, and what was wrong with it."""

    node: s.Node
    problems: tuple[Problem, ...]


def repair(node: s.Node, fixed: frozenset[str]) -> Repair | None:
    """Move the brackets that close too early; None if there are none.  ``fixed`` are the variables bound outside."""
    problems: list[Problem] = []
    whole = node.span
    for _ in range(MAX_REPAIRS):
        found = _repaired(node, fixed)
        if found is None:
            break
        node, problem = found
        problems.append(problem)
    if not problems:
        return None
    edits = tuple(edit for problem in problems for edit in problem.edits)
    suggestion = edited(whole, edits) if edits else None
    return Repair(node, tuple(replace(problem, suggestion=suggestion) for problem in problems))


def edited(span: Span, edits: tuple[Edit, ...]) -> str:
    """The source of a span with edits made, on one line."""
    text, at = "", span.start
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        text += span.source.text[at : edit.start] + edit.text
        at = max(at, edit.end)
    lines = (text + span.source.text[at : span.end]).replace("\\\\\n", "\n").replace("&\\quad", " ").replace("&", " ")
    return " ".join(lines.split())


def _repaired(node: s.Node, fixed: frozenset[str]) -> tuple[s.Node, Problem] | None:
    """One repair, at the outermost place that needs it."""
    if not _binds(node):
        return None
    if isinstance(node, s.Apply | s.Juxtapose):
        found = _in_row(node, list(s.factors(node)), fixed)
        if found is not None:
            return found
    if isinstance(node, s.Addition):
        found = _in_addition(node, fixed)
        if found is not None:
            return found
    inner = fixed | bound_names(node, fixed) if isinstance(node, s.Binder) else fixed
    for child in node.children:
        found = _repaired(child, inner)
        if found is not None:
            new, problem = found
            return replaced(node, child, new), problem
    return None


@s.kept
def _binds(node: s.Node) -> bool:
    return isinstance(node, s.Binder) or any(map(_binds, node.children))


def _in_row(node: s.Node, items: list[s.Node], fixed: frozenset[str]) -> tuple[s.Node, Problem] | None:
    for at, item in enumerate(items):
        binders = [each for each in item.walk() if isinstance(each, s.Binder)]
        bound = frozenset().union(*(bound_names(each, fixed) for each in binders)) - fixed
        late = [later for later in range(at + 1, len(items)) if _free_at(items, later) & bound] if bound else []
        if not late:
            continue
        first, last = at + 1, late[-1]
        while first < late[0] and not isinstance(items[first], s.Group):
            first += 1
        first = min(_start_of_factor(items, late[0]), late[0])
        names = frozenset().union(*(_free_at(items, k) for k in range(first, last + 1))) & bound
        binder = [each for each in binders if bound_names(each, fixed) & names][-1]
        moved = items[first : last + 1]
        body = s.factors(binder.body) if isinstance(binder.body, s.Apply | s.Juxtapose) else (binder.body,)
        new_body = _juxtaposed([*body, *moved])
        changed = replaced(item, binder, replace(binder, body=new_body))
        row = _juxtaposed([*items[:at], changed, *items[at + 1 : first], *items[last + 1 :]])
        span = join([each.span for each in moved])
        closings = [group.closing for group in _path(item, binder) if isinstance(group, s.Group)]
        return replace_span(row, node.span), _problem(span, names, closings, binder)
    return None


def _free_at(items: list[s.Node], at: int) -> frozenset[str]:
    """The letters in a factor that nothing in the row binds: a softmax with a condition binds in its scores."""
    condition = _condition(items[at - 1]) if at and isinstance(items[at], s.Group | s.Scripted) else None
    own = frozenset() if condition is None else _bound_by(condition)
    if condition is not None and isinstance(items[at], s.Scripted):
        scripts = (free_names(script) for script in items[at].scripts)
        return (free_names(items[at].base) - own).union(*scripts)
    return free_names(items[at]) - own


def _start_of_factor(items: list[s.Node], at: int) -> int:
    """Where the factor with a late variable begins: a bracket belongs to the name in front of it."""
    while at > 0 and isinstance(items[at], s.Group) and isinstance(items[at - 1], s.Name):
        at -= 1
    while at > 0 and isinstance(items[at - 1], s.Name) and items[at - 1].base in PREFIXES:
        at -= 1
    return at


def _in_addition(node: s.Addition, fixed: frozenset[str]) -> tuple[s.Node, Problem] | None:
    for at, operand in enumerate(node.operands):
        last_factor = s.factors(operand)[-1]
        if not isinstance(last_factor, s.Binder):
            continue
        bound = bound_names(last_factor, fixed) - fixed
        late = [later for later in range(at + 1, len(node.operands)) if free_names(node.operands[later]) & bound]
        if not late or last_factor.operator.base != r"\sum":
            continue
        last = late[-1]
        names = frozenset().union(*(free_names(node.operands[k]) for k in late)) & bound
        parts = (last_factor.body, *node.operands[at + 1 : last + 1])
        span = join([part.span for part in parts])
        depth = 1 + max(part.depth for part in parts)
        inner = s.Addition(span, depth, node.operators[at:last], parts)
        new = replaced(operand, last_factor, replace(last_factor, body=inner))
        kept = (*node.operands[:at], new, *node.operands[last + 1 :])
        signs = (*node.operators[:at], *node.operators[last:])
        whole = replace(node, operands=kept, operators=signs) if signs else new
        edits = (Edit(span.start, span.start, r"\left( "), Edit(span.end, span.end, r" \right)"))
        late_span = join([node.operands[k].span for k in range(at + 1, last + 1)])
        return whole, Problem(SCOPE, late_span, _message(names, last_factor), None, edits)
    return None


def _problem(span: Span, names: frozenset[str], closings: list[Span], binder: s.Binder) -> Problem:
    ordered = sorted(closings, key=lambda closing: closing.start)
    edits = [Edit(*_with_size(closing), "") for closing in ordered]
    behind = "".join(closing.source.text[slice(*_with_size(closing))] for closing in ordered)
    edits.append(Edit(span.end, span.end, behind))
    return Problem(SCOPE, span, _message(names, binder), None, tuple(edits))


def _with_size(closing: Span) -> tuple[int, int]:
    """A bracket together with the command for its size in front of it."""
    text, start = closing.source.text, closing.start
    for size in (r"\right", r"\Biggr", r"\biggr", r"\Bigg", r"\bigg", r"\Bigr", r"\bigr", r"\Big", r"\big"):
        if text[:start].endswith(size):
            return start - len(size), closing.end
    return start, closing.end


def _message(names: frozenset[str], binder: s.Binder) -> str:
    said = " and ".join(f"‘{name}’" for name in sorted(names))
    verb = "stands" if len(names) == 1 else "stand"
    return f"{said} {verb} outside the ‘{binder.operator.base}’ that binds {'it' if len(names) == 1 else 'them'}"


def _juxtaposed(items: list[s.Node]) -> s.Node:
    if len(items) == 1:
        return items[0]
    span = join([item.span for item in items])
    return s.Juxtapose(span, 1 + max(item.depth for item in items), tuple(items))


def replace_span(node: s.Node, span: Span) -> s.Node:
    return replace(node, span=span)


def _path(node: s.Node, target: s.Node) -> list[s.Node]:
    """The nodes from ``node`` down to ``target``, without it."""
    if node is target:
        return []
    for child in node.children:
        if child is target:
            return [node]
        below = _path(child, target)
        if below:
            return [node, *below]
    return []


def bound_names(binder: s.Binder, fixed: frozenset[str]) -> frozenset[str]:
    """The letters that a big operator binds."""
    return frozenset().union(*(_bound_by(condition, binder.body) for condition in binder.conditions)) - fixed


COMPARISONS = frozenset({r"\neq", "<", ">", r"\leq", r"\geq"})


def is_range(condition: s.Node | None) -> TypeGuard[s.Relation]:
    """``j \\neq i``, ``j \\leq i``, ``|j - i| \\leq k``."""
    return isinstance(condition, s.Relation) and set(condition.operators) <= COMPARISONS


def likely_running(condition: s.Relation, body: s.Node | None = None) -> s.Name | None:
    """The letter that a comparison most likely binds: one that is in what is summed, and that in the middle."""
    sides = [s.ungrouped(side) for side in condition.operands]
    summed = free_names(body) if body is not None else frozenset()
    absolute = [each for side in sides if isinstance(side, s.Group) for each in side.walk() if isinstance(each, s.Name)]
    if absolute:
        return next((name for name in absolute if _letter(name) in summed), absolute[0])
    names = [side for side in sides if isinstance(side, s.Name)]
    if len(sides) == 3 and sides[1] in names:
        return sides[1] if isinstance(sides[1], s.Name) else None
    names = [name for name in names if _letter(name) in summed] or names
    others = frozenset().union(*(argument_names(side) for side in sides if not isinstance(side, s.Name)))
    return next((name for name in names if _letter(name) not in others), names[0] if names else None)


def compared_pair(condition: s.Node, body: s.Node) -> frozenset[str]:
    """The two letters of ``i < j`` and ``1 \\leq i < j \\leq n``, both of them in what is summed; else none."""
    if not is_range(condition):
        return frozenset()
    letters = [_letter(side) for side in map(s.ungrouped, condition.operands) if isinstance(side, s.Name)]
    letters = [each for each in letters if each in free_names(body)] if len(condition.operands) != 3 else []
    plain = all(isinstance(s.ungrouped(side), s.Name | s.Number) for side in condition.operands)
    return frozenset(letters[:2]) if plain and len(letters) > 1 else frozenset()


def without_pairs(node: s.Node, pair: frozenset[str]) -> s.Node:
    """The tree without the sums that run over such a pair, or over one of it with the other."""

    def cut(each: s.Node) -> s.Node | None:
        over = isinstance(each, s.Binder) and any(
            compared_pair(condition, each.body) == pair for condition in each.conditions
        )
        return s.Blank(each.span, 1) if over else None

    return rebuilt(node, cut)


def _bound_by(condition: s.Node, body: s.Node | None = None) -> frozenset[str]:
    """The letters of what stands in front of ``\\in`` and of a colon, ``j \\in S : …``."""
    if is_range(condition):
        running = likely_running(condition, body)
        return frozenset() if running is None else frozenset([_letter(running)])
    if isinstance(condition, s.Colon):
        condition = condition.operands[0]
    return argument_names(condition.operands[0] if isinstance(condition, s.Relation) else condition)


def _condition(node: s.Node) -> s.Node | None:
    """The ``j \\in N(i)`` of ``softmax_{j \\in N(i)}``, which binds as it does below a sum."""
    below = [s.ungrouped(script.body) for script in node.scripts] if isinstance(node, s.Name) else []
    return next((each for each in below if isinstance(each, s.Relation | s.Colon)), None)


def _letter(node: s.Name) -> str:
    """The letter of a name with its primes: ``j'`` is another one than ``j``."""
    return stem(node) + "'" * sum(script.kind == "'" for script in node.scripts)


@s.kept
def argument_names(node: s.Node) -> frozenset[str]:
    """The letters that stand as elements, not as functions."""
    found: set[str] = set()
    stack = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, s.Apply):
            stack.append(item.argument)
            if not isinstance(item.function, s.Name):
                stack.append(item.function)
        elif isinstance(item, s.Juxtapose):
            stack += [
                each for each, behind in zip(item.operands, [*item.operands[1:], None]) if not _is_prefix(each, behind)
            ]
        elif isinstance(item, s.Name):
            found.add(_letter(item))
        else:
            stack.extend(item.children)
    return frozenset(found)


def _is_prefix(node: s.Node, behind: s.Node | None) -> bool:
    """Whether a letter belongs to the name behind it, ``\\Delta`` in ``\\Delta\\varphi(v)``."""
    plain = isinstance(node, s.Name) and node.base in PREFIXES and not node.scripts
    return plain and isinstance(behind.function if isinstance(behind, s.Apply) else behind, s.Name)


def free_names(node: s.Node) -> frozenset[str]:
    """The letters in an expression, those in scripts too, that no operator in it binds."""
    if isinstance(node, s.Binder):
        inside = frozenset().union(*(free_names(child) for child in node.children))
        return inside - bound_names(node, frozenset())
    if isinstance(node, s.Apply) and (condition := _condition(node.function)) is not None:
        binder = s.Binder(node.span, node.depth, s.Name(node.span, 1, "softmax"), (condition,), None, node.argument)
        return free_names(binder).union(*(free_names(script) for script in node.scripts))
    if isinstance(node, s.Name) and (condition := _condition(node)) is not None:
        return free_names(condition) - _bound_by(condition)
    own = frozenset([_letter(node)]) if isinstance(node, s.Name) else frozenset()
    return own.union(*(free_names(child) for child in node.children))

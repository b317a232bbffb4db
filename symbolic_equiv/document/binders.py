"""Sums, softmax and concatenation: what a condition binds, and which domain a softmax runs over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symbolic_equiv.document import names
from symbolic_equiv.document.conditions import Conditions, Frame
from symbolic_equiv.document.names import Printed
from symbolic_equiv.document.preterms import App, Free, Local, Op, Pre, lambda_, say
from symbolic_equiv.document.problems import SCOPE, SORT, UNREADABLE, Edit, Ill, Problem
from symbolic_equiv.document.scope import is_range
from symbolic_equiv.kernel.sorts import BASE, DIMENSION, LINEAR, fun
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.render import normalised
from symbolic_equiv.theories.language import BOOL, SCALAR, fin

if TYPE_CHECKING:
    from symbolic_equiv.document.naming import Item, Scope

SUMS = frozenset({r"\sum"})
CONCATENATIONS = frozenset({r"\bigcup", r"\|", r"\bigoplus", r"\bigsqcup", "Concat", "concat", "CONCAT"})
_PLACEHOLDERS = frozenset({r"\bullet", r"\cdot", r"{\bullet}", r"{\cdot}", r"\ldots"})


class Binders(Conditions):
    """The part of the elaborator that reads what binds; ``Elaborator`` has the rest."""

    def _binder(self, node: s.Binder, scope: Scope) -> Pre:
        operator = node.operator.base
        if operator not in SUMS | CONCATENATIONS:
            raise Ill(UNREADABLE, node.operator, f"‘{normalised(node.operator)}’ has no reading here")
        bound = self.conditions(node, scope)
        inner = scope
        for frame in bound:
            inner = inner.binding(*frame.variables)
        if operator in SUMS:
            inner = inner._replace(frames=(*inner.frames, *bound))
        body = self.term(node.body, inner)
        for frame in reversed(bound):
            if operator in SUMS:
                linear = self.sorts.fresh(LINEAR)
                self.unify(
                    body.sort, linear, node.body, "a sum of what is no number, vector or matrix", body, kind=SORT
                )
                args = (_over(frame.variables, frame.domain), _over(frame.variables, body))
                body = Op(body.sort, _named("sum", frame.variables, node), args, node.span)
            else:
                body = self.concatenated(node, frame, body)
        return body

    def concatenated(self, node: s.Binder, frame: Frame, body: Pre) -> Pre:
        """``\\bigcup_{h \\in [H]}``: the vectors of all heads, one after the other."""
        heads = self.sorts.fresh(DIMENSION)
        (variable, *more) = frame.variables
        if more or not (isinstance(frame.domain, Op) and frame.domain.name == "true"):
            raise Ill(UNREADABLE, node, "a concatenation is read over all heads only")
        what = "a concatenation runs over the numbers 1 to H"
        self.unify(variable.sort, fin(heads), node, what, kind=SORT)
        return self.heads(variable, body, node.body)

    # softmax

    def is_softmax(self, item: Item, scope: Scope) -> bool:
        if item.prefix or not isinstance(item.node, s.Name):
            return False
        key = names.stem(item.node)
        key = rf"\mathrm{{{key}}}" if item.node.is_word and not key.startswith("\\") else key
        return self.signature.is_softmax(key) and key not in scope.locals

    def softmax(self, name: s.Name, bracket: s.Node, scope: Scope) -> Pre:
        """``σ_e(s)``: the softmax over the domain of the sum with element ``e``, of the score, taken at ``e``."""
        self.signature.softmax_uses.append(name.span)
        below = [script for script in name.scripts if script.kind == "_"]
        subscript = s.ungrouped(below[0].body) if below else None
        over = isinstance(subscript, s.Relation) and subscript.operators == (r"\in",)
        if isinstance(subscript, s.Colon) or over or is_range(subscript):
            return self.softmax_over(name, subscript, bracket, scope)
        frame = self.frame_of(name, subscript, scope)
        if frame is None:
            if subscript is None:
                raise Ill(UNREADABLE, name, "a softmax without a subscript is read inside a sum only")
            if not isinstance(subscript, s.Name):
                raise Ill(UNREADABLE, name, "a softmax outside any sum does not say over what it runs")
            outer = self.outer(subscript, scope)
            if outer is None:
                raise Ill(SCOPE, name, f"‘{normalised(name)}’ stands outside any sum over ‘{normalised(subscript)}’")
            variable = Local(outer.sort, outer.word, outer.key)
            domain = Op(BOOL, "true", (), name.span)
            return self.softmax_of(name, (variable,), domain, bracket, scope.binding(variable), (outer,))
        return self.softmax_of(name, frame.variables, frame.domain, bracket, scope, frame.variables)

    def outer(self, node: s.Name, scope: Scope) -> Local | None:
        """What a name is bound to outside."""
        return scope.locals.get(self.reading(node, scope).printed.key)

    def frame_of(self, name: s.Name, subscript: s.Node | None, scope: Scope) -> Frame | None:
        if not scope.frames:
            return None
        if subscript is None:
            return scope.frames[-1]
        for frame in reversed(scope.frames):
            if frame.element == subscript or _spelled(frame.element) == _spelled(subscript):
                return frame
            named = isinstance(subscript, s.Name) and self.reading(subscript, scope).printed.key
            if isinstance(frame.element, s.Addition) and [each.key for each in frame.variables] == [named]:
                return frame  # below the sum j - i ∈ D: it runs over j
        frame = scope.frames[-1]
        wanted = normalised(frame.element)
        message = f"the softmax runs over ‘{normalised(subscript)}’, the sum over ‘{wanted}’"
        edit = Edit(subscript.span.start, subscript.span.end, frame.element.span.text)
        self.notes.add(Problem(SCOPE, subscript.span, message, wanted, (edit,)))
        return frame

    def softmax_over(self, name: s.Name, condition: s.Relation | s.Colon, bracket: s.Node, scope: Scope) -> Pre:
        """``softmax_{j \\in N(i)}(s)``, taken at the ``j`` of the place where it stands, or ``…_{t}``, at ``t``."""
        bracket, place = _taken_at(bracket)
        at = None if place is None else [self.term(part, scope) for part in s.components(place)]
        left, right = condition.operands[0], condition.operands[-1]
        if isinstance(condition, s.Colon):
            frame = self.suchthat(condition, scope)
        elif is_range(condition):
            frame = self.range(condition, bracket, scope)
        elif len(parts := s.components(left)) > 1 or (
            isinstance(left, s.Name) and not self.reading(left, scope).inverse
        ):
            if any(not isinstance(part, s.Name) or self.reading(part, scope).inverse for part in parts):
                frame = self.compound_pair(left, right, scope)
            else:
                found = [self.variable(part, scope) for part in parts if isinstance(part, s.Name)]
                frame = Frame(left, tuple(found), self.contained(tuple(found), right, scope.binding(*found)))
        else:
            frame = self.compound(condition, left, right, scope, bracket)
        places = [scope.locals.get(variable.key) for variable in frame.variables] if at is None else at
        if len(places) != len(frame.variables) or None in places:
            raise Ill(SCOPE, name, f"‘{normalised(left)}’ means nothing where this softmax is to be taken")
        what = "a softmax is taken at one of those it runs over"
        for place, variable in zip(places, frame.variables, strict=True):
            self.unify(place.sort, variable.sort, name, what, place, kind=SORT)
        return self.softmax_of(
            name, frame.variables, frame.domain, bracket, scope.binding(*frame.variables), tuple(places)
        )

    def softmax_of(
        self,
        name: s.Name,
        variables: tuple[Local, ...],
        domain: Pre,
        bracket: s.Node,
        scope: Scope,
        at: tuple[Pre, ...],
    ) -> Pre:
        score = self.term(bracket, scope)
        self.unify(score.sort, SCALAR, bracket, "a softmax of what is no number", score)
        functions = _over(variables, domain), _over(variables, score)
        return Op(SCALAR, _named("softmax", variables, name), (*functions, *at), name.span)

    # [•]

    def is_placeholder(self, node: s.Group) -> bool:
        return node.kind in ("[", "(") and isinstance(node.body, s.Name) and normalised(node.body) in _PLACEHOLDERS

    def placeholder(self, node: s.Group, scope: Scope) -> Pre:
        """``[\\bullet]``: any body of the sum around it, the same one in the whole document."""
        if not scope.frames:
            raise Ill(UNREADABLE, node, "‘[•]’ stands for the body of a sum, and there is none around it")
        (variable, *more) = scope.frames[-1].variables
        if more:
            raise Ill(UNREADABLE, node, "‘[•]’ in a sum over pairs has no reading yet")
        symbol = self.signature.lookup(Printed(normalised(node)), 0, node.span)
        symbol.groups = (("(", 1),)
        self.sorts.same(symbol.sort, fun(self.sorts.fresh(BASE), self.sorts.fresh(LINEAR)))
        what = f"‘[•]’ is a body in {say(variable.sort)}"
        target = self.sorts.fresh(LINEAR)
        self.unify(symbol.sort, fun(variable.sort, target), node, what, kind=SORT)
        return App(target, Free(symbol.sort, symbol), variable)


def _over(variables: tuple[Local, ...], body: Pre) -> Pre:
    """``λ variables. body``."""
    for variable in reversed(variables):
        body = lambda_(variable, body)
    return body


def _named(operator: str, variables: tuple[Local, ...], node: s.Node) -> str:
    """The operator that binds so many variables."""
    if len(variables) > 2:
        raise Ill(UNREADABLE, node, "sums over more than pairs have no reading yet: write them as sums of sums")
    return operator if len(variables) == 1 else f"{operator}_pairs"


def _spelled(node: s.Node) -> tuple[str, ...]:
    """The parts of what stands below a sum or a softmax, as printed: ``j, h`` and ``(j, h)`` are the same."""
    return tuple(map(normalised, s.components(node)))


def _taken_at(bracket: s.Node) -> tuple[s.Node, s.Node | None]:
    """``(s(j))_{t}`` as the scores and the place at which their softmax is taken."""
    if isinstance(bracket, s.Scripted) and len(bracket.scripts) == 1 and bracket.scripts[0].kind == "_":
        return bracket.base, bracket.scripts[0].body
    return bracket, None

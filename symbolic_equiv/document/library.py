"""The built-in context, indexed by name, and brought into a document one symbol at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from symbolic_equiv.document import names
from symbolic_equiv.document.context import BUILT_IN, Context, Equation, Symbol
from symbolic_equiv.document.define import pattern_of
from symbolic_equiv.document.names import PREFIXES, Printed
from symbolic_equiv.document.sets import Sets
from symbolic_equiv.kernel.sorts import BASE, DIMENSION, Sort, fun
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.render import normalised
from symbolic_equiv.latex.reader.source import Span

if TYPE_CHECKING:
    from symbolic_equiv.document.signature import Signature


class Library:
    """What the built-in context says of each name.

    Each symbol is brought in with unknown sets and dimensions, so that it fits what the document calls them.
    """

    def __init__(self, context: Context) -> None:
        self.declarations: dict[str, tuple[Printed, tuple[s.Node, ...], s.Node, Span]] = {}
        self.equations: dict[str, Equation] = {}
        self.softmax: set[str] = set()
        self.dimensions: set[str] = set()
        self.elements: dict[str, s.Node] = {}
        lines = [(line, chain) for line in context.lines for chain in line.chains]
        for _, chain in lines:
            self._note_elements(chain)
        for line, chain in lines:
            first = chain.lines[0].expression
            if isinstance(first, s.Colon):
                self._declare(first.operands[0], first.operands[1])
            elif len(chain.lines) == 2 and chain.lines[1].relation == r"\in":
                self._declare(first, chain.lines[1].expression)
            elif line.kind == "define" and len(chain.lines) == 2:
                self._define(first, chain.lines[1].expression)

    def __contains__(self, key: str) -> bool:
        return key in self.declarations or key in self.equations

    def _note_elements(self, chain) -> None:
        if len(chain.lines) == 2 and chain.lines[1].relation == r"\in" and chain.lines[0].expression is not None:
            for node in _each(chain.lines[0].expression):
                if isinstance(node, s.Name) and chain.lines[1].expression is not None:
                    self.elements[self._read(node).printed.key] = chain.lines[1].expression

    def _read(self, node: s.Name, prefix: str = "", also=None) -> names.Reading:
        def is_element(script: s.Node) -> bool:
            return isinstance(script, s.Name) and (normalised(script) in self.elements or bool(also and also(script)))

        return names.read_name(node, is_element, lambda _: False, prefix)

    def _declare(self, left: s.Node | None, right: s.Node | None) -> None:
        if left is None or right is None:
            return
        for node in _each(left):
            if isinstance(node, s.Name):
                reading = self._read(node)
                indices = tuple(index.node for index in reading.indices)
                self.declarations[reading.printed.key] = (reading.printed, indices, right, node.span)
        for each in right.walk():
            if isinstance(each, s.Name) and each.font == r"\mathbb":
                for script in each.scripts:
                    self.dimensions |= {normalised(name) for name in s.factors(script.body) if isinstance(name, s.Name)}

    def _define(self, left: s.Node | None, right: s.Node | None) -> None:
        from symbolic_equiv.document.naming import Item

        if left is None or right is None:
            return
        if isinstance(right, s.Name) and right.base == "softmax":
            self.softmax.add(normalised(left))
            return
        items: list[Item] = []
        for node in s.factors(left):
            if items and isinstance(items[-1].node, s.Name) and items[-1].node.base in PREFIXES:
                items[-1] = Item(node, items[-1].node.base)
            else:
                items.append(Item(node))
        pattern = pattern_of(items, right, self._read)
        if pattern is not None:
            self.equations[pattern.printed.key] = Equation(pattern, right, left.span)

    def indices(self, key: str) -> set[int]:
        """With how many indices the built-in context has this name."""
        counts = {len(self.declarations[key][1])} if key in self.declarations else set()
        return counts | ({len(self.equations[key].pattern.indices)} if key in self.equations else set())

    def kin(self, printed: Printed, count: int) -> str | None:
        """A defined name of which ``printed`` is a decorated form, such as ``m`` for ``m^r_{LoRA}``."""
        best: tuple[int, str] | None = None
        for key, equation in self.equations.items():
            own = equation.pattern.printed
            if (own.stem, own.prefix) != (printed.stem, printed.prefix) or len(equation.pattern.indices) != count:
                continue
            if set(own.below) <= set(printed.below) and set(own.above) <= set(printed.above):
                size = len(own.below) + len(own.above)
                if best is None or size > best[0]:
                    best = (size, key)
        return best[1] if best else None

    def bring(self, key: str, signature: Signature, printed: Printed | None = None) -> None:
        """Add the symbol to the signature, under the name that the document prints."""
        sorts, fresh = signature.sorts, {}

        def namer(name: str, cls: str) -> Sort:
            if (name, cls) not in fresh:
                fresh[(name, cls)] = sorts.fresh(
                    BASE if cls == BASE else DIMENSION, name.replace("{", "").replace("}", "")
                )
            return fresh[(name, cls)]

        reader = Sets(namer)
        if key in self.elements:
            own, _, _, span = self.declarations[key]
            symbol = Symbol(own, 0, sorts.fresh(), BUILT_IN, span)  # a letter for elements, of any set
        elif key in self.declarations:
            own, indices, right, span = self.declarations[key]
            texts = [each.content for each in right.walk() if isinstance(each, s.Text)]
            sort = reader.read(right)
            of = [reader.read(self.elements[normalised(index)]) for index in indices]
            symbol = Symbol(printed or own, len(indices), fun(*of, sort), BUILT_IN, span)
            symbol.bijection = any("biject" in text for text in texts)
        else:
            pattern = self.equations[key].pattern
            count = len(pattern.indices)
            sort = fun(*(sorts.fresh() for _ in pattern.arguments), sorts.fresh())
            symbol = Symbol(printed or pattern.printed, count, sort, BUILT_IN, self.equations[key].span)
        if key in self.equations:
            equation = self.equations[key]
            if printed is not None:
                equation = replace(equation, pattern=replace(equation.pattern, printed=printed))
            symbol.equation, symbol.state = equation, "new"
        signature.add(symbol)


def _each(node: s.Node) -> tuple[s.Node, ...]:
    return node.operands if isinstance(node, s.Listing) else (node,)

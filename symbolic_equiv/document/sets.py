"""Sets as sorts, and sorts as sets.

``\\mathbb{R}^{d}``, ``S \\times S \\to \\mathbb{R}``, ``L_{\\mathbb{R}^{d}}(S)``, ``[H]``, ``\\mathbb{Z}/n``, ``2^S``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from symbolic_equiv.document.families import DOTS, upper_size
from symbolic_equiv.document.names import Printed, stem
from symbolic_equiv.document.problems import UNREADABLE, Ill
from symbolic_equiv.kernel.sorts import BASE, FORMER, Sort, fun
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.render import normalised
from symbolic_equiv.theories.language import BOOL, NAT, SCALAR, fin, mat, times, vec

Namer = Callable[[str, str], Sort]
"""From the printed name of a base set (``"base"``) or dimension (``"dimension"``) to its sort."""

Numbers = Callable[[Sort, str, s.Node], Sort]
"""From a dimension to the set of its numbers, counted from 0 or 1 in some formula."""

_SUBSETS = frozenset({"P", r"\wp"})
_NUMBERS = {"R": SCALAR, "N": NAT}
_GROUPS = frozenset({"Z", "Q", "C", "T"})


def is_range(node: s.Listing) -> bool:
    """``1, 2, \\ldots, n`` and ``0, \\ldots, n - 1``."""
    items = [item for item in node.operands if not (isinstance(item, s.Name) and item.base in DOTS)]
    first = items[0] if len(node.operands) > 2 and len(items) > 1 and items[-1] is node.operands[-1] else None
    return isinstance(first, s.Number) and (first.text == "1" or (first.text == "0" and len(items) < 4))


def is_finite(node: s.Node) -> bool:
    """Whether a set is finite by its form: ``\\{1, \\ldots, n\\}``, ``[n]``, products and powers of such.

    >>> from symbolic_equiv.latex.reader import parse
    >>> [is_finite(parse(text)) for text in (r"\\{0, 1\\}^n", r"[h] \\times [w]", r"\\{1, 2, \\ldots\\}")]
    [True, True, False]
    """
    node = s.ungrouped(node)
    if isinstance(node, s.Scripted) and [script.kind for script in node.scripts] == ["^"]:
        power = s.ungrouped(node.scripts[0].body)
        number = isinstance(power, s.Number) or (isinstance(power, s.Name) and power.base.isalpha() and not power.font)
        return number and is_finite(node.base)
    if isinstance(node, s.Product):
        return set(node.operators) == {r"\times"} and all(map(is_finite, node.operands))
    if not isinstance(node, s.Group) or node.kind not in ("[", r"\{"):
        return False
    if node.kind == "[":
        return len(node.items) == 1 and isinstance(node.items[0], s.Name | s.Number)
    return isinstance(node.body, s.Listing) and not (isinstance(node.items[-1], s.Name) and node.items[-1].base in DOTS)


def counted(node: s.Node) -> s.Name | None:
    """The set of which ``|S|`` is the number of elements."""
    inner = s.ungrouped(node.body) if isinstance(node, s.Group) and node.kind in ("|", r"\lvert") else None
    return inner if isinstance(inner, s.Name) else None


class Sets:
    """Reads what stands right of ``:`` and ``\\in``."""

    def __init__(self, namer: Namer, numbers: Numbers | None = None) -> None:
        self.namer = namer
        self.numbers = numbers or (lambda size, *_: fin(size))

    def read(self, node: s.Node) -> Sort:
        """The sort of a set; raises ``Ill`` for what is no set that we know."""
        node = s.ungrouped(node)
        if isinstance(node, s.Listing) and is_range(node):
            return self.counted(node)  # h = 1, …, H
        if isinstance(node, s.Arrow):
            if any(arrow not in (r"\to", r"\hookrightarrow", r"\twoheadrightarrow") for arrow in node.operators):
                raise Ill(UNREADABLE, node, "an arrow that is no map between sets")
            *sources, target = node.operands
            sort = self.read(target)
            for source in reversed(sources):
                sort = fun(*(self.read(factor) for factor in factors(source)), sort)
            return sort
        if isinstance(node, s.Group):
            return self._bracket(node)
        if isinstance(node, s.Name):
            return self._name(node)
        if isinstance(node, s.Apply):
            return self._apply(node)
        if isinstance(node, s.Scripted) and is_binary(node):
            return self._real(node.scripts[0].body)  # \\{0, 1\\}^{n \\times n}
        if isinstance(node, s.Scripted) and isinstance(node.base, s.Number) and node.base.text == "2":
            return self._subsets(node.scripts[0].body)  # 2^S, the subsets of S
        if is_power(node):
            return fun(self.read(node.scripts[0].body), self.read(node.base))
        if isinstance(node, s.Product) and set(node.operators) <= {"/", r"\rtimes", r"\ltimes", r"\times"}:
            return self.namer(_joined(node), BASE)
        if isinstance(node, s.Juxtapose):
            plain = [part for part in node.operands if not isinstance(part, s.Text)]
            if len(plain) == 1:
                return self.read(plain[0])
        raise Ill(UNREADABLE, node, f"‘{normalised(node)}’ is no set that can be read here")

    def counted(self, node: s.Listing) -> Sort:
        """``1, \\ldots, n`` and ``0, \\ldots, n - 1``."""
        first, last = node.operands[0], node.operands[-1]
        size = upper_size(first.text, s.ungrouped(last)) if isinstance(first, s.Number) else None
        if size is None:
            raise Ill(UNREADABLE, node, "numbers are read from 1 to n and from 0 to n − 1")
        return self.numbers(self.dimension(size), first.text, node)

    def _bracket(self, node: s.Group) -> Sort:
        if node.kind == "[" and len(node.items) == 1:
            return self.numbers(self.dimension(node.items[0]), "", node)
        if node.kind == r"\{":
            if [item.base for item in node.items if isinstance(item, s.Name)] == [r"\top", r"\bot"]:
                return BOOL
            if isinstance(node.body, s.Arrow):
                return self.read(node.body)
            if isinstance(node.body, s.Listing) and is_range(node.body):
                return self.counted(node.body)
            numbers = [item.text for item in node.items if isinstance(item, s.Number)]
            if len(numbers) == len(node.items) and numbers == [str(k) for k in range(1, len(numbers) + 1)]:
                return self.numbers(self.dimension(node.items[-1]), "1", node)  # {1, 2, 3}
        if node.kind == "(":
            return self.read(node.body)
        raise Ill(UNREADABLE, node, f"‘{normalised(node)}’ is no set that can be read here")

    def _name(self, node: s.Name) -> Sort:
        above = [script.body for script in node.scripts if script.kind == "^"]
        if node.font == r"\mathbb" and node.base in _NUMBERS and not any(x.kind == "_" for x in node.scripts):
            if not above or node.base == "N":
                return _NUMBERS[node.base]
            return self._real(above[0])
        if node.font == r"\mathbb" and node.base in _GROUPS:
            return self.namer(normalised(node), BASE)
        return self.namer(_set_name(node), BASE)

    def _real(self, exponent: s.Node) -> Sort:
        exponent = s.ungrouped(exponent)
        if isinstance(exponent, s.Group) and exponent.kind == "(":
            exponent = exponent.body
        if isinstance(exponent, s.Product) and exponent.operators == (r"\times",):
            rows, columns = exponent.operands
            return mat(self.dimension(rows), self.dimension(columns))
        if isinstance(exponent, s.Name) and isinstance(exponent.base, str) and exponent.font == r"\mathcal":
            raise Ill(UNREADABLE, exponent, "functions are written S → R^d")
        return vec(self.dimension(exponent))

    def _subsets(self, of: s.Node) -> Sort:
        """``2^S``; of a product of sets the relations between their elements."""
        return fun(*map(self.read, factors(s.ungrouped(of))), BOOL)

    def _apply(self, node: s.Apply) -> Sort:
        """``L_V(S)`` and ``C(S, V)``: the functions from S to V; ``\\mathcal{P}(S)``: the subsets of S."""
        if (space := _values(node)) is not None:
            return fun(*map(self.read, factors(node.args[0])), self.read(space))
        function = node.function
        if isinstance(function, s.Name) and function.base in _SUBSETS and len(node.args) == 1:
            return self._subsets(node.args[0])
        raise Ill(UNREADABLE, node, f"‘{normalised(node)}’ is no set that can be read here")

    def dimension(self, node: s.Node) -> Sort:
        """A dimension: a name, a number, a product or a sum of dimensions."""
        node = s.ungrouped(node)
        if isinstance(node, s.Group) and node.kind == "(":
            return self.dimension(node.body)
        if isinstance(node, s.Product) and set(node.operators) <= {r"\cdot", r"\times"}:
            return self._folded([self.dimension(part) for part in node.operands], times)
        if isinstance(node, s.Addition) and set(node.operators) == {"+"}:
            parts = [self.dimension(part) for part in node.operands]
            return self._folded(parts, lambda a, b: Sort(FORMER, "+", (a, b)))
        word = s.letters(node)
        if isinstance(node, s.Juxtapose) and (word is None or len(word) == 2 or not word.islower()):
            return self._folded([self.dimension(part) for part in node.operands], times)
        if isinstance(node, s.Juxtapose):  # a word such as dim; but Hd is two dimensions
            return self.namer(word or "", "dimension")
        if isinstance(node, s.Number):
            return self.namer(node.text, "dimension")
        if isinstance(node, s.Name | s.Apply):
            return self.namer(normalised(node), "dimension")
        raise Ill(UNREADABLE, node, f"‘{normalised(node)}’ is no dimension that can be read here")

    @staticmethod
    def _folded(parts: list[Sort], with_) -> Sort:
        total = parts[-1]
        for part in reversed(parts[:-1]):
            total = with_(part, total)
        return total


def _values(node: s.Apply) -> s.Node | None:
    """The ``V`` of a space of functions with values in ``V``, which is a space of numbers or, of an ``L``, any set."""
    function = node.function
    if not isinstance(function, s.Name):
        return None
    low = [script.body for script in function.scripts if script.kind == "_"]
    space = low[0] if len(node.args) == len(low) == 1 else node.args[1] if len(node.args) == 2 else None
    return space if space is not None and (function.base in ("L", "F") or _is_real(space)) else None


def _is_real(node: s.Node) -> bool:
    node = s.ungrouped(node)
    return isinstance(node, s.Name) and node.font == r"\mathbb" and node.base == "R"


def is_set_of(node: s.Apply) -> bool:
    """Whether an application prints a set: of functions, or of subsets."""
    function = node.function
    return _values(node) is not None or (isinstance(function, s.Name) and function.base in _SUBSETS)


def is_power(node: s.Node) -> bool:
    """``(\\mathbb{R}^d)^S``: the functions from S to a space of numbers."""
    if not (isinstance(node, s.Scripted) and [script.kind for script in node.scripts] == ["^"]):
        return False
    base, above = node.base, s.ungrouped(node.scripts[0].body)
    bracket = isinstance(base, s.Group) and base.kind == "(" and len(base.items) == 1 and _is_real(base.items[0])
    return bracket and isinstance(above, s.Name) and (above.base.isupper() or above.font == r"\mathcal")


def is_binary(node: s.Node) -> bool:
    """Whether a set is ``\\{0, 1\\}^{m \\times n}``, or that of vectors of zeros and ones."""
    if not (isinstance(node, s.Scripted) and isinstance(node.base, s.Group) and node.base.kind == r"\{"):
        return False
    digits = [item.text for item in node.base.items if isinstance(item, s.Number)]
    return digits == ["0", "1"] and [script.kind for script in node.scripts] == ["^"]


def factors(node: s.Node) -> tuple[s.Node, ...]:
    """The factors of a Cartesian product in front of an arrow."""
    inner = node.body if isinstance(node, s.Group) and node.kind == "(" else node
    if isinstance(inner, s.Product) and set(inner.operators) == {r"\times"}:
        return inner.operands
    return (node,)


def _joined(node: s.Product) -> str:
    if node.operators == ("/",) and isinstance(node.operands[1], s.Juxtapose):  # Z/nZ is Z/n
        modulus, *group = node.operands[1].operands
        if tuple(group) == node.operands[:1]:
            node = replace(node, operands=(node.operands[0], modulus))
    return " ".join([normalised(node.operands[0]), *(
        f"{sign} {normalised(part)}" for sign, part in zip(node.operators, node.operands[1:], strict=True)
    )])  # fmt: skip


@s.kept
def _set_name(node: s.Name) -> str:
    parts = {"_": [], "^": [], "'": []}
    for script in node.scripts:
        parts[script.kind].append(s.letters(script.body) or normalised(script.body))
    return Printed(stem(node), tuple(parts["_"]), tuple(parts["^"]), len(parts["'"])).key


def printed(sort: Sort, names: dict[Sort, str], over: str = "") -> str:
    """A sort as a set in LaTeX, with the printed ``names`` of sets and dimensions; ``over`` a set, signals on it.

    >>> from symbolic_equiv.theories.language import base, dim
    >>> printed(fun(vec(dim("d")), SCALAR), {}), printed(fun(vec(dim("d")), vec(dim("k"))), {}, "S")
    ('\\\\mathbb{R}^{d} \\\\to \\\\mathbb{R}', 'L_{\\\\mathbb{R}^{d}}(S) \\\\to L_{\\\\mathbb{R}^{k}}(S)')
    """
    if sort in names:
        return names[sort]
    inner = [printed(arg, names) for arg in sort.args]
    match sort.name:
        case "→" if over:
            return r" \to ".join(f"L_{{{part}}}({over})" for part in inner)
        case "→":
            source = f"({inner[0]})" if sort.args[0].name == "→" else inner[0]
            return rf"{source} \to {inner[1]}"
        case "Scalar":
            return r"\mathbb{R}"
        case "Vec":
            return rf"\mathbb{{R}}^{{{inner[0]}}}"
        case "Mat":
            return rf"\mathbb{{R}}^{{{inner[0]} \times {inner[1]}}}"
        case "Fin":
            return f"[{inner[0]}]"
        case "×" | "+":
            return f"{inner[0]} {inner[1]}" if sort.name == "×" else f"{inner[0]} + {inner[1]}"
    return sort.name

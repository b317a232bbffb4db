"""SymPy expressions of the explicit witness in the notation of the page: ``f_1(2)`` for entry 1 of ``f(2)``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sympy.printing.latex import LatexPrinter

from symbolic_equiv.explicit.algebra import Symbol
from symbolic_equiv.explicit.sizes import Sizes
from symbolic_equiv.kernel.sorts import Sort
from symbolic_equiv.kernel.terms import Head
from symbolic_equiv.latex.linebreak import BREAK, SUM, Token, width
from symbolic_equiv.latex.names import SITE, natural
from symbolic_equiv.latex.notation import Notation
from symbolic_equiv.latex.reader import parse
from symbolic_equiv.report.formula import Formula
from symbolic_equiv.report.texmath import TeX

WIDEST = 36.0
"""In em: what is wider is broken inside of its brackets."""


class Spelling:
    """How the symbols of one model print."""

    def __init__(self, spellings: Mapping[str, Symbol], sizes: Sizes, notation: Notation) -> None:
        self.sizes, self.notation = sizes, notation
        self.printer = _Printer(spellings, self)

    def entry(self, key: Symbol) -> str:
        """An entry of a vector or matrix, with its place below where there is more than one."""
        head, args, place = key
        if not isinstance(head, Head):
            return natural("_".join(map(str, (*head[:1], *args, *place)))).replace(SITE, "")
        return _below(self.applied(head, args, ""), self.place(key))

    def applied(self, head: Head, args: tuple[Any, ...], placed: str = "") -> str:
        """A symbol at some elements: ``f(2)``, ``W_Q^{(1)}``; the number of the only head is left out."""
        form = "".join(self.notation.form(head)).replace(SITE, "")
        domains = _domains(head.sort)[: len(args)]
        rest = []
        for number, (domain, arg) in enumerate(zip(domains, args), 1):
            only = domain.name == "Fin" and len(self.sizes.elements(domain)) == 1
            if f"#{number}" not in form:
                rest += [] if only else [self.label(domain, arg)]
            elif only:
                form = re.sub(rf"\^\{{\(#{number}\)\}}|,\(#{number}\)|\(#{number}\)", "", form)
            form = form.replace(f"#{number}", self.label(domain, arg))
        form = re.sub(r"[(\[][^()\[\]]*#\d[^()\[\]]*[)\]]", "", form)
        return f"{form}({', '.join(rest)})" if rest else form

    def label(self, sort: Sort, element: Any) -> str:
        """An element as it is shown; heads and entries are counted from 1."""
        if sort.name == "Fin":
            return str(element + 1)
        carrier = self.sizes.carriers.get(sort)
        return str(carrier.label(element) if carrier is not None else element)

    def place(self, key: Symbol) -> str:
        """The place of an entry: nothing where all sizes are 1."""
        head, _, place = key
        shape = _shape(self.sizes, head.sort, len(place)) if isinstance(head, Head) else ()
        if all(size == 1 for size in shape):
            return ""
        return ("," if any(size > 9 for size in shape) else "").join(str(number + 1) for number in place)

    def latex(self, value: Any) -> str:
        """An expression, its sums in the order in which they were built."""
        return self.printer.doprint(value)

    def tokens(self, value: Any) -> list[Token]:
        """An expression that may go on in the next line: between its summands, inside of them only if it must."""
        parts = value.args if value.is_Add else (value,)
        shown = [self.latex(part) for part in parts]
        if max(map(width, shown)) > WIDEST:
            return Formula(TeX()).tokens(parse(self.latex(value)))
        found = [Token(shown[0])]
        for text in shown[1:]:
            found += [Token("", BREAK, SUM), Token(f" {'' if text.startswith('-') else '+ '}{text}")]
        return found


class _Printer(LatexPrinter):
    def __init__(self, spellings: Mapping[str, Symbol], spelling: Spelling) -> None:
        super().__init__({"order": "none", "mul_symbol": r" \, ", "ln_notation": True})
        self._keys, self._spelling = spellings, spelling

    def _print_Symbol(self, expr: Any, style: str = "plain") -> str:
        key = self._keys.get(expr.name)
        return self._spelling.entry(key) if key is not None else natural(expr.name).replace(SITE, "")

    def _print_Function(self, expr: Any, exp: Any = None) -> str:
        key = self._keys.get(expr.func.__name__)
        if key is None:
            return super()._print_Function(expr, exp)
        written = f"{self._spelling.entry(key)}({', '.join(map(self._print, expr.args))})"
        return rf"{{{written}}}^{{{exp}}}" if exp is not None else written

    def _print_exp(self, expr: Any, exp: Any = None) -> str:
        written = rf"\exp({self._print(expr.args[0])})"
        return rf"{written}^{{{exp}}}" if exp is not None else written


def matrix_of(rows: Sequence[Sequence[str]]) -> str:
    """The LaTeX of a matrix from that of its entries."""
    body = r" \\ ".join(" & ".join(row) for row in rows)
    return rf"\begin{{bmatrix}} {body} \end{{bmatrix}}"


def _below(name: str, place: str) -> str:
    """``W_{Q,12}^{(1)}`` from ``W_{Q}^{(1)}`` and ``12``; ``f_{1}(2)`` from ``f(2)``."""
    if not place:
        return name
    stem = re.match(r"(?:\\Delta )?(?:\\[A-Za-z]+\{[^{}]*\}|\\[A-Za-z]+|[A-Za-z])'*", name)
    base, rest = (stem[0], name[stem.end() :]) if stem else (f"{{{name}}}", "")
    above = ""
    script = re.match(r"\^(?:\{[^{}]*\}|.)", rest)
    if script:
        above, rest = script[0], rest[script.end() :]
    old = re.match(r"_(?:\{([^{}]*)\}|(.))", rest)
    if old:
        return f"{base}{above}_{{{old[1] or old[2]},{place}}}{rest[old.end() :]}"
    return f"{base}{above}_{{{place}}}{rest}"


def _domains(sort: Sort) -> list[Sort]:
    found = []
    while sort.name == "→":
        found.append(sort.args[0])
        sort = sort.args[1]
    return found


def _shape(sizes: Sizes, sort: Sort, count: int) -> tuple[int, ...]:
    """The sizes of the places: of a vector or matrix, or of the matrix that a linear map is."""
    domains = _domains(sort)
    while sort.name == "→":
        sort = sort.args[1]
    shape = sizes.shape(sort) if sort.name in ("Vec", "Mat") else ()
    if len(shape) < count:
        vectors = [size for domain in domains for size in (sizes.shape(domain) if domain.name == "Vec" else ())]
        shape = (*shape, sum(vectors) or 2)
    return shape[:count]

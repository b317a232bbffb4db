"""SymPy expressions: as scalars of the fold, from normal forms, and with names for what SymPy should not open."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from symbolic_equiv.explicit.algebra import Algebra, Symbol, spell
from symbolic_equiv.explicit.exact import Exact, Poly


class Sympy(Algebra):
    """SymPy expressions; ``written`` leaves the sums over the elements of a sort unevaluated, in their order."""

    def __init__(self, written: bool = False, spellings: dict[str, Symbol] | None = None) -> None:
        import sympy

        self._sympy, self._written = sympy, written
        self._spellings = {} if spellings is None else spellings

    def _spell(self, key: Symbol) -> str:
        """A name of its own for each entry: where two would share one, the second is primed."""
        name = spell(key)
        while self._spellings.setdefault(name, key) != key:
            name += "'"
        return name

    def number(self, value: int | Fraction) -> Any:
        return self._sympy.Rational(value.numerator, value.denominator)

    def symbol(self, key: Symbol) -> Any:
        return self._sympy.Symbol(self._spell(key), real=True)

    def opaque(self, key: Symbol, args: Sequence[Any]) -> Any:
        return self._sympy.Function(self._spell(key), real=True)(*args)

    def add(self, a: Any, b: Any) -> Any:
        return a + b

    def neg(self, a: Any) -> Any:
        return -a

    def mul(self, a: Any, b: Any) -> Any:
        return a * b

    def total(self, items: Sequence[Any]) -> Any:
        return self._sympy.Add(*items)

    def sum_over(self, items: Sequence[Any]) -> Any:
        return self._sympy.Add(*items, evaluate=not (self._written and len(items) > 1))

    def reciprocal(self, a: Any) -> Any:
        return 1 / a if a != 0 else a

    def sqrt(self, a: Any) -> Any:
        return self._sympy.Integer(0) if a.is_negative else self._sympy.sqrt(a)

    def exp(self, a: Any) -> Any:
        return self._sympy.exp(a)


class Spelling:
    """Normal forms as SymPy expressions, with symbols for the names in them."""

    def __init__(self, algebra: Exact, plain: Sympy) -> None:
        import sympy

        self._sympy, self._algebra, self._plain = sympy, algebra, plain
        self._atoms: dict[int, Any] = {}
        self.names: dict[Any, Any] = {}

    def poly(self, value: Poly) -> Any:
        return self._sympy.Add(
            *(
                self._plain.number(c)
                * self._sympy.Mul(*map(self._atom, self._algebra.primes(m)))
                * (self._sympy.exp(self.poly(self._algebra.exponents(s))) if s else 1)
                for s, terms in value.parts.items()
                for m, c in terms.items()
            )
        )

    def _atom(self, prime: int) -> Any:
        if prime not in self._atoms:
            kind, *parts = self._algebra.meaning[prime]
            if kind == "symbol":
                found = self._plain.symbol(parts[0])
            elif kind == "opaque":
                found = self._plain.opaque(parts[0], [self.poly(arg) for arg in parts[1]])
            else:
                value = self.poly(parts[0])
                functions = {"reciprocal": self._plain.reciprocal, "sqrt": self._plain.sqrt}
                found = functions[kind](value) if kind in functions else self._sympy.Symbol(f"c{len(self.names) + 1}")
                if kind == "name":
                    self.names[found] = value
            self._atoms[prime] = found
        return self._atoms[prime]


class Naming:
    """The expert's way in SymPy: bottom up, a symbol for each ``exp`` and denominator, by its expanded argument."""

    def __init__(self) -> None:
        self._known: dict[Any, Any] = {}
        self._names: dict[Any, Any] = {}

    def __call__(self, value: Any) -> Any:
        import sympy

        if not value.args:
            return value
        if value not in self._known:
            args = [self(arg) for arg in value.args]
            if isinstance(value, sympy.exp):
                found = self._name("exp", sympy.expand(args[0]))
            elif value.is_Pow and value.exp.is_negative:
                found = self._name("power", (sympy.expand(args[0]), value.exp))
            elif value.is_Function:
                found = self._name(value.func, tuple(sympy.expand(arg) for arg in args))
            else:
                found = value.func(*args)
            self._known[value] = found
        return self._known[value]

    def _name(self, *key: Any) -> Any:
        import sympy

        return self._names.setdefault(key, sympy.Dummy())

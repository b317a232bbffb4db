"""The expert's way in SymPy: bottom up, name every ``exp`` and every denominator by its expanded argument."""

import sympy
from problem import Sizes, main, sides


def decide(sizes: Sizes) -> str:
    left, right = sides(sizes, sympy.Symbol, sympy.exp)
    names: dict = {}
    known: dict = {}

    def name(kind: str, argument: sympy.Expr) -> sympy.Expr:
        return names.setdefault((kind, argument), sympy.Symbol(f"@{len(names)}"))

    def rebuild(value: sympy.Expr) -> sympy.Expr:
        if not value.args:
            return value
        if value not in known:
            if isinstance(value, sympy.exp):
                known[value] = name("exp", sympy.expand(rebuild(value.args[0])))
            elif value.is_Pow and value.exp == -1:
                known[value] = name("1/", sympy.expand(rebuild(value.base)))
            else:
                known[value] = value.func(*map(rebuild, value.args))
        return known[value]

    same = all(sympy.expand(rebuild(a) - rebuild(b)) == 0 for a, b in zip(left, right))
    return "equal" if same else "not zero"


if __name__ == "__main__":
    main(decide)

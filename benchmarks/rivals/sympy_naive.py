"""What a user writes first: build both sides in SymPy and ask whether ``expand(left − right)`` is 0."""

import sympy
from problem import Sizes, main, sides


def decide(sizes: Sizes) -> str:
    left, right = sides(sizes, sympy.Symbol, sympy.exp)
    return "equal" if all(sympy.expand(a - b) == 0 for a, b in zip(left, right)) else "not zero"


if __name__ == "__main__":
    main(decide)

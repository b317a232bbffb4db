"""The problem that every rival decides: one row of attention with LoRA, merged against unmerged.

Tokens and positions are Z/n, every token is a neighbour, y = 1, i = n // 2.  Left: ``m[L_y f, ρ](i)``
with ``(W + BA) v``; right: ``m[f, ρ](i − y)`` with ``W v + B (A v)``.  Entries are made by ``symbol(name)``
and combined with ``+ * /`` and ``exp``, so that each rival brings its own algebra.  ``planted`` reverses
ρ on the right.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Sizes:
    n: int
    d: int
    r: int
    heads: int
    planted: bool = False


def product(matrix: list[list[Any]], vector: list[Any]) -> list[Any]:
    """A matrix times a vector."""
    result = []
    for row in matrix:
        total = row[0] * vector[0]
        for a, b in zip(row[1:], vector[1:]):
            total = total + a * b
        result.append(total)
    return result


def sides(sizes: Sizes, symbol: Callable[[str], Any], exp: Callable[[Any], Any]) -> tuple[list[Any], list[Any]]:
    """Both sides of the claim, entry by entry."""
    n, d, r = sizes.n, sizes.d, sizes.r

    def matrix(name: str, rows: int, columns: int) -> list[list[Any]]:
        return [[symbol(f"{name}_{a}_{b}") for b in range(columns)] for a in range(rows)]

    adapters = {
        (role, h): (matrix(f"W_{role}{h}", d, d), matrix(f"A_{role}{h}", r, d), matrix(f"B_{role}{h}", d, r))
        for role in "QKV"
        for h in range(sizes.heads)
    }
    output, signal, rho = matrix("W_O", d, sizes.heads * d), matrix("f", n, d), matrix("rho", n, d)
    sums = {
        key: [[w + change for w, change in zip(row, product(columns, b))] for row, b in zip(W, B)]
        for key, (W, A, B) in adapters.items()
        for columns in [[list(column) for column in zip(*A)]]
    }

    def merged(key: tuple[str, int], v: list[Any]) -> list[Any]:
        return product(sums[key], v)

    def unmerged(key: tuple[str, int], v: list[Any]) -> list[Any]:
        W, A, B = adapters[key]
        return [a + b for a, b in zip(product(W, v), product(B, product(A, v)))]

    def row(f: Callable[[int], list[Any]], i: int, project: Callable, sign: int) -> list[Any]:
        concatenated: list[Any] = []
        for h in range(sizes.heads):
            query = project(("Q", h), f(i))
            keys = [project(("K", h), [a + b for a, b in zip(f(j), rho[sign * (j - i) % n])]) for j in range(n)]
            weights = [exp(product([query], key)[0]) for key in keys]
            total = weights[0]
            for weight in weights[1:]:
                total = total + weight
            values = [project(("V", h), f(j)) for j in range(n)]
            for a in range(d):
                entry = weights[0] / total * values[0][a]
                for weight, value in zip(weights[1:], values[1:]):
                    entry = entry + weight / total * value[a]
                concatenated.append(entry)
        return product(output, concatenated)

    i, y = n // 2, 1
    left = row(lambda j: signal[(j - y) % n], i, merged, 1)
    return left, row(lambda j: signal[j], (i - y) % n, unmerged, -1 if sizes.planted else 1)


def main(decide: Callable[[Sizes], str]) -> None:
    """Run one rival from the command line and print its answer and its seconds, imports left out, as JSON."""
    parser = argparse.ArgumentParser()
    for name in ("n", "d", "r", "heads"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--planted", action="store_true")
    sizes = Sizes(**vars(parser.parse_args()))
    start = time.perf_counter()
    answer = decide(sizes)
    print(json.dumps({"answer": answer, "seconds": time.perf_counter() - start}))

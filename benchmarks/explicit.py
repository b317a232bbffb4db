"""The explicit witness against SymPy and z3: ``python benchmarks/explicit.py [--smoke]``.

Everyone decides the same claim (see ``rivals/problem.py``) from the definitions to the verdict, imports
left out: ours starts from the kernel terms of the statement and also checks the hypotheses in its model.
One run, side by side; what counts is the ratio.  The exit status is 1 if an answer or a ratio is
not the wanted one; ``--smoke`` uses small sizes and asks for the right answers only.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from itertools import pairwise
from math import log
from pathlib import Path
from statistics import median

from symbolic_equiv.explicit.witness import examine
from symbolic_equiv.theories.attention import (
    H,
    Heads,
    L,
    N,
    S,
    attend,
    d_in,
    d_k,
    d_out,
    d_v,
    f,
    h,
    i,
    j,
    neighbourhoods_move,
    r,
    rho,
    rho_is_relative,
    x_is_bijective,
    y,
)  # fmt: skip
from symbolic_equiv.theories.language import (
    Expr,
    add,
    concat,
    define,
    inner,
    lam,
    mat,
    matmul,
    matvec,
    symbol,
    times,
    vec,
)  # fmt: skip
from symbolic_equiv.theories.statement import Statement

RIVALS = Path(__file__).parent / "rivals"
F, R = symbol("F", S, vec(d_in)), symbol("R", S, S, vec(d_in))
W_O = symbol("W_O", mat(d_out, times(H, d_v)))
OK = {True: "yes", False: "NO"}


def projection(role: str, to, merged: bool):
    """``(W + BA) v``, or ``W v + B (A v)``."""
    W = symbol(f"W_{role}", Heads, mat(to, d_in))
    A, B = symbol(f"A_{role}", Heads, mat(r, d_in)), symbol(f"B_{role}", Heads, mat(to, r))

    def project(v: Expr) -> Expr:
        if merged:
            return matvec(add(W(h), matmul(B(h), A(h))), v)
        return add(matvec(W(h), v), matvec(B(h), matvec(A(h), v)))

    return project


def attention(name: str, merged: bool, planted: bool = False):
    """``m[F, R](i)`` with matrices; ``planted`` takes R(j, i) for R(i, j)."""
    query, key, value = projection("Q", d_k, merged), projection("K", d_k, merged), projection("V", d_v, merged)
    encoded = add(F(j), R(j, i) if planted else R(i, j))
    return define(
        name, F, R, i, matvec(W_O, concat(lam(h, attend(N(i, j), inner(query(F(i)), key(encoded)), value(F(j))))))
    )


def claim(planted: bool) -> Statement:
    """``merged[L_y f, ρ](i) = L_y[unmerged[f, ρ]](i)``."""
    left, right = attention("m_merged", True), attention("m_unmerged", False, planted)
    hypotheses = (x_is_bijective, neighbourhoods_move, rho_is_relative)
    return Statement("merged_is_unmerged", left(L[y, f], rho, i), L(y, right[f, rho], i), hypotheses)


def ours(n: int, d: int, rank: int, heads: int, planted: bool = False, repeat: int = 7) -> tuple[str, float]:
    """The verdict and the median seconds, in a warm process."""
    statement = claim(planted)
    sizes = {"n": n, "d_in": d, "d_k": d, "d_v": d, "d_out": d, "r": rank, "H": heads}
    runs = [examine(statement, sizes, at={"i": n // 2, "y": 1}, neighbourhoods=["all"]) for _ in range(repeat + 1)]
    return runs[0].verdict, median(run.seconds for run in runs[1:])


def rival(script: str, n: int, d: int, rank: int, heads: int, planted: bool = False) -> tuple[str, float]:
    """The answer and the seconds of a rival, in a process of its own."""
    command = [sys.executable, str(RIVALS / f"{script}.py"), f"--n={n}", f"--d={d}", f"--r={rank}", f"--heads={heads}"]
    done = subprocess.run(command + ["--planted"] * planted, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no output"])[-1]
        return f"failed: {reason}", float("nan")
    result = json.loads(done.stdout)
    return result["answer"], result["seconds"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--smoke", action="store_true", help="small sizes, answers only")
    smoke = parser.parse_args().smoke
    a, b = ((4, 1, 1, 1), (4, 2, 1, 1)) if smoke else ((16, 2, 1, 2), (32, 8, 2, 4))
    good = True

    def line(name: str, mine: tuple[str, float], answer: str, other: tuple[str, float], least: float) -> None:
        nonlocal good
        ratio = other[1] / mine[1]
        met = mine[0] == answer and (smoke or ratio >= least)
        good = good and met
        print(
            f"{name:<38} {mine[0]:>8} {mine[1] * 1e3:>9.1f} {other[0]:>10} {other[1] * 1e3:>10.1f} "
            f"{ratio:>8.1f} {least:>7.4g} {OK[met]:>4}",
            flush=True,
        )

    head = f"{'sizes: n, d, r, H':<38} {'ours':>8} {'ms':>9}"
    print(f"{head} {'theirs':>10} {'ms':>10} {'ratio':>8} {'wanted':>7} {'met':>4}")
    proofs = {sizes: ours(*sizes) for sizes in (a, b)}
    line(f"a  {a} SymPy expand", proofs[a], "equal", rival("sympy_naive", *a), 500)
    line(f"a  {a} SymPy, expert", proofs[a], "equal", rival("sympy_expert", *a), 30)
    line(f"b  {b} z3", proofs[b], "equal", rival("z3_uninterpreted", *b), 1)
    for sizes in (a, b):
        planted = ours(*sizes, planted=True)
        line(f"c  {sizes} rho reversed, our proof", planted, "refuted", proofs[sizes], 1 / 3)
        if smoke:
            continue  # z3 uses up its 30 seconds on some of them
        line(f"c  {sizes} rho reversed, z3", planted, "refuted", rival("z3_uninterpreted", *sizes, planted=True), 1)

    counts = (4, 8) if smoke else (4, 8, 16, 32, 64)
    times = [min(ours(n, *a[1:])[1] for _ in range(3)) for n in counts]
    exponents = [log(t / s) / log(m / n) for (n, s), (m, t) in pairwise(zip(counts, times))]
    exponent = log(times[-1] / times[0]) / log(counts[-1] / counts[0])
    met = smoke or exponent <= 1.3
    good = good and met
    shown = ", ".join(f"{n}: {seconds * 1e3:.1f} ms" for n, seconds in zip(counts, times))
    print(f"growth in n, one row, d, r, H = {a[1:]}: {shown}")
    print(f"  exponent {exponent:.2f} (at its steepest {max(exponents):.2f}), wanted at most 1.3: {OK[met]}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

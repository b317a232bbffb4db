"""Answers to the lines of a learner, over the network, against the bare server's reply.

Each line of each bundled derivation is sent once, right and with a slip in it, as a browser sends it, to a server that
has answered none of them before; the bare server's reply is that to a question it refuses at once.  Of each right line
the places are asked for as well, and the rules that apply to all of it.
"""

from __future__ import annotations

import json
import re
import statistics
import subprocess
import sys
import time
from http.client import HTTPConnection

from symbolic_equiv.teach.exercise import DERIVE, bundled_exercises

SLIPS = (("- y", "+ y"), ("f(j)", "f(i)"), ("f(t(j))", "g(j)"), ("f(k)", "f(i)"))


def lines(smoke: bool) -> list[tuple[str, list[str]]]:
    """Answers of growing length: those of the solutions, and each with a slip in its last line."""
    found = []
    for exercise in list(bundled_exercises().values())[: 3 if smoke else None]:
        if exercise.kind == DERIVE:
            for count in range(1, len(exercise.solution)):
                right = list(exercise.solution[1 : count + 1])
                found.append((exercise.name, right))
                slip = next((pair for pair in SLIPS if pair[0] in right[-1]), None)
                if slip is not None:
                    found.append((exercise.name, [*right[:-1], right[-1].replace(*slip)]))
    return found


def main(smoke: bool = False) -> None:
    command = [sys.executable, "-m", "symbolic_equiv", "teach", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            found = re.search(r"http://([\d.]+):(\d+)/", server.stdout.readline() if server.stdout else "")
            if found is None:
                raise SystemExit("the server did not start")
            measure(found[1], int(found[2]), smoke)
        finally:
            server.terminate()


def measure(host: str, port: int, smoke: bool) -> None:
    """Print the times of both kinds of reply, and their ratio."""
    check(host, port, "two-terms", ["f(j)"])  # the first answer imports what all of them need
    bare, answers, picks = [], [], []
    for name, answer in lines(smoke):
        bare.append(check(host, port, "", []))
        answers.append(check(host, port, name, answer))
        if answer[-1] in bundled_exercises()[name].solution:
            picks.append(ask(host, port, "places", exercise=name, lines=answer))
            picks[-1] += ask(host, port, "rules", exercise=name, lines=answer, place=0)
    middle, reply = 1000 * statistics.median(answers), 1000 * statistics.median(bare)
    slow = 1000 * statistics.quantiles(answers, n=20)[-1]
    print(f"{len(answers)} lines, each answered for the first time: median {middle:.0f} ms, 95 % within {slow:.0f} ms")
    print(f"the bare server's reply: median {reply:.1f} ms; ratio {middle / reply:.0f}")
    print(f"the places of a line, and the rules for all of it: median {1000 * statistics.median(picks):.0f} ms")


def check(host: str, port: int, exercise: str, answer: list[str]) -> float:
    """Seconds for the answer to some lines."""
    return ask(host, port, "check", exercise=exercise, lines=answer)


def ask(host: str, port: int, what: str, **question: object) -> float:
    """Seconds for one reply."""
    headers = {"Origin": f"http://{host}:{port}", "Content-Type": "application/json"}
    connection = HTTPConnection(host, port)
    start = time.perf_counter()
    connection.request("POST", f"/api/{what}", json.dumps(question), headers)
    connection.getresponse().read()
    seconds = time.perf_counter() - start
    connection.close()
    return seconds


if __name__ == "__main__":
    main("--smoke" in sys.argv)

"""What each command does with its arguments; what it needs is imported when it runs."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable

PROVED_AND_NO_ERRATA = 0
PATIENCE = 1.0
"""Seconds after which a terminal is told what is being worked on."""


def run_check(args: argparse.Namespace) -> int:
    from symbolic_equiv.report.check import check

    _within_bounds(args.budget, args.seed)
    if args.certificate:
        os.makedirs(args.certificate, exist_ok=True)
    with _progress() as progress:
        report = check(
            args.targets or None, args.witness, _sizes(args.sizes), args.seed, progress, args.context, args.budget
        )
    if args.certificate:
        _write_certificates(report, args.certificate)
    if args.json:
        import json

        print(json.dumps(report.to_json(), indent=1, ensure_ascii=False))
    else:
        from symbolic_equiv.report.terminal import show

        print(show(report, colour=colours()))
    return report.exit_code


def run_refute(args: argparse.Namespace) -> int:
    from symbolic_equiv.report.refute import every_hypothesis, refute
    from symbolic_equiv.script.loader import ScriptError

    _within_bounds(args.budget, args.seed)
    if args.every_hypothesis:
        if args.drop or args.line:
            raise ScriptError("--every-hypothesis drops one after the other", "leave out --drop and --line")
        with _progress() as progress:
            found = every_hypothesis(args.targets, args.budget, args.seed, progress)
    elif len(args.targets) != 1:
        hint = "for example symbolic-equiv refute neighbourhoods_that_stay, or refute --every-hypothesis"
        raise ScriptError(f"refute takes one proof or document, found {len(args.targets)}", hint)
    else:
        with _progress() as progress:
            found = [
                refute(args.targets[0], args.drop, args.line, args.context, args.budget, args.seed, progress)
            ]  # fmt: skip
    if args.json:
        import json

        rows = [each.to_json() for each in found]
        print(json.dumps(rows if args.every_hypothesis else rows[0], indent=1, ensure_ascii=False))
    else:
        from symbolic_equiv.report.refute_text import show, show_table

        print(show_table(found) if args.every_hypothesis else show(found[0]))
    return max(each.exit_code for each in found)


def run_list(args: argparse.Namespace) -> int:
    from symbolic_equiv.script.loader import bundled, bundled_path, load

    found = [(name, item.statement) for name in bundled() for item in load(bundled_path(name))]
    if args.json:
        import json

        rows = [
            {"file": name, "name": item.name, "title": item.title, "expected": item.expected} for name, item in found
        ]
        print(json.dumps(rows, indent=1, ensure_ascii=False))
        return PROVED_AND_NO_ERRATA
    import textwrap

    for name, item in found:
        expected = "" if item.expected == "proved" else f"  (expected: {item.expected})"
        print(f"{item.name}{expected}" + (f"  in {name}" if name != item.name else ""))
        print(textwrap.indent(textwrap.fill(item.title, 76), "    "))
    return PROVED_AND_NO_ERRATA


def run_context(args: argparse.Namespace) -> int:
    from symbolic_equiv.report.documents import context_text

    print(context_text(args.name), end="")
    return PROVED_AND_NO_ERRATA


def run_ask(args: argparse.Namespace) -> int:
    from symbolic_equiv.family.commands import ask

    return ask(args)


def run_map(args: argparse.Namespace) -> int:
    from symbolic_equiv.family.commands import UNDECIDED, drawn_map

    with _progress() as progress:
        found, text = drawn_map(args, progress)
    print(f"wrote {args.output}: {found.summary}\n" if args.output else text, end="")
    return PROVED_AND_NO_ERRATA if found.is_decided else UNDECIDED


def run_derive(args: argparse.Namespace) -> int:
    from symbolic_equiv.report.check import check
    from symbolic_equiv.report.derive import Wanted, ready, write, write_annotated, write_level
    from symbolic_equiv.report.documents import is_document
    from symbolic_equiv.script.loader import ScriptError

    _within_bounds(args.budget)
    if args.fixed:
        return _derive_fixed(args)
    wanted = Wanted(args.detail, args.fragment)
    ready(args.output, wanted)
    if args.level != "function":
        with _progress() as progress:
            status = write_level(args.target, args.level, args.output, wanted, _sizes(args.sizes), progress)
        print(f"wrote {args.output}")
        return status
    if args.sizes:
        raise ScriptError("--sizes is for one size", "add --level matrix or --level entries")
    if is_document(args.target):
        from symbolic_equiv.report.review import summary

        with _progress() as progress:
            judged = write_annotated(
                args.target, args.output, args.context, args.budget, wanted=wanted, progress=progress
            )
        print(f"wrote {args.output}: {summary(judged)}")
        return judged.exit_code
    with _progress() as progress:
        report = check(args.target, progress=progress)
        progress(f"{args.target}: written")
        files = write(report, args.output, wanted)
    print(f"wrote {', '.join(files)}")
    return report.exit_code


def _derive_fixed(args: argparse.Namespace) -> int:
    from symbolic_equiv.report.derive import write_fixed
    from symbolic_equiv.report.documents import is_document
    from symbolic_equiv.script.loader import ScriptError

    if not is_document(args.target):
        raise ScriptError("--fixed is for documents", "give a .md, .tex or .ipynb file")
    with _progress() as progress:
        fixed = write_fixed(args.target, args.output, args.context, args.budget, progress=progress)
    for row in fixed.done:
        print(row)
    if fixed.exit_code == 0:
        print(f"wrote {args.output}: every step proved, no errata")
    else:
        print(f"wrote {args.output}, where this is left:")
        for row in fixed.left or ["not everything is proved"]:
            print(f"  {row}")
    return fixed.exit_code


def _within_bounds(budget: float, seed: int = 0) -> None:
    from symbolic_equiv.script.loader import ScriptError

    if not budget > 0:
        raise ScriptError(f"--budget {budget:g}: expected more than 0 seconds")
    if seed < 0:
        raise ScriptError(f"--seed {seed}: expected 0 or more")


def _sizes(text: str) -> dict[str, int] | None:
    from symbolic_equiv.script.loader import ScriptError

    if not text:
        return None
    sizes = {}
    for part in text.split(","):
        name, sign, value = part.partition("=")
        if not sign or not value.strip().isdecimal() or int(value) < 1:
            raise ScriptError(f"--sizes: {part!r} is not NAME=NUMBER with a number from 1 on", "for example n=4,d_in=3")
        sizes[name.strip()] = int(value)
    return sizes


def _write_certificates(report, folder: str) -> None:
    import json

    from symbolic_equiv.kernel.certificate import certificate

    for chain in report.chains:
        if chain.theorem is not None:
            with open(os.path.join(folder, f"{chain.statement.name}.json"), "w", encoding="utf-8") as file:
                json.dump(certificate(chain.theorem), file, ensure_ascii=False)


def colours() -> bool:
    """Whether what is printed is seen on a terminal, and may have colours."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


class _progress:
    """On a terminal, one line that says what is being worked on, once that has taken ``PATIENCE``."""

    def __enter__(self) -> Callable[[str], None]:
        self._words, self._shown = "", False
        if not sys.stderr.isatty():
            return lambda _: None
        from threading import Timer

        self._timer = Timer(PATIENCE, self._show)
        self._timer.daemon = True
        self._timer.start()
        return self._say

    def _say(self, words: str) -> None:
        self._words = words
        if self._shown:
            self._show()

    def _show(self) -> None:
        from shutil import get_terminal_size

        self._shown = True
        print(f"\r\x1b[K… {self._words}"[: get_terminal_size().columns + 3], end="", file=sys.stderr, flush=True)

    def __exit__(self, *_: object) -> None:
        if sys.stderr.isatty():
            self._timer.cancel()
            self._timer.join()
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

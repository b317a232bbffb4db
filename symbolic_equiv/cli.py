"""The command line: ``symbolic-equiv check | refute | list | derive``."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence

from symbolic_equiv import __version__

PROVED_AND_NO_ERRATA, SOMETHING_WRONG, CANNOT_READ = 0, 1, 2

EXAMPLES = """\
examples:
  symbolic-equiv check                          every bundled proof
  symbolic-equiv check lora_translation_equivariance --witness all
  symbolic-equiv check my_proof.py --json       a script of your own (it is run)
  symbolic-equiv derive lora_translation_equivariance -o derivation.tex
  symbolic-equiv derive paper.md -o annotated.html
  symbolic-equiv derive paper.md --fixed -o mended.md
  symbolic-equiv refute lora_translation_equivariance --drop neighbourhoods_move
  symbolic-equiv list

exit status of check: 0 every verdict is the expected one, 1 one is not,
  2 an input cannot be read
"""


def run() -> int:
    """The command as a process of its own, which lives a short while, makes many small objects and keeps most."""
    gc.set_threshold(100_000, 50, 50)
    status = main()
    gc.freeze()  # what is left goes with the process: to look through it once more would cost a tenth of a check
    return status


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    argv = sys.argv[1:] if argv is None else list(argv)
    parser = _lesson_parser() if argv[:1] in _LESSON else _parser()
    args = parser.parse_args(argv)
    if args.command is None:
        parser.print_help()
        return CANNOT_READ
    from symbolic_equiv.kernel.sorts import KernelError
    from symbolic_equiv.script.loader import ScriptError

    try:
        return args.run(args)
    except ScriptError as error:
        _complain(str(error), error.hint)
    except BrokenPipeError:  # the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CANNOT_READ
    except (KernelError, OSError) as error:
        _complain(str(error))
    except KeyboardInterrupt:
        _complain("stopped")
        return 130
    return CANNOT_READ


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="symbolic-equiv",
        description="Check, step by step, that a derivation of equivariance holds for every size.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"symbolic-equiv {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    def add(name: str, says: str, exit_status: str = "") -> argparse.ArgumentParser:
        """A command; what the list of commands says of it stands at the top of its own help, too."""
        epilog = f"exit status: {exit_status}, 2 an input cannot be read" if exit_status else None
        return commands.add_parser(name, help=says, description=f"{says[0].upper()}{says[1:]}.", epilog=epilog)

    check = add(
        "check",
        "check proofs, bundled ones by name and scripts by path, and judge documents",
        "0 every verdict is the expected one, 1 one is not",
    )
    check.add_argument(
        "targets",
        nargs="*",
        metavar="NAME|PATH",
        help="a bundled proof, a document (.md, .tex, .ipynb), or a .py script (it is run)",
    )
    check.add_argument(
        "--witness",
        default="",
        metavar="LIST",
        help="kernel, explicit, numeric (comma separated) or all; default: kernel, and the others where it fails",
    )
    check.add_argument("--sizes", default="", metavar="n=3,d_in=2,…", help="sizes for the explicit witness")
    check.add_argument("--seed", type=int, default=0, help="seed of the numeric witness (default 0)")
    check.add_argument(
        "--context", default="", metavar="FILE|NAME", help="declarations for documents, in their notation"
    )
    check.add_argument("--budget", type=float, default=60.0, metavar="SECONDS", help="for each document (default 60)")
    check.add_argument("--json", action="store_true", help="print one JSON object (see report/schema.json)")
    check.add_argument("--certificate", metavar="FOLDER", help="write each theorem's certificate there")
    check.set_defaults(run=_check)

    refute = add(
        "refute",
        "search a small counterexample, to a claim or to a claim without one of its hypotheses",
        "0 counterexample found, 1 none found",
    )
    refute.add_argument(
        "targets", nargs="*", metavar="NAME|PATH", help="a bundled proof, a .py file (it is run), or a document"
    )
    refute.add_argument("--drop", default="", metavar="HYPOTHESIS", help="do without this hypothesis")
    refute.add_argument("--line", type=int, default=0, metavar="N", help="the step or claim at this line of a file")
    refute.add_argument(
        "--every-hypothesis", action="store_true", help="drop each hypothesis of each theorem in turn, and print a list"
    )
    refute.add_argument("--budget", type=float, default=30.0, metavar="SECONDS", help="for a search (default 30)")
    refute.add_argument("--seed", type=int, default=0, help="the same seed gives the same answer (default 0)")
    refute.add_argument(
        "--context", default="", metavar="FILE|NAME", help="declarations for documents, in their notation"
    )
    refute.add_argument("--json", action="store_true", help="print one JSON object (see report/refute_schema.json)")
    refute.set_defaults(run=_refute)

    listing = add("list", "list the bundled proofs")
    listing.add_argument("--json", action="store_true", help="print one JSON object")
    listing.set_defaults(run=_list)

    context = add("context", "print a shipped context: what symbols mean in documents")
    context.add_argument("name", nargs="?", default="attention", metavar="NAME", help="default: attention")
    context.set_defaults(run=_context)

    ask = add(
        "ask", "whether one encoding, adapter and neighbourhood keep equivariance", "0 proved, 1 refuted or undecided"
    )
    ask.add_argument("--encoding", default="relative-key", metavar="NAME", help="such as rope or t5")
    ask.add_argument("--adapter", default="any", metavar="NAME", help="such as lora (default: any per-token map)")
    ask.add_argument("--neighbourhood", default="window", metavar="NAME", help="such as causal-window (default window)")
    ask.add_argument("--positions", default="", metavar="PLACE", help="Z, Z/n, Z^2 or torus")
    ask.set_defaults(run=_ask)
    table = add(
        "map",
        "all encodings, adapters and neighbourhoods: what is proved, what refuted",
        "0 every combination is decided, 1 one is not",
    )
    table.add_argument(
        "--format", default="terminal", choices=["terminal", "html", "latex", "csv", "json"], help="default: terminal"
    )
    table.add_argument("-o", "--output", default="", metavar="FILE", help="write it there")
    table.set_defaults(run=_map)
    ask.add_argument("--json", action="store_true", help="print one JSON object")
    for command in (ask, table):
        command.add_argument(
            "--with", action="append", default=[], dest="extra", metavar="FILE.py", help="ingredients of your own"
        )

    derive = add(
        "derive",
        "write a derivation as a page, or a document with its errata mended",
        "0 all that is written is as expected, 1 it is not (and is written all the same)",
    )
    derive.add_argument(
        "target", metavar="NAME|PATH", help="a bundled proof, a .py file (it is run), or a document (.md, .tex, .ipynb)"
    )
    derive.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="FILE",
        help="by its ending: .tex, .pdf, .html, .md or .ipynb",
    )
    derive.add_argument(
        "--detail", type=int, default=1, metavar="0|1|2", help="the idea, the steps (default), or each rule as well"
    )
    derive.add_argument(
        "--level",
        default="function",
        metavar="LEVEL",
        help="function (default); of a bundled proof also matrix or entries: at one size, in SymPy",
    )
    derive.add_argument("--sizes", default="", metavar="n=3,d_in=2,…", help="sizes for --level matrix or entries")
    derive.add_argument("--fragment", action="store_true", help="LaTeX without a preamble, for \\input")
    derive.add_argument(
        "--fixed", action="store_true", help="of a document: the mended text, with what is missing written in, as .md"
    )
    derive.add_argument(
        "--context", default="", metavar="FILE|NAME", help="declarations for documents, in their notation"
    )
    derive.add_argument("--budget", type=float, default=60.0, metavar="SECONDS", help="for a document (default 60)")
    derive.set_defaults(run=_derive)

    commands.add_parser("exercise", help="check an exercise, or grade a folder of answers")
    commands.add_parser("teach", help="serve the lesson on this machine, and open it in the browser")
    return parser


_LESSON = (["exercise"], ["teach"])
"""The commands that have a parser of their own, in a module that the others do without."""


def _lesson_parser() -> argparse.ArgumentParser:
    from symbolic_equiv.teach.commands import parser

    return parser()


def _check(args: argparse.Namespace) -> int:
    from symbolic_equiv.report.check import check

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

        print(show(report, colour=_colours()))
    return report.exit_code


def _refute(args: argparse.Namespace) -> int:
    from symbolic_equiv.report.refute import every_hypothesis, refute
    from symbolic_equiv.script.loader import ScriptError

    if args.budget <= 0 or args.seed < 0:
        name, value = ("--budget", args.budget) if args.budget <= 0 else ("--seed", args.seed)
        raise ScriptError(f"{name} {value:g}: expected {'more than 0 seconds' if args.budget <= 0 else '0 or more'}")
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


def _list(args: argparse.Namespace) -> int:
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


def _context(args: argparse.Namespace) -> int:
    from symbolic_equiv.report.documents import context_text

    print(context_text(args.name), end="")
    return PROVED_AND_NO_ERRATA


def _ask(args: argparse.Namespace) -> int:
    from symbolic_equiv.family.commands import ask

    return ask(args)


def _map(args: argparse.Namespace) -> int:
    from symbolic_equiv.family.commands import show_map

    return show_map(args)


def _derive(args: argparse.Namespace) -> int:
    from symbolic_equiv.report.check import check
    from symbolic_equiv.report.derive import Wanted, ready, write, write_annotated, write_level
    from symbolic_equiv.report.documents import is_document
    from symbolic_equiv.script.loader import ScriptError

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

        judged = write_annotated(args.target, args.output, args.context, args.budget, wanted=wanted)
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
    fixed = write_fixed(args.target, args.output, args.context, args.budget)
    for row in fixed.done:
        print(row)
    if fixed.exit_code == 0:
        print(f"wrote {args.output}: every step proved, no errata")
    else:
        print(f"wrote {args.output}, where this is left:")
        for row in fixed.left or ["not everything is proved"]:
            print(f"  {row}")
    return fixed.exit_code


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
    import os

    from symbolic_equiv.kernel.certificate import certificate

    os.makedirs(folder, exist_ok=True)
    for chain in report.chains:
        if chain.theorem is not None:
            with open(os.path.join(folder, f"{chain.statement.name}.json"), "w", encoding="utf-8") as file:
                json.dump(certificate(chain.theorem), file, ensure_ascii=False)


def _colours() -> bool:
    import os

    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


class _progress:
    """On a terminal, one line that says what is being worked on, once that has taken a second."""

    def __enter__(self):
        import time

        self._started = time.monotonic()
        self._shown = False
        return self._say if sys.stderr.isatty() else lambda _: None

    def _say(self, words: str) -> None:
        import time

        if time.monotonic() - self._started > 1:
            self._shown = True
            print(f"\r\x1b[K… {words}", end="", file=sys.stderr, flush=True)

    def __exit__(self, *_: object) -> None:
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _complain(message: str, hint: str = "") -> None:
    print(f"symbolic-equiv: {message}", file=sys.stderr)
    if hint:
        print(f"  {hint}", file=sys.stderr)

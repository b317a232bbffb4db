"""What each command takes, and what its help says."""

from __future__ import annotations

import argparse

from symbolic_equiv import __version__
from symbolic_equiv.cli import commands

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


def parser_of_all() -> argparse.ArgumentParser:
    """The parser of all commands; of those of the lesson it has the names only."""
    parser = argparse.ArgumentParser(
        prog="symbolic-equiv",
        description="Check, step by step, that a derivation of equivariance holds for every size.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"symbolic-equiv {__version__}")
    below = parser.add_subparsers(dest="command", metavar="COMMAND")

    def add(name: str, says: str, exit_status: str = "") -> argparse.ArgumentParser:
        """A command; what the list of commands says of it stands at the top of its own help, too."""
        epilog = f"exit status: {exit_status}, 2 an input cannot be read" if exit_status else None
        return below.add_parser(name, help=says, description=f"{says[0].upper()}{says[1:]}.", epilog=epilog)

    def add_limits(command: argparse.ArgumentParser, seconds: float, of_what: str) -> None:
        """What a document is read with, and how long it may take."""
        command.add_argument(
            "--context", default="", metavar="FILE|NAME", help="declarations for documents, in their notation"
        )
        command.add_argument(
            "--budget", type=float, default=seconds, metavar="SECONDS", help=f"{of_what} (default {seconds:g})"
        )

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
    add_limits(check, 60, "for each document")
    check.add_argument("--json", action="store_true", help="print one JSON object (see report/schema.json)")
    check.add_argument("--certificate", metavar="FOLDER", help="write each theorem's certificate there")
    check.set_defaults(run=commands.run_check)

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
    add_limits(refute, 30, "for a search")
    refute.add_argument("--seed", type=int, default=0, help="the same seed gives the same answer (default 0)")
    refute.add_argument("--json", action="store_true", help="print one JSON object (see report/refute_schema.json)")
    refute.set_defaults(run=commands.run_refute)

    listing = add("list", "list the bundled proofs")
    listing.add_argument("--json", action="store_true", help="print one JSON object")
    listing.set_defaults(run=commands.run_list)

    context = add("context", "print a shipped context: what symbols mean in documents")
    context.add_argument("name", nargs="?", default="attention", metavar="NAME", help="default: attention")
    context.set_defaults(run=commands.run_context)

    ask = add(
        "ask", "whether one encoding, adapter and neighbourhood keep equivariance", "0 proved, 1 refuted or undecided"
    )
    ask.add_argument(
        "--encoding", default="relative-key", metavar="NAME", help="such as rope or t5 (default relative-key)"
    )
    ask.add_argument("--adapter", default="any", metavar="NAME", help="such as lora (default: any per-token map)")
    ask.add_argument("--neighbourhood", default="window", metavar="NAME", help="such as causal-window (default window)")
    ask.add_argument(
        "--positions",
        default="",
        metavar="PLACE",
        help="Z, Z/n, Z^2 or torus (default: the first of them that the neighbourhood is for)",
    )
    ask.set_defaults(run=commands.run_ask)
    table = add(
        "map",
        "all encodings, adapters and neighbourhoods: what is proved, what refuted",
        "0 every combination is decided, 1 one is not",
    )
    table.add_argument(
        "--format", default="terminal", choices=["terminal", "html", "latex", "csv", "json"], help="default: terminal"
    )
    table.add_argument("-o", "--output", default="", metavar="FILE", help="write it there")
    table.set_defaults(run=commands.run_map)
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
        "--fixed",
        action="store_true",
        help="of a document: the mended text, with what is missing written in, as .md (of a .tex also as .tex)",
    )
    add_limits(derive, 60, "for a document")
    derive.set_defaults(run=commands.run_derive)

    below.add_parser("exercise", help="check an exercise, or grade a folder of answers")
    below.add_parser("teach", help="serve the lesson on this machine, and open it in the browser")
    return parser


def parser_of_lesson() -> argparse.ArgumentParser:
    """The parser of ``exercise`` and ``teach``, in a module that the other commands do without."""
    from symbolic_equiv.teach.commands import parser

    return parser()

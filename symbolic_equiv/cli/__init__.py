"""The command line: ``symbolic-equiv check | refute | list | derive | …``; its options are in ``parsers``."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from symbolic_equiv.cli.parsers import parser_of_all, parser_of_lesson

CANNOT_READ = 2
LESSON = (["exercise"], ["teach"])
"""The commands that have a parser of their own."""


def run() -> int:
    """The command as a process of its own, which lives a short while, makes many small objects and keeps most."""
    gc.set_threshold(100_000, 50, 50)
    status = main()
    gc.freeze()  # what is left goes with the process: to look through it once more would cost a tenth of a check
    return status


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    argv = sys.argv[1:] if argv is None else list(argv)
    parser = parser_of_lesson() if argv[:1] in LESSON else parser_of_all()
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
    except OSError as error:
        _complain(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except KernelError as error:
        _complain(str(error))
    except KeyboardInterrupt:
        _complain("stopped")
        return 130
    return CANNOT_READ


def _complain(message: str, hint: str = "") -> None:
    print(f"symbolic-equiv: {message}", file=sys.stderr)
    if hint:
        print(f"  {hint}", file=sys.stderr)

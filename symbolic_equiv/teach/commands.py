"""The commands of the lesson: ``exercise check``, ``exercise grade`` and ``teach``."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from symbolic_equiv.latex.counted import counted

FINE, NOT_FINE, CANNOT_READ = 0, 1, 2


def parser() -> argparse.ArgumentParser:
    """The parser of the lesson's commands."""
    whole = argparse.ArgumentParser(prog="symbolic-equiv", description="The lesson: exercises, and the pages to read.")
    commands = whole.add_subparsers(dest="command", metavar="COMMAND")
    exercise = _command(commands, "exercise", "check an exercise, or grade a folder of answers")
    parts = exercise.add_subparsers(dest="part", metavar="check|grade|list", required=True)
    check = _command(
        parts, "check", "whether an exercise can be solved, and its hints lead to the end", "0 it can, 1 it cannot"
    )
    check.add_argument("files", nargs="+", metavar="FILE|NAME", help="an exercise (.md), or a bundled one by name")
    check.add_argument("--json", action="store_true", help="print one JSON object")
    check.set_defaults(run=_check)
    grade = _command(
        parts,
        "grade",
        "mark a folder of answers (.md, .tex) into a table (CSV)",
        "0 all answers are complete, 1 one is not",
    )
    grade.add_argument("folder", metavar="FOLDER", help="where the answers are")
    grade.add_argument("--exercise", default="", metavar="FILE|NAME", help="for answers that do not name theirs")
    grade.add_argument("-o", "--output", default="", metavar="FILE", help="write the table there")
    grade.add_argument("--json", action="store_true", help="print one JSON object in place of the table")
    grade.set_defaults(run=_grade)
    listing = _command(parts, "list", "list the bundled exercises")
    listing.add_argument("--json", action="store_true", help="print one JSON object")
    listing.set_defaults(run=_list)
    teach = _command(commands, "teach", "serve the lesson on this machine, and open it in the browser")
    teach.add_argument("--port", type=int, default=0, metavar="N", help="default: a free one")
    teach.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="default: this machine only")
    teach.add_argument("--no-browser", action="store_true", help="open no browser")
    teach.add_argument("--export", default="", metavar="FOLDER", help="write the reading part there, as static pages")
    teach.set_defaults(run=_teach)
    return whole


def _command(parent: Any, name: str, says: str, exit_status: str = "") -> argparse.ArgumentParser:
    """A command, whose own help says what the list of commands says of it."""
    epilog = f"exit status: {exit_status}, 2 a file cannot be read" if exit_status else None
    return parent.add_parser(name, help=says, description=f"{says[0].upper()}{says[1:]}.", epilog=epilog)


def _check(args: argparse.Namespace) -> int:
    from symbolic_equiv.teach.exercise import ExerciseError, find_exercise
    from symbolic_equiv.teach.validate import problems

    status, rows = FINE, []
    for name in args.files:
        try:
            exercise = find_exercise(name)
        except ExerciseError as problem:
            rows.append({"exercise": name, "fine": False, "problems": [f"{problem}; {problem.hint}".rstrip("; ")]})
            status = CANNOT_READ
            continue
        found = problems(exercise)
        status = max(status, NOT_FINE if found else FINE)
        rows.append({"exercise": name, "title": exercise.title, "fine": not found, "problems": found})
    if args.json:
        print(json.dumps(rows, indent=1, ensure_ascii=False))
        return status
    for row in rows:
        print(f"{row['exercise']}: {'solvable, and its hints lead to the end' if row['fine'] else 'not to be set'}")
        for problem in row["problems"]:
            print("  " + problem.replace("\n", "\n    "))
    return status


def _grade(args: argparse.Namespace) -> int:
    from symbolic_equiv.teach.answers import grade, table

    graded = grade(args.folder, args.exercise)
    text = json.dumps([item.to_json() for item in graded], indent=1, ensure_ascii=False) + "\n" if args.json else ""
    text = text or table(graded)
    if args.output:
        with open(args.output, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        complete = sum(item.mark == "complete" for item in graded)
        print(f"wrote {args.output}: {complete} of {counted(len(graded), 'answer')} complete")
    else:
        sys.stdout.write(text)
    if any(item.marked is None for item in graded):
        return CANNOT_READ
    return FINE if all(item.mark == "complete" for item in graded) else NOT_FINE


def _list(args: argparse.Namespace) -> int:
    from symbolic_equiv.teach.exercise import bundled_exercises

    rows = [{"name": item.name, "kind": item.kind, "title": item.title} for item in bundled_exercises().values()]
    if args.json:
        print(json.dumps(rows, indent=1, ensure_ascii=False))
    else:
        for row in rows:
            print(f"{row['name']:<28} {row['kind']:<8} {row['title']}")
    return FINE


def _teach(args: argparse.Namespace) -> int:
    from symbolic_equiv.script.loader import ScriptError

    try:
        from symbolic_equiv.teach.render import export_reading
        from symbolic_equiv.teach.server import is_loopback, serve
    except ModuleNotFoundError as problem:
        raise ScriptError(f"teach needs {problem.name}", "pip install 'symbolic_equiv[teach]'") from None
    if not 0 <= args.port < 65536:
        raise ScriptError(f"--port {args.port}", "a number from 0 to 65535")
    if args.export:
        written = export_reading(args.export)
        print(f"wrote {counted(len(written), 'file')}; begin with {written[0]}")
        return FINE
    if not is_loopback(args.host):
        print(f"anyone who can reach {args.host} can use this server; it has no accounts", file=sys.stderr)
    serve(args.port, args.host, not args.no_browser)
    return FINE

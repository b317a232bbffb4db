"""The page of the command line, from the help of its own parsers."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator

from symbolic_equiv.cli.parsers import parser_of_all, parser_of_lesson

INTRODUCTION = """\
# Commands

What `symbolic-equiv COMMAND --help` says, for every command. Output is plain text, in colour on a terminal unless
`NO_COLOR` is set; what a program should read is printed by `--json`, and [described here](json.md).
"""


def page() -> str:
    """The page in Markdown."""
    parts = [INTRODUCTION]
    for name, parser in _commands():
        parts += [
            f"## {name}\n",
            f"{_code(parser.description)}\n",
            f"```text\n{_usage(parser)}\n```\n",
            _options(parser),
        ]
        if parser.epilog:
            parts.append(f"{parser.epilog[0].upper()}{parser.epilog[1:]}.\n")
    return "\n".join(parts)


def _commands() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command that does something, with its parser."""
    for name, parser in {**_below(parser_of_all()), **_below(parser_of_lesson())}.items():
        inner = _below(parser)
        if inner:
            yield from ((f"{name} {under}", each) for under, each in inner.items())
        else:
            yield name, parser


def _below(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def _usage(parser: argparse.ArgumentParser) -> str:
    parser.formatter_class = lambda prog: argparse.HelpFormatter(prog, width=84)
    return parser.format_usage().removeprefix("usage: ").replace("\n       ", "\n").rstrip()


def _options(parser: argparse.ArgumentParser) -> str:
    """What the command takes, as a list of definitions."""
    rows = []
    for action in parser._actions:
        if not isinstance(action, argparse._HelpAction):
            value = "" if action.nargs == 0 or not action.option_strings else f" {_value(action)}"
            names = ", ".join(action.option_strings) or action.metavar
            rows.append(f"`{names}{value}`\n\n:   {_code(action.help or '')}\n")
    return "\n".join(rows)


def _value(action: argparse.Action) -> str:
    return action.metavar or "|".join(map(str, action.choices or (action.dest.upper(),)))


def _code(words: str) -> str:
    """Options, file endings and commands of a help text in the type of code."""
    return re.sub(r"(?<![\w`])(--[a-z-]+|\.(?:py|md|tex|pdf|html|ipynb)\b|\\\w+)", r"`\1`", words)

"""The parse table of ``grammar.lark``, made once by Lark: reading a document need not make it again, nor load Lark.

``python -m symbolic_equiv.latex.reader.table`` prints the table that is shipped as ``table.json``; with ``--check`` it
says whether the shipped one is the same (exit status 1 if not).
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from typing import Any

FOLDER = os.path.dirname(__file__)


def made() -> dict[str, Any]:
    """The table, as Lark makes it of the grammar.

    ``states`` says for each state what to do at a token, and where to go after a rule: a number from 0 on is the state
    to go to, another is ``~r`` for the rule r.  Each of ``rules`` has the name of its left side, the method of
    ``Builder`` that makes its value (none, where its parts are taken into the rule around it), whether a single part is
    the value, and for each part whether it is such parts.
    """
    from lark import Lark
    from lark.lexer import Lexer
    from lark.parsers.lalr_analysis import Shift

    class Given(Lexer):
        """No lexer: the tokens come from ``lexer.py``."""

        def __init__(self, _: object) -> None: ...

        def lex(self, lexer_state: Any, parser_state: Any) -> Iterator[Any]:
            yield from ()

    with open(os.path.join(FOLDER, "grammar.lark"), encoding="utf-8") as file:
        grammar = file.read()
    lark: Any = Lark(grammar, parser="lalr", lexer=Given, maybe_placeholders=False)
    found = lark.parser.parser._parse_table
    (start,), (end,) = found.start_states.values(), found.end_states.values()
    number, order, rules = {start: 0}, [start], []
    for state in order:  # in the order in which they are reached: Lark's own depends on hashes
        for _, (action, to) in sorted(found.states[state].items()):
            if action is Shift and to not in number:
                number[to] = len(order)
                order.append(to)
            elif action is not Shift and to not in rules:
                rules.append(to)
    states = [
        {name: number[to] if action is Shift else ~rules.index(to) for name, (action, to) in sorted(row.items())}
        for row in map(found.states.get, order)
    ]
    return {"end": number[end], "rules": [_rule(rule) for rule in rules], "states": states}


def _rule(rule: Any) -> list[Any]:
    is_inside = lambda name: name.startswith("_")
    inside = [not part.is_term and is_inside(part.name) for part in rule.expansion]
    method = None if is_inside(rule.origin.name) else str(rule.alias or rule.origin.name)
    return [rule.origin.name, method, bool(rule.options.expand1 and not rule.alias), inside]


def shipped() -> dict[str, Any]:
    """The table that comes with the package."""
    with open(os.path.join(FOLDER, "table.json"), encoding="utf-8") as file:
        return json.load(file)


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        sys.exit(made() != shipped())
    print(json.dumps(made(), separators=(",", ":"), sort_keys=True))

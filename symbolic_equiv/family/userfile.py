"""Encodings, adapters and neighbourhoods from a user's file.

The file is run in a process of its own, and only data comes back: the terms that its functions make of symbols, and
tables of what its symbols mean at elements near the unit.  Here the ingredients are put together again from that, so
every proof and every counterexample is made in this process; a lemma that the file brings is its replayed certificate.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from fractions import Fraction
from itertools import product
from types import SimpleNamespace
from typing import Any

from symbolic_equiv.family.ingredients import Adapter, Encoding, Ingredient, Neighbourhood
from symbolic_equiv.family.layer import PROJECTIONS, Pair, Parts
from symbolic_equiv.family.places import PLACES, Element, Place, instances
from symbolic_equiv.kernel import theorem as kernel
from symbolic_equiv.kernel.certificate import certificate, replay
from symbolic_equiv.kernel.sorts import BASE, DIMENSION, KernelError, Sort, check_name
from symbolic_equiv.kernel.terms import Head, Term, apply
from symbolic_equiv.numeric.errors import NoModel
from symbolic_equiv.numeric.models import signature
from symbolic_equiv.script.isolation import handed_over
from symbolic_equiv.script.loader import ScriptError
from symbolic_equiv.theories import language
from symbolic_equiv.theories.attention import X, d_in, i, j
from symbolic_equiv.theories.language import Expr, fun, lam, symbol, true, vec
from symbolic_equiv.theories.statement import Hypothesis

RADIUS = 8
"""How far from the unit the meaning of a symbol is handed over."""

HEADS, BUCKETS = 1, 32
NAMES = ("name", "title", "says", "breaks")
WORDS = 2000


# -- in the user's process: what is handed over


def described(item: Ingredient) -> dict[str, Any]:
    """An ingredient as an object that ``json`` can write."""
    data: dict[str, Any] = {name: getattr(item, name) for name in NAMES}
    data["sizes"] = dict(item.sizes)
    data["assuming"] = [
        {
            "name": each.name,
            "says": each.says,
            "equations": [certificate(kernel.assumption(*e)) for e in each.equations],
        }
        for each in item.assuming
    ]
    terms = _of_encoding(item) if isinstance(item, Encoding) else _of_others(item)
    data["terms"] = {name: _wrapped(term) for name, term in terms.items()}
    if isinstance(item, Encoding):
        data |= {"kind": "encoding", "softmax": item.softmax}
        data["lemmas"] = [certificate(each.prove().theorem) for each in item.lemmas]
    if isinstance(item, Adapter):
        data |= {"kind": "adapter", "prefix": item.prefix, "at": item.map_at is not None}
        data["sorts"] = [_wrapped(symbol("z", fun(vec(old), vec(new))).term) for old, new in item.sorts.items()]
    if isinstance(item, Neighbourhood):
        data |= {"kind": "neighbourhood", "places": item.places, "interior": item.interior, "elsewhere": item.elsewhere}
        data["support"] = {name: _tabulated(find) for name, find in item.support.items()}
    hypotheses = [term for each in item.assuming for equation in each.equations for term in equation]
    heads = {str(h.name): h for term in (*terms.values(), *hypotheses) for h in term.variables}
    data["meaning"] = {name: _meaning(heads[name], find) for name, find in item.meaning.items() if name in heads}
    return data


def _of_encoding(item: Encoding) -> dict[str, Term]:
    """Its five functions, at the pair (i, j) of the bare layer."""
    at, v, p = Pair(Parts(item, Adapter("bare", "", ""), true())), symbol("v", vec(d_in)), symbol("p", X)
    terms = {name: getattr(item, name)(at).term for name in ("query", "key", "value")}
    terms["input"] = lam(v, p, item.input(v, p)).term
    return terms if item.bias is None else {**terms, "bias": item.bias(at).term}


def _of_others(item: Ingredient) -> dict[str, Term]:
    terms: dict[str, Term] = {}
    if isinstance(item, Adapter):
        for role, projection in PROJECTIONS.items():
            here = projection.at(item.sorts)
            v, heads = symbol("v", here.source), () if here.head is None else (here.head,)
            if item.map_at is not None:
                terms[role] = lam(*heads, i, v, item.map_at(here, i, v)).term
            elif item.map is not None:
                terms[role] = lam(*heads, v, item.map(here, v)).term
        if item.input is not None:
            v = symbol("v", vec(d_in))
            terms["input"] = lam(i, v, item.input(i, v)).term
    if isinstance(item, Neighbourhood):
        d = symbol("d", X)
        if item.of_difference is not None:
            terms["of_difference"] = lam(d, item.of_difference(d)).term
        if item.of_pair is not None:
            terms["of_pair"] = lam(i, j, item.of_pair(i, j)).term
        if item.cut is not None:
            terms["cut"] = lam(i, item.cut(i)).term
    return terms


def _wrapped(term: Term) -> dict[str, Any]:
    return certificate(kernel.reflexivity(term))


def _tabulated(find: Callable[[Place], Any]) -> list[Any]:
    return [[list(at.moduli), sorted(map(list, find(at)))] for name in PLACES for at in instances(name)]


def _meaning(head: Head, find: Callable[..., Any]) -> list[Any]:
    """For each instance of a place: the arguments and the value there, as far as they are asked for."""
    tables = []
    for at in (at for name in PLACES for at in instances(name)):
        radius = RADIUS if len(at.moduli) == 1 else 4
        spans = [_span(sort, at, radius) for sort in signature(head.sort)[0]]
        if sum(sort.cls == BASE for sort in signature(head.sort)[0]) > 1 and not at.is_finite:
            spans = [span if len(span) <= 2 * radius + 1 else at.elements(2) for span in spans]
        try:
            tables.append([list(at.moduli), [[_plain(args), _plain(find(at, *args))] for args in product(*spans)]])
        except NoModel:
            continue
    return tables


def _span(sort: Sort, at: Place, radius: int) -> list[Any]:
    if sort.cls == BASE:
        return at.elements(radius)
    if sort.name in ("Fin", "Nat"):
        return list(range(HEADS if sort.name == "Fin" else BUCKETS))
    raise KernelError(f"a meaning is given at elements, heads and whole numbers, not at a {sort}: leave it out")


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return value if isinstance(value, bool | int) else str(Fraction(value))


def _main(path: str, out: str) -> None:
    from runpy import run_path

    found = [item for item in run_path(path).values() if isinstance(item, Ingredient)]
    data = {
        "templates": {name: pieces for name, pieces in language.TEMPLATES.items() if type(name) is str},
        "ingredients": [described(item) for item in dict.fromkeys(found)],
    }
    with open(out, "w", encoding="utf-8") as file:
        json.dump(data, file)


# -- here: the ingredients, put together from what was handed over


def load_ingredients(path: str) -> list[Ingredient]:
    """The ingredients that a user's file defines.  Raises ``ScriptError``."""
    content = handed_over(path, "symbolic_equiv.family.userfile")
    try:
        data = json.loads(content)
        for name, pieces in data["templates"].items():
            if name not in language.TEMPLATES:
                language.template(_words(name), tuple(map(_words, pieces)))
        found = [_rebuilt(item) for item in data["ingredients"]]
    except KernelError as error:
        raise ScriptError(f"{path}: {error!s:.300}") from None
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise ScriptError(f"{path} handed over something else than ingredients: {error!r:.300}") from None
    if not found:
        hint = "define ENCODING = Encoding(…), ADAPTER = Adapter(…) or NEIGHBOURHOOD = Neighbourhood(…) in it"
        raise ScriptError(f"{path} defines no encoding, adapter or neighbourhood", hint)
    return found


def _rebuilt(data: dict[str, Any]) -> Ingredient:
    terms = {str(name): replay(term).left for name, term in data["terms"].items()}
    common: dict[str, Any] = {name: _words(data[name]) for name in NAMES} | {"is_shipped": False}
    common["sizes"] = {check_name(name): _size(size) for name, size in data["sizes"].items()}
    common["assuming"] = tuple(
        Hypothesis(check_name(each["name"]), _words(each["says"]), tuple(map(_equation, each["equations"])))
        for each in data["assuming"]
    )
    common["meaning"] = {check_name(name): _table(tables) for name, tables in data["meaning"].items()}
    if data["kind"] == "encoding":
        return _encoding(data, common, terms)
    return _adapter(data, common, terms) if data["kind"] == "adapter" else _neighbourhood(data, common, terms)


def _encoding(data: dict[str, Any], common: dict[str, Any], terms: dict[str, Term]) -> Encoding:
    at = lambda name: lambda pair: pair.here_in(terms[name])
    return Encoding(
        **common,
        input=_function(terms["input"]),
        query=at("query"),
        key=at("key"),
        value=at("value"),
        bias=at("bias") if "bias" in terms else None,
        softmax=bool(data["softmax"]),
        lemmas=tuple(map(_lemma, data["lemmas"])),
    )


def _adapter(data: dict[str, Any], common: dict[str, Any], terms: dict[str, Term]) -> Adapter:
    heads = lambda at: () if at.head is None else (at.head,)
    by_role = lambda at, *args: Expr(apply(terms[at.role], [arg.term for arg in (*heads(at), *args)]))
    given = any(role in terms for role in PROJECTIONS)
    return Adapter(
        **common,
        map=by_role if given and not data["at"] else None,
        map_at=by_role if given and data["at"] else None,
        input=_function(terms["input"]) if "input" in terms else None,
        prefix=bool(data["prefix"]),
        sorts=dict(_replacement(replay(item).left.sort) for item in data["sorts"]),
    )


def _neighbourhood(data: dict[str, Any], common: dict[str, Any], terms: dict[str, Term]) -> Neighbourhood:
    unknown = [place for place in data["places"] if place not in PLACES]
    if unknown or not data["places"]:
        raise KernelError(f"{data['name']}: the places are some of {', '.join(PLACES)}, given {data['places']}")
    functions: dict[str, Any] = {
        name: _function(terms[name]) for name in ("of_difference", "of_pair", "cut") if name in terms
    }
    if not functions.keys() & {"of_difference", "of_pair"}:
        raise KernelError(f"{data['name']} does not say whom a token attends to: give of_difference or of_pair")
    support = {check_name(name): _sets(tables) for name, tables in data["support"].items()}
    return Neighbourhood(
        **common,
        **functions,
        places=tuple(data["places"]),
        interior=bool(data["interior"]),
        elsewhere=_words(data["elsewhere"]),
        support=support,
    )


def _function(term: Term) -> Callable[..., Expr]:
    return lambda *args: Expr(apply(term, [arg.term for arg in args]))


def _equation(data: Any) -> kernel.Equation:
    theorem = replay(data)
    return theorem.left, theorem.right


def _lemma(data: Any) -> Any:
    """A proposition with its theorem: what a lemma has to be, here."""
    theorem = replay(data)
    item = SimpleNamespace(theorem=theorem, prove=lambda: item)
    item.statement = SimpleNamespace(equations=theorem.hypotheses)
    return item


def _replacement(sort: Sort) -> tuple[Sort, Sort]:
    (old,), (new,) = (part.args for part in sort.args)
    if old.cls != DIMENSION or old.args:
        raise KernelError(f"{old} cannot be replaced: name a dimension")
    return old, new


def _table(tables: Any) -> Callable[..., Any]:
    """``meaning(place, *args)`` from tables."""
    known = {
        tuple(moduli): {_value(args): _value(value) for args, value in rows} for moduli, rows in tables
    }  # fmt: skip

    def meaning(place: Place, *args: Any) -> Any:
        try:
            return known[place.moduli][args]
        except KeyError:
            raise NoModel(f"the meaning was not handed over for {args} on {place.label}") from None

    return meaning


def _sets(tables: Any) -> Callable[[Place], list[Element]]:
    known = {tuple(moduli): [_value(element) for element in elements] for moduli, elements in tables}
    return lambda place: known[place.moduli]


def _value(data: Any) -> Any:
    if type(data) is list:
        return tuple(_value(part) for part in data)
    if type(data) in (bool, int):
        return data
    if type(data) is str:
        return Fraction(data)
    raise KernelError(f"not a number: {data!r:.60}")


def _size(data: Any) -> int:
    if type(data) is not int or not 1 <= data <= 8:
        raise KernelError(f"a size is a number from 1 to 8, found {data!r:.60}")
    return data


def _words(value: Any) -> str:
    if type(value) is not str or len(value) > WORDS or not all(c.isprintable() for c in value):
        raise KernelError(f"not a line of text: {value!r:.80}")
    return value


if __name__ == "__main__":
    _main(*sys.argv[1:])

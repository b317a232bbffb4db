"""Printed names: which symbol is meant, with which indices, and whether its inverse or its transpose.

``\\varphi_{qry}^{(h)}`` is the symbol ``\\varphi_{qry}`` with the index ``h``; ``x^{-1}`` is ``x``, inverted.  A
script of one letter is an index if that letter stands for an element where the name is printed, else a
part of the name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import NamedTuple

from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.render import normalised

_ACCENT_WORDS = {r"\overline": "bar", r"\tilde": "tilde", r"\hat": "hat", r"\dot": "dot"}
_TRANSPOSES = frozenset({"T", r"\top", r"\intercal"})


@dataclass(frozen=True)
class Printed:
    """The parts of a name that belong to it: two names are the same symbol if these are equal."""

    stem: str
    below: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    primes: int = 0
    prefix: str = ""

    @cached_property
    def key(self) -> str:
        """One spelling for the name, in LaTeX."""
        return self.with_indices((), ())

    @cached_property
    def _longer(self) -> dict[tuple[str, str], Printed]:
        """The names with one more script: each pass over a document asks for the same ones."""
        return {}

    def extended(self, kind: str, text: str) -> Printed:
        """The name with one more script, below or above (``_`` or ``^``)."""
        if (kind, text) not in self._longer:
            parts = {"below": (*self.below, text)} if kind == "_" else {"above": (*self.above, text)}
            self._longer[kind, text] = replace(self, **parts)
        return self._longer[kind, text]

    def with_indices(self, below: tuple[str, ...], above: tuple[str, ...]) -> str:
        """The name in LaTeX with indices among its scripts."""
        low, high = (*self.below, *below), (*self.above, *above)
        stem = f"{self.prefix} {self.stem}" if self.prefix and self.stem[0].isalnum() else self.prefix + self.stem
        text = stem + "'" * self.primes
        text += "_{" + ",".join(low) + "}" if low else ""
        return text + ("^{" + ",".join(high) + "}" if high else "")

    @cached_property
    def word(self) -> str:
        """The name as a plain word, for the kernel."""
        stem, accents = self.stem, ""
        while found := re.fullmatch(r"(\\[a-z]+)\{(.*)\}", stem):
            accents += "_" + _ACCENT_WORDS[found[1]] if found[1] in _ACCENT_WORDS else ""
            stem = found[2]
        parts = [_plain(self.prefix) + _plain(stem) + accents, *map(_plain, self.below), *map(_plain, self.above)]
        word = "_".join(part for part in parts if part)
        return (word if word[:1].isalpha() else f"s{word}")[:60] + "'" * self.primes

    @cached_property
    def bare(self) -> Printed:
        """The name without its decorations: ``j`` for ``\\overline{j}``, ``j'`` and ``j_1``."""
        stem = self.stem
        while found := re.fullmatch(r"\\(?:overline|tilde|hat|dot|ddot|check|breve|underline|vec)\{(.*)\}", stem):
            stem = found[1]
        return Printed(stem, tuple(part for part in self.below if not part.isdigit()), self.above, 0, self.prefix)


class Index(NamedTuple):
    """An index on a name: below or above (``_`` or ``^``), in brackets or not."""

    kind: str
    bracketed: bool
    node: s.Node


PREFIXES = frozenset({r"\Delta", r"\delta", r"\nabla"})
"""Letters that belong to the name behind them."""


class Reading(NamedTuple):
    """A printed name, read."""

    printed: Printed
    indices: tuple[Index, ...] = ()
    inverse: bool = False
    transposed: bool = False
    power: s.Node | None = None


@lru_cache(maxsize=4096)
def bare_reading(stem: str, prefix: str = "") -> Reading:
    """The reading of a name without scripts."""
    return Reading(Printed(stem, prefix=prefix))


def _plain(text: str) -> str:
    """The letters and digits of a stretch of LaTeX; ``φ`` for both of its shapes."""
    return re.sub(
        r"[^A-Za-z0-9]+", "", text.replace(r"\varphi", "phi").replace(r"\varepsilon", "epsilon").replace("\\", "")
    )


@s.kept
def stem(node: s.Name) -> str:
    """The letter of a name with its font and accents."""
    text = node.base
    if node.font and not (node.font == r"\mathrm" and not node.is_word):
        text = f"{node.font}{{{text}}}"
    for accent in node.accents:
        text = f"{accent}{{{text}}}"
    return text


def read_name(
    node: s.Name,
    is_element: Callable[[s.Node], bool],
    is_declared: Callable[[str], bool],
    prefix: str = "",
    takes_indices: Callable[[str, int, tuple[str, ...]], bool] = lambda *_: False,
    is_matrix: Callable[[str], bool] = lambda _: False,
) -> Reading:
    """Read a name.

    ``is_element`` says whether a script stands for an element, ``is_declared`` whether a name is declared with
    just these parts: then all of them are parts of the name.  ``takes_indices`` says whether a name is known
    with a number of indices, some of them without brackets above or below it: then small letters are indices, whether
    or not they mean anything here; so are all small letters below the name of a matrix.
    """
    whole = bare_reading(stem(node), prefix)
    doubtful: list[tuple[str, s.Node]] = []
    for script in node.scripts:
        if script.kind == "'":
            count = sum(1 for each in script.body.walk() if isinstance(each, s.Name) and each.base == r"\prime")
            whole = _primed(whole, max(1, count))
            continue
        if script.kind == "^" and _is_minus_one(script.body):
            whole = whole._replace(inverse=True)
            continue
        if script.kind == "^" and isinstance(script.body, s.Name) and script.body.base == r"\prime":
            whole = _primed(whole, 1)
            continue
        for item in _items(script.body):
            below = script.kind == "_" and is_matrix(whole.printed.key)
            if below and not is_declared(_part(whole, "_", _text(item)).printed.key) and (found := _entries(item)):
                whole = whole._replace(indices=(*whole.indices, *(Index("_", False, each) for each in found)))
            elif script.kind == "^" and isinstance(item, s.Juxtapose) and _is_transposed(item):
                for part in item.operands[:-1]:  # ^{(h)\\top}
                    whole = _read_item(whole, "^", part, doubtful)
                whole = whole._replace(transposed=True)
            elif (isinstance(item, s.Apply) or _is_word(item)) and is_element(item):  # x_{\\pi(i)}
                whole = whole._replace(indices=(*whole.indices, Index(script.kind, False, item)))
            elif (
                isinstance(item, s.Juxtapose)
                and not (s.letters(item) and is_declared(_in_words(node, prefix).printed.key))
                and (all(map(is_element, item.operands)) or _is_family(whole, script.kind, item, takes_indices))
            ):
                have = len(whole.indices) + len(doubtful)
                many = takes_indices(whole.printed.key, have + len(item.operands), ())
                product = takes_indices(whole.printed.key, have + 1, ()) and not many
                found = (item,) if product else item.operands  # L_{gh}, but A_{ij}
                indices = tuple(Index(script.kind, False, each) for each in found)
                whole = whole._replace(indices=(*whole.indices, *indices))
            else:
                whole = _read_item(whole, script.kind, item, doubtful)
    if doubtful:
        named = whole
        for kind, item in doubtful:
            named = _part(named, kind, _text(item))
        if is_declared(named.printed.key):
            return _whole(named, is_declared)
        turned = [item for kind, item in doubtful if kind == "^" and _is_transpose(item)]
        if turned and not whole.inverse:
            named = whole
            for kind, item in doubtful:
                named = named if item in turned else _part(named, kind, _text(item))
            if is_declared(named.printed.key):  # W_K^\top
                return named._replace(transposed=True)
        kinds = tuple(kind for kind, _ in doubtful)
        family = takes_indices(whole.printed.key, len(whole.indices) + len(doubtful), kinds)
        for kind, item in doubtful:
            if kind == "^" and not whole.inverse and isinstance(item, s.Name) and item.base in _TRANSPOSES:
                whole = whole._replace(transposed=True)
            elif is_element(item) or (family and isinstance(item, s.Name) and not item.base[-1:].isupper()):
                whole = whole._replace(indices=(*whole.indices, Index(kind, False, item)))
            else:
                whole = _part(whole, kind, _text(item))
    whole = _whole(whole, is_declared)
    order = {"_": 0, "^": 1}
    if len(whole.indices) < 2:
        return whole
    place = lambda index: (order[index.kind], index.node.span.start)
    return whole._replace(indices=tuple(sorted(whole.indices, key=place)))


def _is_family(
    whole: Reading, kind: str, item: s.Juxtapose, takes_indices: Callable[[str, int, tuple[str, ...]], bool]
) -> bool:
    """``a_{mn}`` where the ``a`` with two indices are known: what nobody declared counts, too."""
    letters = all(isinstance(each, s.Name) and len(each.base) == 1 and each.base.islower() for each in item.operands)
    count = len(whole.indices) + len(item.operands)
    return letters and takes_indices(whole.printed.key, count, (kind,) * len(item.operands))


def labelled(reading: Reading) -> Reading:
    """The same name with its exponent as a part of it: a map ``\\varphi^1``, not a power."""
    if reading.power is None:
        return reading
    return _part(reading._replace(power=None), "^", _text(reading.power))


def _whole(reading: Reading, is_declared: Callable[[str], bool]) -> Reading:
    """The reading with the exponent in the name, where the name is declared so."""
    named = labelled(reading)
    return named if named is not reading and is_declared(named.printed.key) else reading


def _in_words(node: s.Name, prefix: str) -> Reading:
    """The name with all its scripts that are words as parts: ``W_{key}`` for ``W_{key}^{(h)}``."""
    bare = bare_reading(stem(node), prefix)
    for script in node.scripts:
        for item in _items(script.body) if script.kind != "'" else ():
            word = s.letters(item)
            if word is not None and len(word) > 1:
                bare = _part(bare, script.kind, word)
    return bare


def _entries(item: s.Node) -> tuple[s.Node, ...]:
    """The indices that a subscript of a matrix spells, ``ij`` or ``\\pi(i)``; none if it is a word or a capital."""
    parts = item.operands if isinstance(item, s.Juxtapose) and len(item.operands) == 2 else (item,)
    for part in parts:
        inner = part.function if isinstance(part, s.Apply) else part
        if not isinstance(inner, s.Name) or inner.is_word or inner.base[-1:].isupper() or _is_upright(inner):
            return ()
    return parts


def _is_upright(node: s.Name) -> bool:
    """``\\mathrm{k}``, which labels, where ``k`` counts; ``\\mathrm{T}`` may still transpose."""
    return node.font == r"\mathrm" and node.base not in _TRANSPOSES and not node.scripts


def _is_word(node: s.Node) -> bool:
    return isinstance(node, s.Name) and node.is_word


def _is_transposed(item: s.Juxtapose) -> bool:
    """``^{(h)T}`` and ``^{Q\\top}``; a longer word that ends in a T, ``^{OFT}``, is a word."""
    return _is_transpose(item.operands[-1]) and len(s.letters(item) or "") < 3


def _is_transpose(node: s.Node) -> bool:
    return isinstance(node, s.Name) and node.base in _TRANSPOSES


def _read_item(whole: Reading, kind: str, item: s.Node, doubtful: list[tuple[str, s.Node]]) -> Reading:
    word = s.letters(item)
    if isinstance(item, s.Group) and item.kind == "(":
        inner = s.letters(item.body)
        if inner is not None and (len(inner) > 1 or inner.isdigit()):
            return _part(whole, kind, f"({inner})")
        found = tuple(Index(kind, True, each) for each in item.items)
        return whole._replace(indices=(*whole.indices, *found))
    if isinstance(item, s.Apply) and item.bracket == "(":  # ^{A(h)}
        for part in (item.function, item.argument):
            whole = _read_item(whole, kind, part, doubtful)
        return whole
    if kind == "^" and isinstance(item, s.Number):
        return whole._replace(power=item)
    if word is not None and (len(word) > 1 or word.isdigit()):
        return _part(whole, kind, word)
    if isinstance(item, s.Name) and _is_upright(item):
        return _part(whole, kind, _text(item))
    if isinstance(item, s.Name):
        doubtful.append((kind, item))
        return whole
    return whole._replace(indices=(*whole.indices, Index(kind, False, item)))


def _items(body: s.Node) -> tuple[s.Node, ...]:
    return body.operands if isinstance(body, s.Listing) else (body,)


def _text(node: s.Node) -> str:
    return s.letters(node) or normalised(node)


def _primed(whole: Reading, count: int) -> Reading:
    return whole._replace(printed=replace(whole.printed, primes=whole.printed.primes + count))


def _part(whole: Reading, kind: str, text: str) -> Reading:
    return Reading(whole.printed.extended(kind, text), *whole[1:])


def _is_minus_one(node: s.Node) -> bool:
    return isinstance(node, s.Signed) and node.sign == "-" and isinstance(node.body, s.Number) and node.body.text == "1"


def is_minus_one(script: s.Script) -> bool:
    """Whether a script is ``^{-1}``."""
    return script.kind == "^" and _is_minus_one(script.body)


def is_transpose(script: s.Script) -> bool:
    """Whether a script is ``^T`` or ``^\\top``."""
    return script.kind == "^" and isinstance(script.body, s.Name) and script.body.base in _TRANSPOSES

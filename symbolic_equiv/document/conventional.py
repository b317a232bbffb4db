"""What has a meaning by itself where nobody gave it another: constants, identity, ones, δ, zeros with their size, e."""

from __future__ import annotations

from dataclasses import replace

from symbolic_equiv.document import names
from symbolic_equiv.document.building import FUNCTIONS
from symbolic_equiv.document.infer import Sorts
from symbolic_equiv.document.naming import Item, Scope
from symbolic_equiv.document.preterms import Op, Pre
from symbolic_equiv.document.signature import Signature
from symbolic_equiv.document.trees import index_items
from symbolic_equiv.kernel.sorts import BASE, DIMENSION, VARIABLE, Sort, substitute_sort
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.render import normalised
from symbolic_equiv.theories.language import SCALAR, mat, vec

_IDENTITIES = frozenset({"I", r"\mathbf{I}", r"\mathbb{I}", r"\mathrm{Id}"})
_ONES = frozenset({r"\mathbf{1}", r"\mathbb{1}"})
_BY_THEMSELVES = _IDENTITIES | _ONES | {r"\delta", "e"}
INDICATORS = _ONES | {r"\mathbb{I}"}
FUNCTIONS_OF_MATRICES = {"tr": "trace", "Tr": "trace", "trace": "trace", "diag": "diag", "Diag": "diag"}
CONCATENATIONS = frozenset({"Concat", "concat", "Cat", "cat", "Concatenate"})


class Conventional:
    """The part of the elaborator that knows the conventional meanings of names; ``Elaborator`` has the rest."""

    signature: Signature
    sorts: Sorts

    def means_nothing_else(self, node: s.Name, scope: Scope) -> bool:
        """Whether nobody gave the bare name, or the name with its scripts, a meaning."""
        bare, whole = names.stem(node), self.reading(node, scope).printed.key
        known = {*scope.locals, *self.signature.abbreviations}
        return not any(
            key in known or self.signature.find(key) or key in self.signature.library or self.signature.is_set(key)
            for key in (bare, whole)
        )

    def is_conventional(self, node: s.Node, strongly: bool, applied: bool = False) -> bool:
        """Whether a name has a meaning by itself, which the words of a definition (``strongly``) may replace.

        A softmax is never defined anew; but ``\\sigma_{ij}``, not ``applied`` to anything, may be another symbol.
        """
        if not isinstance(node, s.Name):
            return False
        if self.is_softmax(Item(node), Scope()):
            other = strongly and node.scripts and not applied and names.stem(node) not in self.signature.softmax
            return not (other and not node.is_word)
        stem = names.stem(node)
        known = stem in _BY_THEMSELVES or node.base in CONCATENATIONS | FUNCTIONS_OF_MATRICES.keys()
        if stem == "e" and any(script.kind == "_" for script in node.scripts):
            return False  # e_{ij}
        return known and not strongly and not self.signature.find(stem)

    def constant(self, node: s.Name, scope: Scope) -> Pre | None:
        """A constant of the theories that prints as a name, such as ``\\mathrm{iterate}``, its sort still open."""
        if len(node.base) == 1:
            return None
        found = FUNCTIONS.get(_as_printed(node))
        if found is None or not self.means_nothing_else(node, scope):
            return None
        sort = found.declaration.sort
        unknown = {leaf: self.sorts.fresh(leaf.cls) for leaf in sort.leaves if leaf.tag == VARIABLE}
        return Op(substitute_sort(sort, unknown), found.declaration.name, (), node.span)

    def conventional_name(self, node: s.Name, scope: Scope) -> Pre | None:
        """``I_n``, ``\\mathbf{1}``, ``\\delta_{ij}``, ``\\mathbb{1}_{i = j}``, ``e^{s}``, unless declared otherwise."""
        stem = names.stem(node)
        if stem not in _BY_THEMSELVES or not (self.means_nothing_else(node, scope) or self._is_beside_a_set(node)):
            return None
        below = [s.ungrouped(script.body) for script in node.scripts if script.kind == "_"]
        above = [script for script in node.scripts if script.kind == "^"]
        if len(below) > 1 or len(below) + len(above) < len(node.scripts):
            return None
        if stem == "e":
            return self._power_of_e(node, below, above, scope)
        if stem == r"\delta":
            indices = index_items(below[0]) if below else ()
            if len(indices) != 2 or above:
                return None
            return self.indicator(self.equality(indices[0], indices[1], node, scope), node)
        if below and isinstance(below[0], s.Relation) and not above:
            return self.indicator(self.term(below[0], scope), node)
        if any(not (names.is_transpose(each) or names.is_minus_one(each)) for each in above):
            return None
        if stem in _IDENTITIES and below and self._is_entry(below[0]):
            size = self.sorts.fresh(DIMENSION)
            return self.entries_of(Op(mat(size, size), "identity", (), node.span), index_items(below[0]), node, scope)
        size = self._size(below[0]) if below else self.sorts.fresh(DIMENSION)
        if stem in _IDENTITIES:
            value = Op(mat(size, size), "identity", (), node.span)
            return self.transposed(value, node) if any(map(names.is_transpose, above)) else value
        value = Op(vec(size), "ones", (), node.span)
        return self.transposed(value, node) if above else value

    def _is_beside_a_set(self, node: s.Name) -> bool:
        """Whether a name is that of a set: as a value, where no set has a place, ``I`` is the identity all the same."""
        stem = names.stem(node)
        return stem in _IDENTITIES and self.signature.is_set(stem) and not self.signature.find(stem)

    def _is_entry(self, subscript: s.Node) -> bool:
        """Whether ``ij`` below an identity matrix are a row and a column, and not a size."""
        parts = index_items(subscript)
        sizes = [isinstance(part, s.Name) and self.signature.is_dimension(normalised(part)) for part in parts]
        return len(parts) == 2 and not any(sizes)

    def _size(self, node: s.Node) -> Sort:
        if isinstance(node, s.Product) and node.operators == (r"\times",) and node.operands[0] == node.operands[1]:
            node = node.operands[0]
        return self.signature.reader.dimension(node)

    def _power_of_e(self, node: s.Name, below: list[s.Node], above: list[s.Script], scope: Scope) -> Pre | None:
        """``e^{s}``; without an exponent ``e``, ``e_{G}`` and ``e^{-1}`` are about the neutral element of a group."""
        if self.signature.is_dimension("e"):
            return None
        if not above or (len(above) == 1 and names.is_minus_one(above[0])):
            sort = self.sorts.fresh(BASE)
            if below and isinstance(below[0], s.Name) and self.is_sort(below[0], scope):
                sort = self.signature.reader.read(below[0])
            elif below:
                return None
            value = Op(sort, "0", (), node.span)
            return Op(sort, "inv", (value,), node.span) if above else value
        if below or len(above) != 1:
            return None
        exponent = self.term(s.ungrouped(above[0].body), scope)
        self.unify(exponent.sort, SCALAR, node, "a power of e by what is no number", exponent)
        return Op(SCALAR, "exp", (exponent,), node.span)

    def sized_zero(self, node: s.Scripted, scope: Scope) -> Pre | None:
        """``0_{d}``, ``0_{m \\times n}`` and ``0_{G}``, the neutral element of a group; but ``0_{i}`` is an entry."""
        if not (isinstance(node.base, s.Number) and node.base.text == "0"):
            return None
        script, body = node.scripts[0], s.ungrouped(node.scripts[0].body)
        if len(node.scripts) > 1:  # 0_{m \times n}^\top
            first = self.sized_zero(replace(node, scripts=node.scripts[:1]), scope)
            return None if first is None else self.scripted(first, node.scripts[1:], node, scope)
        if script.kind != "_" or isinstance(body, s.Listing) or self.is_element(body, scope):
            return None
        if isinstance(body, s.Name) and self.signature.is_set(normalised(body)):
            return Op(self.signature.reader.read(body), "0", (), node.span)
        if isinstance(body, s.Product) and body.operators == (r"\times",):
            shape = [self.signature.reader.dimension(part) for part in body.operands]
            return Op(mat(*shape), "0", (), node.span) if len(shape) == 2 else None
        size = self.signature.reader.dimension(body)
        return Op(vec(size), "0", (), node.span)


@s.kept
def _as_printed(node: s.Name) -> str:
    """The whole name, with each script a part of it."""
    return names.read_name(node, lambda _: False, lambda _: False).printed.key

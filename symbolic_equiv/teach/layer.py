"""A layer to play with: attention on a ring of tokens, before and after the signal is moved.

The weights are drawn once and for all; the sliders say how many of them are used.  What is seen here is one layer at
one size: whether equivariance holds for all of them is for the checker to say (``verdict``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from symbolic_equiv.script.loader import ScriptError

MOST = 10
"""The largest ring."""

WIDTH = 4
"""Features of a token, and of a query."""

SLIDERS: dict[str, tuple[str, int, int, int]] = {
    "tokens": ("Tokens on the ring", 3, MOST, 6),
    "translation": ("Translation y", 0, MOST - 1, 2),
    "heads": ("Heads", 1, 4, 1),
    "rank": ("Rank of the adapter", 0, 4, 1),
    "window": ("Radius of the window", 0, 4, 1),
}
"""What can be slid: the label, the smallest and the largest value, and the one to begin with."""

Array = np.ndarray


@dataclass(frozen=True)
class Setting:
    """What the page asks for."""

    tokens: int
    translation: int
    heads: int
    rank: int
    window: int
    encoding: str
    adapter: str
    neighbourhood: str


def setting(asked: Mapping[str, Any]) -> Setting:
    """The setting in a request.  Raises ``ScriptError`` for what is not on the page."""
    values: dict[str, Any] = {}
    for name, (_, low, high, _) in SLIDERS.items():
        value = asked.get(name)
        if type(value) is not int or not low <= value <= high:
            raise ScriptError(f"{name}: a whole number from {low} to {high}")
        values[name] = value
    for name, choices in CHOICES.items():
        value = asked.get(name)
        if not isinstance(value, str) or value not in choices[1]:
            raise ScriptError(f"{name}: one of {', '.join(choices[1])}")
        values[name] = value
    return Setting(**values)


@dataclass(frozen=True)
class Seen:
    """The attention of the first head before and after, and how far the two differ when laid on each other.

    ``before`` and ``after`` are (n, n) or, with a key at no position, (n, n + 1); ``difference`` is
    ``after[i, j] - before[i - y, j - y]``; ``largest`` is the largest difference of the outputs of all heads, relative
    to the largest output.
    """

    before: Array
    after: Array
    difference: Array
    largest: float


def look(chosen: Setting) -> Seen:
    """The layer at the signal and at the moved signal."""
    weights = _Weights(chosen)
    n, back = chosen.tokens, (np.arange(chosen.tokens) - chosen.translation) % chosen.tokens
    signal = weights.signal
    before, out = weights.attention(signal)
    after, moved_out = weights.attention(signal[back])
    laid = before[back][:, [*back, *range(n, before.shape[1])]]
    largest = np.abs(moved_out - out[back]).max() / np.abs(out).max()
    return Seen(before, after, after - laid, float(largest))


class _Weights:
    """Everything that is drawn for a setting; larger settings use the same numbers and more of them."""

    def __init__(self, chosen: Setting) -> None:
        self.chosen = chosen
        draw = np.random.default_rng(4)
        self.signal = draw.normal(size=(MOST, WIDTH))[: chosen.tokens]
        self.maps = draw.normal(size=(4, 3, WIDTH, WIDTH)) * 0.6
        self.down, self.up = draw.normal(size=(4, 3, 4, WIDTH)), draw.normal(size=(4, 3, WIDTH, 4)) * 0.4
        self.offsets = draw.normal(size=(MOST, WIDTH))
        self.biases = draw.normal(size=MOST)
        self.places = draw.normal(size=(MOST, WIDTH))
        self.extra = draw.normal(size=(2, WIDTH))
        self.masks = draw.integers(0, 2, size=(MOST, WIDTH))

    def attention(self, signal: Array) -> tuple[Array, Array]:
        """The weights of the first head, and the outputs of all heads side by side."""
        chosen, n = self.chosen, len(signal)
        ring = np.arange(n)
        signal = signal + (self.places[:n] if chosen.encoding == "absolute" else 0)
        if chosen.adapter == "prompt":
            signal = np.concatenate([self.extra[:1], signal[1:]])
        outs, attention = [], []
        for head in range(chosen.heads):
            query, key, value = (self._mapped(head, role, signal) for role in range(3))
            score = SCORES.get(chosen.encoding, _plain)(self, query, key, (ring[None, :] - ring[:, None]) % n, head)
            if chosen.adapter == "prefix":
                asking = _turned(query, ANGLES[chosen.encoding](n)) if chosen.encoding in ANGLES else query
                score = np.concatenate([score, asking @ self._mapped(head, 1, self.extra[1:]).T], axis=1)
                value = np.concatenate([value, self._mapped(head, 2, self.extra[1:])])
            allowed = self._allowed(n)
            score = np.where(np.pad(allowed, ((0, 0), (0, score.shape[1] - n)), constant_values=True), score, -np.inf)
            weights = np.exp(score - score.max(axis=1, keepdims=True))
            weights /= weights.sum(axis=1, keepdims=True)
            attention.append(weights)
            outs.append(weights @ value)
        return attention[0], np.concatenate(outs, axis=1)

    def _mapped(self, head: int, role: int, vectors: Array) -> Array:
        """A projection with its adapter of the chosen rank."""
        rank = self.chosen.rank
        change = vectors @ self.down[head, role, :rank].T
        if self.chosen.adapter == "dropout" and len(vectors) == self.chosen.tokens:
            change = change * self.masks[: len(vectors), :rank]
        change = change @ self.up[head, role, :, :rank].T
        if self.chosen.adapter == "position-gated" and len(vectors) == self.chosen.tokens:
            change = change * (np.arange(len(vectors)) >= len(vectors) // 2)[:, None]
        return vectors @ self.maps[head, role].T + change

    def _allowed(self, n: int) -> Array:
        i, j = np.arange(n)[:, None], np.arange(n)[None, :]
        around, radius = np.minimum((j - i) % n, (i - j) % n), self.chosen.window
        return {
            "all": np.ones((n, n), bool),
            "window": around <= radius,
            "open-window": np.abs(i - j) <= radius,
            "causal-mask": j <= i,
        }[self.chosen.neighbourhood]


def _plain(own: _Weights, query: Array, key: Array, offset: Array, head: int) -> Array:
    return query @ key.T


def _relative(own: _Weights, query: Array, key: Array, offset: Array, head: int) -> Array:
    """``⟨q_i, k(f_j + ρ(j − i))⟩``: the maps are linear, so the encoding may be mapped by itself."""
    return query @ key.T + np.einsum("ia,ija->ij", query, own._mapped(head, 1, own.offsets)[offset])


def _bias(own: _Weights, query: Array, key: Array, offset: Array, head: int) -> Array:
    return query @ key.T + 2 * own.biases[offset]


def _rope(own: _Weights, query: Array, key: Array, offset: Array, head: int) -> Array:
    angles = ANGLES[own.chosen.encoding](len(query))
    return _turned(query, angles) @ _turned(key, angles).T


def _alibi(own: _Weights, query: Array, key: Array, offset: Array, head: int) -> Array:
    return query @ key.T + 0.5 * np.arange(len(key))


def _turned(vectors: Array, angles: Array) -> Array:
    """Each pair of features turned by the angle of its token."""
    c, s = np.cos(angles)[:, None], np.sin(angles)[:, None]
    even, odd = vectors[:, ::2], vectors[:, 1::2]
    return np.concatenate([c * even - s * odd, s * even + c * odd], axis=1)


SCORES: dict[str, Callable[..., Array]] = {
    "relative-key": _relative, "relative-bias": _bias, "rope": _rope, "rope-periodic": _rope, "alibi": _alibi,
}  # fmt: skip
ANGLES: dict[str, Callable[[int], Array]] = {
    "rope": lambda n: np.arange(n),
    "rope-periodic": lambda n: 2 * np.pi / n * np.arange(n),
}
"""By which angle RoPE turns the features of each token."""

CHOICES: dict[str, tuple[str, dict[str, str]]] = {
    "encoding": (
        "Encoding",
        {
            "relative-key": "relative, in the key",
            "relative-bias": "relative bias on the score",
            "rope-periodic": "RoPE, frequencies that fit the ring",
            "rope": "RoPE, any frequencies",
            "alibi": "ALiBi",
            "absolute": "absolute, added to the input",
        },
    ),
    "adapter": (
        "Adapter",
        {
            "lora": "LoRA",
            "prefix": "prefix keys, at no position",
            "prompt": "a token at a fixed place (BOS)",
            "position-gated": "LoRA on half of the tokens",
            "dropout": "LoRA with dropout left on",
        },
    ),
    "neighbourhood": (
        "Neighbours",
        {
            "all": "all tokens",
            "window": "a window, round the ring",
            "open-window": "a window with an edge",
            "causal-mask": "a causal mask",
        },
    ),
}
"""What can be chosen: the label, and the choices by the names that the checker's family knows them by."""

WHOLE = {"encoding": "relative-key", "adapter": "lora", "neighbourhood": "all"}
"""A layer that is equivariant."""

BREAKS: dict[str, dict[str, str]] = {
    "an absolute encoding": {**WHOLE, "encoding": "absolute"},
    "an edge": {**WHOLE, "neighbourhood": "open-window"},
    "a causal mask": {**WHOLE, "neighbourhood": "causal-mask"},
    "a BOS token": {**WHOLE, "adapter": "prompt"},
    "mend it": WHOLE,
}
"""Ways to break it, and how to mend it."""

"""Numbers with their nouns, in whatever is printed: 1 axiom, 2 axioms."""

from __future__ import annotations


def counted(number: int, one: str, many: str = "") -> str:
    """The number and its noun, which is ``one`` of them, or ``many``.

    >>> counted(1, "axiom"), counted(0, "axiom"), counted(2, "entry", "entries")
    ('1 axiom', '0 axioms', '2 entries')
    """
    return f"{number} {one if number == 1 else many or one + 's'}"

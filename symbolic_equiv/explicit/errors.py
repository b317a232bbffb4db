"""What can go wrong before anything is compared: a size, a hypothesis, a sort without a finite model."""

from __future__ import annotations


class ExplicitError(ValueError):
    """A statement that cannot be written out at the given sizes."""


class SizeError(ExplicitError):
    """A size that is missing, unknown, or not a whole number from 1 on."""

    def __init__(self, name: str, expected: str, found: object, hint: str = "") -> None:
        self.name, self.expected, self.found = name, expected, found
        super().__init__(f"size {name}: expected {expected}, found {found!r}" + (f"; {hint}" if hint else ""))


class HypothesisError(ExplicitError):
    """A hypothesis that the constructed model does not satisfy: nothing was compared."""

    def __init__(self, name: str, says: str, found: str) -> None:
        self.name, self.found = name, found
        super().__init__(
            f"hypothesis {name} ({says}) does not hold in the model: {found}; "
            "give tables that satisfy it, or other sizes"
        )

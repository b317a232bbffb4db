"""What can go wrong with a model."""

from __future__ import annotations


class NoModel(Exception):
    """No model of this statement can be built or evaluated here; the message says why."""


class ModelError(Exception):
    """A model that was given by hand does not fit its statement.

    ``place`` is the sort, variable or hypothesis; ``expected`` and ``found`` say what should stand there
    and what does; ``remedy`` says what to do.
    """

    def __init__(self, place: str, expected: str, found: str, remedy: str = "") -> None:
        self.place, self.expected, self.found, self.remedy = place, expected, found, remedy
        super().__init__(f"{place}: expected {expected}; found {found}" + (f"; {remedy}" if remedy else ""))


class Undecided(Exception):
    """Exact arithmetic cannot settle a question at the precision in use."""

"""A value found within a line of text."""

from dataclasses import dataclass

LOOKED_AT = 2_000
"""How much of one line is looked through; no printed line is longer."""


@dataclass(frozen=True, slots=True)
class Found:
    """A value within a text: what is printed, from where to where, and what it means."""

    printed: str
    start: int
    end: int
    value: str

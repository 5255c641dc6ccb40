"""A value found within a line of text."""

from dataclasses import dataclass

MAX_SEARCHED = 2_000
"""Number of characters of a line that are searched; printed lines are shorter."""


@dataclass(frozen=True, slots=True)
class ValueMatch:
    """A value within a text: as printed, its start and end, and its normalised form."""

    printed: str
    start: int
    end: int
    value: str

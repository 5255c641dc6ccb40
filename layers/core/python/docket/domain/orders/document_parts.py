"""The parts of a long document, which are read by themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self


@dataclass(frozen=True)
class DocumentParts:
    """The page ranges of a long document, which are read in parallel.

    `boundaries` are the first pages (from 0) of the ranges, followed by the number of pages;
    `read` holds the numbers (from 0) of the ranges that have been read.
    """

    boundaries: tuple[int, ...]
    read: frozenset[int] = frozenset()

    @classmethod
    def of(cls, page_count: int, slow: Sequence[int], *, most: int) -> Self | None:
        """Ranges with at most `most` of the `slow` pages (those that need OCR) each, balanced.

        Returns None if one range is enough.
        """
        count = -(-len(slow) // most)
        if count < 2:  # noqa: PLR2004 - one range needs no parts
            return None
        starts = [slow[number * len(slow) // count] for number in range(1, count)]
        return cls((0, *starts, page_count))

    @property
    def page_count(self) -> int:
        """The number of pages of the whole document."""
        return self.boundaries[-1]

    @property
    def ranges(self) -> tuple[range, ...]:
        """The pages of each part, from 0."""
        return tuple(range(first, end) for first, end in pairwise(self.boundaries))

    @property
    def unread(self) -> tuple[int, ...]:
        """The numbers of the ranges that have not been read yet."""
        return tuple(n for n in range(len(self.boundaries) - 1) if n not in self.read)

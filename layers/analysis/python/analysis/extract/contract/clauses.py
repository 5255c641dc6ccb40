"""The clauses of a contract: its passages with the headings above them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.layout import paragraphs
from analysis.layout.lines import TextLines
from analysis.layout.paragraphs import Passage

LOOKED_AT = 20_000
"""The longest text of a passage that is searched."""
_LONGEST_HEADING = 60
"""Most characters of a heading, without its number; longer passages are prose."""
_NUMBERED = re.compile(
    r"^\W*(?:(?:section|article|artikel|art\.?|clause|artículo|articolo|cláusula|§)\s*)?"
    r"(?:[\d.]{1,6}|[ivx]{1,5}\.|[a-z]\))?\s*",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.;,]\s*$")


@dataclass(frozen=True, slots=True)
class Clause:
    """A passage, its number from the start of the document, and the heading above it."""

    passage: Passage
    number: int
    heading: str

    @property
    def text(self) -> str:
        """The passage, cut off at `LOOKED_AT` characters."""
        return self.passage.text[:LOOKED_AT]


def clauses(pages: Sequence[TextLines]) -> Iterator[Clause]:
    """The passages in reading order, each with the heading above it and its number from 0.

    A heading is a clause too, under the heading before it.
    """
    heading, number = "", 0
    for page in pages:
        for passage in paragraphs.passages(page):
            yield Clause(passage, number, heading)
            number += 1
            if _is_heading(passage.text):
                heading = passage.text.strip()


def _is_heading(text: str) -> bool:
    title = _NUMBERED.sub("", text.strip(), count=1)
    return 0 < len(title) <= _LONGEST_HEADING and not _ENDS.search(title) and title[:1].isupper()

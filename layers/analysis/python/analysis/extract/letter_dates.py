"""The date of a letter: alone in its line, or behind a place (`Stuttgart, den 4. Mai 2026`)."""

import re
from collections.abc import Iterator, Sequence

from analysis.extract import values
from analysis.layout.lines import TextLine, TextSpan

PLACE = re.compile(
    r"^\W*(?:v\s+|w\s+|in\s+)?[^\W\d_][\w .'\u2019/()-]{1,35}?"
    r"(?:,\s*(?:den|le|the|el|li|l\u00ec|a|em|den|d\.|dnia|dne|a\s+d\u00ed?a)?|\s+(?:den|dnia|dne|le|,))\s*$",
    re.IGNORECASE,
)
"""What stands before a date that has its place."""
_BEHIND = re.compile(r"^\s*(?:r\.?|g\.?)?\W*$", re.IGNORECASE)
_HEAD_OF_PAGE = 0.5
"""The share of the page's height that has the date of a letter; below it is that of a signature."""

_NOT_OF_A_TABLE = 2
"""Most runs of text in the row of such a date: the date, and a line of the address."""


def find(
    rows: Sequence[TextLine], *, month_first: bool
) -> Iterator[tuple[TextSpan, values.ValueMatch, bool]]:
    """Each date that its run of text consists of, and whether a place is before it."""
    head = [row for row in rows if len(row) <= _NOT_OF_A_TABLE and row[0].box.top < _HEAD_OF_PAGE]
    for span in (span for row in head for span in row):
        for date in values.dates(span.text, month_first=month_first):
            before, behind = span.text[: date.start], span.text[date.end :]
            is_placed = bool(PLACE.match(before))
            if (is_placed or not before.strip(" .,:")) and _BEHIND.match(behind):
                yield span, date, is_placed

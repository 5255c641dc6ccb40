"""The name above an address, where letters have their window or their letterhead."""

import re
from collections.abc import Iterator

from analysis.layout.lines import TextLines, TextSpan

POSTCODE = re.compile(
    r"(?:^|\s)(?:[A-Z]{1,2}[- ]?)?\d{4,5}\s+[^\W\d]|\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b|"
    r"\b[A-Z]{2}\s\d{5}(?:-\d{4})?\b|(?:^|\s)\d{2}-\d{3}\s+[^\W\d]|(?:^|\s)\d{4}-\d{3}\s+[^\W\d]|"
    r"(?:^|\s)\d{3}\s\d{2}\s+[^\W\d]|[^\W\d]\s(?:-\s?)?\d{6}$|〒\s?\d{3}-\d{4}"
)
"""The postcode of a town: before its name in most of Europe, after it in the UK and the US."""
TITLED = re.compile(
    r"^(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Herrn?|Frau|M\.|Mme|Mlle|Madame|Monsieur|Sig|Sra?|D[ña]a?)\.?\s+"
    r"[^\W\d_a-z][\w.'\u2019 -]{1,40}$"
)
"""A name with a title, which only a person has."""
_NAME = re.compile(r"^[^\W\d_a-z][^\W\d_]*\.?(?:[ '\u2019-][^\W\d_][\w'\u2019.-]*){1,4}$")
_HEAD_OF_PAGE = 0.45
"""The share of the page's height that may have the address."""
_ALIGNED = 0.02
"""The share of the page's width within which left edges are aligned."""
_BLOCK = 4
"""Rows above a postcode that may have the name."""
_WITH_TITLE = 0.75
"""The confidence of a name with a title such as `Mr`."""
_ABOVE_ADDRESS = 0.65
"""The confidence of another name above a postcode."""


def names(page: TextLines) -> Iterator[tuple[TextSpan, float]]:
    """The best name first: one with a title, otherwise the line above the first address."""
    head = [span for row in page for span in row if span.box.top < _HEAD_OF_PAGE]
    for span in head:
        if TITLED.match(span.text.strip()):
            yield span, _WITH_TITLE
            return
    for span in head:
        if not POSTCODE.search(span.text):
            continue
        above = [
            other
            for other in head
            if 0 < span.row - other.row <= _BLOCK
            and abs(other.box.left - span.box.left) < _ALIGNED
            and _NAME.match(other.text.strip())
        ]
        if above:
            yield above[-1], _ABOVE_ADDRESS
            return

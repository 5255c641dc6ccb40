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
_PERSON = re.compile(
    r"^(?P<title>(?i:mr|mrs|ms|miss|mx|mme|mlle|madame|monsieur|messrs|herrn?|frau|sig(?:\.?ra)?|d\.?[ªº]|"
    r"dña|doña|don|sr(?:a|ta)?)\.?|M\.|D\.)\s+(?=[^\W\d_a-z][\w.'\u2019 -]{1,40}$)"
)
"""A form of address before a name, also in capitals."""
_FORM_OF_ADDRESS = re.compile(
    r"^(?:an\s+)?(?:herrn?|frau|monsieur|madame|mme|mlle|spett(?:\.le|abile)?|gent\.?(?:ma|mo)?\s+sig\.?(?:ra)?)"
    r"\W*$",
    re.IGNORECASE,
)
"""A form of address that has a line of its own above the name."""
_NAME = re.compile(r"^[^\W\d_a-z][^\W\d_]*\.?(?:[ '\u2019-][^\W\d_][\w'\u2019.-]*){1,4}$")
_BOX = re.compile(r"\bp\.?\s?o\.?\s?box\b|\bpostfach\b", re.IGNORECASE)
"""The address that payments are sent to, at the foot of the page."""
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


def without_title(name: str) -> str:
    """A name without its form of address."""
    return _PERSON.sub("", name)


def names(page: TextLines, *, below: float = 0.0) -> Iterator[tuple[TextSpan, float]]:
    """The best name first: one with a title, otherwise the line above the first address.

    `below`: where on the page to begin; without it only the head of the page is searched.
    """
    end = 1.0 if below else _HEAD_OF_PAGE
    head = [span for row in page for span in row if below <= span.box.top < end]
    for number, span in enumerate(head):
        text = span.text.strip()
        if TITLED.match(text) or _PERSON.match(text):
            yield span, _WITH_TITLE
            return
        if _FORM_OF_ADDRESS.match(text):
            under = [other for other in head[number + 1 :] if _is_under(other, span)]
            if under and _NAME.match(under[0].text.strip()):
                yield under[0], _WITH_TITLE
                return
    for span in head:
        if not POSTCODE.search(span.text):
            continue
        block = [
            other for other in head
            if 0 < span.row - other.row <= _BLOCK
            and abs(other.box.left - span.box.left) < _ALIGNED
        ]  # fmt: skip
        above = [other for other in block if _NAME.match(other.text.strip())]
        if above and not (below and any(_BOX.search(other.text) for other in block)):
            yield above[-1], _ABOVE_ADDRESS
            return


def _is_under(other: TextSpan, span: TextSpan) -> bool:
    return other.row == span.row + 1 and abs(other.box.left - span.box.left) < _ALIGNED

"""Labels with their values, of any document: `Label: value`, and forms in two columns."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from analysis.layout.lines import TextLine, TextLines, TextSpan, collapse_whitespace, fact
from analysis.model import Fact

_LABELLED = re.compile(
    r"^\W*(?P<label>[^\W\d_][^:\uff1a\n]{1,34}?)\s*[:\uff1a]\s+(?P<value>\S.{0,79})$"
)
_LABEL = re.compile(r"^\W*(?P<label>[^\W\d_][^:\uff1a\n]{1,39}?)\s*[:\uff1a]\s*$")
_NO_LABEL = re.compile(r"https?|www\.|[.!?]\s|\b(?:and|und|et|that|dass|which)\b", re.IGNORECASE)
_MOST_WORDS = 5
_LONGEST_VALUE = 80
_AT_MOST = 40
_ROWS_AT_LEAST = 4
_STEP = 100
_STATED = 0.85
_BESIDE = 0.8
_IN_COLUMNS = 0.6


def find(pages: Sequence[TextLines]) -> Iterator[Fact]:
    """Each pair once, those with a colon first."""
    seen: set[str] = set()
    for page in pages:
        for found in (*_with_colon(page), *_in_columns(page)):
            key = str(found.normalised).casefold()
            if key not in seen and len(seen) < _AT_MOST:
                seen.add(key)
                yield found


def _with_colon(page: TextLines) -> Iterator[Fact]:
    for row in page:
        for place, span in enumerate(row):
            if (match := _LABELLED.match(span.text)) and _is_label(match["label"]):
                yield _field(match["label"], match["value"], span, _STATED, match.start("value"))
            elif (match := _LABEL.match(span.text)) and _is_label(match["label"]):
                value = row[place + 1] if place + 1 < len(row) else None
                if value is not None and _is_value(value.text):
                    yield _field(match["label"], value.text, value, _BESIDE, 0)


def _in_columns(page: TextLines) -> Iterator[Fact]:
    """Rows of two runs of text that begin at the same two places as several other rows."""
    pairs = [row for row in page if len(row) == 2]  # noqa: PLR2004 - a label and its value
    places = Counter(_place(row) for row in pairs)
    for row in pairs:
        label, value = row
        text = label.text.strip()
        if places[_place(row)] >= _ROWS_AT_LEAST and _is_label(text) and _is_value(value.text):
            yield _field(text, value.text, value, _IN_COLUMNS, 0)


def _place(row: TextLine) -> tuple[int, int]:
    return round(row[0].box.left * _STEP), round(row[1].box.left * _STEP)


def _is_label(text: str) -> bool:
    lettered = text[:1].isalpha() and not text.endswith((":", "."))
    return lettered and len(text.split()) <= _MOST_WORDS and not _NO_LABEL.search(text)


def _is_value(text: str) -> bool:
    return 0 < len(text.strip()) <= _LONGEST_VALUE and not _LABEL.match(text)


def _field(label: str, value: str, span: TextSpan, confidence: float, start: int) -> Fact:
    whole = collapse_whitespace(f"{label.strip()}: {value.strip()}")
    return fact("field", whole, whole, span, confidence, chars=(start, len(span.text)))

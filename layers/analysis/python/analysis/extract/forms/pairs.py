"""Labels with their values, of any document: `Label: value`, and forms with the values beside or
below their labels.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from analysis.extract.forms import ticked_boxes
from analysis.extract.label_words import is_label
from analysis.layout.lines import TextLine, TextLines, TextSpan, collapse_whitespace, fact
from analysis.model import Fact

_LABELLED = re.compile(
    r"^\W*(?P<label>[^\W\d_][^:\uff1a\n]{1,34}?)\s*[:\uff1a]\s+(?P<value>\S.{0,79})$"
)
_LABEL = re.compile(r"^\W*(?P<label>[^\W\d_][^:\uff1a\n]{1,39}?)\s*[:\uff1a]\s*$")
_NO_LABEL = re.compile(r"https?|www\.|[.!?]\s|\b(?:and|und|et|that|dass|which)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"^\s*\d{1,2}[a-z]?[.)]?\s+")
_SENTENCE = re.compile(r"(?:\S+\s+){4,}\S+[.;,]\s*$")
_ALIGNED = 0.01
"""The share of the page's width within which label and value are in one column."""
_FURTHER = 1.5
"""Times the gap to its label that the gap below a value exceeds."""
_OF_A_LABEL = 2
"""Most words behind the comma of a label, such as `Name, Vorname`; more are an instruction."""
_MOST_WORDS = 5
"""Most words of a label."""
_LONGEST_VALUE = 80
"""Most characters of a value; longer texts are sentences."""
_AT_MOST = 40
"""Most fields of a document."""
_ROWS_AT_LEAST = 4
"""Fewest rows of a form's column; fewer are set so by chance."""
_STEP = 100
"""Places in a hundredth of the page's width are the same column."""
TICKED = "X"
"""The value of a ticked option that answers no question."""
_STATED = 0.85
"""The confidence of a value behind a colon."""
_BESIDE = 0.8
"""The confidence of a value in the next run of text behind a colon."""
_IN_COLUMNS = 0.6
"""The confidence of a value without a colon, in a column or below its label."""


def find(pages: Sequence[TextLines]) -> Iterator[Fact]:
    """Each pair once, those with a colon first."""
    seen: set[str] = set()
    for page in pages:
        for found in (*_ticked(page), *_with_colon(page), *_in_columns(page), *_below(page)):
            key = str(found.normalised).casefold()
            if key not in seen and len(seen) < _AT_MOST:
                seen.add(key)
                yield found


def _ticked(page: TextLines) -> Iterator[Fact]:
    for question, option, span in ticked_boxes.find(page):
        label, value = (question, option) if question else (option, TICKED)
        yield _field(label, value, span, _STATED, 0)


def _with_colon(page: TextLines) -> Iterator[Fact]:
    for row in page:
        has_boxes = any(ticked_boxes.BOX.search(span.text) for span in row)
        for place, span in enumerate([] if has_boxes else row):
            if (match := _LABELLED.match(span.text)) and _is_label(match["label"]):
                yield _field(match["label"], match["value"], span, _STATED, match.start("value"))
            elif (match := _LABEL.match(span.text)) and _is_label(match["label"]):
                value = row[place + 1] if place + 1 < len(row) else None
                if value is not None and _is_value(value.text) and not _is_other_label(value.text):
                    yield _field(match["label"], value.text, value, _BESIDE, 0)


def _in_columns(page: TextLines) -> Iterator[Fact]:
    """Rows of two runs of text that begin at the same two places as several other rows."""
    pairs = [row for row in page if len(row) == 2]  # noqa: PLR2004 - a label and its value
    places = Counter(_place(row) for row in pairs)
    for row in pairs:
        label, value = row
        text = label.text.strip()
        is_street = text[-1:].isdigit()
        if places[_place(row)] < _ROWS_AT_LEAST or is_street or not _is_label(text):
            continue
        if _is_value(value.text):
            start = len(value.text) - len(value.text.lstrip(" :"))
            yield _field(text, value.text[start:], value, _IN_COLUMNS, start)


def _below(page: TextLines) -> Iterator[Fact]:
    """Values alone in their rows, each close below its label, and further from the next one."""
    found = [*_stacked(page)]
    if len(found) >= _ROWS_AT_LEAST:
        for label, value in found:
            yield _field(label, value.text, value, _IN_COLUMNS, 0)


def _stacked(page: TextLines) -> Iterator[tuple[str, TextSpan]]:
    """Each row that may be a value, with the text of its label: without its number and remarks."""
    for above, row, below in zip(page, page[1:], [*page[2:], None], strict=False):
        if len(above) != 1 or len(row) != 1:
            continue
        label, value = above[0], row[0]
        gap = value.box.top - label.box.bottom
        next_gap = below[0].box.top - value.box.bottom if below else 1.0
        is_close = abs(value.box.left - label.box.left) < _ALIGNED and gap < value.box.height
        text = _NUMBERED.sub("", label.text).partition("(")[0].partition(",")[0].strip()
        is_apart = next_gap > _FURTHER * max(gap, 0)
        is_pair = _is_label(text) and _is_value(value.text) and not _SENTENCE.search(value.text)
        if is_close and is_apart and is_pair:
            yield text, value


def plain_label(text: str) -> str:
    """The label without the number of its box, a remark in brackets, or an instruction."""
    text = _NUMBERED.sub("", text).partition("(")[0].strip(" :*")
    first, _, rest = text.partition(",")
    return text if len(rest.split()) <= _OF_A_LABEL else first.strip()


def _place(row: TextLine) -> tuple[int, int]:
    return round(row[0].box.left * _STEP), round(row[1].box.left * _STEP)


def _is_label(text: str) -> bool:
    lettered = text[:1].isalpha() and not text.endswith((":", "."))
    return lettered and len(text.split()) <= _MOST_WORDS and not _NO_LABEL.search(text)


def _is_value(text: str) -> bool:
    return 0 < len(text.strip()) <= _LONGEST_VALUE and not _LABEL.match(text)


def _is_other_label(text: str) -> bool:
    """Whether it is the label of the next column; one word alone may be a value."""
    return len(text.split()) > 1 and is_label(text)


def _field(label: str, value: str, span: TextSpan, confidence: float, start: int) -> Fact:
    whole = collapse_whitespace(f"{label.strip()}: {value.strip()}")
    return fact("field", whole, whole, span, confidence, chars=(start, len(span.text)))

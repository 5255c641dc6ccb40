"""The lines of a page, and the values to the right of or below a label."""

import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analysis.model import Box, Cell, Fact, Grid, Line, Normalised, Page

_SAME_ROW = 0.5
"""The share of the smaller line's height below which middles are in one row."""
_SLOPES = tuple(step / 400 for step in range(-24, 25))
"""The slopes tried for a photographed page: up to 6 percent, in steps of a quarter percent."""
_FEWEST_TO_LEAN = 8
"""Lines from which a slope is looked for; fewer fit many slopes."""
_TO_THE_RIGHT = 4
"""Number of runs of text to the right of a label that may have its value."""
_BELOW = 3
"""Number of rows below a label that may have its value."""
_BEFORE_VALUE = " :\uff1a.#-=\t\u2019'"


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A run of text with its page and the number of its row on it.

    Its box is that of the upright page, which may not be the page as displayed. `cell` is the cell
    that it fills, with the grid of that.
    """

    text: str
    box: Box
    page: Page
    row: int
    cell: tuple[Grid, Cell] | None = None

    def part(self, start: int, end: int) -> Box:
        """The approximate box of the characters from `start` to `end`."""
        box, length = self.box, max(1, len(self.text))
        left = box.left + box.width * start / length
        right = box.left + box.width * end / length
        return Box(left, box.top, right, box.bottom)


type TextLine = list[TextSpan]
type TextLines = list[TextLine]
"""The rows of a page from the top, each from left to right."""


def group_lines(page: Page) -> TextLines:
    """The page's runs of text in rows; the rows of a photograph may slope."""
    lines = [Line(line.text, page.upright(line.box)) for line in page.lines]
    slope = _slope(lines) if page.source == "ocr" and not page.tilt else 0.0
    level = sorted(((_middle(line, slope), line) for line in lines), key=lambda item: item[0])
    grouped: list[list[Line]] = []
    last_middle, last_height = 0.0, 0.0
    for middle, line in level:
        height = line.box.height
        if grouped and middle - last_middle < _SAME_ROW * min(height, last_height):
            grouped[-1].append(line)
        else:
            grouped.append([line])
        last_middle, last_height = middle, height
    return [
        [
            TextSpan(line.text, line.box, page, row)
            for line in sorted(group, key=lambda line: line.box.left)
        ]
        for row, group in enumerate(grouped)
    ]


def _middle(line: Line, slope: float) -> float:
    box = line.box
    return (box.top + box.bottom) / 2 - slope * (box.left + box.right) / 2


def _slope(lines: Sequence[Line]) -> float:
    """The slope of rows from left to right: the one at which most runs share a row."""
    if len(lines) < _FEWEST_TO_LEAN:
        return 0.0
    near = 0.25 * statistics.median(line.box.height for line in lines)

    def shared(slope: float) -> tuple[float, float]:
        middles = sorted(_middle(line, slope) for line in lines)
        gaps = [after - before for before, after in pairwise(middles)]
        return sum(max(0.0, 1 - gap / near) for gap in gaps if gap < near), -abs(slope)

    return max(_SLOPES, key=shared) if near > 0 else 0.0


@dataclass(frozen=True, slots=True)
class LabelledValue:
    """A text that may be a label's value, and its position relative to the label.

    `offset` is the start of the text in its span; `before` is the text before the label, `label`
    the label with the text around it, and `at` the run of text that has the label.
    """

    text: str
    span: TextSpan
    offset: int
    relation: str
    before: str
    label: str
    at: TextSpan


def labelled_values(pages: Sequence[TextLines], label: re.Pattern[str]) -> Iterator[LabelledValue]:
    """Candidates for the value of a label: after it, right of it, below it; the nearest first."""
    for page in pages:
        for index, row in enumerate(page):
            for place, span in enumerate(row):
                for match in label.finditer(span.text):
                    yield from _near(page, index, place, match)


def _near(page: TextLines, index: int, place: int, match: re.Match[str]) -> Iterator[LabelledValue]:
    span = page[index][place]
    before = span.text[: match.start()]
    rest = span.text[match.end() :]
    offset = match.end() + len(rest) - len(rest.lstrip(_BEFORE_VALUE))
    if span.text[offset:].strip():
        yield LabelledValue(span.text[offset:], span, offset, "same", before, span.text, span)
    for right in page[index][place + 1 : place + 1 + _TO_THE_RIGHT]:
        yield LabelledValue(right.text, right, 0, "right", before, span.text, span)
    for below in page[index + 1 : index + 1 + _BELOW]:
        for other in below:
            if span.box.overlap(other.box) > 0:
                yield LabelledValue(other.text, other, 0, "below", before, span.text, span)


def text_of(row: TextLine) -> str:
    """The runs of a row, with a blank between them."""
    return " ".join(span.text for span in row)


def union_box(spans: Sequence[TextSpan]) -> Box:
    """The box around these spans of one upright page."""
    first, *others = (span.box for span in spans)
    return first.union(*others)


def fact(
    name: str,
    value: str,
    normalised: Normalised,
    span: TextSpan,
    confidence: float,
    *,
    chars: tuple[int, int] | None = None,
    box: Box | None = None,
) -> Fact:
    """A fact at a span, at characters of it, or in a box.

    `confidence` is the rule's for certain text; it is multiplied by the OCR confidence. It ranks
    the candidates of a name; `extract.calibration` converts it to the measured share of right ones.
    """
    legible = span.page.confidence if span.page.source == "ocr" else 1.0
    return Fact(
        name=name,
        value=value,
        normalised=normalised,
        page=span.page.number,
        box=span.page.displayed(box or (span.part(*chars) if chars else span.box)),
        confidence=confidence * legible,
        source=span.page.source,
    )


def collapse_whitespace(value: str) -> str:
    """The text with each run of whitespace as one space."""
    return " ".join(value.split())

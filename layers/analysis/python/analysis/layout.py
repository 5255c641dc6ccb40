"""Where things stand: rows of a page, and what stands right of or below a label."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.reading import Box, Fact, Line, Normalised, Page

_SAME_ROW = 0.5


@dataclass(frozen=True, slots=True)
class Spot:
    """A run of text with its page and the number of its row on it."""

    text: str
    box: Box
    page: Page
    row: int

    def part(self, start: int, end: int) -> Box:
        """Roughly where the characters from `start` to `end` stand."""
        x0, y0, x1, y1 = self.box
        length = max(1, len(self.text))
        return x0 + (x1 - x0) * start / length, y0, x0 + (x1 - x0) * end / length, y1


def rows(page: Page) -> list[list[Spot]]:
    """The page's runs of text, row by row from the top, each from left to right."""
    ordered = sorted(page.lines, key=lambda line: (line.box[1] + line.box[3]) / 2)
    grouped: list[list[Line]] = []
    for line in ordered:
        middle = (line.box[1] + line.box[3]) / 2
        if grouped:
            last = grouped[-1][-1].box
            if middle - (last[1] + last[3]) / 2 < _SAME_ROW * min(
                line.box[3] - line.box[1], last[3] - last[1]
            ):
                grouped[-1].append(line)
                continue
        grouped.append([line])
    return [
        [Spot(line.text, line.box, page, row) for line in sorted(group, key=lambda one: one.box[0])]
        for row, group in enumerate(grouped)
    ]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text that may be a label's value, and how it stands to the label."""

    text: str
    spot: Spot
    offset: int
    relation: str


def labelled(pages: Sequence[list[list[Spot]]], label: re.Pattern[str]) -> Iterator[Labelled]:
    """Candidates for the value of a label: behind it, right of it, below it, nearest first."""
    for page in pages:
        for index, row in enumerate(page):
            for place, spot in enumerate(row):
                for found in label.finditer(spot.text):
                    yield from _near(page, index, place, spot, found.end())


def _near(
    page: list[list[Spot]], index: int, place: int, spot: Spot, end: int
) -> Iterator[Labelled]:
    rest = spot.text[end:]
    offset = end + len(rest) - len(rest.lstrip(" :.#-=\t"))
    if spot.text[offset:].strip():
        yield Labelled(spot.text[offset:], spot, offset, "same")
    for right in page[index][place + 1 : place + 5]:
        yield Labelled(right.text, right, 0, "right")
    x0, _, x1, _ = spot.box
    for below in page[index + 1 : index + 4]:
        for other in below:
            overlap = min(x1, other.box[2]) - max(x0, other.box[0])
            if overlap > 0:
                yield Labelled(other.text, other, 0, "below")


def fact(  # noqa: PLR0917 long patterns, and thresholds named by their line
    name: str,
    value: str,
    normalised: Normalised,
    spot: Spot,
    confidence: float,
    span: tuple[int, int] | None = None,
) -> Fact:
    """A fact standing at a spot, as sure as the rule and the page's text together."""
    return Fact(
        name=name,
        value=value,
        normalised=normalised,
        page=spot.page.number,
        box=spot.part(*span) if span else spot.box,
        confidence=confidence * (spot.page.confidence if spot.page.source == "ocr" else 1.0),
        source=spot.page.source,
    )

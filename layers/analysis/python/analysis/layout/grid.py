"""Columns of a table by its head: each cell of the rows below belongs to one of them.

A cell belongs to the column whose head it overlaps most, otherwise to the nearest edge: numbers
are set to the right of their column and texts to the left.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from analysis.layout.lines import TextLine, TextSpan, text_of
from analysis.model import Box

type RoleOf = Callable[[str], str | None]
"""The role of a column by its head; None if the head is not known."""

_FEWEST_JOINED = 2
_NUMBER = re.compile(
    r"[-+(]?(?:(?:[€$£]|EUR|USD|GBP|CHF)\s?)?\d[\d.,'\u2019]*(?:\s?(?:%|€|\$|£|EUR|USD|GBP|CHF))?\)?\s*"
)
_NUMBERS = re.compile(rf"(?:{_NUMBER.pattern}){{2,4}}")
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its role, and the box and the text of its head."""

    role: str
    box: Box
    head: str = ""


def cells(columns: Sequence[Column], row: TextLine) -> list[list[TextSpan]]:
    """The spans of a row by column; a column without any is empty."""
    placed: list[list[TextSpan]] = [[] for _ in columns]
    for span in row:
        for part in _numbers_of(columns, span):
            placed[_nearest(columns, part.box)].append(part)
    return placed


def _numbers_of(columns: Sequence[Column], span: TextSpan) -> TextLine:
    """The numbers of two columns that are so near to each other that they are one text."""
    below = sum(column.box.overlap(span.box) > 0 for column in columns)
    if below < _FEWEST_JOINED or not _NUMBERS.fullmatch(span.text):
        return [span]
    found = list(_NUMBER.finditer(span.text))
    parts = [
        TextSpan(match[0].strip(), span.part(match.start(), match.end()), span.page, span.row)
        for match in found
    ]
    places = {_nearest(columns, part.box) for part in parts}
    return parts if len(places) == len(parts) else [span]


def texts(columns: Sequence[Column], row: TextLine) -> tuple[str, ...]:
    """The text of each column's cell; empty if there is none."""
    return tuple(text_of(spans) for spans in cells(columns, row))


def _nearest(columns: Sequence[Column], box: Box) -> int:
    def distance(place: int) -> tuple[float, float]:
        head = columns[place].box
        apart = min(
            abs(head.left - box.left),
            abs(head.right - box.right),
            abs((head.left + head.right) - (box.left + box.right)) / 2,
        )
        return -max(0.0, head.overlap(box)), apart

    return min(range(len(columns)), key=distance)


def widened(columns: Sequence[Column], rows: Sequence[TextLine]) -> list[Column]:
    """The columns, as wide as those cells of the rows that are below one head only."""
    boxes = [column.box for column in columns]
    for row in rows:
        for span in row:
            below = [
                place for place, column in enumerate(columns) if column.box.overlap(span.box) > 0
            ]
            if len(below) == 1:
                boxes[below[0]] = _as_wide(boxes[below[0]], span.box)
    return [replace(column, box=box) for column, box in zip(columns, boxes, strict=True)]


def _as_wide(box: Box, other: Box) -> Box:
    left, right = min(box.left, other.left), max(box.right, other.right)
    return Box(left, box.top, right, box.bottom)


def columns_of_rows(rows: Sequence[TextLine]) -> list[Column]:
    """The columns of a table without known heads: those of its row with the most cells.

    Of several such rows the first, which usually is the head.
    """
    widest = max(rows, key=len)
    edges: list[Box] = [span.box for span in widest]
    for row in rows:
        for span in row:
            over = [place for place, edge in enumerate(edges) if edge.overlap(span.box) > 0]
            if len(over) == 1:
                edges[over[0]] = _as_wide(edges[over[0]], span.box)
    return [Column("", box) for box in edges]


def separated(row: TextLine, role_of: RoleOf) -> TextLine:
    """Heads that are so near to each other that they are one text, as several."""
    return [head for span in row for head in _heads_of(span, role_of)]


def _heads_of(span: TextSpan, role_of: RoleOf) -> TextLine:
    tokens = [*re.finditer(r"\S+", span.text)]
    if len(tokens) < _FEWEST_JOINED or len(tokens) > _MOST_WORDS or role_of(span.text):
        return [span]
    ranges = _known_ranges([token.group() for token in tokens], role_of)
    return [
        TextSpan(
            span.text[tokens[first].start() : tokens[last - 1].end()],
            span.part(tokens[first].start(), tokens[last - 1].end()),
            span.page,
            span.row,
        )
        for first, last in ranges
    ] or [span]


def _known_ranges(tokens: Sequence[str], role_of: RoleOf) -> list[tuple[int, int]]:
    """The ranges of tokens that are all known heads; empty if there is no such division."""
    divisions: list[list[tuple[int, int]] | None] = [[]]
    for end in range(1, len(tokens) + 1):
        possible = [
            [*before, (start, end)]
            for start in range(end)
            if (before := divisions[start]) is not None and role_of(" ".join(tokens[start:end]))
        ]
        divisions.append(min(possible, key=len, default=None))
    return divisions[-1] or []

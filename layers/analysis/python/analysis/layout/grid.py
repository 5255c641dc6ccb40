"""Columns of a table by its head: each cell of the rows below belongs to one of them.

A cell belongs to the column whose head it overlaps most, otherwise to the nearest edge: numbers
are set to the right of their column and texts to the left.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.layout.lines import TextLine, TextSpan, text_of
from analysis.model import Box


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
        placed[_nearest(columns, span.box)].append(span)
    return placed


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

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

_FEWEST_CELLS = 2
"""Cells from which a column has no head."""
_FEWEST_JOINED = 2
"""Words from which a run of text may be several heads of columns."""
_NUMBER = re.compile(
    r"[-+(]?(?:(?:[€$£]|EUR|USD|GBP|CHF)\s?)?\d[\d.,'\u2019]*(?:\s?(?:%|€|\$|£|EUR|USD|GBP|CHF))?\)?\s*"
)
_NUMBER_BEFORE = re.compile(r"\d[\d.,]*\s+(?=[^\W\d])")
_COUNTS = frozenset(["quantity", "position"])
_GROUPED = re.compile(r"\D*\d{1,3}(?:\s\d{3})+(?:[.,]\d+)?\D*")
"""A number whose thousands are divided by blanks."""
_NUMBERS = re.compile(rf"(?:{_NUMBER.pattern}){{2,4}}")
_MOST_WORDS = 8
"""Words above which a run of text is a sentence, not several heads."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its role, and the box and the text of its head."""

    role: str
    box: Box
    head: str = ""


def cells(columns: Sequence[Column], row: TextLine) -> list[list[TextSpan]]:
    """The spans of a row by column; a column without any is empty."""
    placed: list[list[TextSpan]] = [[] for _ in columns]
    for place, span in enumerate(row):
        for part in _divided(columns, span, is_first=place == 0):
            placed[_nearest(columns, part.box)].append(part)
    return placed


def _divided(columns: Sequence[Column], span: TextSpan, *, is_first: bool) -> TextLine:
    """A text that crosses from one column into another, as several."""
    parts = _parts(columns, span, is_first=is_first)
    places = {_nearest(columns, part.box) for part in parts}
    return parts if len(places) == len(parts) else [span]


def _parts(columns: Sequence[Column], span: TextSpan, *, is_first: bool) -> TextLine:
    """The parts of a text that may be of several columns.

    They are numbers, or the number at the beginning of a row and the description behind it.
    """
    if _NUMBERS.fullmatch(span.text) and not _GROUPED.fullmatch(span.text):
        starts = [match.start() for match in _NUMBER.finditer(span.text)]
    else:
        begun = _NUMBER_BEFORE.match(span.text)
        roles = [column.role for column in columns]
        counts_first = "description" in roles and any(
            role in _COUNTS for role in roles[: roles.index("description")]
        )
        starts = [0, begun.end()] if begun and is_first and counts_first else [0]
    if len(starts) == 1:
        return [span]
    ends = [*starts[1:], len(span.text)]
    texts_of_parts = [
        span.text[start:end].rstrip() for start, end in zip(starts, ends, strict=True)
    ]
    return [
        replace(span, text=text, box=span.part(start, start + len(text)))
        for start, text in zip(starts, texts_of_parts, strict=True)
    ]


def texts(columns: Sequence[Column], row: TextLine) -> tuple[str, ...]:
    """The text of each column's cell; empty if there is none."""
    return tuple(text_of(spans) for spans in cells(columns, row))


def _nearest(columns: Sequence[Column], box: Box) -> int:
    def distance(place: int) -> tuple[float, float]:
        head = columns[place].box
        return -max(0.0, head.overlap(box)), _apart(head, box)

    return min(range(len(columns)), key=distance)


def _apart(head: Box, box: Box) -> float:
    """The distance of the nearest of their left edges, right edges and middles."""
    return min(
        abs(head.left - box.left),
        abs(head.right - box.right),
        abs((head.left + head.right) - (box.left + box.right)) / 2,
    )


def widened(columns: Sequence[Column], rows: Sequence[TextLine]) -> list[Column]:
    """The columns, as wide as their cells in the rows.

    Numbers at the right of a column may be beyond its head and nearer to the next one. If the cells
    leave white space between columns, these belong to the heads in their order.
    """
    bodies = _bodies(columns, rows)
    if not _are_in_order(columns, bodies):
        return _widened_by_heads(columns, rows)
    return [
        replace(column, box=_as_wide(column.box, body) if column.box.overlap(body) > 0 else body)
        for column, body in zip(columns, bodies, strict=True)
    ]


def with_unheaded(columns: Sequence[Column], rows: Sequence[TextLine]) -> list[Column]:
    """The columns, and those between them whose cells have no head; their role is `other`.

    Only if each head has cells below it: otherwise cells beside a head may be its own.
    """
    left, right = columns[0].box.left, columns[-1].box.right
    bodies = _bodies(columns, rows)
    if not all(any(column.box.overlap(body) > 0 for body in bodies) for column in columns):
        return list(columns)
    apart = [
        Column("other", body)
        for body in bodies
        if left < body.left < body.right < right
        and not any(column.box.overlap(body) > 0 for column in columns)
        and sum(any(span.box.overlap(body) > 0 for span in row) for row in rows) >= _FEWEST_CELLS
    ]
    return sorted([*columns, *apart], key=lambda column: column.box.left)


def _bodies(columns: Sequence[Column], rows: Sequence[TextLine]) -> list[Box]:
    """The columns of cells with white space between them, from left to right."""
    bodies: list[Box] = []
    parts = (
        part.box
        for row in rows
        for place, span in enumerate(row)
        for part in _parts(columns, span, is_first=place == 0)
    )
    for box in sorted(parts, key=lambda box: box.left):
        if bodies and bodies[-1].overlap(box) > 0:
            bodies[-1] = _as_wide(bodies[-1], box)
        else:
            bodies.append(box)
    return bodies


def _are_in_order(columns: Sequence[Column], bodies: Sequence[Box]) -> bool:
    """Whether there is a body for each column, none of them below several heads."""
    return len(bodies) == len(columns) and all(
        sum(column.box.overlap(body) > 0 for column in columns) <= 1 for body in bodies
    )


def _widened_by_heads(columns: Sequence[Column], rows: Sequence[TextLine]) -> list[Column]:
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

"""Lay out the rows of a workbook: each of its sheets as wide as its columns need."""

from collections.abc import Iterator, Sequence

from analysis.formats.docx.sheet import (
    HEIGHT,
    LEADING,
    MARGIN,
    WIDTH,
    Sheets,
    line_at,
    wrapped,
)
from analysis.formats.xlsx import workbook
from analysis.limits import Limits
from analysis.model import Line

_CHARACTER = 6.0
"""The width of a character in points, with the space to the next column."""
_WIDEST = 40
"""Characters of a line of a cell; longer texts have several lines."""
_BETWEEN = 2
_LINES_A_SHEET = int((HEIGHT - 2 * MARGIN) / LEADING)


def sheets(data: bytes, limits: Limits) -> Sheets:
    """Lay out the workbook, up to the limit of pages. Raises `Unreadable` as `workbook` does."""
    made: list[list[Line]] = []
    widths: list[float] = []
    for rows in workbook.sheets(data, limits):
        columns = [
            min(_WIDEST, max(map(len, column))) + _BETWEEN for column in zip(*rows, strict=True)
        ]
        width = max(WIDTH, 2 * MARGIN + _CHARACTER * sum(columns))
        for lines in _set(rows, columns, width):
            if len(made) >= limits.pages:
                return Sheets(made, cut=True, widths=tuple(widths))
            made.append(lines)
            widths.append(width)
    return Sheets(made, cut=False, widths=tuple(widths))


def _set(
    rows: Sequence[Sequence[str]], columns: Sequence[int], width: float
) -> Iterator[list[Line]]:
    """The lines of each sheet of rows."""
    starts = [MARGIN + _CHARACTER * sum(columns[:place]) for place in range(len(columns))]
    lines: list[Line] = []
    used = 0
    for row in rows:
        cells = [list(wrapped(text, _WIDEST)) for text in row]
        height = max(map(len, cells))
        if used and used + height > _LINES_A_SHEET:
            yield lines
            lines, used = [], 0
        for start, texts in zip(starts, cells, strict=True):
            for place, text in enumerate(texts[:_LINES_A_SHEET]):
                lines.append(line_at(text, start, MARGIN + LEADING * (used + place), width))
        used += height
    if lines:
        yield lines

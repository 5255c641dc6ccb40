"""The text of a page by the cells of its grids: one row of text for each row of cells.

A cell may have several lines of text, set to its top, its middle or its bottom. They are joined, so
that a row of cells is one row, whose texts are as wide as their cells. A grid may also have rules
between its columns only; then its rows of text are rows, and the texts of each cell are joined.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from analysis.layout.lines import TextLine, TextLines, TextSpan, union_box
from analysis.model import Box, Cell, Grid

_AMOUNT = re.compile(r"\d[.,]\d\d(?!\d)|[€$£]\s?\d|\d\s?€")
_BANDS = 100
"""Number of horizontal bands into which a page is divided to find the cell of a text."""
_EDGE = 0.002
"""How far a text may be outside of its cell."""

type _Placed = tuple[TextSpan, Grid, Cell]


def by_cells(page: TextLines) -> TextLines:
    """The rows of a page, those within its grids by their cells."""
    grids = page[0][0].page.grids if page else ()
    if not grids:
        return page
    upright = page[0][0].page.upright
    boxes = _by_height([(grid, cell, upright(cell.box)) for grid in grids for cell in grid.cells])
    made: list[tuple[float, TextLine]] = []
    by_row: dict[tuple[int, int], list[_Placed]] = defaultdict(list)
    for row in page:
        beside: TextLine = []
        for span in row:
            place = _cell_of(span.box, boxes[_band(span.box.center_y)])
            if place is None:
                beside.append(span)
            else:
                by_row[id(place[0]), place[1].row].append((span, *place))
        if beside:
            made.append((beside[0].box.center_y, beside))
    for placed in by_row.values():
        made += [(row[0].box.center_y, row) for row in _rows(placed, upright)]
    made.sort(key=lambda entry: entry[0])
    return [row for _, row in made]


def _by_height(boxes: Sequence[tuple[Grid, Cell, Box]]) -> dict[int, list[tuple[Grid, Cell, Box]]]:
    """The cells by the bands of the page that they are in, because a page may have thousands."""
    bands: dict[int, list[tuple[Grid, Cell, Box]]] = defaultdict(list)
    for entry in boxes:
        for band in range(_band(entry[2].top), _band(entry[2].bottom) + 1):
            bands[band].append(entry)
    return bands


def _band(y: float) -> int:
    return int(min(1.0, max(0.0, y)) * _BANDS)


def _cell_of(box: Box, boxes: Sequence[tuple[Grid, Cell, Box]]) -> tuple[Grid, Cell] | None:
    middle = (box.left + box.right) / 2
    for grid, cell, edges in boxes:
        is_within = edges.left - _EDGE <= middle <= edges.right + _EDGE
        if is_within and edges.top <= box.center_y <= edges.bottom:
            return grid, cell
    return None


def _rows(placed: Sequence[_Placed], upright: Callable[[Box], Box]) -> Iterator[TextLine]:
    """The row of text that a row of cells is, or its rows of text if it is several."""
    amounts: dict[int, set[int]] = defaultdict(set)
    for span, _, cell in placed:
        if _AMOUNT.search(span.text):
            amounts[cell.column].add(span.row)
    if all(len(rows) <= 1 for rows in amounts.values()):
        yield _joined(placed, upright)
        return
    for number in sorted({span.row for span, _, _ in placed}):
        yield _joined([entry for entry in placed if entry[0].row == number], upright)


def _joined(placed: Sequence[_Placed], upright: Callable[[Box], Box]) -> TextLine:
    """One text for each cell, as wide as the cell."""
    texts: dict[Cell, list[_Placed]] = defaultdict(list)
    for entry in placed:
        texts[entry[2]].append(entry)
    row = []
    for cell, entries in texts.items():
        spans = [span for span, _, _ in entries]
        box, wide = union_box(spans), upright(cell.box)
        box = Box(min(box.left, wide.left), box.top, max(box.right, wide.right), box.bottom)
        text = " ".join(span.text for span in spans)
        row.append(TextSpan(text, box, spans[0].page, spans[0].row, (entries[0][1], cell)))
    return sorted(row, key=lambda span: span.box.left)

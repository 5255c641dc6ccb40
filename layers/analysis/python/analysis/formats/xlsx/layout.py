"""Lay out the rows of a workbook: each of its sheets as wide as its columns need.

The cells of its tables are stated as such. A table ends at an empty row, and does not include rows
above it that have one cell only, such as a title.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

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
from analysis.formats.xlsx.workbook import Worksheet
from analysis.limits import Limits
from analysis.model import Box, Cell, Grid, Line

_CHARACTER = 6.0
"""The width of a character in points, with the space to the next column."""
_WIDEST = 40
"""Characters of a line of a cell; longer texts have several lines."""
_BETWEEN = 2
"""Characters between two columns."""
_LINES_A_SHEET = int((HEIGHT - 2 * MARGIN) / LEADING)
"""Lines of a sheet between its margins."""
_FEWEST_HEADS = 3
"""Number of cells without digits from which a row below shorter ones begins a table."""


def sheets(data: bytes, limits: Limits) -> Sheets:
    """Lay out the workbook, up to the limit of pages. Raises `Unreadable` as `workbook` does."""
    made: list[_Sheet] = []
    for worksheet in workbook.sheets(data, limits):
        for sheet in _Setter(worksheet).sheets():
            if len(made) >= limits.pages:
                return _joined(made, cut=True)
            made.append(sheet)
    return _joined(made, cut=False)


def _joined(made: Sequence["_Sheet"], *, cut: bool) -> Sheets:
    return Sheets(
        [sheet.lines for sheet in made],
        cut=cut,
        widths=tuple(sheet.width for sheet in made),
        grids=tuple(sheet.grids() for sheet in made),
    )


@dataclass(slots=True)
class _Sheet:
    """A sheet of paper that is being filled: its lines, and its cells by table."""

    width: float
    lines: list[Line] = field(default_factory=list)
    used: int = 0
    """Number of lines of text from the top."""
    tables: dict[int, list[Cell]] = field(default_factory=dict)
    first_rows: dict[int, int] = field(default_factory=dict)

    def grids(self) -> tuple[Grid, ...]:
        """The tables of the sheet."""
        return tuple(Grid(tuple(cells), stated=True) for cells in self.tables.values())


class _Setter:
    """Sets the rows of a worksheet on sheets of paper."""

    def __init__(self, worksheet: Worksheet) -> None:
        self._worksheet = worksheet
        columns = [
            min(_WIDEST, max(len(line) for text in column for line in text.split("\n"))) + _BETWEEN
            for column in zip(*worksheet.rows, strict=True)
        ]
        self._edges = [
            MARGIN + _CHARACTER * sum(columns[:place]) for place in range(len(columns) + 1)
        ]
        self._width = max(WIDTH, self._edges[-1] + MARGIN)
        self._tables = dict(_tables(worksheet))
        self._merged = {place[:2]: place[2:] for place in worksheet.merged}

    def sheets(self) -> Iterator[_Sheet]:
        """The sheets that the rows fill; a row is on one sheet, unless it is taller than that."""
        sheet = _Sheet(self._width)
        for number, row in enumerate(self._worksheet.rows):
            cells = [list(wrapped(text, _WIDEST)) for text in row]
            height = max(map(len, cells))
            if sheet.used and sheet.used + height > _LINES_A_SHEET:
                yield sheet
                sheet = _Sheet(self._width)
            for left, texts in zip(self._edges, cells, strict=False):
                for place, text in enumerate(texts[:_LINES_A_SHEET]):
                    y = MARGIN + LEADING * (sheet.used + place)
                    sheet.lines.append(line_at(text, left, y, self._width))
            self._add_cells(sheet, number, min(height, _LINES_A_SHEET))
            sheet.used += height
        if sheet.lines:
            yield sheet

    def _add_cells(self, sheet: _Sheet, number: int, height: int) -> None:
        """Add the cells of a row that is part of a table: those with text, and all of its first."""
        table = self._tables.get(number)
        if table is None:
            return
        is_first = table not in sheet.tables
        cells = sheet.tables.setdefault(table, [])
        row = number - sheet.first_rows.setdefault(table, number)
        top = (MARGIN + LEADING * sheet.used) / HEIGHT
        for column, text in enumerate(self._worksheet.rows[number]):
            if text or is_first:
                rows, columns = self._merged.get((number, column), (1, 1))
                right = self._edges[min(column + columns, len(self._edges) - 1)]
                bottom = min(1.0, top + LEADING * height * rows / HEIGHT)
                box = Box(self._edges[column] / self._width, top, right / self._width, bottom)
                cells.append(Cell(box, row, column, rows, columns))


def _tables(worksheet: Worksheet) -> Iterator[tuple[int, int]]:
    """The rows that are part of a table, each with the first row of that."""
    block: list[int] = []
    last = 0
    for place, number in enumerate(worksheet.numbers):
        if block and number > last + 1:
            yield from _tables_of_block(worksheet.rows, block)
            block = []
        block.append(place)
        last = number
    yield from _tables_of_block(worksheet.rows, block)


def _tables_of_block(
    rows: Sequence[Sequence[str]], block: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Of the rows between two empty ones. Heads of columns begin a further table."""
    table: list[int] = []
    widest = 0
    for place in block:
        filled = [text for text in rows[place] if text]
        no_digits = not any(character.isdigit() for text in filled for character in text)
        if table and no_digits and len(filled) >= _FEWEST_HEADS and len(filled) > widest:
            yield from _table(rows, table)
            table, widest = [], 0
        if table or len(filled) > 1:
            table.append(place)
            widest = max(widest, len(filled))
    yield from _table(rows, table)


def _table(rows: Sequence[Sequence[str]], table: list[int]) -> Iterator[tuple[int, int]]:
    """The rows of a table up to the last with several cells."""
    while table and sum(map(bool, rows[table[-1]])) < 2:  # noqa: PLR2004 - several
        table.pop()
    if len(table) > 1:
        yield from ((place, table[0]) for place in table)

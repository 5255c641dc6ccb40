"""The tables of a page: the grids with text in them, and other runs of rows with cells."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis.extract.line_items import cells, columns, sums
from analysis.layout import grid
from analysis.layout.lines import TextLine, TextLines, union_box
from analysis.model import Cell, Grid, Table

_FEWEST_ROWS = 3
"""Fewest rows with cells that are a table, if no lines are drawn around them."""
_FEWEST_CELLS = 3
"""Fewest cells of such a row; pairs of texts are labels with their values."""
_FEWEST_IN_GRID = 3
"""Number of cells with text in a grid from which it is a table; smaller ones are frames."""
_WRAPPED_ROWS = 3
"""Rows below a row of a table within which a text continues it."""
_SAME_PLACE = 0.005
"""The share of the page's width within which the texts of a column have one edge."""
_SAME_EDGE = 0.02
"""The share of the page's width within which tables of two pages have one edge."""


def tables(pages: Sequence[TextLines]) -> list[Table]:
    """The tables of the pages in order; one that continues on the next page says so there."""
    found: list[Table] = []
    for page in pages:
        here = list(_tables_of_page(page))
        if here and found and _continues(found[-1], here[0]):
            here[0] = replace(here[0], continued=True)
        found += here
    return found


def _continues(before: Table, table: Table) -> bool:
    same_edges = (
        abs(before.box.left - table.box.left) < _SAME_EDGE
        and abs(before.box.right - table.box.right) < _SAME_EDGE
    )
    head = table.rows[: table.header_rows]
    return (
        table.page == before.page + 1
        and len(table.rows[0]) == len(before.rows[0])
        and same_edges
        and (not head or head == before.rows[: table.header_rows])
    )


def _tables_of_page(page: TextLines) -> Iterator[Table]:
    run: list[TextLine] = []
    drawn: list[TextLine] = []
    for row in page:
        of_grid = _grid_of(row)
        if drawn and of_grid is not _grid_of(drawn[-1]):
            yield from _grid_table(drawn)
            drawn = []
        if of_grid is not None:
            yield from _table(run)
            run = []
            drawn.append(row)
        elif len(row) >= _FEWEST_CELLS:
            run.append(row)
        elif not _wraps(run, row):
            yield from _table(run)
            run = []
        elif len(row) > 1:
            run.append(row)
    yield from _grid_table(drawn)
    yield from _table(run)


def _grid_of(row: TextLine) -> Grid | None:
    return row[0].cell[0] if row[0].cell else None


def _grid_table(rows: list[TextLine]) -> Iterator[Table]:
    """The table of the rows of one grid, if enough of its cells have text."""
    placed = [[(span.text, *span.cell) for span in row if span.cell] for row in rows]
    columns_with_text = {cell.column for row in placed for _, _, cell in row}
    enough = len(rows) > 1 and sum(map(len, placed)) >= _FEWEST_IN_GRID
    if not rows or not (placed[0][0][1].stated or (enough and len(columns_with_text) > 1)):
        return
    of_grid = placed[0][0][1]
    texts = []
    for row in placed:
        line = [""] * of_grid.column_count
        for text, _, cell in row:
            line[cell.column] = text
        texts.append(tuple(line))
    first = rows[0][0].page
    yield Table(
        page=first.number,
        box=of_grid.box,
        rows=tuple(texts),
        header_rows=_header_rows(rows),
        spans=tuple(_spans(placed)),
    )


def _spans(placed: Sequence[Sequence[tuple[str, Grid, Cell]]]) -> Iterator[tuple[int, ...]]:
    """The cells of several rows or columns, by the place of their text among the rows."""
    grid_rows = [row[0][2].row for row in placed]
    if len(set(grid_rows)) < len(grid_rows):
        return  # a row of the grid has several rows of text
    for number, row in enumerate(placed):
        for _, _, cell in row:
            rows = sum(cell.row <= other < cell.row + cell.row_span for other in grid_rows)
            if rows > 1 or cell.column_span > 1:
                yield number, cell.column, rows, cell.column_span


def _header_rows(rows: Sequence[TextLine]) -> int:
    """The number of rows that are the head: of known heads, otherwise the first without digits."""
    head = columns.head_of(rows, 0)
    if head is not None:
        return head[1]
    first, *others = [any(cells.has_digit(span.text) for span in row) for row in rows]
    return int(not first and len(rows[0]) > 1 and any(others))


def _wraps(run: list[TextLine], row: TextLine) -> bool:
    """Whether a row continues the row above it, so that the table has not ended."""
    is_below = bool(run) and row[0].row - run[-1][0].row < _WRAPPED_ROWS
    may_continue = len(run) > 1 or (is_below and _is_below_inner_cells(run[0], row))
    return is_below and may_continue and (
        len(row) == 1 or not sums.begins_totals(row[0].text)
    )  # fmt: skip


def _is_below_inner_cells(first: TextLine, row: TextLine) -> bool:
    """Whether each text has the edge of a cell behind the first one: the row has two lines."""
    return all(
        any(
            min(abs(cell.box.left - span.box.left), abs(cell.box.right - span.box.right))
            < _SAME_PLACE
            for cell in first[1:]
        )
        for span in row
    )


def _table(run: list[TextLine]) -> Iterator[Table]:
    run = list(run)
    while run and len(run[-1]) < _FEWEST_CELLS:
        run.pop()
    if len(run) < _FEWEST_ROWS:
        return
    spans = [span for row in run for span in row]
    found = columns.columns(run[0]) or grid.columns_of_rows(run)
    rows = tuple(grid.texts(found, row) for row in run)
    box = spans[0].page.displayed(union_box(spans))
    yield Table(
        page=spans[0].page.number, box=box, rows=rows, header_rows=min(_header_rows(run), 1)
    )

"""The tables of a document, and the line items in them.

columns     the heads of columns, in many languages
cells       the cells of a row as values
draft       an item whose rows are being read
reader      the items below heads, over several pages
unheaded    the items of a document without heads
sums        the rows that are no items: totals and sums carried over
"""

from collections.abc import Sequence

from analysis.extract.line_items import columns, reader, sums, unheaded
from analysis.layout import grid
from analysis.layout.lines import TextLine, TextLines, union_box
from analysis.model import LineItem, Table

_FEWEST_ROWS = 3
_FEWEST_CELLS = 3
_WRAPPED_ROWS = 3


def find(
    pages: Sequence[TextLines], *, month_first: bool = False
) -> tuple[tuple[LineItem, ...], tuple[Table, ...]]:
    """The line items, and the tables as runs of rows with the same columns.

    Items are below a row of known heads. In a document without such heads, rows of a description,
    numbers and an amount are items.
    """
    tables = [table for page in pages for table in _tables(page)]
    drafts = reader.items_below_heads(pages, month_first=month_first)
    items = [item for draft in drafts if (item := draft.item())]
    return tuple(items or unheaded.items(pages)), tuple(tables)


def _tables(page: TextLines) -> list[Table]:
    tables: list[Table] = []
    run: list[TextLine] = []
    for row in page:
        if len(row) >= _FEWEST_CELLS:
            run.append(row)
        elif not _wraps(run, row):
            tables += _table(run)
            run = []
        elif len(row) > 1:
            run.append(row)
    return [*tables, *_table(run)]


def _wraps(run: list[TextLine], row: TextLine) -> bool:
    """Whether a row continues the row above it, so that the table has not ended."""
    return len(run) > 1 and row[0].row - run[-1][0].row < _WRAPPED_ROWS and (
        len(row) == 1 or not sums.begins_totals(row[0].text)
    )  # fmt: skip


def _table(run: list[TextLine]) -> list[Table]:
    run = list(run)
    while run and len(run[-1]) < _FEWEST_CELLS:
        run.pop()
    if len(run) < _FEWEST_ROWS:
        return []
    spans = [span for row in run for span in row]
    found = columns.columns(run[0]) or grid.columns_of_rows(run)
    rows = tuple(grid.texts(found, row) for row in run)
    box = spans[0].page.displayed(union_box(spans))
    return [Table(page=spans[0].page.number, box=box, rows=rows)]

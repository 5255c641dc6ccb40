"""The tables of a document, and the line items in them.

tables      the tables of pages, by their cells or by their rows
columns     the heads of columns, in many languages
roles       the roles of columns that their cells tell
cells       the cells of a row as values
draft       an item whose rows are being read
reader      the items below heads, over several pages
unheaded    the items of a document without heads
checks      whether the items add up
sums        the rows that are no items: totals and sums carried over
"""

from collections.abc import Sequence

from analysis.extract.line_items import reader, sums, unheaded
from analysis.extract.line_items.checks import checked
from analysis.extract.line_items.tables import tables
from analysis.layout.cells import by_cells
from analysis.layout.lines import TextLines
from analysis.model import LineItem, Table

__all__ = ["checked", "find"]


def find(
    pages: Sequence[TextLines], *, month_first: bool = False
) -> tuple[tuple[LineItem, ...], tuple[Table, ...]]:
    """The line items and the tables.

    Items are below a row of known heads. In a document without such heads, rows of a description,
    numbers and an amount are items. Prices without quantities, amounts or a total are a price list.
    """
    by_cell = [by_cells(page) for page in pages]
    found_tables = tuple(tables(by_cell))
    drafts = list(reader.items_below_heads(by_cell, month_first=month_first))
    if drafts and all(draft.has_price_alone for draft in drafts) and not _has_total(by_cell):
        return (), found_tables
    items = [item for draft in drafts if (item := draft.item())]
    return tuple(items or unheaded.items(by_cell)), found_tables


def _has_total(pages: Sequence[TextLines]) -> bool:
    return any(sums.names_total(span.text) for page in pages for row in page for span in row)

"""The tables of a document, and the line items in them.

tables      the tables of pages, by their cells or by their rows
columns     the heads of columns, in many languages
cells       the cells of a row as values
draft       an item whose rows are being read
reader      the items below heads, over several pages
unheaded    the items of a document without heads
checks      whether the items add up
sums        the rows that are no items: totals and sums carried over
"""

from collections.abc import Sequence

from analysis.extract.line_items import reader, unheaded
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
    numbers and an amount are items.
    """
    by_cell = [by_cells(page) for page in pages]
    drafts = reader.items_below_heads(by_cell, month_first=month_first)
    items = [item for draft in drafts if (item := draft.item())]
    return tuple(items or unheaded.items(by_cell)), tuple(tables(by_cell))

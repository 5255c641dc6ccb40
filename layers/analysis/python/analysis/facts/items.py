"""Tables of a page, and the line items of invoices and receipts in them."""

import re
from collections.abc import Sequence

from analysis import values
from analysis.layout import Spot
from analysis.reading import LineItem, Table

type Pages = Sequence[list[list[Spot]]]

_NOT_ITEM = re.compile(r"total|summe|gesamt|netto|brutto|mwst|ust\b|tax|gst|vat|tva|cash|change|round|paid|iban|discount|zahl|balance|montant|betrag", re.IGNORECASE)  # fmt: skip  # noqa: E501 long patterns, and thresholds named by their line
_FEWEST_ROWS, _FEWEST_CELLS = 3, 3


def find(pages: Pages) -> tuple[tuple[LineItem, ...], tuple[Table, ...]]:
    """Rows that name a thing and end in an amount, and runs of rows that have columns."""
    items: list[LineItem] = []
    tables: list[Table] = []
    for page in pages:
        run: list[list[Spot]] = []
        for row in page:
            if len(row) >= _FEWEST_CELLS:
                run.append(row)
                item = _item(row)
                if item:
                    items.append(item)
                continue
            # A wrapped description does not end a table.
            if not (run and len(row) == 1 and len(run) > 1 and row[0].row - run[-1][0].row < 3):  # noqa: PLR2004
                tables += _table(run)
                run = []
        tables += _table(run)
    return tuple(items), tuple(tables)


def _table(run: list[list[Spot]]) -> list[Table]:
    if len(run) < _FEWEST_ROWS:
        return []
    spots = [spot for row in run for spot in row]
    box = (
        min(spot.box[0] for spot in spots), min(spot.box[1] for spot in spots),
        max(spot.box[2] for spot in spots), max(spot.box[3] for spot in spots),
    )  # fmt: skip
    rows = tuple(tuple(spot.text for spot in row) for row in run)
    return [Table(page=spots[0].page.number, box=box, rows=rows)]


def _item(row: list[Spot]) -> LineItem | None:
    named = [spot for spot in row if sum(map(str.isalpha, spot.text)) >= 3]  # noqa: PLR2004 - a word
    text = " ".join(spot.text for spot in row)
    amount = next(reversed([a for a in values.amounts(row[-1].text) if a.exact]), None)
    if not named or amount is None or _NOT_ITEM.search(text):
        return None
    description = max(named, key=lambda spot: len(spot.text))
    numbers = [
        found.number
        for spot in row[:-1]
        if spot is not description
        for found in values.amounts(spot.text)
    ]
    quantity = unit = None
    for one in numbers:
        for other in numbers:
            if one is not other and abs(one * other - amount.number) < 0.02:  # noqa: PLR2004 - a cent of rounding
                quantity, unit = one, other
    x0, y0 = row[0].box[0], min(spot.box[1] for spot in row)
    x1, y1 = row[-1].box[2], max(spot.box[3] for spot in row)
    return LineItem(
        description=description.text,
        quantity=None if quantity is None else str(quantity),
        unit_price=None if unit is None else str(unit),
        amount=str(amount.number),
        page=row[0].page.number,
        box=(x0, y0, x1, y1),
    )

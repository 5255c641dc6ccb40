"""The tables of a page, and the line items of invoices and receipts in them."""

import re
from collections.abc import Sequence
from decimal import Decimal

from analysis.extract import values
from analysis.layout.lines import TextLine, TextLines, text_of, union_box
from analysis.model import LineItem, Table

_NOT_ITEM = re.compile(
    r"total|summe|gesamt|netto|brutto|mwst|ust\b|tax|gst|vat|tva|cash|change|round|paid|iban|"
    r"discount|zahl|balance|montant|betrag|tender|visa|master|card",
    re.IGNORECASE,
)
_FEWEST_ROWS = 3
_FEWEST_CELLS = 3
_WRAPPED_ROWS = 3
_A_WORD = 3
_ROUNDED = Decimal("0.02")


def find(pages: Sequence[TextLines]) -> tuple[tuple[LineItem, ...], tuple[Table, ...]]:
    """Rows with a description and an amount, and runs of rows with the same columns."""
    items: list[LineItem] = []
    tables: list[Table] = []
    for page in pages:
        run: list[TextLine] = []
        for row in page:
            if len(row) >= _FEWEST_CELLS:
                run.append(row)
                item = _item(row)
                if item:
                    items.append(item)
            elif not _wraps(run, row):
                tables += _table(run)
                run = []
        tables += _table(run)
    return tuple(items), tuple(tables)


def _wraps(run: list[TextLine], row: TextLine) -> bool:
    """Whether a row continues the description above it, so that the table has not ended."""
    return len(run) > 1 and len(row) == 1 and row[0].row - run[-1][0].row < _WRAPPED_ROWS


def _table(run: list[TextLine]) -> list[Table]:
    if len(run) < _FEWEST_ROWS:
        return []
    spans = [span for row in run for span in row]
    rows = tuple(tuple(span.text for span in row) for row in run)
    return [
        Table(
            page=spans[0].page.number,
            box=spans[0].page.displayed(union_box(spans)),
            rows=rows,
        )
    ]


def _item(row: TextLine) -> LineItem | None:
    named = [span for span in row[:-1] if sum(map(str.isalpha, span.text)) >= _A_WORD]
    exact = [amount for amount in values.amounts(row[-1].text) if amount.exact]
    if not named or not exact or _NOT_ITEM.search(text_of(row)):
        return None
    amount = exact[-1].number
    description = max(named, key=lambda span: len(span.text))
    numbers = [
        found.number
        for span in row[:-1]
        if span is not description
        for found in values.amounts(span.text)
    ]
    quantity, unit = _factors(numbers, amount)
    return LineItem(
        description=description.text,
        quantity=None if quantity is None else str(quantity),
        unit_price=None if unit is None else str(unit),
        amount=str(amount),
        page=row[0].page.number,
        box=row[0].page.displayed(union_box(row)),
    )


def _factors(numbers: list[Decimal], amount: Decimal) -> tuple[Decimal | None, Decimal | None]:
    """The quantity and the unit price: two of the numbers whose product is the amount."""
    for place, first in enumerate(numbers):
        for second in numbers[place + 1 :]:
            if abs(first * second - amount) < _ROUNDED:
                return first, second
    return None, None

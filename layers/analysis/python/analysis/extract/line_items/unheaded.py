"""Line items of a document without heads of columns: a description, numbers, and an amount."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis.extract import values
from analysis.extract.line_items import sums
from analysis.extract.line_items.draft import Draft
from analysis.layout.lines import TextLine, TextLines
from analysis.model import LineItem

_FEWEST_CELLS = 3
"""Fewest cells of an item's row: a description, a number and an amount."""
_MEASURED = re.compile(
    r"\d(?:\s*(?:m[²³23]|lfm|qm|cbm|km|cm|mm|kg|std|stk|pcs|units?|szt)\.?|(?-i:\s[mglh]))\s*$",
    re.IGNORECASE,
)
"""A quantity, which is no amount of money though it has decimals."""
_A_WORD = 3
"""Fewest letters of a description."""
_LESS_SURE = 0.85
"""The factor for items without heads, which say what a number is."""


def items(pages: Sequence[TextLines]) -> Iterator[LineItem]:
    """The item of each row of at least three cells that ends with an exact amount."""
    for row in (row for page in pages for row in page if len(row) >= _FEWEST_CELLS):
        draft = _draft(row)
        item = draft.item() if draft else None
        if item is not None:
            yield replace(item, confidence=(item.confidence or 0.0) * _LESS_SURE)


def _draft(row: TextLine) -> Draft | None:
    named = [span for span in row[:-1] if sum(map(str.isalpha, span.text)) >= _A_WORD]
    exact = [amount for amount in values.amounts(row[-1].text) if amount.exact]
    if not named or not exact or _MEASURED.search(row[-1].text):
        return None
    description = max(named, key=lambda span: len(span.text))
    if any(
        sums.names_total(text) or sums.is_discount(text) for text in (description.text, row[0].text)
    ):
        return None
    numbers = [
        found.number
        for span in row[:-1]
        if span is not description
        for found in values.amounts(span.text)
    ]
    return Draft(
        row=row, last=row[0], description=[description.text],
        numbers=[*numbers, exact[-1].number], amounts=[("", exact[-1].number)],
    )  # fmt: skip

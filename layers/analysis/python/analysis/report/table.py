"""The report as CSV: one fact a row, line items as facts, safe to open in a spreadsheet."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

COLUMNS = (
    "document_id", "filename", "kind", "fact", "value", "normalised", "currency", "page",
    "x0", "y0", "x1", "y1", "confidence", "source",
)  # fmt: skip
_BYTE_ORDER_MARK = "\ufeff"
"""Without it, Excel takes UTF-8 for something else."""
_STARTS_A_FORMULA = re.compile(r"^\s*[=+\-@\t\r|%\uff1d\uff0b\uff0d\uff20]")
_PLAIN_NUMBER = re.compile(r"^-?\d+(?:\.\d+)?$")
_NO_DECIMALS = frozenset(["jpy", "krw", "vnd", "isk"])


def as_csv(documents: Sequence[Mapping[str, Any]]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for document in documents:
        head = [document.get("document_id", ""), document.get("filename", ""), document.get("kind")]
        if document.get("unreadable"):
            writer.writerow(safe(cell) for cell in [*head, "unreadable", document["unreadable"]])
        for row in _rows(document):
            writer.writerow(safe(cell) for cell in [*head, *row])
    return (_BYTE_ORDER_MARK + buffer.getvalue()).encode()


def safe(cell: object) -> str:
    """The cell as text that no spreadsheet takes for a formula."""
    text = "" if cell is None else str(cell).replace("\x00", "")
    if _STARTS_A_FORMULA.match(text) and not _PLAIN_NUMBER.match(text):
        return f"'{text}"
    return text


def _rows(document: Mapping[str, Any]) -> Iterator[list[object]]:
    for fact in document.get("facts", ()):
        normalised: Any = fact["normalised"]
        currency = None
        if isinstance(normalised, Mapping):
            normalised, currency = _decimal(normalised), normalised.get("currency")
        yield [
            fact["name"], fact["value"], normalised, currency, *_place(fact),
            fact["confidence"], fact["source"],
        ]  # fmt: skip
    for item in document.get("line_items", ()):
        value = item["description"]
        if item.get("quantity") and item.get("unit_price"):
            value = f"{value} ({item['quantity']} x {item['unit_price']})"
        yield ["line_item", value, item["amount"], None, *_place(item), None, None]


def _place(one: Mapping[str, Any]) -> list[object]:
    """The page as people count, and the box."""
    page, box = one.get("page"), one.get("box")
    return [None if page is None else page + 1, *(box or [None] * 4)]


def _decimal(money: Mapping[str, Any]) -> str:
    if money.get("currency") in _NO_DECIMALS:
        return str(money["minor"])
    return str(Decimal(int(money["minor"])) / 100)

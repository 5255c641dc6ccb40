"""The report as CSV: one fact a row, line items as facts, safe to open in a spreadsheet.

A spreadsheet splits columns and parses numbers by the rules of its user's language, so both follow
the report's language. Column names, dates (ISO 8601) and quotations are the same in every language.
There is no `sep=` line: only Excel supports it, other programs read it as a row, and Excel then
ignores the byte order mark and assumes its legacy encoding.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from analysis.model import documents_of
from analysis.model.money import amount_of
from analysis.report.phrases import Language

COLUMNS = (
    "document_id", "filename", "kind", "fact", "value", "normalised", "currency", "page",
    "x0", "y0", "x1", "y1", "confidence", "source",
    "quantity", "unit", "unit_price", "discount", "tax_rate", "item_number", "date",
    "paid_in", "paid_out", "balance", "segment", "corrected", "reader_value",
)  # fmt: skip
"""`segment` is the number of the document in a file that has several; `kind` is that document's.
A fact that its customer has `corrected` has the value that the reader found in `reader_value`."""
_LAST = COLUMNS.index("segment")
_NUMBERS_OF_ITEMS = ("quantity", "unit_price", "discount", "tax_rate")
_NUMBERS_OF_TRANSACTIONS = ("paid_in", "paid_out", "balance")
_OF_ITEMS = COLUMNS[-13:-6]
"""The columns that only line items have, but for the date."""


class Dialect(NamedTuple):
    """By language: the separator of a spreadsheet's columns, and the decimal separator."""

    separator: str
    decimal_mark: str


_DIALECTS: Mapping[str, Dialect] = {"en": Dialect(",", "."), "de": Dialect(";", ",")}
_BYTE_ORDER_MARK = "\ufeff"
"""Without a byte order mark, Excel does not recognise UTF-8."""
_FORMULA_SIGNS = r"[=+\-@|%\uff1d\uff0b\uff0d\uff20]"
_STARTS_A_FORMULA = re.compile(rf"^\s*(?:{_FORMULA_SIGNS}|[\t\r])")
_PLAIN_NUMBER = re.compile(r"^-?\d+(?:[.,]\d+)?$")
_FORMULA_AFTER_SEPARATOR = re.compile(
    rf"""([,;\t\r\n][\s"]*)(?={_FORMULA_SIGNS}[\s"]*[^\s"])(?!-\d+(?:[.,]\d+)?\s*(?:[,;\t\r\n]|$))"""
)
"""Where a cell would begin in a program with another separator, even within quotes."""


def as_csv(documents: Sequence[Mapping[str, Any]], language: Language = "en") -> bytes:
    dialect = _DIALECTS[language]
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=dialect.separator, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for document in documents:
        file = [document.get("document_id", ""), document.get("filename", "")]
        if document.get("unreadable"):
            row = [*file, document.get("kind"), "unreadable", document["unreadable"]]
            writer.writerow(safe(cell) for cell in row)
        for number, part in enumerate(documents_of(document), 1):
            segment = number if document.get("segments") else None
            for row, reader_value in _rows(part, dialect):
                cells = [*file, part.get("kind"), *row]
                empty = [None] * (_LAST - len(cells))
                corrected = None if reader_value is None else "yes"
                last = [segment, corrected, reader_value]
                writer.writerow(safe(cell) for cell in [*cells, *empty, *last])
    return (_BYTE_ORDER_MARK + buffer.getvalue()).encode()


def safe(cell: object) -> str:
    """The cell as text that no spreadsheet interprets as a formula, whatever its separator."""
    text = "" if cell is None else str(cell).replace("\x00", "")
    if _PLAIN_NUMBER.match(text):
        return text
    text = _FORMULA_AFTER_SEPARATOR.sub(r"\1'", text)
    return f"'{text}" if _STARTS_A_FORMULA.match(text) else text


type _Cells = tuple[list[object], str | None]
"""The cells of a row from `fact` on, and what the reader found if a customer has corrected it."""


def _rows(document: Mapping[str, Any], dialect: Dialect) -> Iterator[_Cells]:
    def number(value: object) -> str | None:
        return None if value is None else str(value).replace(".", dialect.decimal_mark)

    def place(part: Mapping[str, Any]) -> list[object]:
        return [part.get("page"), *map(number, part.get("box") or [None] * 4)]

    for fact in document.get("facts", ()):
        normalised: Any = fact["normalised"]
        currency = None
        if isinstance(normalised, Mapping):
            normalised, currency = number(_decimal(normalised)), normalised.get("currency")
        read = fact["reader_value"]["value"] if fact.get("reader_value") else None
        yield [
            fact["name"], fact["value"], normalised, currency, *place(fact),
            number(fact["confidence"]), fact["source"],
        ], read  # fmt: skip
    for item in document.get("line_items", ()):
        value = item["description"]
        if item.get("quantity") and item.get("unit_price"):
            value = f"{value} ({number(item['quantity'])} x {number(item['unit_price'])})"
        yield [
            "line_item", value, number(item["amount"]), None, *place(item),
            number(item.get("confidence")), None, *(
                number(item.get(name)) if name in _NUMBERS_OF_ITEMS else item.get(name)
                for name in _OF_ITEMS
            ),
        ], None  # fmt: skip

    for moved in document.get("transactions", ()):
        amount = moved["paid_in"] or f"-{moved['paid_out']}"
        yield [
            "transaction", moved["description"], number(amount), None, *place(moved),
            number(moved["confidence"]), None, *[None] * (len(_OF_ITEMS) - 1), moved["date"],
            *(number(moved[name]) for name in _NUMBERS_OF_TRANSACTIONS),
        ], None  # fmt: skip


def _decimal(money: Mapping[str, Any]) -> str:
    """Without zeros at the end: `12.5`, `1200`."""
    return f"{amount_of(money).normalize():f}"

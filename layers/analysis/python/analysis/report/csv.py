"""The report as CSV: one table in the reader's locale, safe to open in a spreadsheet.

A spreadsheet splits columns and parses numbers and dates by the rules of its user's language, so
all follow the report's language. English has ISO dates: 01/02 is another day in London than in
New York. There is no `sep=` line: only Excel supports it, other programs read it as a row, and
Excel then ignores the byte order mark and assumes its legacy encoding.
"""

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from analysis.report.phrases import Language
from analysis.report.sheets import (
    Sheet,
    documents_sheet,
    facts_sheet,
    line_items_sheet,
    transactions_sheet,
)
from analysis.report.sheets.sheet import Money, Percent, Value, plain

type Table = Literal["documents", "line_items", "transactions", "facts"]

_SHEETS: Mapping[Table, Callable[[Sequence[Mapping[str, Any]], Language], Sheet]] = {
    "documents": documents_sheet,
    "line_items": line_items_sheet,
    "transactions": transactions_sheet,
    "facts": facts_sheet,
}


class Dialect(NamedTuple):
    """By language: the separator of columns, the decimal separator, and the form of a day."""

    separator: str
    decimal_mark: str
    day: str


_DIALECTS: Mapping[Language, Dialect] = {
    "en": Dialect(",", ".", "%Y-%m-%d"),
    "de": Dialect(";", ",", "%d.%m.%Y"),
}
_BYTE_ORDER_MARK = "\ufeff"
"""Without a byte order mark, Excel does not recognise UTF-8."""
_FORMULA_SIGNS = r"[=+\-@|%\uff1d\uff0b\uff0d\uff20]"
_STARTS_A_FORMULA = re.compile(rf"^\s*(?:{_FORMULA_SIGNS}|[\t\r])")
_PLAIN_NUMBER = re.compile(r"^-?\d+(?:[.,]\d+)?%?$")
_FORMULA_AFTER_SEPARATOR = re.compile(
    rf"""([,;\t\r\n][\s"]*)(?={_FORMULA_SIGNS}[\s"]*[^\s"])(?!-\d+(?:[.,]\d+)?\s*(?:[,;\t\r\n]|$))"""
)
"""Where a cell would begin in a program with another separator, even within quotes."""


def as_csv(
    documents: Sequence[Mapping[str, Any]],
    language: Language = "en",
    table: Table = "documents",
) -> bytes:
    """The report as CSV in UTF-8 with a byte order mark, which Excel needs.

    Characters that UTF-8 does not have, such as half a surrogate pair, are replaced.
    """
    sheet, dialect = _SHEETS[table](documents, language), _DIALECTS[language]
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=dialect.separator, lineterminator="\r\n")
    writer.writerow(sheet.headings)
    for row in sheet.rows:
        writer.writerow(safe(_text(plain(cell), dialect)) for cell in row)
    return (_BYTE_ORDER_MARK + buffer.getvalue()).encode(errors="replace")


def _text(value: Value, dialect: Dialect) -> str | None:
    """A cell in the locale. Amounts have no currency: it has a column of its own."""
    match value:
        case Money(amount=number) | (Decimal() as number):
            return _number(number, dialect)
        case Percent(rate=number):
            return f"{_number(number, dialect)}%"
        case date():
            return f"{value:{dialect.day}}"
        case time():
            return f"{value:%H:%M}"
        case _:
            return None if value is None else str(value)


def _number(number: Decimal, dialect: Dialect) -> str:
    return f"{number:f}".replace(".", dialect.decimal_mark)


def safe(cell: object) -> str:
    """The cell as text that no spreadsheet interprets as a formula, whatever its separator."""
    text = "" if cell is None else str(cell).replace("\x00", "")
    if _PLAIN_NUMBER.match(text):
        return text
    text = _FORMULA_AFTER_SEPARATOR.sub(r"\1'", text)
    return f"'{text}" if _STARTS_A_FORMULA.match(text) else text

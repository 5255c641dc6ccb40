"""The report as XLSX: typed cells, one worksheet for each table.

Text of a document is written as text: never as a formula, a link or a number. Only this module
imports XlsxWriter.
"""

import io
from collections.abc import Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any

import xlsxwriter

from analysis.model.money import decimals
from analysis.report.phrases import PHRASES, Language
from analysis.report.sheets import Sheet, all_sheets
from analysis.report.sheets.headings import HEADINGS
from analysis.report.sheets.sheet import Cell, Doubtful, Money, Percent, Value, plain

MAX_ROWS = 1_048_576
"""The rows of a worksheet, with its head."""
MAX_TEXT = 32_767
"""The characters of a cell. Excel repairs, that is, damages a file with longer ones."""
_EXACT_DIGITS = 15
"""Excel's numbers have 15 digits. Longer ones are text, so that none is changed."""
_FIRST_YEAR = 1900
"""Dates before it are text: Excel counts days from 1900."""
_AS_TEXT = "@"
"""The format by which a spreadsheet leaves text as it is, also after somebody has edited it."""
_NARROWEST = 8
"""The least width of a column, in characters."""
_WIDEST = 48
"""The greatest width of a column, in characters."""
_ROWS_MEASURED = 200
"""First rows by which the width of a column is chosen."""
_DATE_FORMAT: Mapping[Language, str] = {"en": "yyyy-mm-dd", "de": "dd.mm.yyyy"}
_DOUBTFUL_FILL = "#FFF2CC"
_HEAD_FILL = "#E8EDF2"
_TEXT_ONLY = {
    "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False,
    # Rows are written to a temporary file one by one: 500 documents have half a million cells.
    "constant_memory": True,
}  # fmt: skip


def as_xlsx(
    order: Mapping[str, Any],
    documents: Sequence[Mapping[str, Any]],
    consolidated: Mapping[str, Any],
    language: Language,
) -> bytes:
    """The report as a workbook; a worksheet with too many rows is cut, and the last one says so."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _TEXT_ONLY) as workbook:
        workbook.set_properties(_properties(order, language))
        writer = _Writer(workbook, language)
        sheets = all_sheets(documents, consolidated, language)
        cut = [sheet for sheet in sheets if len(sheet.rows) >= MAX_ROWS]
        for sheet in sheets[:-1]:
            writer.add(sheet, sheet.rows[: MAX_ROWS - 1])
        writer.add(sheets[-1], [*_about(cut, language), *sheets[-1].rows][: MAX_ROWS - 1])
    return buffer.getvalue()


def _properties(order: Mapping[str, Any], language: Language) -> dict[str, str]:
    """The properties of the file: its title, and that its customer has finished the review."""
    phrases, reviewed = PHRASES[language], order.get("reviewed")
    status = f"{phrases.head['reviewed']}: {phrases.day(reviewed)}" if reviewed else ""
    return {"title": _text(str(order.get("title") or "")), "author": "Docket", "status": status}


def _about(cut: Sequence[Sheet], language: Language) -> list[list[Cell]]:
    """The rows of the problems that say what does not fit."""
    texts = HEADINGS[language]
    return [
        [
            texts["cut"],
            None,
            None,
            None,
            texts["rows_cut"].format(count=len(sheet.rows) - MAX_ROWS + 1, title=sheet.title),
        ]
        for sheet in cut
    ]


class _Writer:
    """Writes sheets to a workbook; a format is made once."""

    def __init__(self, workbook: Any, language: Language) -> None:
        self._workbook = workbook
        self._language: Language = language
        self._formats: dict[tuple[str, bool], Any] = {}
        self._head = workbook.add_format(
            {"bold": True, "bg_color": _HEAD_FILL, "bottom": 1, "text_wrap": True, "valign": "top"}
        )

    def add(self, sheet: Sheet, rows: Sequence[Sequence[Cell]]) -> None:
        """Add a worksheet with these rows, its head fixed and with a filter."""
        worksheet = self._workbook.add_worksheet(sheet.title)
        worksheet.freeze_panes(1, 0)
        for column, heading in enumerate(sheet.headings):
            worksheet.set_column(column, column, _width(heading, column, rows, self._language))
            worksheet.write_string(0, column, heading, self._head)
        for row, cells in enumerate(rows, 1):
            for column, cell in enumerate(cells):
                self._write(worksheet, row, column, cell)
        if rows:
            worksheet.autofilter(0, 0, len(rows), len(sheet.headings) - 1)

    def _write(self, worksheet: Any, row: int, column: int, cell: Cell) -> None:
        stored, form = _stored(plain(cell), self._language)
        shown = self._format(form, doubtful=isinstance(cell, Doubtful))
        match stored:
            case "":
                return
            case str():
                worksheet.write_string(row, column, _text(stored), shown)
            case float():
                worksheet.write_number(row, column, stored, shown)
            case _:
                worksheet.write_datetime(row, column, stored, shown)

    def _format(self, form: str, *, doubtful: bool) -> Any:
        """The format of a cell, on a coloured ground if its value is doubtful."""
        key = form, doubtful
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format(
                {
                    "num_format": form,
                    **({"bg_color": _DOUBTFUL_FILL} if doubtful else {}),
                }
            )
        return self._formats[key]


def _stored(value: Value, language: Language) -> tuple[str | float | date | time, str]:
    """What a cell holds, and its format."""
    match value:
        case Money(amount=number, currency=currency):
            return _exact(number, number, _money_format(currency))
        case Percent(rate=number):
            return _exact(number, number / 100, "0.##%")
        case int() | Decimal():
            return _exact(Decimal(value), Decimal(value), "General")
        case date() if value.year >= _FIRST_YEAR:
            return value, _DATE_FORMAT[language]
        case time():
            return value, "hh:mm"
        case _:
            return str(value or ""), _AS_TEXT


def _exact(shown: Decimal, stored: Decimal, form: str) -> tuple[str | float, str]:
    if len(shown.as_tuple().digits) > _EXACT_DIGITS:
        return f"{shown:f}", _AS_TEXT
    return float(stored), form


def _money_format(currency: str | None) -> str:
    places = decimals((currency or "").lower())
    number = f"#,##0.{'0' * places}" if places else "#,##0"
    return f'{number} "{currency}"' if currency else number


def _text(text: str) -> str:
    """The text as a cell holds it, without lone surrogates, which UTF-8 cannot encode."""
    return text.encode("utf-8", "replace").decode()[:MAX_TEXT]


def _width(heading: str, column: int, rows: Sequence[Sequence[Cell]], language: Language) -> float:
    """A width for the heading and the first rows, in characters."""
    longest = max(map(len, heading.split()), default=0) + 3  # for the filter's button
    for cells in rows[:_ROWS_MEASURED]:
        if column < len(cells):
            longest = max(longest, len(_shown(plain(cells[column]), language)) + 1)
    return max(_NARROWEST, min(_WIDEST, longest))


def _shown(value: Value, language: Language) -> str:
    match value:
        case None:
            return ""
        case Money(amount=number, currency=currency):
            return f"{number:,f} {currency or ''}"
        case Percent(rate=number):
            return f"{number}%"
        case date():
            return _DATE_FORMAT[language]
        case _:
            return str(value)

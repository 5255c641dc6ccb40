"""The rows of the visible sheets of a workbook."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element

from analysis.formats.docx.package import Package, attribute, child, open_package, tag
from analysis.formats.xlsx import number_format
from analysis.formats.xlsx.number_format import NumberFormat
from analysis.limits import Limits

_COLUMNS = 60
"""Columns of a sheet that are read."""
_ROWS = 100_000
_CHARACTERS = 2_000
"""Characters of a cell that are read."""
_LARGEST_NUMBER = 40
"""Characters of a number."""
_REFERENCE = re.compile(r"([A-Z]{1,3})\d+$")
_TRUTH = {"0": "FALSE", "1": "TRUE"}


def sheets(data: bytes, limits: Limits) -> Iterator[list[list[str]]]:
    """The rows of each visible sheet, as cells, without empty rows and columns.

    Raises `Unreadable` if the file is damaged, or unpacks to more than the limit.
    """
    with open_package(data, limits, "xlsx") as package:
        for rows in _Workbook(package).sheets():
            width = max(map(len, rows), default=0)
            padded = [[*row, *[""] * (width - len(row))] for row in rows]
            used = [place for place in range(width) if any(row[place] for row in padded)]
            if used:
                yield [[row[place] for place in used] for row in padded]


class _Workbook:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._root = package.parse(package.main)
        properties = child(self._root, "workbookPr")
        stated = attribute(properties, "date1904") if properties is not None else None
        self._from_1904 = stated in {"1", "true"}
        self._strings = list(self._shared_strings())
        self._formats = list(self._cell_formats())

    def sheets(self) -> Iterator[list[list[str]]]:
        """The rows of each visible sheet that have any text."""
        for entry in child(self._root, "sheets") or ():
            part = self._package.target(self._package.main, attribute(entry, "id") or "")
            if part is None or attribute(entry, "state") in {"hidden", "veryHidden"}:
                continue
            rows = child(self._package.parse(part), "sheetData")
            cells = (self._row(row) for _, row in zip(range(_ROWS), rows or (), strict=False))
            yield [row for row in cells if any(row)]

    def _row(self, row: Element) -> list[str]:
        texts: list[str] = []
        for cell in row:
            match = _REFERENCE.match(cell.get("r", ""))
            column = _column(match[1]) if match else len(texts)
            if column >= _COLUMNS:
                break
            texts += [""] * (column + 1 - len(texts))
            texts[column] = " ".join(self._text(cell).split())[:_CHARACTERS]
        return texts

    def _text(self, cell: Element) -> str:
        value = next((part.text or "" for part in cell if tag(part) == "v"), "")
        match cell.get("t", "n"):
            case "s":
                return _at(self._strings, value) or ""
            case "inlineStr":
                return _string(child(cell, "is"))
            case "b":
                return _TRUTH.get(value, value)
            case "n":
                return self._number(value, cell.get("s", ""))
            case _:
                return value

    def _number(self, value: str, style: str) -> str:
        try:
            number = Decimal(value[:_LARGEST_NUMBER]) if value else None
        except InvalidOperation:
            return value
        if number is None or not number.is_finite() or abs(number.adjusted()) > _LARGEST_NUMBER:
            return value
        how = _at(self._formats, style) or NumberFormat()
        return number_format.show(number, how, from_1904=self._from_1904)

    def _shared_strings(self) -> Iterator[str]:
        for part in self._package.related(self._package.main, "sharedStrings")[:1]:
            yield from map(_string, self._package.parse(part))

    def _cell_formats(self) -> Iterator[NumberFormat]:
        for part in self._package.related(self._package.main, "styles")[:1]:
            styles = self._package.parse(part)
            codes = {
                attribute(entry, "numFmtId"): attribute(entry, "formatCode")
                for entry in child(styles, "numFmts") or ()
            }
            for entry in child(styles, "cellXfs") or ():
                number = attribute(entry, "numFmtId") or "0"
                yield number_format.parse(
                    codes.get(number), int(number) if number.isdecimal() else 0
                )


def _string(element: Element | None) -> str:
    """The text of a string, without its pronunciation."""
    parts: list[str] = []
    for part in element if element is not None else ():
        if tag(part) == "t":
            parts.append(part.text or "")
        elif tag(part) == "r":
            parts += [run.text or "" for run in part if tag(run) == "t"]
    return "".join(parts)


def _at[T](values: Sequence[T], place: str) -> T | None:
    return values[int(place)] if place.isdecimal() and int(place) < len(values) else None


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1

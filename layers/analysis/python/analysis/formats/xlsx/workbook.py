"""The rows of the visible sheets of a workbook."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element

from analysis.formats.docx.block import lines_of
from analysis.formats.docx.package import Package, attribute, child, open_package, tag
from analysis.formats.xlsx import number_format
from analysis.formats.xlsx.number_format import NumberFormat
from analysis.limits import Limits

_COLUMNS = 60
"""Columns of a sheet that are read."""
_ROWS = 100_000
"""Rows of a sheet that are read."""
_CHARACTERS = 2_000
"""Characters of a cell that are read."""
_LARGEST_NUMBER = 40
"""Characters of a number."""
_MERGED = 2_000
"""Merged cells of a sheet that are read."""
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})$")
_ROW_NUMBER = re.compile(r"\d{1,7}$")
_TRUTH = {"0": "FALSE", "1": "TRUE"}


@dataclass(frozen=True, slots=True)
class Worksheet:
    """The rows of a sheet as cells, without empty rows and columns.

    `numbers` are those that the rows have in the file. `merged` are the cells of several rows or
    columns, each `(row, column, rows, columns)` counted from 0 as in `rows`.
    """

    rows: list[list[str]]
    numbers: list[int]
    merged: list[tuple[int, int, int, int]]


def sheets(data: bytes, limits: Limits) -> Iterator[Worksheet]:
    """Each visible sheet that has any text.

    Raises `Unreadable` if the file is damaged, or unpacks to more than the limit.
    """
    with open_package(data, limits, "xlsx") as package:
        for numbered, merged in _Workbook(package).sheets():
            width = max((len(row) for _, row in numbered), default=0)
            padded = [[*row, *[""] * (width - len(row))] for _, row in numbered]
            used = [place for place in range(width) if any(row[place] for row in padded)]
            if used:
                numbers = [number for number, _ in numbered]
                yield Worksheet(
                    rows=[[row[place] for place in used] for row in padded],
                    numbers=numbers,
                    merged=list(_among(merged, numbers, used)),
                )


def _among(
    merged: Sequence[tuple[int, int, int, int]], numbers: Sequence[int], used: Sequence[int]
) -> Iterator[tuple[int, int, int, int]]:
    """Merged cells by the places of their rows and columns among those that have any text."""
    for top, left, bottom, right in merged:
        row, column = bisect_left(numbers, top), bisect_left(used, left)
        rows = bisect_right(numbers, bottom) - row
        columns = bisect_right(used, right) - column
        if rows > 0 and columns > 0 and rows * columns > 1:
            yield row, column, rows, columns


class _Workbook:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._root = package.parse(package.main)
        properties = child(self._root, "workbookPr")
        stated = attribute(properties, "date1904") if properties is not None else None
        self._from_1904 = stated in {"1", "true"}
        self._strings = list(self._shared_strings())
        self._formats = list(self._cell_formats())

    def sheets(
        self,
    ) -> Iterator[tuple[list[tuple[int, list[str]]], list[tuple[int, int, int, int]]]]:
        """The rows of each visible sheet that have any text, and the sheet's merged cells."""
        for entry in child(self._root, "sheets") or ():
            part = self._package.target(self._package.main, attribute(entry, "id") or "")
            if part is None or attribute(entry, "state") in {"hidden", "veryHidden"}:
                continue
            root = self._package.parse(part)
            rows = child(root, "sheetData")
            numbered: list[tuple[int, list[str]]] = []
            number = 0
            for _, row in zip(range(_ROWS), rows or (), strict=False):
                stated = _ROW_NUMBER.match(row.get("r", ""))
                number = max(number + 1, int(stated[0]) if stated else 0)
                texts = self._row(row)
                if any(texts):
                    numbered.append((number, texts))
            yield numbered, list(_merged(child(root, "mergeCells")))

    def _row(self, row: Element) -> list[str]:
        texts: list[str] = []
        for cell in row:
            match = _REFERENCE.match(cell.get("r", ""))
            column = _column(match[1]) if match else len(texts)
            if column >= _COLUMNS:
                break
            texts += [""] * (column + 1 - len(texts))
            texts[column] = lines_of(self._text(cell))[:_CHARACTERS]
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


def _merged(element: Element | None) -> Iterator[tuple[int, int, int, int]]:
    """The first row and column of merged cells, and the last ones."""
    for _, entry in zip(range(_MERGED), element if element is not None else (), strict=False):
        first, _, last = entry.get("ref", "").partition(":")
        begin, end = _REFERENCE.match(first), _REFERENCE.match(last)
        if begin and end:
            yield int(begin[2]), _column(begin[1]), int(end[2]), _column(end[1])


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

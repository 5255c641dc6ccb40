"""Files without pages of their own, which are set on sheets."""

from typing import Any

from PIL import Image

from analysis.errors import Unreadable, warning
from analysis.formats.docx import sheet
from analysis.layout.language import language_of
from analysis.model import Fact, LineItem, Outline, Page, Source


class SheetFile:
    """The sheets of a spreadsheet or an e-invoice. Raises `Unreadable` if there are none."""

    def __init__(self, kind: str, sheets: sheet.Sheets, *, language: str | None = None) -> None:
        self._kind = kind
        self._source: Source = "xml" if kind == "xml" else "text"
        self.sheets = sheets
        self.language = language
        self.page_count = len(sheets.lines)
        if not self.page_count:
            raise Unreadable("no_text")

    def outline(self) -> Outline:
        """The number of sheets, none of which needs OCR."""
        return Outline(kind_of_file=self._kind, page_count=self.page_count, needs_ocr=())

    def page(self, number: int) -> Page:
        """The lines and tables of a sheet; its size is in points."""
        lines = self.sheets.lines[number]
        return Page(
            number=number, width=self.sheets.width(number), height=sheet.HEIGHT,
            source=self._source, confidence=1.0,
            language=self.language or language_of("\n".join(line.text for line in lines)),
            lines=tuple(lines), grids=self.sheets.tables(number),
        )  # fmt: skip

    def embedded(self) -> tuple[tuple[Fact, ...], tuple[LineItem, ...]]:
        """None: a file that states facts as data overrides this."""
        return (), ()

    def warnings(self) -> list[dict[str, Any]]:
        """Whether the file continues after the last sheet."""
        return [warning("cut", max_pages=self.page_count)] if self.sheets.cut else []

    def render_page(self, number: int, longest: int) -> Image.Image:
        """The sheet with its lines, its longer side `longest` pixels."""
        return sheet.drawn(self.sheets.lines[number], longest, self.sheets.width(number))

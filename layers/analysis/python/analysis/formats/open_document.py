"""One interface for every kind of file: the number of pages, their text, embedded facts."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any

import pypdfium2 as pdfium
from PIL import Image

from analysis.errors import Unreadable, left_out, warning
from analysis.formats import barcodes
from analysis.formats.docx import sheet
from analysis.formats.einvoices import einvoice
from analysis.formats.einvoices.xml_file import XmlFile
from analysis.formats.images import image, scan
from analysis.formats.images.image_file import ImageFile
from analysis.formats.mail.mail_file import MailFile
from analysis.formats.pdf import attachments, form_fields, pdf_file, text_layer
from analysis.formats.sheet_file import SheetFile
from analysis.formats.xlsx import layout
from analysis.layout.language import language_of
from analysis.limits import Limits
from analysis.model import Barcode, Fact, LineItem, Outline, Page

_SCAN_LONGEST = 2000
"""Pixels along the longer side of a rendered page: an A4 page at 170 dpi."""

_PLACEHOLDER = re.compile(r"please wait|bitte warten", re.IGNORECASE)
"""What the page of an XFA form says in programs that cannot draw the form."""

_HARDLY_ANY_TEXT = 80
"""Characters below which the pictures of a DOCX are its content."""
_SMALLEST_SCAN = 600
"""Pixels of the shorter side: smaller pictures are logos."""

type EmbeddedData = tuple[tuple[Fact, ...], tuple[LineItem, ...]]


class PdfFile:
    """A PDF, with the pages of a portfolio's documents."""

    def __init__(self, document: pdfium.PdfDocument, data: bytes, limits: Limits) -> None:
        self._document = document
        self._limits = limits
        self._attachments = attachments.add_pages(document, data, limits)
        self.page_count = len(document)
        self._unshown = False

    def outline(self) -> Outline:
        """The number of pages, and those without a text layer that can be trusted.

        A page that PDFium cannot open is not among them; `page` raises for it.
        """
        scans = []
        for number in range(self.page_count):
            try:
                layer = text_layer.of_page(self._document, number, self._limits)
            except pdfium.PdfiumError:
                continue
            if layer is None or layer.doubtful:
                scans.append(number)
        return Outline(kind_of_file="pdf", page_count=self.page_count, needs_ocr=tuple(scans))

    def page(self, number: int) -> Page:
        """The page by its text layer, otherwise drawn and by OCR; its size is in points.

        Raises `Unreadable` if the page is damaged.
        """
        try:
            filled_in = form_fields.of_page(self._document, number)
            pdf_file.flatten(self._document, number)
            layer = text_layer.of_page(self._document, number, self._limits)
            width, height = pdf_file.size(self._document, number)
            if layer is not None:
                text = "\n".join(line.text for line in layer.lines)
                self._unshown |= bool(_PLACEHOLDER.search(text))
            if layer is not None and not layer.doubtful:
                return Page(
                    number=number, width=width, height=height, source="text", confidence=1.0,
                    turned=layer.turned, language=language_of(text), lines=tuple(layer.lines),
                    barcodes=self._barcodes(number) if layer.may_have_code else (),
                    grids=layer.grids, form_fields=filled_in,
                )  # fmt: skip
            drawn = self._drawn(number, _SCAN_LONGEST)
        except pdfium.PdfiumError as failed:
            raise Unreadable("damaged_page") from failed
        page = scan.page_of(
            drawn, number, (width, height), self._limits, enough=scan.RENDERED, layer=layer
        )
        return replace(page, form_fields=filled_in)

    def embedded(self) -> EmbeddedData:
        """The facts and line items of the first attachment that is an e-invoice."""
        for content in self._attachments.xml:
            parsed = einvoice.parse(content)
            if parsed is not None:
                return parsed
        return (), ()

    def warnings(self) -> list[dict[str, Any]]:
        """Attachments that were not read, and a form that PDFium cannot show.

        The form is known only after its page was read.
        """
        warnings = []
        if self._unshown and pdf_file.has_dynamic_form(self._document):
            warnings.append(warning("form_not_shown"))
        warnings += left_out("attachments_not_read", self._attachments.unread)
        warnings += left_out("parts_locked", self._attachments.locked)
        return warnings

    def render_page(self, number: int, longest: int) -> Image.Image:
        """The page with its filled form fields, its longer side `longest` pixels."""
        pdf_file.flatten(self._document, number)
        return self._drawn(number, longest)

    def _drawn(self, number: int, longest: int) -> Image.Image:
        return pdf_file.render_page(self._document, number, longest=longest, limits=self._limits)

    def _barcodes(self, number: int) -> tuple[Barcode, ...]:
        """The codes of a page of text, which can be read also if it cannot be drawn."""
        with suppress(pdfium.PdfiumError, Unreadable):
            return barcodes.find(self._drawn(number, _SCAN_LONGEST))
        return ()


class DocxFile:
    """The sheets of text, and after them the scans of a document that has hardly any text.

    Raises `Unreadable` if it has neither.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        set_on = sheet.sheets(data, limits)
        self._sheets, self._grids, self._cut = set_on.lines, set_on.tables, set_on.cut
        self._limits = limits
        characters = sum(len(line.text) for lines in self._sheets for line in lines)
        self._scans = list(_scans(data, limits)) if characters < _HARDLY_ANY_TEXT else []
        self.page_count = len(self._sheets) + len(self._scans)
        if not self.page_count:
            raise Unreadable("no_text")

    def outline(self) -> Outline:
        """The number of sheets and pictures; the pictures need OCR."""
        scans = tuple(range(len(self._sheets), self.page_count))
        return Outline(kind_of_file="docx", page_count=self.page_count, needs_ocr=scans)

    def page(self, number: int) -> Page:
        """A sheet, in points, or behind them a picture by OCR, in pixels."""
        if number >= len(self._sheets):
            picture = self._scan(number)
            return scan.page_of(
                picture, number, picture.size, self._limits, enough=scan.PHOTOGRAPHED
            )
        lines = self._sheets[number]
        return Page(
            number=number, width=sheet.WIDTH, height=sheet.HEIGHT, source="text", confidence=1.0,
            language=language_of("\n".join(line.text for line in lines)), lines=tuple(lines),
            grids=self._grids(number),
        )  # fmt: skip

    def embedded(self) -> EmbeddedData:
        """None: a DOCX contains no facts as data."""
        return (), ()

    def warnings(self) -> list[dict[str, Any]]:
        """Whether the document continues after the last sheet."""
        if not self._cut:
            return []
        return [warning("cut", max_pages=self.page_count)]

    def render_page(self, number: int, longest: int) -> Image.Image:
        """The sheet or the picture, its longer side at most `longest` pixels."""
        if number < len(self._sheets):
            return sheet.drawn(self._sheets[number], longest)
        picture = self._scan(number)
        picture.thumbnail((longest, longest))
        return picture

    def _scan(self, number: int) -> Image.Image:
        return image.open_image(self._scans[number - len(self._sheets)], self._limits)


def _scans(data: bytes, limits: Limits) -> Iterator[bytes]:
    """The pictures of a DOCX that are large enough to be scans, and can be opened."""
    for content in sheet.scans(data, limits):
        try:
            size = image.open_image(content, limits).size
        except Unreadable:
            continue
        if min(size) >= _SMALLEST_SCAN:
            yield content


type OpenFile = PdfFile | ImageFile | DocxFile | SheetFile | MailFile


@contextmanager
def open_file(data: bytes, kind: str, limits: Limits) -> Iterator[OpenFile]:
    """The opened document. Raises `Unreadable` if it cannot be opened."""
    if kind == "pdf":
        with pdf_file.open_pdf(data, limits) as document:
            yield PdfFile(document, data, limits)
    elif kind == "docx":
        yield DocxFile(data, limits)
    elif kind == "xml":
        yield XmlFile(data, limits)
    elif kind == "xlsx":
        yield SheetFile("xlsx", layout.sheets(data, limits))
    elif kind == "eml":
        mail = MailFile(data, limits, open_file)
        try:
            yield mail
        finally:
            mail.close()
    else:
        yield ImageFile(data, kind, limits)

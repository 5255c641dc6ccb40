"""PDFs: opening, flattening and drawing pages."""

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw

from analysis.errors import Unreadable
from analysis.limits import Limits

_PASSWORD_ERROR = 4
"""`FPDF_ERR_PASSWORD` of PDFium."""
_WRITTEN = frozenset([raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_WIDGET])
"""The annotations that a reader of the page sees as its text."""
_FILLABLE = frozenset([raw.FORMTYPE_ACRO_FORM, raw.FORMTYPE_XFA_FOREGROUND])
"""Forms with fields that PDFium knows; those of XFA's foreground have both kinds of fields."""
_ANNOTATIONS = 1_000
"""Annotations of a page that are looked at."""
_TINY = 0.05
"""The scale of a drawing that nobody sees."""


@contextmanager
def open_pdf(data: bytes, limits: Limits) -> Iterator[pdfium.PdfDocument]:
    """The opened document.

    Raises `Unreadable` if it has a password, is damaged, empty or too long. No other document may
    be open, because the library is restarted when this one is closed.
    """
    try:
        yield from _open(data, limits)
    finally:
        _restart_library()


def _open(data: bytes, limits: Limits) -> Iterator[pdfium.PdfDocument]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as failed:
        if raw.FPDF_GetLastError() == _PASSWORD_ERROR or "assword" in str(failed):
            raise Unreadable("password_protected") from failed
        raise Unreadable("damaged", context="pdf") from failed
    try:
        if len(document) == 0:
            raise Unreadable("no_pages")
        if len(document) > limits.pages:
            raise Unreadable("too_many_pages", pages=len(document), max_pages=limits.pages)
        if document.get_formtype() in _FILLABLE:
            document.init_forms()  # makes the appearances of fields that have none
        yield document
    finally:
        document.close()


def _restart_library() -> None:
    """Discard the fonts that PDFium shares between documents.

    PDFium draws a font that is not embedded with a substitute, whose shapes it adapts to the widths
    that the document states. The adapted substitute stays in its cache, so the next document's
    characters would have the shapes, and with them the boxes, of the document before.
    """
    raw.FPDF_DestroyLibrary()
    raw.FPDF_InitLibrary()


def size(document: pdfium.PdfDocument, number: int) -> tuple[float, float]:
    """Width and height in points as displayed."""
    width, height = document.get_page_size(number)
    return max(1.0, width), max(1.0, height)


def flatten(document: pdfium.PdfDocument, number: int) -> None:
    """Make the values of form fields, and the texts that are annotations, part of the page."""
    page = document[number]
    try:
        if not any(kind in _WRITTEN for kind in _annotations(page)):
            return
        page.render(scale=_TINY).close()  # the appearances are made when the page is drawn
        raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
    finally:
        page.close()


def _annotations(page: pdfium.PdfPage) -> Iterator[int]:
    """The subtypes of the first annotations of a page."""
    for place in range(min(_ANNOTATIONS, raw.FPDFPage_GetAnnotCount(page.raw))):
        annotation = raw.FPDFPage_GetAnnot(page.raw, place)
        if annotation:
            yield raw.FPDFAnnot_GetSubtype(annotation)
            raw.FPDFPage_CloseAnnot(annotation)


def has_dynamic_form(document: pdfium.PdfDocument) -> bool:
    """Whether its content is an XFA form, which only the maker's own programs draw."""
    return document.get_formtype() in {raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND}


def render_page(
    document: pdfium.PdfDocument, number: int, *, longest: int, limits: Limits
) -> Image.Image:
    """The page as displayed, its longer side that many pixels, RGB."""
    width, height = size(document, number)
    scale = longest / max(width, height)
    if width * scale < 1 or height * scale < 1 or longest * longest > limits.pixels:
        raise Unreadable("odd_page")
    page = document[number]
    try:
        drawn: Image.Image = page.render(scale=scale, rev_byteorder=True).to_pil()
        return drawn.convert("RGB")
    finally:
        page.close()

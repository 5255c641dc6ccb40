"""The files within a PDF: invoices as XML, the documents of a portfolio, and those not read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import pypdfium2 as pdfium
from pypdfium2 import raw

from analysis.errors import Unreadable, parsing
from analysis.formats.names import LONGEST_NAME, printable
from analysis.formats.pdf import text_layer
from analysis.limits import Limits

_AT_MOST = 50
"""Attachments of a PDF that are looked at."""
_LARGEST_XML = 10 * 1024 * 1024
"""Bytes of an attached invoice; larger ones are named as not read."""
_COVER = re.compile(
    r"(?:PDF[- ]?(?:portfolio|portfólio|paket|package)|portfolio PDF)|"
    r"(?:acrobat|adobe reader)[^\n]{0,40}(?:\bor later|oder höher|ou ultérieure|o superior)",
    re.IGNORECASE,
)
"""What the cover of a portfolio says in programs that cannot show portfolios."""
_COVER_CHARACTERS = 1_500
"""Characters from which a page is no mere cover."""
_READABLE = frozenset(["xml", "pdf", ""])
_LONGEST_ENDING = 5
"""Characters of a file name's ending; longer ones are part of the name."""
_LOCKED = frozenset([raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY])


@dataclass(slots=True)
class Attachments:
    """The attachments of a PDF by what becomes of them."""

    xml: list[bytes] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    """The names of those that are not read."""
    locked: list[str] = field(default_factory=list)
    """The names of those that have a password or other protection."""


def add_pages(document: pdfium.PdfDocument, data: bytes, limits: Limits) -> Attachments:
    """Sort the attachments. The pages of a portfolio's PDFs become pages of the document.

    A cover that only asks for another program is removed, if there are other pages.
    """
    result = Attachments()
    if not document.count_attachments():
        return result
    has_cover = _is_cover(document, limits)
    is_portfolio = has_cover or b"/Collection" in data
    covers = len(document)
    left = limits.inflated_bytes
    for name, content in _contents(document, limits):
        left -= len(content)
        if name.lower().endswith(".xml") and len(content) <= _LARGEST_XML:
            result.xml.append(content)
        elif left < 0 or not _is_pdf(content):
            result.unread.append(name)
        elif (problem := _add(document if is_portfolio else None, content, limits)) is not None:
            (result.locked if problem == "locked" else result.unread).append(name)
    if has_cover and len(document) > covers:
        document.del_page(0)
    return result


def _add(
    portfolio: pdfium.PdfDocument | None, content: bytes, limits: Limits
) -> Literal["locked", "unread"] | None:
    """Add the pages of a PDF to the portfolio; why this is not possible, or None."""
    try:
        inner = pdfium.PdfDocument(content)
    except pdfium.PdfiumError:
        return "locked" if raw.FPDF_GetLastError() in _LOCKED else "unread"
    try:
        if portfolio is None or len(portfolio) + len(inner) > limits.pages:
            return "unread"
        portfolio.import_pages(inner)
    except pdfium.PdfiumError:
        return "unread"
    finally:
        inner.close()
    return None


def _contents(document: pdfium.PdfDocument, limits: Limits) -> Iterator[tuple[str, bytes]]:
    """The names and contents of the attachments that can be opened."""
    for index in range(min(_AT_MOST, document.count_attachments())):
        try:
            with parsing("damaged_attachment"):
                attachment = document.get_attachment(index)
                name = printable(attachment.get_name()).strip()[-LONGEST_NAME:]
                # Others are only named: they may be large once they are decoded.
                is_readable = _ending(name) in _READABLE
                content = bytes(attachment.get_data()) if is_readable else b""
        except Unreadable:
            continue
        if len(content) <= limits.data_bytes:
            yield name, content


def _ending(name: str) -> str:
    """The ending of a file name in lower case; empty if it has none that looks like one."""
    _, dot, ending = name.rpartition(".")
    return ending.lower() if dot and ending.isalnum() and len(ending) <= _LONGEST_ENDING else ""


def _is_pdf(content: bytes) -> bool:
    return b"%PDF-" in content[:1024]


def _is_cover(document: pdfium.PdfDocument, limits: Limits) -> bool:
    """Whether the first page says that another program is needed, and hardly anything else."""
    try:
        layer = text_layer.of_page(document, 0, limits)
    except pdfium.PdfiumError:
        return False
    text = "\n".join(line.text for line in layer.lines) if layer else ""
    return len(text) < _COVER_CHARACTERS and bool(_COVER.search(text))

"""PDFs: the text layer with boxes, pictures of pages, and attached e-invoices."""

import ctypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # it ships no types
from PIL import Image
from pypdfium2 import raw

from analysis.limits import Limits
from analysis.reading import Line
from analysis.unreadable import Unreadable

_WORD = re.compile(r"\S+")
_GAP = 1.0
"""A gap wider than this many line heights ends a run of text."""
_LARGEST_ATTACHMENT = 10 * 1024 * 1024
_PASSWORD_ERROR = 4
_FEWEST_CHARACTERS = 12


@contextmanager
def opened(data: bytes, limits: Limits) -> Iterator[pdfium.PdfDocument]:
    """The document; Unreadable when it has a password, is damaged, empty or too long."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as failed:
        if raw.FPDF_GetLastError() == _PASSWORD_ERROR or "assword" in str(failed):
            raise Unreadable(
                "password_protected",
                "This PDF is protected by a password. Please save it without one and upload that.",
            ) from failed
        raise Unreadable(
            "damaged",
            "This PDF is damaged and cannot be opened. Please print it to a new PDF.",
        ) from failed
    try:
        if len(document) == 0:
            raise Unreadable("no_pages", "This PDF has no pages. Please export it again.")
        if len(document) > limits.pages:
            raise Unreadable(
                "too_many_pages",
                f"This PDF has {len(document)} pages; at most {limits.pages} can be read. "
                "Please split it.",
            )
        yield document
    finally:
        document.close()


def size(document: pdfium.PdfDocument, number: int) -> tuple[float, float]:
    """Width and height in points as displayed."""
    width, height = document.get_page_size(number)
    return max(1.0, width), max(1.0, height)


def text_lines(document: pdfium.PdfDocument, number: int, limits: Limits) -> list[Line] | None:
    """The runs of text of a page's text layer; None when it has no usable one."""
    page = document[number]
    try:
        return _lines_of(page, limits)
    finally:
        page.close()


def _lines_of(page: Any, limits: Limits) -> list[Line] | None:
    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        text = textpage.get_text_range() if count > 0 else ""
        solid = sum(1 for character in text if character.isalnum())
        odd = sum(
            1 for character in text if character == "\ufffd" or "\ue000" <= character <= "\uf8ff"
        )
        if solid < _FEWEST_CHARACTERS or odd > 0.3 * solid:  # fonts that lie: see what is drawn
            return None
        return list(_runs(textpage, text, page, limits.lines))
    finally:
        textpage.close()


def _runs(textpage: Any, text: str, page: Any, at_most: int) -> Iterator[Line]:
    place = _placer(page)
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    box = [ctypes.byref(side) for side in (left, right, bottom, top)]
    made, start = 0, 0
    for printed in text.splitlines(keepends=True):
        run: list[str] = []
        edges = (0.0, 0.0, 0.0, 0.0)
        for word in _WORD.finditer(printed):
            first = _box_at(textpage, start + word.start(), box, (left, bottom, right, top))
            last = _box_at(textpage, start + word.end() - 1, box, (left, bottom, right, top))
            if first is None or last is None:
                continue
            here = place(
                min(first[0], last[0]), min(first[1], last[1]),
                max(first[2], last[2]), max(first[3], last[3]),
            )  # fmt: skip
            height = max(edges[3] - edges[1], here[3] - here[1]) * _aspect(page)
            apart = here[0] - edges[2] > _GAP * height or here[2] < edges[0]
            if run and apart:
                yield Line(" ".join(run), edges)
                made += 1
                run = []
            edges = here if not run else (
                min(edges[0], here[0]), min(edges[1], here[1]),
                max(edges[2], here[2]), max(edges[3], here[3]),
            )  # fmt: skip
            run.append(word.group())
        if run:
            yield Line(" ".join(run), edges)
            made += 1
        if made >= at_most:
            return
        start += len(printed)


def _aspect(page: Any) -> float:
    width, height = page.get_size()
    return float(height / width) if width else 1.0


def _box_at(
    textpage: Any, index: int, out: list[Any], sides: tuple[Any, Any, Any, Any]
) -> tuple[float, float, float, float] | None:
    at = raw.FPDFText_GetCharIndexFromTextIndex(textpage.raw, index)
    if at < 0 or not raw.FPDFText_GetCharBox(textpage.raw, at, *out):
        return None
    left, bottom, right, top = sides
    return left.value, bottom.value, right.value, top.value


def _placer(page: Any) -> Any:
    """From the PDF's coordinates to fractions of the page as displayed."""
    x0, y0, x1, y1 = page.get_bbox()
    width, height = (x1 - x0) or 1.0, (y1 - y0) or 1.0
    rotation = page.get_rotation()

    def place(
        left: float, bottom: float, right: float, top: float
    ) -> tuple[float, float, float, float]:
        a, b = (left - x0) / width, (right - x0) / width
        c, d = (y1 - top) / height, (y1 - bottom) / height
        match rotation:
            case 90:
                sides = (1 - d, a, 1 - c, b)
            case 180:
                sides = (1 - b, 1 - d, 1 - a, 1 - c)
            case 270:
                sides = (c, 1 - b, d, 1 - a)
            case _:
                sides = (a, c, b, d)
        p, q, r, s = (min(1.0, max(0.0, side)) for side in sides)
        return p, q, r, s

    return place


def picture(
    document: pdfium.PdfDocument, number: int, *, longest: int, limits: Limits
) -> Image.Image:
    """The page as displayed, its longer side that many pixels, RGB."""
    width, height = size(document, number)
    scale = longest / max(width, height)
    if width * scale < 1 or height * scale < 1 or longest * longest > limits.pixels:
        raise Unreadable("odd_page", "The page has a shape that cannot be drawn.")
    page = document[number]
    try:
        drawn: Image.Image = page.render(scale=scale, rev_byteorder=True).to_pil()
        return drawn.convert("RGB")
    finally:
        page.close()


def attached_xml(document: pdfium.PdfDocument) -> list[bytes]:
    """The XML files within the PDF, small enough to be invoices."""
    found = []
    for index in range(min(20, document.count_attachments())):
        attachment = document.get_attachment(index)
        if not attachment.get_name().lower().endswith(".xml"):
            continue
        try:
            content = bytes(attachment.get_data())
        except pdfium.PdfiumError:
            continue
        if len(content) <= _LARGEST_ATTACHMENT:
            found.append(content)
    return found

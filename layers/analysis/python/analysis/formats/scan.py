"""Read a page from its picture: text by OCR, QR codes and barcodes, and whether it is blank."""

from PIL import Image

from analysis.formats import barcodes, image, ocr, text_sources
from analysis.formats.pdf_text import TextLayer
from analysis.layout.language import language_of
from analysis.limits import Limits
from analysis.model import Page

RENDERED = 0.955
"""The mean confidence from which the fast model's result is accepted, for rendered pages."""
PHOTOGRAPHED = 0.975
"""The same for photographs: higher, because the fast model is confident of some mistakes there."""


def page_of(
    picture: Image.Image,
    number: int,
    size: tuple[float, float],
    limits: Limits,
    *,
    enough: float,
    layer: TextLayer | None = None,
) -> Page:
    """The page of that picture, which is made smaller. A doubtful text `layer` is merged."""
    ocr_page = _recognise(picture, enough)
    if layer is not None:
        ocr_page = text_sources.merge(layer, ocr_page)
    codes = barcodes.find(picture)
    return Page(
        number=number,
        width=size[0],
        height=size[1],
        source="ocr",
        confidence=ocr_page.confidence,
        turned=ocr_page.turned,
        tilt=ocr_page.tilt,
        script_unread=ocr_page.script_unread,
        blank=not ocr_page.lines and not codes and image.is_blank(picture),
        language=language_of("\n".join(line.text for line in ocr_page.lines)),
        lines=tuple(ocr_page.lines[: limits.lines]),
        barcodes=codes,
    )


def _recognise(picture: Image.Image, enough: float) -> ocr.OcrPage:
    """The text of a picture by the fast model, or by the accurate one if it is not sure enough."""
    fast = ocr.read_image(picture, model="tiny")
    if not fast.lines or fast.confidence >= enough:
        return fast
    return ocr.compared(fast, ocr.read_image(picture, model="small", like=fast))

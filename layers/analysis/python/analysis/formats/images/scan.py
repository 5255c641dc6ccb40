"""Read a page from its picture: text by OCR, QR codes and barcodes, and whether it is blank."""

from collections.abc import Sequence
from dataclasses import replace

from PIL import Image

from analysis.formats import barcodes
from analysis.formats.images import image, ocr, sheet_corners, text_sources
from analysis.formats.pdf.text_layer import TextLayer
from analysis.layout.language import language_of
from analysis.limits import Limits
from analysis.model import Line, Page
from analysis.model.perspective import projection

_LEGIBLE = 0.85
"""The confidence from which the text of a flattened sheet is taken."""
_FEWEST_LINES = 4
"""Lines from which the text of a flattened sheet is taken; fewer do not show that it is level."""

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
    picture.thumbnail((ocr.MAX_SIDE_PIXELS, ocr.MAX_SIDE_PIXELS))
    sheets = sheet_corners.sheets(picture)
    ocr_page = _read_flat(picture, sheets, enough) or _recognise(picture, enough)
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
        perspective=ocr_page.perspective,
        script_unread=ocr_page.script_unread,
        blank=not ocr_page.lines and not codes and image.is_blank(picture),
        language=language_of("\n".join(line.text for line in ocr_page.lines)),
        lines=tuple(ocr_page.lines[: limits.lines]),
        barcodes=codes,
        areas=tuple(sheet.box for sheet in sheets) if len(sheets) > 1 else (),
    )


def _read_flat(
    picture: Image.Image, sheets: Sequence[sheet_corners.Sheet], enough: float
) -> ocr.OcrPage | None:
    """The text of the only sheet in a picture, made flat if it is seen at an angle.

    None if there is no such sheet, or if its text is not found level.
    """
    if len(sheets) != 1 or not sheets[0].corners:
        return None
    perspective = projection(sheets[0].corners)
    ocr_page = _recognise(sheet_corners.flat(picture, sheets[0].corners, perspective), enough)
    is_level = ocr_page.confidence >= _LEGIBLE and not ocr_page.tilt
    if not is_level or len(ocr_page.lines) < _FEWEST_LINES:
        return None
    lines = [Line(line.text, perspective.displayed(line.box)) for line in ocr_page.lines]
    return replace(ocr_page, lines=lines, perspective=perspective)


def _recognise(picture: Image.Image, enough: float) -> ocr.OcrPage:
    """The text of a picture by the fast model, or by the accurate one if it is not sure enough."""
    fast = ocr.read_image(picture, model="tiny")
    if not fast.lines or fast.confidence >= enough:
        return ocr.judged(fast)
    accurate = ocr.read_image(picture, model="small", like=fast)
    return ocr.judged(ocr.compared(fast, accurate))

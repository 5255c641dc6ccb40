"""QR codes and barcodes of a picture, and whether a page of text may have one."""

import ctypes
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import zxingcpp
from PIL import Image
from pypdfium2 import raw

from analysis.model import Barcode, Box

_FORMATS = zxingcpp.BarcodeFormats(
    [
        zxingcpp.BarcodeFormat.QRCode,
        zxingcpp.BarcodeFormat.DataMatrix,
        zxingcpp.BarcodeFormat.Aztec,
        zxingcpp.BarcodeFormat.PDF417,
        zxingcpp.BarcodeFormat.Code128,
        zxingcpp.BarcodeFormat.EAN13,
    ]
)
"""Formats with strong checks: others are found in tables and hatchings that are no codes."""
_AT_MOST = 20
"""Most codes of an image."""
_LONGEST = 3_000
"""Characters of a code; the largest QR code has 4,296."""
_CONTROL = re.compile(r"[^\S\n]|[\x00-\x09\x0b-\x1f\x7f]")
_MENTIONED = re.compile(
    r"\bQR\b|giro-?code|zahlteil|payment part|section paiement|sezione pagamento|"
    r"zahlen mit code|\bscan\b|\bupi\b",
    re.IGNORECASE,
)
_SAMPLE = 160
"""Most objects of a page that are looked at, spread evenly."""
_NARROWEST_POINTS = 28.0
"""The side that a printed code exceeds; smaller squares are icons."""
_WIDEST_POINTS = 240.0
"""The side that a printed code does not reach; larger squares are photographs."""
_MOST_OBLONG = 1.12
"""The ratio of sides below which a shape is a square."""
_MODULE_POINTS = 5.0
"""The side of a code's module that is drawn as a shape of its own is below this."""
_FEWEST_MODULES = 60
"""Small shapes in the sample from which they may be the modules of one code."""
_FEWEST_SEGMENTS = 400
"""Segments of one shape that holds a whole code."""


def find(image: Image.Image) -> tuple[Barcode, ...]:
    """The codes in an image, each once, with boxes as fractions of it."""
    width, height = image.size
    with suppress(RuntimeError, ValueError):  # what the library makes of an image without rows
        found = zxingcpp.read_barcodes(image.convert("L"), formats=_FORMATS, try_invert=False)
        codes = [
            Barcode(format=code.format.name, text=_clean(code.text), box=_box(code, width, height))
            for code in found[:_AT_MOST]
            if code.text.strip()
        ]
        return tuple({(code.format, code.text): code for code in reversed(codes)}.values())[::-1]
    return ()


def is_likely(page: Any, text: str) -> bool:
    """Whether a page of text should be drawn to look for codes.

    Its text mentions one, or it has a square image or a square of many small shapes. Looks at a
    sample of its objects.
    """
    if _MENTIONED.search(text):
        return True
    modules = 0
    for shape in _objects(page):
        kind = raw.FPDFPageObj_GetType(shape)
        if kind not in {raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM}:
            continue
        width, height = _size(shape)
        if max(width, height) < _MODULE_POINTS:
            modules += kind == raw.FPDF_PAGEOBJ_PATH
        elif _is_square(width, height) and (
            kind != raw.FPDF_PAGEOBJ_PATH or raw.FPDFPath_CountSegments(shape) > _FEWEST_SEGMENTS
        ):
            return True
    return modules >= _FEWEST_MODULES


def _objects(page: Any) -> Iterator[Any]:
    count = raw.FPDFPage_CountObjects(page.raw)
    for place in range(0, count, count // _SAMPLE + 1):
        yield raw.FPDFPage_GetObject(page.raw, place)


def _size(shape: Any) -> tuple[float, float]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(shape, left, bottom, right, top):
        return 0.0, 0.0
    return right.value - left.value, top.value - bottom.value


def _is_square(width: float, height: float) -> bool:
    shorter, longer = sorted((width, height))
    return shorter > _NARROWEST_POINTS and longer < min(_WIDEST_POINTS, _MOST_OBLONG * shorter)


def _clean(text: str) -> str:
    return _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))[:_LONGEST]


def _box(code: Any, width: int, height: int) -> Box:
    corners = (
        code.position.top_left,
        code.position.top_right,
        code.position.bottom_left,
        code.position.bottom_right,
    )
    columns = [corner.x / width for corner in corners]
    rows = [corner.y / height for corner in corners]
    left, top, right, bottom = (
        min(1.0, max(0.0, side)) for side in (min(columns), min(rows), max(columns), max(rows))
    )
    return Box(left, top, right, bottom)

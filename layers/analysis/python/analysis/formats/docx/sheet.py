"""Lay out lines of text on A4 sheets. A DOCX does not state the positions of its lines."""

import importlib.util
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from analysis.formats.docx import body
from analysis.formats.docx.package import open_package
from analysis.limits import Limits
from analysis.model import Box, Line

WIDTH = 595.0
HEIGHT = 842.0
_MARGIN = 56.0
_LEADING = 15.0
_SIZE = 9.0
_LINE_HEIGHT = 0.85
"""The share of the leading that the text takes; the rest is the space between two lines."""
_BETWEEN_BLOCKS = 0.3
_PER_LINE = 88
_NARROWEST = 8
_CELLS_AT_MOST = 60
_PICTURES = 20
_READABLE = (".png", ".jpg", ".jpeg")
_EDGE = 4.0
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Sheets:
    """The lines of each sheet; `cut` if the document continues after the last one."""

    lines: list[list[Line]]
    cut: bool


def sheets(data: bytes, limits: Limits) -> Sheets:
    """Lay out the document, up to the limit of pages.

    Raises `Unreadable` if it is damaged, or unpacks to more than the limit.
    """
    made: list[list[Line]] = [[]]
    y = _MARGIN
    for cells in body.blocks(data, limits):
        for row in _rows(cells[:_CELLS_AT_MOST]):
            if y + _LEADING > HEIGHT - _MARGIN:
                if len(made) >= limits.pages:
                    return Sheets(made, cut=True)
                made.append([])
                y = _MARGIN
            made[-1] += [_set(text, x, y) for x, text in row]
            y += _LEADING
        y += _LEADING * _BETWEEN_BLOCKS
    return Sheets(made if any(made) else [], cut=False)


def scans(data: bytes, limits: Limits) -> list[bytes]:
    """The pictures of a document, in the order of its relationships."""
    with open_package(data, limits) as package:
        parts = package.related(package.main, "image")[:_PICTURES]
        return [package.read(part) for part in parts if part.lower().endswith(_READABLE)]


def _rows(cells: list[str]) -> Iterator[list[tuple[float, str]]]:
    """The lines of a block: texts with their left edge."""
    width = (WIDTH - 2 * _MARGIN) / len(cells)
    per_cell = max(_NARROWEST, _PER_LINE // len(cells))
    for row in zip_longest(*(_wrapped(cell, per_cell) for cell in cells), fillvalue=""):
        yield [(_MARGIN + index * width, text) for index, text in enumerate(row) if text]


def _wrapped(text: str, width: int) -> Iterator[str]:
    """The text in lines of at most this width; a generator, because a paragraph may be a book."""
    line = ""
    for found in _WORD.finditer(text):
        word = found.group()
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = ""
        if len(word) > width:
            yield from (word[at : at + width] for at in range(0, len(word) - width, width))
            word = word[(len(word) - 1) // width * width :]
        line = f"{line} {word}" if line else word
    if line:
        yield line


def _set(text: str, x: float, y: float) -> Line:
    end = min(x + _font(_SIZE).getlength(text), WIDTH - _EDGE)
    bottom = y + _LEADING * _LINE_HEIGHT
    return Line(text, Box(x / WIDTH, y / HEIGHT, end / WIDTH, bottom / HEIGHT))


@cache
def _font(size: float) -> ImageFont.FreeTypeFont:
    """Bitstream Vera, which reportlab includes: Pillow's own font lacks ä, é and €."""
    found = importlib.util.find_spec("reportlab")
    if found is None or found.origin is None:
        raise FileNotFoundError("reportlab and its fonts are not installed")
    return ImageFont.truetype(Path(found.origin).parent / "fonts" / "Vera.ttf", size)


def drawn(lines: list[Line], longest: int) -> Image.Image:
    """The image of a sheet; its longer side has that many pixels."""
    scale = longest / HEIGHT
    sheet = Image.new("RGB", (round(WIDTH * scale), longest), "white")
    pen = ImageDraw.Draw(sheet)
    for line in lines:
        at = (line.box.left * sheet.width, line.box.top * sheet.height)
        pen.text(at, line.text, fill="black", font=_font(_SIZE * scale))
    return sheet

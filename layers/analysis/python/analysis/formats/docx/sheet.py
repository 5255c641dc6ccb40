"""Lay out lines of text on A4 sheets. A DOCX does not state the positions of its lines."""

import importlib.util
import re
from collections.abc import Iterable, Iterator
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
MARGIN = 56.0
LEADING = 15.0
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
    """The lines of each sheet; `cut` if the document continues after the last one.

    `widths` are those of the sheets, in points, if they differ from `WIDTH`.
    """

    lines: list[list[Line]]
    cut: bool
    widths: tuple[float, ...] = ()

    def width(self, number: int) -> float:
        return self.widths[number] if self.widths else WIDTH


def sheets(data: bytes, limits: Limits) -> Sheets:
    """Lay out the document, up to the limit of pages.

    Raises `Unreadable` if it is damaged, or unpacks to more than the limit.
    """
    return set_blocks(body.blocks(data, limits), limits)


def set_blocks(blocks: Iterable[list[str]], limits: Limits) -> Sheets:
    """Lay out blocks, each a list of cells side by side, up to the limit of pages."""
    made: list[list[Line]] = [[]]
    y = MARGIN
    for cells in blocks:
        for row in _rows(cells[:_CELLS_AT_MOST]):
            if y + LEADING > HEIGHT - MARGIN:
                if len(made) >= limits.pages:
                    return Sheets(made, cut=True)
                made.append([])
                y = MARGIN
            made[-1] += [line_at(text, x, y) for x, text in row]
            y += LEADING
        y += LEADING * _BETWEEN_BLOCKS
    return Sheets(made if any(made) else [], cut=False)


def scans(data: bytes, limits: Limits) -> list[bytes]:
    """The pictures of a document, in the order of its relationships."""
    with open_package(data, limits) as package:
        parts = package.related(package.main, "image")[:_PICTURES]
        return [package.read(part) for part in parts if part.lower().endswith(_READABLE)]


def _rows(cells: list[str]) -> Iterator[list[tuple[float, str]]]:
    """The lines of a block: texts with their left edge."""
    width = (WIDTH - 2 * MARGIN) / len(cells)
    per_cell = max(_NARROWEST, _PER_LINE // len(cells))
    for row in zip_longest(*(wrapped(cell, per_cell) for cell in cells), fillvalue=""):
        yield [(MARGIN + index * width, text) for index, text in enumerate(row) if text]


def wrapped(text: str, width: int) -> Iterator[str]:
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


def line_at(text: str, x: float, y: float, width: float = WIDTH) -> Line:
    """The line of a text on a sheet of that width, its upper left corner at a position."""
    end = min(x + _font(_SIZE).getlength(text), width - _EDGE)
    bottom = y + LEADING * _LINE_HEIGHT
    return Line(text, Box(x / width, y / HEIGHT, end / width, bottom / HEIGHT))


@cache
def _font(size: float) -> ImageFont.FreeTypeFont:
    """Bitstream Vera, which reportlab includes: Pillow's own font lacks ä, é and €."""
    found = importlib.util.find_spec("reportlab")
    if found is None or found.origin is None:
        raise FileNotFoundError("reportlab and its fonts are not installed")
    return ImageFont.truetype(Path(found.origin).parent / "fonts" / "Vera.ttf", size)


def drawn(lines: list[Line], longest: int, width: float = WIDTH) -> Image.Image:
    """The image of a sheet; its longer side has that many pixels."""
    scale = longest / max(width, HEIGHT)
    sheet = Image.new("RGB", (round(width * scale), round(HEIGHT * scale)), "white")
    pen = ImageDraw.Draw(sheet)
    for line in lines:
        at = (line.box.left * sheet.width, line.box.top * sheet.height)
        pen.text(at, line.text, fill="black", font=_font(_SIZE * scale))
    return sheet

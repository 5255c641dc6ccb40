"""Lines of text set on A4 sheets. A DOCX does not say where its lines stand; these are ours."""

import textwrap
from collections.abc import Iterator
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from analysis.docx import body
from analysis.limits import Limits
from analysis.reading import Line
from analysis.unreadable import Unreadable

WIDTH, HEIGHT = 595.0, 842.0
_MARGIN, _LEADING, _SIZE = 56.0, 15.0, 10.5
_LINE_HEIGHT = 0.85
"""Of the leading; the rest is the space between two lines."""
_BETWEEN_BLOCKS = 0.3
_PER_LINE, _NARROWEST = 88, 8
_CELLS_AT_MOST = 60
_EDGE = 4.0


def sheets(data: bytes, limits: Limits) -> list[list[Line]]:
    """The lines of each sheet; Unreadable when damaged, inflated beyond the limits or empty."""
    made: list[list[Line]] = [[]]
    y = _MARGIN
    for cells in body.blocks(data, limits):
        for row in _rows(cells[:_CELLS_AT_MOST]):
            if y + _LEADING > HEIGHT - _MARGIN:
                if len(made) >= limits.pages:
                    return made
                made.append([])
                y = _MARGIN
            made[-1] += [_set(text, x, y) for x, text in row]
            y += _LEADING
        y += _LEADING * _BETWEEN_BLOCKS
    if not any(made):
        raise Unreadable("no_text", "This Word document holds no text.")
    return made


def _rows(cells: list[str]) -> Iterator[list[tuple[float, str]]]:
    """The lines that a block takes: texts with their left edge."""
    width = (WIDTH - 2 * _MARGIN) / len(cells)
    per_cell = max(_NARROWEST, _PER_LINE // len(cells))
    columns = [textwrap.wrap(cell, per_cell) or [""] for cell in cells]
    for row in range(max(map(len, columns))):
        yield [
            (_MARGIN + index * width, column[row])
            for index, column in enumerate(columns)
            if row < len(column) and column[row]
        ]


def _set(text: str, x: float, y: float) -> Line:
    end = min(x + _font(_SIZE).getlength(text), WIDTH - _EDGE)
    return Line(text, (x / WIDTH, y / HEIGHT, end / WIDTH, (y + _LEADING * _LINE_HEIGHT) / HEIGHT))


@cache
def _font(size: float) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise TypeError("Pillow was built without FreeType")
    return font


def drawn(lines: list[Line], longest: int) -> Image.Image:
    """A picture of a sheet, its longer side that many pixels."""
    scale = longest / HEIGHT
    sheet = Image.new("RGB", (round(WIDTH * scale), longest), "white")
    pen = ImageDraw.Draw(sheet)
    for line in lines:
        at = (line.box[0] * sheet.width, line.box[1] * sheet.height)
        pen.text(at, line.text, fill="black", font=_font(_SIZE * scale))
    return sheet

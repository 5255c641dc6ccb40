"""Lay out lines of text on A4 sheets. A DOCX does not state the positions of its lines."""

import importlib.util
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, groupby, zip_longest
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from analysis.formats.docx import body
from analysis.formats.docx.block import Block, CellText
from analysis.formats.docx.package import open_package
from analysis.limits import Limits
from analysis.model import Box, Cell, Grid, Line

WIDTH = 595.0
"""Points of the width of a sheet: A4."""
HEIGHT = 842.0
"""Points of the height of a sheet: A4."""
MARGIN = 56.0
"""Points without text at each edge of a sheet."""
LEADING = 15.0
"""Points from one line to the next."""
_SIZE = 9.0
"""Points of the font."""
_LINE_HEIGHT = 0.85
"""The share of the leading that the text takes; the rest is the space between two lines."""
_BETWEEN_BLOCKS = 0.3
"""The share of the leading that is between two paragraphs or rows."""
_PER_LINE = 88
"""Characters of a line from margin to margin."""
_NARROWEST = 8
"""Fewest characters of a line in a cell, however narrow its column is."""
_BETWEEN_COLUMNS = 2
"""Characters between the longest line of a column and the next column."""
_CELLS_AT_MOST = 60
"""Cells of a row, and columns of a table, that are laid out."""
_PICTURES = 20
"""Pictures of a document that are read as scans."""
_READABLE = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".gif", ".webp", ".heic")
_EDGE = 4.0
"""Points at the right edge that lines leave free."""
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Sheets:
    """The lines and the tables of each sheet; `cut` if the document continues after the last.

    `widths` are those of the sheets, in points, if they differ from `WIDTH`.
    """

    lines: list[list[Line]]
    cut: bool
    widths: tuple[float, ...] = ()
    grids: tuple[tuple[Grid, ...], ...] = ()

    def width(self, number: int) -> float:
        """Points of the width of the sheet with this number, which counts from 0."""
        return self.widths[number] if self.widths else WIDTH

    def tables(self, number: int) -> tuple[Grid, ...]:
        """The tables of the sheet with this number, which counts from 0."""
        return self.grids[number] if self.grids else ()


def sheets(data: bytes, limits: Limits) -> Sheets:
    """Lay out the document, up to the limit of pages.

    Raises `Unreadable` if it is damaged, or unpacks to more than the limit.
    """
    return set_blocks(body.blocks(data, limits), limits)


def set_blocks(blocks: Iterable[Block], limits: Limits) -> Sheets:
    """Lay out blocks, up to the limit of pages."""
    made: list[list[Line]] = [[]]
    grids: list[_Grids] = [_Grids()]
    y = MARGIN
    for rows in _with_tables(blocks):
        edges = _edges(rows, max(map(_columns, rows)))
        for block in rows:
            top = y
            for row in _rows(block.cells[:_CELLS_AT_MOST], edges):
                if y + LEADING > HEIGHT - MARGIN:
                    if len(made) >= limits.pages:
                        return _sheets(made, grids, cut=True)
                    grids[-1].add(block, edges, top, y)
                    made.append([])
                    grids.append(_Grids())
                    top = y = MARGIN
                made[-1] += [line_at(text, x, y) for x, text in row]
                y += LEADING
            y += LEADING * _BETWEEN_BLOCKS
            grids[-1].add(block, edges, top, y)
    return _sheets(made, grids, cut=False)


def _sheets(lines: list[list[Line]], grids: Sequence["_Grids"], *, cut: bool) -> Sheets:
    if not any(lines):
        return Sheets([], cut=cut)
    return Sheets(lines, cut=cut, grids=tuple(tables.grids() for tables in grids))


def _with_tables(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Blocks one by one, and the rows of a table together."""
    for table, rows in groupby(blocks, key=lambda block: block.table):
        if table is None:
            yield from ([block] for block in rows)
        else:
            yield list(rows)


def _columns(block: Block) -> int:
    last = block.cells[-1]
    return min(_CELLS_AT_MOST, max(1, last.column + last.column_span))


def _edges(rows: Sequence[Block], columns: int) -> list[float]:
    """The edges of the columns from left to right, in characters.

    A column is as wide as its longest line, so that no line of a cell is wrapped, if there is room
    for all of them; otherwise the widest columns share what the others leave.
    """
    needed = [float(_NARROWEST)] * columns
    for cell in (cell for block in rows for cell in block.cells if cell.column < columns):
        first, last = cell.column, min(columns, cell.column + cell.column_span) - 1
        length = max(map(len, cell.text.split("\n"))) + _BETWEEN_COLUMNS
        needed[last] += max(0.0, length - sum(needed[first : last + 1]))
    widths = list(needed)
    left = float(_PER_LINE)
    for rest, column in enumerate(sorted(range(columns), key=lambda place: needed[place])):
        widths[column] = min(needed[column], left / (columns - rest))
        left -= widths[column]
    shares = [width + left / columns for width in widths]
    return list(accumulate(shares, initial=0.0))


class _Grids:
    """The tables of a sheet that are being laid out."""

    def __init__(self) -> None:
        self._tables: dict[int, list[Cell]] = {}
        self._rows: dict[int, int] = {}

    def add(self, block: Block, edges: Sequence[float], top: float, bottom: float) -> None:
        """Add the row of a table that is between two heights of the sheet."""
        if block.table is None or bottom <= top:
            return
        cells = self._tables.setdefault(block.table, [])
        row = self._rows.get(block.table, 0)
        self._rows[block.table] = row + 1
        for text in block.cells[:_CELLS_AT_MOST]:
            left, right = (_x(edges, text.column + span) for span in (0, text.column_span))
            box = Box(left / WIDTH, top / HEIGHT, right / WIDTH, bottom / HEIGHT)
            above = next(
                (
                    place for place, cell in enumerate(cells)
                    if cell.column == text.column and cell.row + cell.row_span == row
                ), None,
            ) if text.continues else None  # fmt: skip
            if above is None:
                cells.append(Cell(box, row, text.column, 1, text.column_span))
            else:
                cell = cells[above]
                merged = replace(cell, box=cell.box.union(box), row_span=cell.row_span + 1)
                cells[above] = merged

    def grids(self) -> tuple[Grid, ...]:
        """The tables of the sheet, in the order in which they begin."""
        return tuple(Grid(tuple(cells), stated=True) for cells in self._tables.values())


def scans(data: bytes, limits: Limits) -> list[bytes]:
    """The pictures of a document, in the order of its relationships."""
    with open_package(data, limits) as package:
        parts = package.related(package.main, "image")[:_PICTURES]
        return [package.read(part) for part in parts if part.lower().endswith(_READABLE)]


def _rows(cells: Sequence[CellText], edges: Sequence[float]) -> Iterator[list[tuple[float, str]]]:
    """The lines of a block: texts with their left edge."""
    lefts = [_x(edges, cell.column) for cell in cells]
    texts = (wrapped(cell.text, _room(edges, cell)) for cell in cells)
    for row in zip_longest(*texts, fillvalue=""):
        yield [(left, text) for left, text in zip(lefts, row, strict=True) if text]


def _room(edges: Sequence[float], cell: CellText) -> int:
    """Characters of a line of the cell."""
    last = len(edges) - 1
    end = edges[min(cell.column + cell.column_span, last)]
    return max(_NARROWEST, int(end - edges[min(cell.column, last - 1)]))


def _x(edges: Sequence[float], place: int) -> float:
    """Points from the left of the sheet to the edge of a column."""
    return MARGIN + edges[min(place, len(edges) - 1)] * (WIDTH - 2 * MARGIN) / _PER_LINE


def wrapped(text: str, width: int) -> Iterator[str]:
    """The lines of a text, wrapped at this width; a generator, because it may be a book."""
    for stated in text.split("\n"):
        yield from _wrapped_line(stated, width)


def _wrapped_line(text: str, width: int) -> Iterator[str]:
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

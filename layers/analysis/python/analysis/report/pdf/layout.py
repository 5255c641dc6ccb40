"""Sizes, colours and text styles of the PDF, its paragraphs, headings and tables."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from reportlab.lib import colors
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    Paragraph,
    Table,
    TableStyle,
)

from analysis.report import text_shaping

MARGIN = 16 * mm
"""At each edge of a page. All sizes are in points."""
WIDTH = A4[0] - 2 * MARGIN
"""Of the text of a page."""
HEIGHT = A4[1] - 2 * MARGIN
"""Of the text of a page."""
MAX_ROWS = 400
"""Rows of a table in the PDF; XLSX and JSON have all of them."""
_TEXT_AT_MOST = 300
"""Characters of a paragraph, so that a cell is not taller than a page."""
_CELL_PADDING = 1.5
"""Points around the text of a cell."""
_BETWEEN = 5.0
"""Points between the texts of two columns."""
_ROUNDING = 0.5
"""Lines are broken this much before the edge, because sums of widths may be inexact."""
INK = colors.HexColor("#1d2733")
PALE = colors.HexColor("#5b6875")
LINE = colors.HexColor("#d5dbe1")
MARK = colors.HexColor("#b3541e")


@cache
def styles() -> dict[str, ParagraphStyle]:
    """The text styles by name."""
    text_shaping.register()

    def style(name: str, size: float, font: str = text_shaping.FONT, **more: Any) -> ParagraphStyle:
        settings = {"textColor": INK, "spaceAfter": 2, **more}
        return ParagraphStyle(name, fontName=font, fontSize=size, leading=size * 1.35, **settings)

    return {
        "title": style("title", 19, text_shaping.BOLD, spaceAfter=6),
        "heading": style("heading", 13, text_shaping.BOLD, spaceAfter=4),
        "under": style("under", 9.5, text_shaping.BOLD, spaceBefore=9, spaceAfter=3),
        "text": style("text", 8.5),
        "pale": style("pale", 7.5, textColor=PALE),
        "head": style("head", 6.5, textColor=PALE, spaceAfter=0),
        "cell": style("cell", 7.5, spaceAfter=0),
        "number": style("number", 7.5, spaceAfter=0, alignment=TA_RIGHT),
        "warning": style("warning", 8.5, textColor=MARK),
    }


def paragraph(text: object, style: str = "text", width: float = WIDTH) -> Paragraph:
    """A paragraph; very long texts are cut."""
    chosen = styles()[style]
    shown = text_shaping.plain(text)
    shown = shown if len(shown) <= _TEXT_AT_MOST else f"{shown[: _TEXT_AT_MOST - 1]}…"
    if text_shaping.runs_to_the_left(shown):
        chosen = ParagraphStyle(f"{style}-to-the-left", parent=chosen, alignment=TA_RIGHT)
    lines = text_shaping.lines(shown, chosen.fontName, chosen.fontSize, width - _ROUNDING)
    return Paragraph("<br/>".join(lines), chosen)


def heading(text: str, room: float = 24 * mm) -> Iterator[Flowable]:
    """A heading that stays on the page of the text after it, if that needs so much space."""
    yield CondPageBreak(room)
    yield paragraph(text, "under")


def as_words(name: object) -> str:
    """A name in code as words."""
    return str(name).replace("_", " ")


def table(
    rows: Sequence[Sequence[Any]],
    widths: Sequence[float],
    *,
    head: Sequence[str] = (),
    right: frozenset[int] | set[int] = frozenset(),
) -> Table:
    """Rows that may continue on the next page, with their head repeated."""

    def cell(content: Any, column: int, style: str) -> Flowable:
        if isinstance(content, Flowable):
            return content
        behind = _BETWEEN if column < len(widths) - 1 else _CELL_PADDING
        inner = widths[column] - _CELL_PADDING - behind
        text = paragraph(content, style, inner)
        if column in right and style == "head":
            text.style = ParagraphStyle("head-right", parent=text.style, alignment=TA_RIGHT)
        return text

    cells = [[cell(content, place, "head") for place, content in enumerate(head)]] if head else []
    cells += [
        [cell(content, n, "number" if n in right else "cell") for n, content in enumerate(row)]
        for row in rows
    ]
    return Table(
        cells, colWidths=list(widths), repeatRows=1 if head else 0, hAlign="LEFT",
        style=TableStyle([
            ("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
            ("LEFTPADDING", (0, 0), (-1, -1), _CELL_PADDING),
            ("RIGHTPADDING", (0, 0), (-1, -1), _CELL_PADDING),
            ("RIGHTPADDING", (0, 0), (-2, -1), _BETWEEN),
            ("TOPPADDING", (0, 0), (-1, -1), 1.5), ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ]),
    )  # fmt: skip

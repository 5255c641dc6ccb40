"""Draw text on the pages of a PDF, and read them as the reader does."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4, LETTER
from reportlab.pdfbase.pdfmetrics import (
    stringWidth,
)
from reportlab.pdfgen.canvas import Canvas

from analysis import Limits
from analysis.extract import pipeline
from analysis.formats import open_document
from analysis.model import Page, Result

FONTS = (
    ("Helvetica", "Helvetica-Bold"), ("Times-Roman", "Times-Bold"), ("Courier", "Courier-Bold"),
)  # fmt: skip
_BOTTOM = 60.0


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text at a position in points from the top left; `align` is l, r or c."""

    x: float
    y: float
    text: str
    size: float = 10.0
    bold: bool = False
    align: str = "l"


def pdf(pages: Sequence[Sequence[Text]], font: tuple[str, str], *, letter: bool = False) -> bytes:
    size = LETTER if letter else A4
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=1)
    for page in pages:
        for run in page:
            canvas.setFont(font[run.bold], run.size)
            draw = {"l": canvas.drawString, "r": canvas.drawRightString,
                    "c": canvas.drawCentredString}[run.align]  # fmt: skip
            draw(run.x, size[1] - run.y, run.text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def flow(
    paragraphs: Sequence[tuple[str, bool]], font: tuple[str, str], size: float, left: float
) -> list[list[Text]]:
    """Paragraphs `(text, bold)` in lines and pages; a wide gap in a line divides two columns."""
    width, height = A4
    pages: list[list[Text]] = [[]]
    y = left
    for paragraph, bold in paragraphs:
        for line in wrapped(paragraph, font[bold], size, width - 2 * left):
            if y > height - _BOTTOM:
                pages.append([])
                y = left
            for column, part in enumerate(line.split("          ")):
                at = left + column * (width - 2 * left) / 2
                pages[-1].append(Text(at, y, part.strip(), size, bold))
            y += size * 1.3
        y += size * 0.6
    return pages


def wrapped(text: str, font: str, size: float, width: float) -> Iterator[str]:
    for part in text.split("\n"):
        line = ""
        for word in part.split(" "):
            longer = f"{line} {word}" if line else word
            if line.strip() and stringWidth(longer, font, size) > width:
                yield line
                line = word
            else:
                line = longer
        yield line


def read_pages(data: bytes) -> list[Page]:
    with open_document.open_file(data, "pdf", Limits()) as document:
        return [document.page(number) for number in range(document.page_count)]


def extracted(pages: list[Page]) -> Result:
    """What the reader extracts from these pages."""
    return pipeline.extract(
        kind_of_file="pdf", page_count=len(pages), pages=pages, lost={},
        embedded=((), ()), warnings=(),
    )  # fmt: skip

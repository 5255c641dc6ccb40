"""DOCX files: their text in reading order, set on A4 sheets so that a fact has a place.

A DOCX says nothing about where its lines stand; these sheets are ours, and a page's picture
shows them as we set them.
"""

import io
import textwrap
import zipfile
from collections.abc import Iterator
from functools import cache
from posixpath import dirname, join, normpath
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from PIL import Image, ImageDraw, ImageFont

from analysis.limits import Limits
from analysis.reading import Line
from analysis.unreadable import Unreadable

WIDTH, HEIGHT = 595.0, 842.0
_MARGIN, _LEADING, _SIZE = 56.0, 15.0, 10.5
_PER_LINE, _CELL_GAP = 88, 24.0
_DAMAGED = "This Word document is damaged. Please open it in Word, save it again and upload that."
_GONE = {"del", "moveFrom", "delText", "instrText", "Fallback", "footnotePr", "rPr", "pPr"}


def sheets(data: bytes, limits: Limits) -> list[list[Line]]:
    """The lines of each sheet; Unreadable when damaged or inflated beyond the limits."""
    blocks = list(_blocks(data, limits))
    made: list[list[Line]] = [[]]
    y = _MARGIN
    for cells in blocks:
        columns = [textwrap.wrap(cell, max(8, _PER_LINE // len(cells))) or [""] for cell in cells]
        width = (WIDTH - 2 * _MARGIN) / len(cells)
        for row in range(max(len(column) for column in columns)):
            if y + _LEADING > HEIGHT - _MARGIN:
                if len(made) >= limits.pages:
                    return made
                made.append([])
                y = _MARGIN
            for index, column in enumerate(columns):
                if row < len(column) and column[row]:
                    made[-1].append(_set(column[row], _MARGIN + index * width, y))
            y += _LEADING
        y += _LEADING * 0.3
    if not any(made):
        raise Unreadable("no_text", "This Word document holds no text.")
    return made


def _set(text: str, x: float, y: float) -> Line:
    end = min(x + _font(_SIZE).getlength(text), WIDTH - 4)
    return Line(text, (x / WIDTH, y / HEIGHT, end / WIDTH, (y + _LEADING * 0.85) / HEIGHT))


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


def _blocks(data: bytes, limits: Limits) -> Iterator[list[str]]:
    """Paragraphs as one cell, table rows as several: headers, body, notes, comments, footers."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > limits.inflated_bytes:
                raise Unreadable(
                    "too_large_inside",
                    "This Word document unpacks to more than can be read. Please save it smaller.",
                )
            main = _related(archive, "", "officeDocument")
            if not main:
                raise Unreadable("damaged", _DAMAGED)
            for kind in ("header", None, "footnotes", "endnotes", "comments", "footer"):
                for name in main if kind is None else _related(archive, main[0], kind):
                    yield from _walk(_parse(archive, name, limits))
    except (
        zipfile.BadZipFile, KeyError, EOFError, OSError, NotImplementedError, RuntimeError,
        ET.ParseError, ValueError,
    ) as failed:  # fmt: skip
        raise Unreadable("damaged", _DAMAGED) from failed


def _related(archive: zipfile.ZipFile, name: str, kind: str) -> list[str]:
    """The parts that `name` points to with relationships of this kind."""
    rels = join(dirname(name), "_rels", name.rpartition("/")[2] + ".rels")
    if rels not in archive.namelist():
        return []
    folder = dirname(name)
    return [
        normpath(join(folder, one.get("Target", ""))).lstrip("/")
        for one in ET.fromstring(archive.read(rels))  # noqa: S314 long patterns, and thresholds named by their line
        if one.get("Type", "").endswith("/" + kind) and one.get("TargetMode") != "External"
    ]


def _parse(archive: zipfile.ZipFile, name: str, limits: Limits) -> Element:
    with archive.open(name) as part:
        content = part.read(limits.inflated_bytes + 1)
    if len(content) > limits.inflated_bytes:
        raise Unreadable("too_large_inside", "This Word document unpacks to more than can be read.")
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content[:4096]:
        raise Unreadable("damaged", _DAMAGED)
    return ET.fromstring(content)  # noqa: S314 long patterns, and thresholds named by their line


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _walk(element: Element) -> Iterator[list[str]]:
    for child in element:
        match _tag(child):
            case "p":
                text = " ".join(_text(child).split())
                if text:
                    yield [text]
                for box in child.iter():
                    if _tag(box) == "txbxContent":
                        yield from _walk(box)
            case "tr":
                cells = [" ".join(_cell(one).split()) for one in child.iter() if _tag(one) == "tc"]
                if any(cells):
                    yield cells
            case tag if tag not in _GONE:
                yield from _walk(child)


def _cell(element: Element) -> str:
    return " ".join(" ".join(cells) for cells in _walk(element))


def _text(element: Element) -> str:
    """The run text of a paragraph with tracked changes as accepted; text boxes come after it."""
    parts = []
    for child in element:
        tag = _tag(child)
        if tag in _GONE or tag == "txbxContent":
            continue
        if tag == "t":
            parts.append(child.text or "")
        elif tag in {"tab", "br", "cr"}:
            parts.append(" ")
        elif tag == "noBreakHyphen":
            parts.append("-")
        else:
            parts.append(_text(child))
    return "".join(parts)

"""Paragraphs and table rows in reading order, tracked changes as accepted."""

from collections.abc import Iterator
from itertools import count
from xml.etree.ElementTree import Element

from analysis.formats.docx import chart, chunk, maths
from analysis.formats.docx.block import Block, CellText, block, lines_of
from analysis.formats.docx.numbering import Numbering
from analysis.formats.docx.package import Package, attribute, child, open_package, tag, value
from analysis.limits import Limits

_GONE = frozenset(
    ["del", "moveFrom", "delText", "instrText", "rPr", "pPr", "sectPr", "tblPr", "trPr", "tcPr"]
)
_MOST_COLUMNS = 60
"""Highest stated number of columns: a sheet has no room for more."""
_SPACES = frozenset(["tab", "ptab"])
_BREAKS = frozenset(["br", "cr"])
_ORDER = ("header", None, "footnotes", "endnotes", "comments", "footer")
"""Related parts in the order they are read; None is the main part itself."""


def blocks(data: bytes, limits: Limits) -> Iterator[Block]:
    """Paragraphs and table rows: headers, body, notes, comments, footers.

    Raises `Unreadable` if the document is damaged or unpacks to more than the limit.
    """
    with open_package(data, limits) as package:
        yield from _blocks(package, count())


def _blocks(package: Package, tables: Iterator[int]) -> Iterator[Block]:
    numbering = Numbering(_first(package, "numbering"), _first(package, "styles"))
    for kind in _ORDER:
        parts = [package.main] if kind is None else package.related(package.main, kind)
        for part in parts:
            yield from _Part(package, part, numbering, tables).blocks()


def _first(package: Package, kind: str) -> Element | None:
    parts = package.related(package.main, kind)
    return package.parse(parts[0]) if parts else None


def _chosen(element: Element) -> Iterator[Element]:
    """The visible children: the first of alternatives, the accepted version of tracked changes."""
    for node in element:
        name = tag(node)
        if name == "AlternateContent":
            choice = child(node, "Choice")
            chosen = choice if choice is not None else child(node, "Fallback")
            if chosen is not None:
                yield from _chosen(chosen)
        elif name not in _GONE:
            yield node


class _Part:
    def __init__(
        self, package: Package, name: str, numbering: Numbering, tables: Iterator[int]
    ) -> None:
        self._package = package
        self._name = name
        self._numbering = numbering
        self._tables = tables

    def blocks(self) -> Iterator[Block]:
        """The blocks of the part in reading order."""
        return self._walk(self._package.parse(self._name))

    def _walk(self, element: Element, table: int | None = None) -> Iterator[Block]:
        begun = ""
        for node in _chosen(element):
            match tag(node):
                case "p":
                    text = f"{begun} {self._paragraph(node)}" if begun else self._paragraph(node)
                    # An accepted deletion of a paragraph mark joins the paragraph to the next one.
                    joined = child(node, "pPr", "rPr", "del") is not None
                    begun = text if joined else ""
                    if text and not joined:
                        yield block(text)
                    yield from self._within(node)
                case "tbl":
                    yield from self._walk(node, next(self._tables))
                case "tr":
                    if child(node, "trPr", "del") is None:
                        yield from self._row(node, table)
                case "altChunk":
                    yield from self._chunk(node)
                case _:
                    yield from self._walk(node, table)
        if begun:
            yield block(begun)

    def _chunk(self, node: Element) -> Iterator[Block]:
        """The content of a part in another format; of another DOCX file only its own text."""
        part = self._drawn(node, "id")
        if part is None:
            return
        content = self._package.read(part)
        if part.lower().endswith(".docx"):
            if self._package.is_nested:
                return
            with open_package(content, self._package.limits_left, is_nested=True) as package:
                yield from _blocks(package, self._tables)
        else:
            yield from chunk.blocks(part, content, self._tables)

    def _row(self, row: Element, table: int | None) -> Iterator[Block]:
        """A row, and after it the rows of the tables in its cells."""
        cells: list[CellText] = []
        nested: list[Block] = []
        column = _whole(value(row, "trPr", "gridBefore"), 0)
        for cell in _cells(row):
            blocks = list(self._walk(cell))
            nested += [part for part in blocks if part.table is not None]
            text = "\n".join(" ".join(part.texts) for part in blocks if part.table is None)
            span = _whole(value(cell, "tcPr", "gridSpan"), 1)
            merged = child(cell, "tcPr", "vMerge")
            continues = merged is not None and attribute(merged, "val") in {None, "continue"}
            cells.append(CellText(text.strip(), column, span, continues))
            column += span
        if any(cell.text for cell in cells):
            yield Block(tuple(cells), table)
        yield from nested

    def _paragraph(self, paragraph: Element) -> str:
        """The lines of a paragraph: a line break that is stated ends one."""
        text = lines_of(self._text(paragraph))
        label = self._numbering.label(paragraph) if text else ""
        return f"{label} {text}" if label else text

    def _text(self, element: Element) -> str:
        """The text of a paragraph's runs, without text boxes and drawings."""
        parts = []
        for node in _chosen(element):
            match tag(node):
                case "t":
                    parts.append((node.text or "").replace("\n", " "))
                case name if name in _SPACES:
                    parts.append(" ")
                case name if name in _BREAKS:
                    parts.append("\n")
                case "noBreakHyphen":
                    parts.append("-")
                case "oMath" | "oMathPara":
                    parts.append(maths.linear(node))
                case "hyperlink":
                    parts.append(self._link_text(node))
                case "txbxContent":
                    pass
                case _:
                    parts.append(self._text(node))
        return "".join(parts)

    def _link_text(self, element: Element) -> str:
        text = self._text(element)
        target = self._package.link(self._name, attribute(element, "id") or "")
        plain = (target or "").removeprefix("mailto:")
        return f"{text} ({plain})" if plain and plain.rstrip("/") not in text else text

    def _within(self, element: Element) -> Iterator[Block]:
        """Text boxes, charts and diagrams that are anchored in a paragraph."""
        for node in _chosen(element):
            match tag(node):
                case "txbxContent":
                    yield from self._walk(node)
                case "chart" if part := self._drawn(node, "id"):
                    yield from (block(*row) for row in chart.rows(self._package.parse(part)))
                case "relIds" if part := self._drawn(node, "dm"):
                    rows = chart.diagram_texts(self._package.parse(part))
                    yield from (block(*row) for row in rows)
                case _:
                    yield from self._within(node)

    def _drawn(self, element: Element, name: str) -> str | None:
        return self._package.target(self._name, attribute(element, name) or "")


def _whole(text: str | None, otherwise: int) -> int:
    return min(int(text), _MOST_COLUMNS) if text and text.isdecimal() else otherwise


def _cells(row: Element) -> Iterator[Element]:
    """The row's own cells, also those in content controls, but not those of nested tables."""
    for node in _chosen(row):
        if tag(node) == "tc":
            yield node
        else:
            yield from _cells(node)

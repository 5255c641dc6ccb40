"""Documents in another format that a DOCX file contains (`altChunk`): HTML and plain text."""

import codecs
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from analysis.formats.docx.block import Block, CellText, block, lines_of

_HTML = (".htm", ".html", ".xhtml", ".xht")
_TEXT = (".txt",)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_DECLARED_WITHIN = 2_000
"""First bytes of HTML that may declare its encoding."""
_UNSEEN = frozenset(["script", "style", "head", "template"])
_BREAKS = frozenset(
    ["p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "hr",
     "section", "article", "header", "footer", "blockquote", "pre", "dt", "dd", "address"]
)  # fmt: skip
"""Elements that begin and end a paragraph."""
_MOST_COLUMNS = 60
"""Columns of a table that are read: a sheet has no room for more."""
_SPAN = re.compile(r"[1-9]\d?")


def blocks(part: str, content: bytes, tables: Iterator[int]) -> Iterator[Block]:
    """The paragraphs and rows of a part; none if its format is neither HTML nor text."""
    name = part.lower()
    if name.endswith(_HTML):
        parser = _HtmlBlocks(tables)
        parser.feed(_decode(content))
        parser.close()
        parser.end_paragraph()
        yield from parser.blocks
    elif name.endswith(_TEXT):
        yield from (block(line) for line in map(_collapsed, _decode(content).splitlines()) if line)


def _decode(content: bytes) -> str:
    declared = _CHARSET.search(content[:_DECLARED_WITHIN])
    name = declared[1].decode("ascii") if declared else "utf-8-sig"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        name = "utf-16"
    try:
        return content.decode(name, "replace")
    except LookupError:
        return content.decode("utf-8-sig", "replace")


def _collapsed(text: str) -> str:
    return " ".join(text.split())


class _HtmlBlocks(HTMLParser):
    """Collects the paragraphs and the rows of outermost tables."""

    def __init__(self, tables: Iterator[int]) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self._tables = tables
        self._open_tables: list[int] = []
        self._unseen = 0
        self._texts: list[str] = []
        self._cells: list[CellText] | None = None
        self._span: int | None = None
        """The columns of the cell that is open."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a paragraph, a table, a row or a cell.

        Tables within cells are part of their text.
        """
        self._unseen += tag in _UNSEEN
        if tag == "table":
            self.end_paragraph()
            self._open_tables.append(next(self._tables))
        elif len(self._open_tables) == 1 and tag == "tr":
            self._end_row()
            self._cells = []
        elif self._cells is not None and len(self._open_tables) == 1 and tag in {"td", "th"}:
            self._end_cell()
            stated = dict(attrs).get("colspan") or "1"
            self._span = int(stated) if _SPAN.fullmatch(stated) else 1
            self._texts = []
        elif tag in _BREAKS:
            self.end_paragraph()

    def handle_endtag(self, tag: str) -> None:
        """End what the tag has begun."""
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))
        if tag == "table" and self._open_tables:
            self._end_row()
            self._open_tables.pop()
        elif len(self._open_tables) == 1 and tag == "tr":
            self._end_row()
        elif tag in _BREAKS:
            self.end_paragraph()

    def handle_data(self, data: str) -> None:
        """Add text to the paragraph or the cell, unless it is not shown."""
        if not self._unseen:
            self._texts.append(data.replace("\n", " "))

    def end_paragraph(self) -> None:
        """A paragraph ends; in a cell it is a line."""
        if self._span is not None:
            self._texts.append("\n")
            return
        if text := _collapsed("".join(self._texts)):
            self.blocks.append(block(text))
        self._texts = []

    def _end_cell(self) -> None:
        if self._cells is not None and self._span is not None:
            column = sum(cell.column_span for cell in self._cells)
            if column < _MOST_COLUMNS:
                text = lines_of("".join(self._texts))
                self._cells.append(CellText(text, column, self._span))
            self._texts = []
        self._span = None

    def _end_row(self) -> None:
        if len(self._open_tables) > 1:
            self._texts.append("\n")
            return
        self._end_cell()
        if self._cells and any(cell.text for cell in self._cells):
            self.blocks.append(Block(tuple(self._cells), self._open_tables[0]))
        self._cells = None

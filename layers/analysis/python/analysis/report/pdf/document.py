"""A document's part of the PDF: its kind and summary, its pages beside their facts, line items.

The documents of a file that has several follow one after another.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import (
    Flowable,
    PageBreak,
    Spacer,
    Table,
    TableStyle,
)

from analysis.extract.catalogue import label
from analysis.model import documents_of
from analysis.model.page_numbers import page_index
from analysis.report import text_shaping
from analysis.report.annotated_image import AnnotatedImage, open_image
from analysis.report.page_numbers import DocumentStart
from analysis.report.pdf.layout import (
    HEIGHT,
    LINE,
    MARK,
    MAX_ROWS,
    WIDTH,
    heading,
    paragraph,
    table,
)
from analysis.report.pdf.order import place, segment_name
from analysis.report.phrases import Phrases
from analysis.report.visible_facts import facts_to_show, is_to_review

type PageImage = Callable[[str, int], bytes | None]
type Document = Mapping[str, Any]
type Facts = Sequence[Mapping[str, Any]]

_IMAGE_WIDTH = 84 * mm
"""The width of a page's image, beside which its facts are."""
_TALLEST = 200 * mm
"""The height of an image and of the facts beside it: a page of the report with its heading."""
_GAP = 5 * mm
"""Between the image and its facts."""
_MAX_IMAGES = 60
"""Images of one file, which bounds the size of the report."""


def document_part(
    number: int, document: Document, page_image: PageImage, phrases: Phrases
) -> Iterator[Flowable]:
    """The part of the document with this number, on pages of its own."""
    yield PageBreak()
    name = document.get("filename") or document.get("document_id", "")
    yield DocumentStart(place(number), text_shaping.plain(name))
    yield paragraph(name, "heading")
    segments = document.get("segments", ())
    yield from _description(document, phrases)
    images = _PageImages(page_image, document)
    for place_in_file, part in enumerate(documents_of(document), 1):
        if segments:
            yield DocumentStart(place(number, place_in_file), segment_name(part, phrases))
            yield from _segment_head(part, phrases)
        yield from _pages(part, images, phrases)
        yield from _line_items(part, phrases)


def _segment_head(segment: Document, phrases: Phrases) -> Iterator[Flowable]:
    """Which document of the file it is, and what it is."""
    yield from heading(segment_name(segment, phrases), 40 * mm)
    if about := segment.get("title") or phrases.headline(segment):
        yield paragraph(about)


def _properties(document: Document, phrases: Phrases) -> str:
    kind, written_in = str(document.get("kind", "")), str(document.get("language") or "")
    pages = phrases.page_count.of(document.get("page_count", 0))
    count = len(document.get("segments", ()))
    parts = [phrases.contains.of(count) if count else phrases.kinds.get(kind, kind), pages]
    parts += [phrases.languages.get(written_in, written_in)] if written_in else []
    return " · ".join(parts)


def _description(document: Document, phrases: Phrases) -> Iterator[Flowable]:
    """What the document is, what was not read of it, and quotations from it."""
    yield paragraph(_properties(document, phrases), "pale")
    for item in () if document.get("segments") else document.get("parties", ()):
        yield paragraph(f"{label(item['role'], phrases.language)}: {item['name']}", "pale")
    for item in document.get("warnings", ()):
        yield paragraph(item["text"], "warning")
    for item in document.get("unread", ()):
        phrase = phrases.part_not_read if item.get("page") is None else phrases.page_not_read
        yield paragraph(phrase.format(page=item.get("page"), reason=item["reason"]), "warning")
    for item in document.get("summary", ()):
        yield paragraph(phrases.quotation.format(text=item["text"], page=item["page"]))


def _line_items(document: Document, phrases: Phrases) -> Iterator[Flowable]:
    if not document.get("line_items"):
        return
    yield from heading(phrases.line_items)
    items = [_item_cells(item, phrases) for item in document["line_items"][:MAX_ROWS]]
    optional = [name for name in _OPTIONAL_COLUMNS if any(item[name] for item in items)]
    names = ["description", *optional, "amount"]
    widths = [_OPTIONAL_COLUMNS[name] for name in optional] + [24 * mm]
    yield table(
        [[item[name] for name in names] for item in items],
        [WIDTH - sum(widths), *widths],
        head=[getattr(phrases, name) for name in names],
        right=set(range(1, len(names))),
    )


_OPTIONAL_COLUMNS = {
    "item_number": 24 * mm, "quantity": 22 * mm, "unit_price": 22 * mm, "discount": 16 * mm,
    "tax_rate": 14 * mm,
}  # fmt: skip
"""The columns of line items that are left out if no item has them, with their widths."""


def _item_cells(item: Mapping[str, Any], phrases: Phrases) -> dict[str, str]:
    """The cells of an item by column: the unit beside the quantity, rates with their sign."""
    cells = {name: item.get(name) or "" for name in ("description", *_OPTIONAL_COLUMNS, "amount")}
    if item.get("corrected"):
        cells["description"] = phrases.corrected_item.format(description=cells["description"])
    cells["quantity"] = " ".join(filter(None, (cells["quantity"], item.get("unit"))))
    cells["tax_rate"] = cells["tax_rate"] and f"{cells['tax_rate']}%"
    return cells


class _PageImages:
    """The images of a file's pages, as many as the PDF has room for."""

    def __init__(self, page_image: PageImage, document: Document) -> None:
        self._page_image = page_image
        self._document_id = str(document.get("document_id", ""))
        self._shown = 0

    def of(self, page: int | None) -> bytes | None:
        """The encoded image of a page; None if there is none, or there were enough."""
        if page is None or self._shown >= _MAX_IMAGES:
            return None
        raw = self._page_image(self._document_id, page_index(page))
        self._shown += raw is not None
        return raw


def _pages(document: Document, images: _PageImages, phrases: Phrases) -> Iterator[Flowable]:
    """Facts by page, numbered; beside the first ones the page's image with the same numbers."""
    facts, unlikely = facts_to_show(document.get("facts", ())[:MAX_ROWS])
    by_page: dict[int | None, list[Mapping[str, Any]]] = {}
    for fact in facts:
        by_page.setdefault(fact.get("page"), []).append(fact)
    fact_table = _FactTable(phrases)
    for page in sorted(by_page, key=lambda number: (number is None, number or 0)):
        stated = by_page[page]
        title = phrases.embedded_data if page is None else phrases.page_heading.format(page=page)
        raw = images.of(page)
        if raw is None:
            yield from heading(title)
            yield fact_table.of(stated, 1, WIDTH)
            continue
        yield from _beside(title, raw, stated, fact_table)
    if unlikely:
        yield paragraph(phrases.unlikely_facts.of(unlikely), "pale")


class _FactTable:
    """Numbered facts as a table, in the report's language."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases

    def of(self, facts: Facts, first: int, width: float) -> Table:
        """The facts, numbered from `first`."""
        rows = [
            [
                str(number),
                label(fact["name"], self._phrases.language),
                self._value(fact),
                "" if fact.get("review") else f"{round(100 * fact['confidence'])} %",
            ]
            for number, fact in enumerate(facts, first)
        ]
        widths = [7 * mm, 26 * mm, width - 44 * mm, 11 * mm]
        head = ["", self._phrases.fact, self._phrases.as_printed, self._phrases.confidence]
        return table(rows, widths, head=head, right={3})

    def _value(self, fact: Mapping[str, Any]) -> str:
        shown = self._stated(fact)
        return self._phrases.to_review.format(value=shown) if is_to_review(fact) else shown

    def _stated(self, fact: Mapping[str, Any]) -> str:
        if fact.get("reader_value"):
            read = fact["reader_value"]["value"]
            return self._phrases.corrected.format(value=fact["value"], read=read)
        if fact.get("source") == "computed":
            return self._phrases.computed.format(value=fact["normalised"], printed=fact["value"])
        return str(fact["value"])


def _beside(title: str, raw: bytes, facts: Facts, fact_table: _FactTable) -> Iterator[Flowable]:
    """A page's image, and beside it as many of its facts as fit on one page of the report."""
    width = WIDTH - _IMAGE_WIDTH - _GAP
    fitting = len(facts)
    while (
        fitting > 1 and fact_table.of(facts[:fitting], 1, width).wrap(width, HEIGHT)[1] > _TALLEST
    ):
        fitting = min(fitting - 1, int(fitting * 0.8) + 1)
    annotated = AnnotatedImage(
        open_image(raw), [fact.get("box") for fact in facts[:fitting]],
        within=(_IMAGE_WIDTH, _TALLEST), font=text_shaping.BOLD, mark=MARK, line=LINE,
    )  # fmt: skip
    listed = fact_table.of(facts[:fitting], 1, width)
    room = max(annotated.height, listed.wrap(width, HEIGHT)[1]) + 10 * mm
    yield from heading(title, min(room, HEIGHT))
    yield Table(
        [[annotated, "", listed]],
        colWidths=[_IMAGE_WIDTH, _GAP, width], hAlign="LEFT",
        style=TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *_NO_PADDING]),
    )  # fmt: skip
    if facts[fitting:]:
        yield Spacer(1, 2 * mm)
        yield fact_table.of(facts[fitting:], fitting + 1, WIDTH)


_NO_PADDING = [
    (side, (0, 0), (-1, -1), 0)
    for side in ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")
]

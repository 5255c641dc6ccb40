"""The report as PDF, for reading and printing: page images beside their facts.

the order        its documents with the first page of each, totals, contradictions, dates
each document    its kind and summary, then page by page the image with numbered frames, and
                 beside it the facts with those numbers
"""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from reportlab.lib import colors  # type: ignore[import-untyped]  # it ships no types
from reportlab.lib.enums import TA_RIGHT  # type: ignore[import-untyped]
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
from reportlab.lib.units import mm  # type: ignore[import-untyped]
from reportlab.platypus import (  # type: ignore[import-untyped]
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from analysis.extract.catalogue import label
from analysis.model.money import NO_DECIMALS
from analysis.model.page_numbers import page_index
from analysis.report import text_shaping
from analysis.report.annotated_image import Framed, open_image
from analysis.report.page_numbers import Begins, NumberOf, NumberStyle, Total
from analysis.report.visible_facts import facts_to_show

type PageImage = Callable[[str, int], bytes | None]
type Document = Mapping[str, Any]

_MARGIN = 16 * mm
_WIDTH = A4[0] - 2 * _MARGIN
_HEIGHT = A4[1] - 2 * _MARGIN
_IMAGE_WIDTH = 84 * mm
_TALLEST = 200 * mm
_GAP = 5 * mm
_MAX_IMAGES = 60
_ROWS_AT_MOST = 400
_TEXT_AT_MOST = 300
_CELL_PADDING, _BETWEEN = 1.5, 5.0
_ROUNDING = 0.5
"""Lines are broken this much before the edge, because sums of widths may be inexact."""
_INK, _PALE, _LINE = (
    colors.HexColor("#1d2733"),
    colors.HexColor("#5b6875"),
    colors.HexColor("#d5dbe1"),
)
_MARK = colors.HexColor("#b3541e")
_LANGUAGES = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian",
    "nl": "Dutch", "pt": "Portuguese", "pl": "Polish", "sv": "Swedish", "da": "Danish",
    "ja": "Japanese", "zh": "Chinese", "ko": "Korean", "ar": "Arabic", "he": "Hebrew",
    "ru": "Russian", "el": "Greek", "th": "Thai",
}  # fmt: skip


@cache
def _styles() -> dict[str, ParagraphStyle]:
    text_shaping.register()

    def style(name: str, size: float, font: str = text_shaping.FONT, **more: Any) -> ParagraphStyle:
        settings = {"textColor": _INK, "spaceAfter": 2, **more}
        return ParagraphStyle(name, fontName=font, fontSize=size, leading=size * 1.35, **settings)

    return {
        "title": style("title", 19, text_shaping.BOLD, spaceAfter=6),
        "heading": style("heading", 13, text_shaping.BOLD, spaceAfter=4),
        "under": style("under", 9.5, text_shaping.BOLD, spaceBefore=9, spaceAfter=3),
        "text": style("text", 8.5),
        "pale": style("pale", 7.5, textColor=_PALE),
        "head": style("head", 6.5, textColor=_PALE, spaceAfter=0),
        "cell": style("cell", 7.5, spaceAfter=0),
        "number": style("number", 7.5, spaceAfter=0, alignment=TA_RIGHT),
        "warning": style("warning", 8.5, textColor=_MARK),
    }


def as_pdf(
    order: Mapping[str, Any],
    documents: Sequence[Document],
    consolidated: Mapping[str, Any],
    page_image: PageImage,
) -> bytes:
    text_shaping.register()
    buffer = io.BytesIO()
    title = text_shaping.plain(order.get("title") or "Report")
    template = BaseDocTemplate(
        buffer, pagesize=A4, title=title, author="Docket", invariant=1, lang="en",
    )  # fmt: skip
    frame = Frame(
        _MARGIN, _MARGIN, _WIDTH, _HEIGHT,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip

    def foot(canvas: Any, _: Any) -> None:
        canvas.setFont(text_shaping.FONT, 7)
        canvas.setFillColor(_PALE)
        shown = text_shaping.cut(title, text_shaping.FONT, 7, _WIDTH - 40 * mm)
        canvas.drawString(_MARGIN, 9 * mm, shown)
        total.draw_on(canvas, A4[0] - _MARGIN, 9 * mm)

    total = Total(NumberStyle(text_shaping.FONT, 7, _PALE))
    template.addPageTemplates(PageTemplate(frames=[frame], onPage=foot))
    story = [*_head(order, title), *_contents(documents), *_across(consolidated, documents)]
    for number, document in enumerate(documents):
        story += _document(number, document, page_image)
    template.build([*story, total])
    return buffer.getvalue()


def _said(text: object, style: str = "text", width: float = _WIDTH) -> Paragraph:
    """A paragraph; very long texts are cut."""
    chosen = _styles()[style]
    shown = text_shaping.plain(text)
    shown = shown if len(shown) <= _TEXT_AT_MOST else f"{shown[: _TEXT_AT_MOST - 1]}…"
    if text_shaping.runs_to_the_left(shown):
        chosen = ParagraphStyle(f"{style}-to-the-left", parent=chosen, alignment=TA_RIGHT)
    lines = text_shaping.lines(shown, chosen.fontName, chosen.fontSize, width - _ROUNDING)
    return Paragraph("<br/>".join(lines), chosen)


def _under(text: str, room: float = 24 * mm) -> Iterator[Flowable]:
    """A heading that stays on the page of the text after it, if that needs so much space."""
    yield CondPageBreak(room)
    yield _said(text, "under")


def _words(name: object) -> str:
    return str(name).replace("_", " ")


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _head(order: Mapping[str, Any], title: str) -> Iterator[Flowable]:
    yield _said(title, "title")
    for name, value in order.items():
        if name != "title" and value not in {None, ""}:
            yield _said(f"{_words(name).capitalize()}: {value}", "pale")
    yield Spacer(1, 2 * mm)


def _contents(documents: Sequence[Document]) -> Iterator[Flowable]:
    """The table of contents, with page numbers."""
    if not documents:
        return
    yield from _under("Documents")
    widths = [_WIDTH - 116 * mm, 20 * mm, 14 * mm, 72 * mm, 10 * mm]
    rows: list[list[Any]] = []
    for number, document in enumerate(documents):
        unread = document.get("unreadable")
        rows.append(
            [
                document.get("filename") or document.get("document_id", ""),
                "" if unread else document.get("kind") or "",
                "" if unread else str(document.get("page_count") or ""),
                f"Not read: {unread}" if unread else document.get("headline") or "",
                NumberOf(_place(number), NumberStyle(text_shaping.FONT, 7.5, _INK)),
            ]
        )
    yield _table(rows, widths, head=["File", "Kind", "Pages", "About", "Page"])


def _place(number: int) -> str:
    return f"document-{number}"


def _across(consolidated: Mapping[str, Any], documents: Sequence[Document]) -> Iterator[Flowable]:
    """The consolidated view of the documents."""
    names = {item.get("document_id"): str(item.get("filename", "")) for item in documents}

    def named(ids: Sequence[Any]) -> str:
        return ", ".join(names.get(item) or str(item) for item in ids)

    if consolidated.get("totals"):
        yield from _under("Totals")
        for total in consolidated["totals"]:
            yield _said(f"{_amount(total)} in {_counted(total['documents'], 'document')}")
    for key, heading in (("contradictions", "Contradictions"), ("duplicates", "Duplicates")):
        if consolidated.get(key):
            yield from _under(heading)
            for item in consolidated[key]:
                text = item.get("text") or str(_words(item["because"])).capitalize()
                yield _said(f"{text} ({named(item['document_ids'])})", "warning")
    if consolidated.get("timeline"):
        yield from _under("Timeline")
        rows = [
            [item["date"], label(item["name"], "en"), named([item["document_id"]])]
            for item in consolidated["timeline"][:_ROWS_AT_MOST]
        ]
        yield _table(rows, [24 * mm, 34 * mm, _WIDTH - 58 * mm])


def _amount(money: Mapping[str, Any]) -> str:
    currency = str(money.get("currency") or "")
    minor = money["minor"]
    shown = f"{minor:,}" if currency in NO_DECIMALS else f"{minor / 100:,.2f}"
    return f"{currency.upper()} {shown}".strip()


def _document(number: int, document: Document, page_image: PageImage) -> Iterator[Flowable]:
    yield PageBreak()
    name = document.get("filename") or document.get("document_id", "")
    yield Begins(_place(number), text_shaping.plain(name))
    yield _said(name, "heading")
    if document.get("unreadable"):
        yield _said(f"Not read: {document['unreadable']}", "warning")
        return
    language = str(document.get("language") or "")
    parts = [str(document.get("kind", "")), _counted(document.get("page_count", 0), "page")]
    parts += [_LANGUAGES.get(language, language)] if language else []
    yield _said(" · ".join(parts), "pale")
    for item in document.get("parties", ()):
        yield _said(f"{label(item['role'], 'en')}: {item['name']}", "pale")
    for item in document.get("warnings", ()):
        yield _said(item["text"], "warning")
    for item in document.get("unread", ()):
        yield _said(f"{_unread_part(item)} was not read: {item['reason']}", "warning")
    for item in document.get("summary", ()):
        yield _said(f"“{item['text']}” (page {item['page']})")
    yield from _pages(document, page_image)
    yield from _line_items(document)


def _line_items(document: Document) -> Iterator[Flowable]:
    if not document.get("line_items"):
        return
    yield from _under("Line items")
    rows = [
        [
            item["description"],
            item.get("quantity") or "",
            item.get("unit_price") or "",
            item["amount"],
        ]
        for item in document["line_items"][:_ROWS_AT_MOST]
    ]
    head = ["Description", "Quantity", "Unit price", "Amount"]
    yield _table(rows, [_WIDTH - 66 * mm, 18 * mm, 24 * mm, 24 * mm], head=head, right={1, 2, 3})


def _unread_part(unread: Mapping[str, Any]) -> str:
    return "A part" if unread.get("page") is None else f"Page {unread['page']}"


def _pages(document: Document, page_image: PageImage) -> Iterator[Flowable]:
    """Facts by page, numbered; beside the first ones the page's image with the same numbers."""
    facts, unlikely = facts_to_show(document.get("facts", ())[:_ROWS_AT_MOST])
    by_page: dict[int | None, list[Mapping[str, Any]]] = {}
    for fact in facts:
        by_page.setdefault(fact.get("page"), []).append(fact)
    shown = 0
    for page in sorted(by_page, key=lambda number: (number is None, number or 0)):
        stated = by_page[page]
        raw = None
        if page is not None and shown < _MAX_IMAGES:
            raw = page_image(str(document.get("document_id", "")), page_index(page))
        if page is None or raw is None:
            yield from _under("Stated by the embedded data" if page is None else f"Page {page}")
            yield _facts(stated, 1, _WIDTH)
            continue
        shown += 1
        yield from _beside(f"Page {page}", raw, stated)
    if unlikely:
        note = _counted(unlikely, "less likely reading")
        yield _said(f"{note} of these facts: see the report as JSON or CSV.", "pale")


def _beside(heading: str, raw: bytes, facts: Sequence[Mapping[str, Any]]) -> Iterator[Flowable]:
    """A page's image, and beside it as many of its facts as fit on one page of the report."""
    width = _WIDTH - _IMAGE_WIDTH - _GAP
    fitting = len(facts)
    while fitting > 1 and _facts(facts[:fitting], 1, width).wrap(width, _HEIGHT)[1] > _TALLEST:
        fitting = min(fitting - 1, int(fitting * 0.8) + 1)
    annotated = Framed(
        open_image(raw), [fact.get("box") for fact in facts[:fitting]],
        within=(_IMAGE_WIDTH, _TALLEST), font=text_shaping.BOLD, mark=_MARK, line=_LINE,
    )  # fmt: skip
    listed = _facts(facts[:fitting], 1, width)
    room = max(annotated.height, listed.wrap(width, _HEIGHT)[1]) + 10 * mm
    yield from _under(heading, min(room, _HEIGHT))
    yield Table(
        [[annotated, "", listed]],
        colWidths=[_IMAGE_WIDTH, _GAP, width], hAlign="LEFT",
        style=TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *_NO_PADDING]),
    )  # fmt: skip
    if facts[fitting:]:
        yield Spacer(1, 2 * mm)
        yield _facts(facts[fitting:], fitting + 1, _WIDTH)


_NO_PADDING = [
    (side, (0, 0), (-1, -1), 0)
    for side in ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")
]


def _facts(facts: Sequence[Mapping[str, Any]], first: int, width: float) -> Table:
    rows = [
        [
            str(number),
            label(fact["name"], "en"),
            _stated(fact),
            f"{round(100 * fact['confidence'])} %",
        ]
        for number, fact in enumerate(facts, first)
    ]
    widths = [7 * mm, 26 * mm, width - 44 * mm, 11 * mm]
    return _table(rows, widths, head=["", "Fact", "As printed", "Sure"], right={3})


def _stated(fact: Mapping[str, Any]) -> str:
    if fact.get("source") == "computed":
        return f"{fact['normalised']}, from: {fact['value']}"
    return str(fact["value"])


def _table(
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
        paragraph = _said(content, style, inner)
        if column in right and style == "head":
            paragraph.style = ParagraphStyle(
                "head-right", parent=paragraph.style, alignment=TA_RIGHT
            )
        return paragraph

    cells = [[cell(content, place, "head") for place, content in enumerate(head)]] if head else []
    cells += [
        [cell(content, n, "number" if n in right else "cell") for n, content in enumerate(row)]
        for row in rows
    ]
    return Table(
        cells, colWidths=list(widths), repeatRows=1 if head else 0, hAlign="LEFT",
        style=TableStyle([
            ("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, -1), 0.4, _LINE),
            ("LEFTPADDING", (0, 0), (-1, -1), _CELL_PADDING),
            ("RIGHTPADDING", (0, 0), (-1, -1), _CELL_PADDING),
            ("RIGHTPADDING", (0, 0), (-2, -1), _BETWEEN),
            ("TOPPADDING", (0, 0), (-1, -1), 1.5), ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ]),
    )  # fmt: skip

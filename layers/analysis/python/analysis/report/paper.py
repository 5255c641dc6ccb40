"""The report as PDF, made for reading and printing: pages' pictures beside their facts."""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from PIL import Image
from reportlab.lib import colors  # type: ignore[import-untyped]  # it ships no types
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
from reportlab.lib.units import mm  # type: ignore[import-untyped]
from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]
from reportlab.platypus import (  # type: ignore[import-untyped]
    Flowable,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

type Picture = Callable[[str, int], bytes | None]
type Document = Mapping[str, Any]

_MARGIN = 16 * mm
_WIDTH = A4[0] - 2 * _MARGIN
_PICTURE = 74 * mm
_TALLEST = 190 * mm
_GAP = 5 * mm
_PIXELS = 900
_QUALITY = 72
_PICTURES_AT_MOST = 60
_FACTS_A_PAGE = 24
_ROWS_AT_MOST = 400
_TEXT_AT_MOST = 300
_INK, _PALE, _LINE = (
    colors.HexColor("#1d2733"),
    colors.HexColor("#5b6875"),
    colors.HexColor("#d5dbe1"),
)
_MARK = colors.HexColor("#b3541e")
_FONT, _BOLD = "Docket", "Docket-Bold"


@cache
def _styles() -> dict[str, ParagraphStyle]:
    """Fonts that reportlab brings and embeds, so that the report looks the same anywhere."""
    pdfmetrics.registerFont(TTFont(_FONT, "Vera.ttf"))
    pdfmetrics.registerFont(TTFont(_BOLD, "VeraBd.ttf"))
    pdfmetrics.registerFontFamily(_FONT, normal=_FONT, bold=_BOLD, italic=_FONT, boldItalic=_BOLD)

    def style(name: str, size: float, font: str = _FONT, **more: Any) -> ParagraphStyle:
        given = {"textColor": _INK, "spaceAfter": 2, **more}
        return ParagraphStyle(name, fontName=font, fontSize=size, leading=size * 1.35, **given)

    return {
        "title": style("title", 19, _BOLD, spaceAfter=6),
        "heading": style("heading", 13, _BOLD, spaceBefore=10, spaceAfter=4, keepWithNext=1),
        "under": style("under", 9.5, _BOLD, spaceBefore=7, spaceAfter=3, keepWithNext=1),
        "text": style("text", 8.5),
        "pale": style("pale", 7.5, textColor=_PALE),
        "cell": style("cell", 7.5, spaceAfter=0),
        "warning": style("warning", 8.5, textColor=_MARK),
    }


def as_pdf(
    order: Mapping[str, Any],
    documents: Sequence[Document],
    across: Mapping[str, Any],
    picture: Picture,
) -> bytes:
    buffer = io.BytesIO()
    title = str(order.get("title") or "Report")
    paper = SimpleDocTemplate(
        buffer, pagesize=A4, leftMargin=_MARGIN, rightMargin=_MARGIN, topMargin=_MARGIN,
        bottomMargin=_MARGIN, title=title, author="Docket", invariant=1, lang="en",
    )  # fmt: skip
    story = [*_head(order, title), *_across(across, documents)]
    for document in documents:
        story += _document(document, picture)

    def foot(canvas: Any, _: Any) -> None:
        canvas.setFont(_FONT, 7)
        canvas.setFillColor(_PALE)
        canvas.drawString(_MARGIN, 9 * mm, _plain(title)[:90])
        canvas.drawRightString(A4[0] - _MARGIN, 9 * mm, f"{canvas.getPageNumber()}")

    paper.build(story, onFirstPage=foot, onLaterPages=foot)
    return buffer.getvalue()


def _plain(text: object) -> str:
    """The text with signs that the font lacks shown as a box, cut where it would never end."""
    _styles()
    known = pdfmetrics.getFont(_FONT).face.charToGlyph
    shown = " ".join(str(text).split())
    shown = shown if len(shown) <= _TEXT_AT_MOST else shown[: _TEXT_AT_MOST - 1] + "…"
    return "".join(sign if ord(sign) in known else "\u25a1" for sign in shown)


def _said(text: object, style: str = "text") -> Paragraph:
    return Paragraph(escape(_plain(text)), _styles()[style])


def _head(order: Mapping[str, Any], title: str) -> Iterator[Flowable]:
    yield _said(title, "title")
    for name, value in order.items():
        if name != "title" and value not in {None, ""}:
            yield _said(f"{name.replace('_', ' ').capitalize()}: {value}", "pale")
    yield Spacer(1, 3 * mm)


def _across(across: Mapping[str, Any], documents: Sequence[Document]) -> Iterator[Flowable]:
    """What the documents say together."""
    names = {one.get("document_id"): str(one.get("filename", "")) for one in documents}

    def named(ids: Sequence[Any]) -> str:
        return ", ".join(names.get(one) or str(one) for one in ids)

    if across.get("totals"):
        yield _said("Totals", "under")
        for total in across["totals"]:
            count = total["documents"]
            of = f"{count} document{'s' if count != 1 else ''}"
            yield _said(f"{_amount(total)} in {of}")
    for key, heading in (("contradictions", "What does not agree"), ("duplicates", "Duplicates")):
        if across.get(key):
            yield _said(heading, "under")
            for one in across[key]:
                text = one.get("text") or str(one["because"]).replace("_", " ").capitalize()
                yield _said(f"{text} ({named(one['document_ids'])})", "warning")
    if across.get("timeline"):
        yield _said("Timeline", "under")
        rows = [
            [one["date"], one["name"].replace("_", " "), named([one["document_id"]])]
            for one in across["timeline"][:_ROWS_AT_MOST]
        ]
        yield _table(rows, [24 * mm, 34 * mm, _WIDTH - 58 * mm])


def _amount(money: Mapping[str, Any]) -> str:
    currency = str(money.get("currency") or "").upper()
    return f"{currency} {money['minor'] / 100:,.2f}".strip()


def _document(document: Document, picture: Picture) -> Iterator[Flowable]:
    yield PageBreak()
    yield _said(document.get("filename") or document.get("document_id", ""), "heading")
    if document.get("unreadable"):
        yield _said(f"Not read: {document['unreadable']}", "warning")
        return
    parts = [str(document.get("kind", "")), f"{document.get('page_count', 0)} pages"]
    parts += [str(document["language"])] if document.get("language") else []
    yield _said(" · ".join(parts), "pale")
    for one in document.get("warnings", ()):
        yield _said(one["text"], "warning")
    for one in document.get("unread", ()):
        yield _said(f"Page {one['page'] + 1} was not read: {one['reason']}", "warning")
    for one in document.get("summary", ()):
        yield _said(f"“{one['text']}” (page {one['page'] + 1})")
    yield from _pages(document, picture)
    if document.get("line_items"):
        yield _said("Line items", "under")
        rows = [
            [
                one["description"],
                one.get("quantity") or "",
                one.get("unit_price") or "",
                one["amount"],
            ]
            for one in document["line_items"][:_ROWS_AT_MOST]
        ]
        yield _table(rows, [_WIDTH - 66 * mm, 18 * mm, 24 * mm, 24 * mm])


def _pages(document: Document, picture: Picture) -> Iterator[Flowable]:
    """Facts by page, numbered; the page's picture beside the first of them, marked alike."""
    by_page: dict[int | None, list[Mapping[str, Any]]] = {}
    for fact in document.get("facts", ())[:_ROWS_AT_MOST]:
        by_page.setdefault(fact.get("page"), []).append(fact)
    shown = 0
    for page in sorted(by_page, key=lambda one: (one is None, one or 0)):
        facts = by_page[page]
        heading = "Stated by the embedded data" if page is None else f"Page {page + 1}"
        yield _said(heading, "under")
        drawn = None
        if page is not None and shown < _PICTURES_AT_MOST:
            drawn = _marked(document, page, facts[:_FACTS_A_PAGE], picture)
        if drawn is None:
            yield _facts(facts, 1, _WIDTH)
            continue
        shown += 1
        beside = _facts(facts[:_FACTS_A_PAGE], 1, _WIDTH - _PICTURE - _GAP)
        yield Table(
            [[drawn, "", beside]], colWidths=[_PICTURE, _GAP, _WIDTH - _PICTURE - _GAP],
            style=TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *_NO_PADDING]),
        )  # fmt: skip
        if facts[_FACTS_A_PAGE:]:
            yield _facts(facts[_FACTS_A_PAGE:], _FACTS_A_PAGE + 1, _WIDTH)


_NO_PADDING = [
    (side, (0, 0), (-1, -1), 0)
    for side in ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")
]


def _facts(facts: Sequence[Mapping[str, Any]], first: int, width: float) -> Table:
    rows = [
        [
            str(number),
            fact["name"].replace("_", " "),
            fact["value"],
            f"{round(100 * fact['confidence'])} %",
        ]
        for number, fact in enumerate(facts, first)
    ]
    return _table(rows, [7 * mm, 27 * mm, width - 46 * mm, 12 * mm])


def _table(rows: list[list[str]], widths: list[float]) -> Table:
    cells = [[_said(cell, "cell") for cell in row] for row in rows]
    return Table(
        cells, colWidths=widths,
        style=TableStyle([
            ("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, -1), 0.4, _LINE),
            ("LEFTPADDING", (0, 0), (-1, -1), 1.5), ("RIGHTPADDING", (0, 0), (-1, -1), 1.5),
            ("TOPPADDING", (0, 0), (-1, -1), 1.5), ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ]),
    )  # fmt: skip


def _marked(
    document: Document, page: int, facts: Sequence[Mapping[str, Any]], picture: Picture
) -> Flowable | None:
    raw = picture(str(document.get("document_id", "")), page)
    if raw is None:
        return None
    with Image.open(io.BytesIO(raw)) as opened:
        drawn = opened.convert("RGB")
    drawn.thumbnail((_PIXELS, _PIXELS))
    return _Marked(drawn, [fact.get("box") for fact in facts])


class _Marked(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """A page's picture with a numbered frame around each box."""

    def __init__(self, drawn: Image.Image, boxes: Sequence[Sequence[float] | None]) -> None:
        super().__init__()
        self._drawn = drawn
        self._boxes = boxes
        scale = min(_PICTURE / drawn.width, _TALLEST / drawn.height)
        self.width, self.height = drawn.width * scale, drawn.height * scale

    def wrap(self, *_: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        jpeg = io.BytesIO()
        self._drawn.save(jpeg, "JPEG", quality=_QUALITY)
        jpeg.seek(0)
        canvas = self.canv
        canvas.drawImage(ImageReader(jpeg), 0, 0, self.width, self.height)
        canvas.setStrokeColor(_LINE)
        canvas.rect(0, 0, self.width, self.height)
        canvas.setStrokeColor(_MARK)
        canvas.setFillColor(_MARK)
        canvas.setLineWidth(0.6)
        canvas.setFont(_BOLD, 4.5)
        for number, box in enumerate(self._boxes, 1):
            if box:
                x0, y0, x1, y1 = box
                left, bottom = x0 * self.width, (1 - y1) * self.height
                canvas.rect(left, bottom, (x1 - x0) * self.width, (y1 - y0) * self.height)
                canvas.drawString(left, bottom + (y1 - y0) * self.height + 0.8, str(number))

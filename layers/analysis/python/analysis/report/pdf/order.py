"""The order's part of the PDF: head, table of contents, and what its documents say together."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reportlab.lib.units import mm  # type: ignore[import-untyped]  # it ships no types
from reportlab.platypus import Flowable, Spacer  # type: ignore[import-untyped]  # it ships no types

from analysis.extract.catalogue import label
from analysis.model.money import amount_of
from analysis.report import text_shaping
from analysis.report.page_numbers import NumberOf, NumberStyle
from analysis.report.pdf.layout import INK, MAX_ROWS, WIDTH, as_words, heading, paragraph, table
from analysis.report.phrases import Phrases

type Document = Mapping[str, Any]


def order_part(
    order: Mapping[str, Any],
    title: str,
    documents: Sequence[Document],
    consolidated: Mapping[str, Any],
    phrases: Phrases,
) -> Iterator[Flowable]:
    yield from _head(order, title, phrases)
    yield from _contents(documents, phrases)
    yield from _consolidated(consolidated, documents, phrases)


def place(number: int, place_in_file: int | None = None) -> str:
    """The link target of a document, or of one of several in its file."""
    return f"document-{number}" if place_in_file is None else f"document-{number}-{place_in_file}"


def segment_name(segment: Document, phrases: Phrases) -> str:
    """What and where one of several documents of a file is."""
    kind, first, last = str(segment["kind"]), segment["first_page"], segment["last_page"]
    where = phrases.on_page if first == last else phrases.on_pages
    pages = where.format(page=first, last=last)
    name = phrases.segment.format(kind=phrases.kinds.get(kind, as_words(kind)), pages=pages)
    return name[0].upper() + name[1:]


def _head(order: Mapping[str, Any], title: str, phrases: Phrases) -> Iterator[Flowable]:
    yield paragraph(title, "title")
    for name, value in order.items():
        if name != "title" and value not in {None, ""}:
            shown = phrases.head.get(name) or as_words(name).capitalize()
            yield paragraph(f"{shown}: {value}", "pale")
    yield Spacer(1, 2 * mm)


def _contents(documents: Sequence[Document], phrases: Phrases) -> Iterator[Flowable]:
    """The table of contents, with page numbers."""
    if not documents:
        return
    yield from heading(phrases.documents)
    widths = [WIDTH - 116 * mm, 20 * mm, 14 * mm, 72 * mm, 10 * mm]
    rows: list[list[Any]] = []
    for number, document in enumerate(documents):
        unread = document.get("unreadable")
        kind = document.get("kind") or ""
        count = len(document.get("segments", ()))
        about = phrases.contains.of(count) if count else document.get("headline") or ""
        rows.append(
            [
                document.get("filename") or document.get("document_id", ""),
                "" if unread else phrases.kinds.get(kind, kind),
                "" if unread else str(document.get("page_count") or ""),
                phrases.not_read.format(reason=unread) if unread else about,
                _number_of(place(number)),
            ]
        )
        rows += [
            [
                "",
                segment_name(segment, phrases),
                str(segment["page_count"]),
                segment.get("headline") or segment.get("title") or "",
                _number_of(place(number, place_in_file)),
            ]
            for place_in_file, segment in enumerate(document.get("segments", ()), 1)
        ]
    head = [phrases.file, phrases.kind, phrases.pages, phrases.about, phrases.page]
    yield table(rows, widths, head=head)


def _number_of(target: str) -> NumberOf:
    return NumberOf(target, NumberStyle(text_shaping.FONT, 7.5, INK))


def _consolidated(
    consolidated: Mapping[str, Any],
    documents: Sequence[Document],
    phrases: Phrases,
) -> Iterator[Flowable]:
    """The consolidated view of the documents."""
    names = {item.get("document_id"): str(item.get("filename", "")) for item in documents}
    divided = {item.get("document_id") for item in documents if item.get("segments")}

    def name(id_: Any, page: int | None) -> str:
        shown = names.get(id_) or str(id_)
        is_exact = page is not None and id_ in divided
        return f"{shown} ({phrases.on_page.format(page=page)})" if is_exact else shown

    def named(item: Mapping[str, Any]) -> str:
        found = item["documents"]
        return ", ".join(name(document["document_id"], document["page"]) for document in found)

    if consolidated.get("totals"):
        yield from heading(phrases.totals)
        for total in consolidated["totals"]:
            counted = phrases.document_count.of(total["documents"])
            yield paragraph(
                phrases.amount_in.format(amount=_amount(total, phrases), documents=counted)
            )
    if consolidated.get("contradictions"):
        yield from heading(phrases.contradictions)
        for item in consolidated["contradictions"]:
            yield paragraph(f"{item['text']} ({named(item)})", "warning")
    if consolidated.get("duplicates"):
        yield from heading(phrases.duplicate_documents)
        for item in consolidated["duplicates"]:
            reason = phrases.duplicates[item["because"]]
            yield paragraph(f"{reason} ({named(item)})", "warning")
    if consolidated.get("timeline"):
        yield from heading(phrases.timeline)
        rows = [
            [
                item["date"],
                label(item["name"], phrases.language),
                name(item["document_id"], item["page"]),
            ]
            for item in consolidated["timeline"][:MAX_ROWS]
        ]
        yield table(rows, [24 * mm, 34 * mm, WIDTH - 58 * mm])


def _amount(money: Mapping[str, Any], phrases: Phrases) -> str:
    currency = str(money.get("currency") or "")
    shown = f"{amount_of(money):,f}"
    marks = str.maketrans({",": phrases.thousands_mark, ".": phrases.decimal_mark})
    return f"{currency.upper()} {shown.translate(marks)}".strip()

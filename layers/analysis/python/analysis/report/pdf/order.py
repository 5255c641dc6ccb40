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


def place(number: int) -> str:
    """The link target of a document."""
    return f"document-{number}"


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
        about = document.get("headline") or ""
        rows.append(
            [
                document.get("filename") or document.get("document_id", ""),
                "" if unread else phrases.kinds.get(kind, kind),
                "" if unread else str(document.get("page_count") or ""),
                phrases.not_read.format(reason=unread) if unread else about,
                NumberOf(place(number), NumberStyle(text_shaping.FONT, 7.5, INK)),
            ]
        )
    head = [phrases.file, phrases.kind, phrases.pages, phrases.about, phrases.page]
    yield table(rows, widths, head=head)


def _consolidated(
    consolidated: Mapping[str, Any],
    documents: Sequence[Document],
    phrases: Phrases,
) -> Iterator[Flowable]:
    """The consolidated view of the documents."""
    names = {item.get("document_id"): str(item.get("filename", "")) for item in documents}

    def named(ids: Sequence[Any]) -> str:
        return ", ".join(names.get(item) or str(item) for item in ids)

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
            yield paragraph(f"{item['text']} ({named(item['document_ids'])})", "warning")
    if consolidated.get("duplicates"):
        yield from heading(phrases.duplicate_documents)
        for item in consolidated["duplicates"]:
            reason = phrases.duplicates[item["because"]]
            yield paragraph(f"{reason} ({named(item['document_ids'])})", "warning")
    if consolidated.get("timeline"):
        yield from heading(phrases.timeline)
        rows = [
            [item["date"], label(item["name"], phrases.language), named([item["document_id"]])]
            for item in consolidated["timeline"][:MAX_ROWS]
        ]
        yield table(rows, [24 * mm, 34 * mm, WIDTH - 58 * mm])


def _amount(money: Mapping[str, Any], phrases: Phrases) -> str:
    currency = str(money.get("currency") or "")
    shown = f"{amount_of(money):,f}"
    marks = str.maketrans({",": phrases.thousands_mark, ".": phrases.decimal_mark})
    return f"{currency.upper()} {shown.translate(marks)}".strip()

"""The order's part of the PDF: head, summary, unreadable files, and what all documents say."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from analysis.extract.catalogue import label
from analysis.model import documents_of
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
    """The first pages of the report, before the documents."""
    yield from _head(order, title, phrases)
    yield from _summary(documents, phrases)
    yield from _unreadable(documents, phrases)
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
    for name, shown in phrases.head.items():
        if order.get(name):
            yield paragraph(f"{shown}: {phrases.day(str(order[name]))}", "pale")
    yield Spacer(1, 2 * mm)


def _summary(documents: Sequence[Document], phrases: Phrases) -> Iterator[Flowable]:
    """The documents that were read, each with its day, its amount and the page of its evidence."""
    rows = [
        row
        for number, document in enumerate(documents)
        if not document.get("unreadable")
        for row in _summary_rows(number, document, phrases)
    ]
    if not rows:
        return
    yield from heading(phrases.documents)
    head = [
        phrases.file, phrases.kind, phrases.date, phrases.about, phrases.amount, phrases.page,
    ]  # fmt: skip
    widths = [20 * mm, 18 * mm, 58 * mm, 28 * mm, 9 * mm]
    yield table(rows, [WIDTH - sum(widths), *widths], head=head, right={4})


def _summary_rows(number: int, document: Document, phrases: Phrases) -> Iterator[list[Any]]:
    """The row of a file, and those of its documents if it has several."""
    segments = document.get("segments", ())
    name, kind = document.get("filename") or document.get("document_id", ""), document.get("kind")
    about = phrases.contains.of(len(segments)) if segments else phrases.headline(document) or ""
    yield [
        name,
        "" if segments else phrases.kinds.get(str(kind or ""), str(kind or "")),
        *(["", about, ""] if segments else _key_cells(document, str(about), phrases)),
        _number_of(place(number)),
    ]
    parts = documents_of(document) if segments else []
    for place_in_file, part in enumerate(parts, 1):
        about = phrases.headline(part) or part.get("title") or ""
        yield [
            "",
            segment_name(part, phrases),
            *_key_cells(part, about, phrases),
            _number_of(place(number, place_in_file)),
        ]


_DAYS = ("issue_date", "date", "pay_date", "period_end", "effective_date", "policy_start")
"""The facts of which the first that a document states is its day."""
_AMOUNTS = ("gross", "total", "net_pay", "closing_balance", "premium")
"""Likewise its amount."""


def _key_cells(document: Document, about: str, phrases: Phrases) -> list[str]:
    """The day, what it is about, and the amount of a document."""
    day, amount = _first(document, _DAYS), _first(document, _AMOUNTS)
    return [
        phrases.day(str(day)) if day else "",
        about,
        _amount(amount, phrases) if isinstance(amount, Mapping) else "",
    ]


def _first(document: Document, names: Sequence[str]) -> Any:
    """The normalised value of the first of these facts that a document states."""
    stated = document.get("facts", ())
    for name in names:
        facts = [fact for fact in stated if fact["name"] == name]
        if facts:
            return min(facts, key=lambda fact: not fact.get("review"))["normalised"]
    return None


def _unreadable(documents: Sequence[Document], phrases: Phrases) -> Iterator[Flowable]:
    """The documents that were not read, with their reasons."""
    rows = [
        [document.get("filename") or document.get("document_id", ""), document["unreadable"]]
        for document in documents
        if document.get("unreadable")
    ]
    if rows:
        yield from heading(phrases.unreadable)
        yield table(rows, [60 * mm, WIDTH - 60 * mm], head=[phrases.file, phrases.reason])


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
                phrases.day(item["date"]),
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

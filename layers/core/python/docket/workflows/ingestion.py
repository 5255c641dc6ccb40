"""A document's way from the bucket to its analysis.

    S3's message ─► start_reading ─┬─► read ───────────────────────────────────► finish_reading
                                   └─► divide ─┬─► part 0 ─► finish_part ─┐            ▲
                     (more than a dozen        ├─► part 1 ─► finish_part ─┼─► join ────┘
                      pages to OCR)            └─► part 2 ─► finish_part ─┘   by whoever is last

Everything here may happen twice, at the same time, in any order, or stop anywhere. What is kept in
the bucket is named by the version and the pages that were read, so that doing it again changes
nothing; the order's item says which parts were read, and takes a reading once. S3's message, or the
sweeper's in its words, goes on wherever a document stands: it asks for the parts that are missing,
and joins where none is.
"""

import hashlib
import json
from dataclasses import astuple, dataclass
from datetime import datetime
from functools import cache
from typing import Any

from analysis import (
    READER_VERSION,
    Limits,
    ReaderFailed,
    Result,
    Unreadable,
    identify,
    join,
    outline,
    previews,
    read,
)
from analysis import seal as seal_process
from analysis.errors import Reason as ReaderReason
from docket.domain.document import Document, DocumentParts, Outcome
from docket.domain.errors import DocumentNotFound, DocumentSettled, OrderClosed, OrderNotFound
from docket.domain.order import Order, OrderStatus
from docket.domain.reason import Reason
from docket.gateways import queues, s3
from docket.gateways.s3 import Upload
from docket.runtime import config, metrics
from docket.runtime.logging import log_failure
from docket.table import analyses, client, documents, orders
from docket.table import payments as payment_table
from docket.table.analyses import Analysis, Picture
from docket.workflows.audit import audit_context
from docket.workflows.fact_limits import cut_to

MEGABYTE = 1024 * 1024
MOST_PICTURES = 50
"""Pages beyond these have no picture: a person looks at the first ones, if at any."""

MOST_INLINE = 140_000
"""Bytes of a document's facts as JSON. DynamoDB's limit for an item is 400 kB. The whole reading is
in the bucket."""

PICTURE_SECONDS = 40.0
OUTLINE_SECONDS = 20.0
"""Finding out which pages have text takes milliseconds a page."""

_FREE_WARNINGS = frozenset(["no_text", "hard_to_read", "cut"])
"""The reader's warnings about how well it could read. Others quote facts, which are paid for."""

_NOT_SEALED = {"dumpable": "ReaderStaysDumpable", "environment": "ReaderEnvironmentReadable"}


@dataclass(frozen=True)
class _Result:
    """What came of a version: its outcome, and its analysis if anything could be read."""

    outcome: Outcome
    analysis: Analysis | None = None


@cache
def seal() -> None:
    """Hide this process's credentials from the child that reads; count what the system refuses."""
    for refused in sorted(seal_process()):
        metrics.count(_NOT_SEALED[refused])


def process(
    upload: Upload, part: int | None = None, *, order_id: str, at: datetime, receive_count: int = 1
) -> None:
    """Read an uploaded version, or one part of it, if its document needs that. Save the result.

    `receive_count` is the queue's count of how often the message was received. A failure of our own
    code raises `ReaderFailed`, so that the queue delivers the message again; on the last delivery
    the pages that fail are skipped.
    """
    last_try = receive_count >= config.read(config.Reader).reader_tries
    if part is None:
        _process_document(upload, order_id=order_id, at=at, last_try=last_try)
    else:
        _process_part(upload, part, order_id=order_id, at=at, last_try=last_try)


def _process_document(upload: Upload, *, order_id: str, at: datetime, last_try: bool) -> None:
    try:
        order = documents.start_reading(
            upload.user_id, upload.document_id, upload.version, order_id=order_id, at=at
        )
    except (OrderNotFound, DocumentNotFound, OrderClosed, DocumentSettled):
        s3.discard(upload)
        return
    if order is None:
        return
    document = order.document(upload.document_id)
    if order.status is OrderStatus.CANCELLED:
        _save_outcome(order, document, _unreadable(Reason("order_cancelled")))
    elif document.parts:
        _resume(upload, order)
    else:
        _start(upload, order, document, last_try=last_try)


def _start(upload: Upload, order: Order, document: Document, *, last_try: bool) -> None:
    data = _fetch(upload, last_try=last_try)
    if isinstance(data, _Result):
        _save_outcome(order, document, data)
    elif document.sha256 and hashlib.sha256(data).hexdigest() != document.sha256:
        _save_outcome(order, document, _unreadable(Reason("file_changed")))
    elif parts := _parts(data, document, last_try=last_try):
        divided = documents.split(order, document, parts)
        if divided:
            _resume(upload, divided)
    else:
        _save_outcome(order, document, _read(upload, document, data, last_try=last_try))


def _fetch(upload: Upload, *, last_try: bool) -> "bytes | _Result":
    """The bytes of the version, or the outcome where there are none to read.

    S3 refuses access where a grant is missing or not in force yet, and also where the version is
    absent. That is tried again; the last time it is an outcome that may be repeated.
    """
    try:
        data = s3.content(upload)
    except s3.AccessRefused as error:
        if not last_try:
            raise
        log_failure("not fetched", error)
        reason = Reason("file_unavailable")
        return _Result(Outcome(reader_version=READER_VERSION, reason=reason, retriable=True))
    return _unreadable(Reason("file_missing")) if data is None else data


def _parts(data: bytes, document: Document, *, last_try: bool) -> DocumentParts | None:
    """The parts that the document is to be read in; None: it is read at once.

    What cannot be outlined is read at once as well, page by page: that says why it cannot be read.
    """
    limits = _limits(seconds=OUTLINE_SECONDS)
    name, stated = document.filename, document.content_type
    try:
        if identify(data, name, stated) != "pdf":  # no other kind has many pages to OCR
            return None
        found = outline(data, name, stated, limits=limits)
    except Unreadable:
        return None
    except ReaderFailed:
        if not last_try:
            raise
        return None
    most = config.read(config.Reader).reader_pages_at_once
    return DocumentParts.of(found.page_count, found.needs_ocr, most=most)


def _resume(upload: Upload, order: Order) -> None:
    """Do what is missing of a document that is read in parts: ask for those, or join them."""
    document = order.document(upload.document_id)
    if document.parts is None:
        return
    if document.parts.unread:
        queues.read_parts(upload, document.parts.unread)
    else:
        _save_outcome(order, document, _join(upload, document, document.parts))


def _process_part(
    upload: Upload, number: int, *, order_id: str, at: datetime, last_try: bool
) -> None:
    order = documents.being_read(
        upload.user_id, upload.document_id, upload.version, order_id=order_id
    )
    if order is None:
        return
    document = order.document(upload.document_id)
    if order.status is OrderStatus.CANCELLED:
        _save_outcome(order, document, _unreadable(Reason("order_cancelled")))
        return
    parts = document.parts
    if parts and number in parts.unread:
        data = _fetch(upload, last_try=last_try)
        if isinstance(data, _Result):
            _save_outcome(order, document, data)
            return
        pages = parts.ranges[number]
        part = _read_part(upload, document, data, parts, number, last_try=last_try)
        s3.put_part(document.id, upload.version, pages, json.dumps(part).encode())
        order = documents.finish_part(order, document, number, at=at)
    # It may have been the last one; or it was, and whoever read it broke off before it joined them.
    if order and _is_complete(order.document(document.id).parts):
        _resume(upload, order)


def _is_complete(parts: DocumentParts | None) -> bool:
    return parts is not None and not parts.unread


def _read_part(
    upload: Upload,
    document: Document,
    data: bytes,
    parts: DocumentParts,
    number: int,
    *,
    last_try: bool,
) -> dict[str, Any]:
    """As JSON: what was read of a range, and the pictures that were made of its pages.

    Where nothing of it can be read, its pages are named as unread, and the other parts stand.
    """
    pages = parts.ranges[number]
    try:
        reading = _reading(document, data, pages, last_try=last_try)
    except Unreadable as failed:
        reading = Result(
            reader_version=READER_VERSION,
            kind_of_file="pdf",
            page_count=parts.page_count,
            pages=(),
            unread=tuple({"page": page, **failed.reason.to_dict()} for page in pages),
            partial=True,
        )
    pictures = _pictures(upload, document, data, reading)
    return {"reading": reading.to_dict(), "pictures": [astuple(picture) for picture in pictures]}


def _join(upload: Upload, document: Document, parts: DocumentParts) -> _Result:
    saved = [s3.part(document.id, upload.version, pages) for pages in parts.ranges]
    pictures = tuple(Picture(*picture) for part in saved for picture in part["pictures"])
    try:
        reading = join([Result.from_dict(part["reading"]) for part in saved], limits=_limits())
    except Unreadable as failed:
        return _unreadable(_reason(failed.reason))
    return _build_result(upload, document, reading, pictures)


def _save_outcome(order: Order, document: Document, result: _Result) -> None:
    event = audit_context("reader").event(result.outcome.event_name(document), document.facts)
    saved: list[client.Write] = (
        [analyses.put_analysis(order.id, result.analysis)] if result.analysis else []
    )
    if documents.finish_reading(order, document, result.outcome, event, *saved):
        metrics.count("DocumentUnreadable" if result.outcome.reason else "DocumentRead")
    if order.status is OrderStatus.PROCESSING:
        _complete_waiting(order)


def _complete_waiting(order: Order) -> None:
    """Complete an order whose payment waits for its documents, if this was the last of them."""
    order = orders.get(order.user_id, order.id)
    facts = order.payment.facts if order.payment else {}
    event = audit_context("reader").event("paid", facts, to_status=OrderStatus.COMPLETED)
    if payment_table.complete_waiting(order, event):
        metrics.count("OrderPaid")


def _read(upload: Upload, document: Document, data: bytes, *, last_try: bool) -> _Result:
    try:
        reading = _reading(document, data, last_try=last_try)
    except Unreadable as failed:
        return _unreadable(_reason(failed.reason))
    return _build_result(upload, document, reading, _pictures(upload, document, data, reading))


def _reading(
    document: Document, data: bytes, pages: range | None = None, *, last_try: bool
) -> Result:
    """What the reader makes of the document, or of those pages. Raises `Unreadable`."""
    return read(
        data,
        document.filename,
        document.content_type,
        limits=_limits(),
        pages=pages,
        skip_failed_pages=last_try,
    )


def _build_result(
    upload: Upload, document: Document, reading: Result, pictures: tuple[Picture, ...]
) -> _Result:
    """What came of it, its whole reading being kept in the bucket."""
    if not reading.pages:
        return _unreadable(_first_reason(reading))
    s3.put_result(document.id, upload.version, json.dumps(reading.to_dict()).encode())
    analysis = Analysis(
        document_id=document.id,
        version=upload.version,
        facts=cut_to(reading.facts_dict(), MOST_INLINE),
        pictures=pictures,
    )
    outcome = Outcome(
        reader_version=reading.reader_version,
        page_count=reading.page_count,
        charged_pages=len(reading.pages),
        kind=reading.kind,
        language=reading.language,
        headline=reading.headline,
        warnings=tuple(
            Reason(warning["code"], warning["params"])
            for warning in reading.warnings
            if warning["code"] in _FREE_WARNINGS
        ),
    )
    return _Result(outcome, analysis)


def _pictures(
    upload: Upload, document: Document, data: bytes, reading: Result
) -> tuple[Picture, ...]:
    """Draw and keep the pages' pictures; a page that cannot be drawn goes without."""
    pages = [page.number for page in reading.pages if page.number < MOST_PICTURES]
    if not pages:
        return ()
    limits = _limits(seconds=PICTURE_SECONDS)
    saved: list[Picture] = []
    try:
        for drawn in previews(data, document.filename, document.content_type, pages, limits=limits):
            for size, webp in (("thumbnail", drawn.thumbnail), ("readable", drawn.readable)):
                s3.put_page_image(document.id, upload.version, drawn.page, size, webp)
            saved.append(Picture(drawn.page, drawn.width, drawn.height))
    except Unreadable:
        pass
    except ReaderFailed as error:
        # A reading without pictures is worth more than none.
        log_failure("pages not drawn", error)
    return tuple(saved)


def _unreadable(reason: Reason) -> _Result:
    return _Result(Outcome(reader_version=READER_VERSION, reason=reason))


def _reason(found: ReaderReason) -> Reason:
    """The reader's reason, as the domain has it."""
    return Reason(found.code, found.params)


def _first_reason(reading: Result) -> Reason:
    if not reading.unread:
        return Reason("no_pages")
    return _reason(ReaderReason.from_dict(reading.unread[0]))


def _limits(*, seconds: float | None = None) -> Limits:
    settings = config.read(config.Reader)
    return Limits(
        seconds=seconds or settings.reader_timeout_seconds,
        memory_bytes=settings.reader_memory_mb * MEGABYTE,
    )

"""Ingestion: read an uploaded document and save its result.

    S3's message ─► start_reading ─┬─► read ───────────────────────────────────► finish_reading
                                   └─► split ──┬─► part 0 ─► finish_part ─┐            ▲
                     (more than a dozen        ├─► part 1 ─► finish_part ─┼─► join ────┘
                      pages to OCR)            └─► part 2 ─► finish_part ─┘   after the last part

Every step may run twice, concurrently, in any order, or fail at any point. Objects in the bucket
are named by the version and the pages that were read, so repeated writes are harmless; the order's
item records which parts were read, and accepts a result only once. A message from S3, or one of the
same form from the sweeper, resumes a document in any state: it requests the missing parts, or joins
the parts if none is missing.

If the stage scans uploads for malware, a document waits between start_reading and the next step
until its file has a verdict, which `docket.workflows.malware_scan` decides on.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import astuple, dataclass, replace
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
    sandbox_refused,
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
from docket.table.analyses import Analysis, PageImage
from docket.workflows import malware_scan
from docket.workflows.audit import audit_context
from docket.workflows.fact_limits import cut_to

MEGABYTE = 1024 * 1024
MAX_PAGE_IMAGES = 50
"""Maximum number of page images for a document; later pages have none."""

MAX_INLINE_BYTES = 140_000
"""Maximum size in bytes of a document's facts in the table. DynamoDB's limit for an item is 400 KB.
The bucket holds the whole result."""

PAGE_IMAGE_SECONDS = 40.0
OUTLINE_SECONDS = 20.0
"""Timeout for finding the pages that need OCR, which takes milliseconds a page."""

_FREE_WARNINGS = frozenset(["no_text", "hard_to_read", "cut"])
"""Warnings about the quality of a reading, shown before payment. Others contain facts."""

_NOT_SEALED = {"dumpable": "ReaderStaysDumpable", "environment": "ReaderEnvironmentReadable"}


@dataclass(frozen=True)
class _Result:
    """The outcome of reading a version, and its analysis if a page could be read."""

    outcome: Outcome
    analysis: Analysis | None = None


@cache
def seal() -> None:
    """Hide this process's credentials from the reader's child process; count failed protections."""
    for refused in sorted(seal_process()):
        metrics.count(_NOT_SEALED[refused])


def process(
    upload: Upload, part: int | None = None, *, order_id: str, at: datetime, receive_count: int = 1
) -> None:
    """Read an uploaded version, or one part of it, if its document needs that. Save the result.

    `receive_count` is how often the queue has delivered the message. Raises `ReaderFailed` if the
    reader itself fails, so that the queue delivers the message again; on the last delivery the
    pages that fail are skipped. Counts `SandboxUnavailable` if the system refuses the sandbox of
    the reader's child process, whether the document is read without it or not.
    """
    last_try = receive_count >= config.read(config.Reader).reader_tries
    try:
        if part is None:
            _process_document(upload, order_id=order_id, at=at, last_try=last_try)
        else:
            _process_part(upload, part, order_id=order_id, at=at, last_try=last_try)
    finally:
        if sandbox_refused():
            metrics.count("SandboxUnavailable")


def _process_document(upload: Upload, *, order_id: str, at: datetime, last_try: bool) -> None:
    scanning = config.read(config.Reader).malware_scan
    try:
        order = documents.start_reading(
            upload.user_id,
            upload.document_id,
            upload.version,
            order_id=order_id,
            at=at,
            quarantined=scanning,
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
    elif scanning:
        _start_if_clean(upload, order, document, at=at, last_try=last_try)
    elif released := malware_scan.release(order, document, at=at):
        _start(upload, released, released.document(document.id), last_try=last_try)


def _start_if_clean(
    upload: Upload, order: Order, document: Document, *, at: datetime, last_try: bool
) -> None:
    tags = _load(s3.tags, upload, last_try=last_try)
    if isinstance(tags, _Result):
        _save_outcome(order, document, tags)
    elif isinstance(admitted := malware_scan.admit(upload, order, document, tags, at=at), Outcome):
        _save_outcome(order, replace(document, quarantined=True), _Result(admitted))
    elif admitted:
        _start(upload, admitted, admitted.document(document.id), last_try=last_try)


def _start(upload: Upload, order: Order, document: Document, *, last_try: bool) -> None:
    data = _load(s3.content, upload, last_try=last_try)
    if isinstance(data, _Result):
        _save_outcome(order, document, data)
    elif document.sha256 and hashlib.sha256(data).hexdigest() != document.sha256:
        _save_outcome(order, document, _unreadable(Reason("file_changed")))
    elif parts := _parts(data, document, last_try=last_try):
        updated = documents.split(order, document, parts)
        if updated:
            _resume(upload, updated)
    else:
        _save_outcome(order, document, _read(upload, document, data, last_try=last_try))


def _load[T](
    load: Callable[[Upload], T | None], upload: Upload, *, last_try: bool
) -> "T | _Result":
    """The bytes or the tags of the version, or the outcome if it is absent.

    S3 denies access if a grant is missing or not effective yet, and also if the version is absent.
    Raises `AccessRefused` then; on the last delivery it returns a retriable outcome instead.
    """
    try:
        loaded = load(upload)
    except s3.AccessRefused as error:
        if not last_try:
            raise
        log_failure("file not loaded", error)
        reason = Reason("file_unavailable")
        return _Result(Outcome(reader_version=READER_VERSION, reason=reason, retriable=True))
    return _unreadable(Reason("file_missing")) if loaded is None else loaded


def _parts(data: bytes, document: Document, *, last_try: bool) -> DocumentParts | None:
    """The parts to read the document in; None if it is read as a whole.

    A document whose outline fails is read as a whole too, which gives the reason of the failure.
    """
    limits = _limits(seconds=OUTLINE_SECONDS)
    name, stated = document.filename, document.content_type
    try:
        if identify(data, name, stated) != "pdf":  # no other kind has many pages to OCR
            return None
        pdf_outline = outline(data, name, stated, limits=limits)
    except Unreadable:
        return None
    except ReaderFailed:
        if not last_try:
            raise
        return None
    most = config.read(config.Reader).reader_pages_at_once
    return DocumentParts.of(pdf_outline.page_count, pdf_outline.needs_ocr, most=most)


def _resume(upload: Upload, order: Order) -> None:
    """Request the unread parts of a document, or join the parts if all have been read."""
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
        data = _load(s3.content, upload, last_try=last_try)
        if isinstance(data, _Result):
            _save_outcome(order, document, data)
            return
        pages = parts.ranges[number]
        part = _read_part(upload, document, data, parts, number, last_try=last_try)
        s3.put_part(document.id, upload.version, pages, json.dumps(part).encode())
        order = documents.finish_part(order, document, number, at=at)
    # This may have been the last part, or an earlier reader of the last part failed before joining.
    if order and (parts := order.document(document.id).parts) and not parts.unread:
        _resume(upload, order)


def _read_part(
    upload: Upload,
    document: Document,
    data: bytes,
    parts: DocumentParts,
    number: int,
    *,
    last_try: bool,
) -> dict[str, Any]:
    """The result of one page range and the images of its pages, as JSON-compatible values.

    If the range is unreadable, its pages are listed as unread, so the other parts can be joined.
    """
    pages = parts.ranges[number]
    try:
        result = _reading(document, data, pages, last_try=last_try)
    except Unreadable as failed:
        result = Result(
            reader_version=READER_VERSION,
            kind_of_file="pdf",
            page_count=parts.page_count,
            pages=(),
            unread=tuple({"page": page, **failed.reason.to_dict()} for page in pages),
            partial=True,
        )
    page_images = _page_images(upload, document, data, result)
    return {
        "result": result.to_dict(),
        "page_images": [astuple(page_image) for page_image in page_images],
    }


def _join(upload: Upload, document: Document, parts: DocumentParts) -> _Result:
    saved = [s3.part(document.id, upload.version, pages) for pages in parts.ranges]
    page_images = tuple(
        PageImage(*page_image) for part in saved for page_image in part["page_images"]
    )
    try:
        result = join([Result.from_dict(part["result"]) for part in saved], limits=_limits())
    except Unreadable as failed:
        return _unreadable(_reason(failed.reason))
    return _build_result(upload, document, result, page_images)


def _save_outcome(order: Order, document: Document, result: _Result) -> None:
    event = audit_context("reader").event(result.outcome.event_name(document), document.facts)
    saved: list[client.Write] = (
        [analyses.put_analysis(order.id, result.analysis)] if result.analysis else []
    )
    if documents.finish_reading(order, document, result.outcome, event, *saved):
        metrics.count("DocumentUnreadable" if result.outcome.reason else "DocumentRead")
        malware_scan.report(document, result.outcome)
    if order.status is OrderStatus.PROCESSING:
        _complete_waiting(order)


def _complete_waiting(order: Order) -> None:
    """Complete a paid order if its last document has been read."""
    order = orders.get(order.user_id, order.id)
    facts = order.payment.facts if order.payment else {}
    event = audit_context("reader").event("paid", facts, to_status=OrderStatus.COMPLETED)
    if payment_table.complete_waiting(order, event):
        metrics.count("OrderPaid")


def _read(upload: Upload, document: Document, data: bytes, *, last_try: bool) -> _Result:
    try:
        result = _reading(document, data, last_try=last_try)
    except Unreadable as failed:
        return _unreadable(_reason(failed.reason))
    return _build_result(upload, document, result, _page_images(upload, document, data, result))


def _reading(
    document: Document, data: bytes, pages: range | None = None, *, last_try: bool
) -> Result:
    """The reader's result for the document or those pages. Raises `Unreadable`, `ReaderFailed`."""
    return read(
        data,
        document.filename,
        document.content_type,
        limits=_limits(),
        pages=pages,
        skip_failed_pages=last_try,
    )


def _build_result(
    upload: Upload, document: Document, result: Result, page_images: tuple[PageImage, ...]
) -> _Result:
    """Put the whole result in the bucket. Returns its outcome and analysis."""
    if not result.pages:
        return _unreadable(_first_reason(result))
    s3.put_result(document.id, upload.version, json.dumps(result.to_dict()).encode())
    analysis = Analysis(
        document_id=document.id,
        version=upload.version,
        facts=cut_to(result.facts_dict(), MAX_INLINE_BYTES),
        page_images=page_images,
    )
    outcome = Outcome(
        reader_version=result.reader_version,
        page_count=result.page_count,
        charged_pages=len(result.pages),
        kind=result.kind,
        language=result.language,
        headline=result.headline,
        warnings=tuple(
            Reason(warning["code"], warning["params"])
            for warning in result.warnings
            if warning["code"] in _FREE_WARNINGS
        ),
    )
    return _Result(outcome, analysis)


def _page_images(
    upload: Upload, document: Document, data: bytes, result: Result
) -> tuple[PageImage, ...]:
    """Render the pages and put their images in the bucket; pages that fail have no image."""
    pages = [page.number for page in result.pages if page.number < MAX_PAGE_IMAGES]
    if not pages:
        return ()
    limits = _limits(seconds=PAGE_IMAGE_SECONDS)
    saved: list[PageImage] = []
    try:
        for drawn in previews(data, document.filename, document.content_type, pages, limits=limits):
            for size, webp in (("thumbnail", drawn.thumbnail), ("readable", drawn.readable)):
                s3.put_page_image(document.id, upload.version, drawn.page, size, webp)
            saved.append(PageImage(drawn.page, drawn.width, drawn.height))
    except Unreadable:
        pass
    except ReaderFailed as error:
        # The result is saved even without page images.
        log_failure("page images failed", error)
    return tuple(saved)


def _unreadable(reason: Reason) -> _Result:
    return _Result(Outcome(reader_version=READER_VERSION, reason=reason))


def _reason(reason: ReaderReason) -> Reason:
    """The domain's reason with the code and parameters of the reader's."""
    return Reason(reason.code, reason.params)


def _first_reason(result: Result) -> Reason:
    if not result.unread:
        return Reason("no_pages")
    return _reason(ReaderReason.from_dict(result.unread[0]))


def _limits(*, seconds: float | None = None) -> Limits:
    settings = config.read(config.Reader)
    return Limits(
        seconds=seconds or settings.reader_timeout_seconds,
        memory_bytes=settings.reader_memory_mb * MEGABYTE,
        sandbox=settings.reader_sandbox,
    )

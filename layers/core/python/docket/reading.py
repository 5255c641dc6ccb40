"""A document's way from the bucket to its analysis.

Everything here may happen twice, at the same time, or stop anywhere: what is kept in the bucket is
named by the version that was read, and the order takes a reading once.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from analysis import READER_VERSION, Limits, Reading, Unreadable, previews, read
from docket import config, metrics
from docket.clock import occasion
from docket.domain.document import Document, Outcome
from docket.domain.errors import DocumentNotFound, DocumentSettled, OrderClosed, OrderNotFound
from docket.domain.order import Order
from docket.gateways import files
from docket.gateways.files import Upload
from docket.table import analyses, client, documents
from docket.table.analyses import Analysis, Facts, Picture

MEGABYTE = 1024 * 1024
MOST_PICTURES = 50
"""Pages beyond these have no picture: a person looks at the first ones, if at any."""

MOST_INLINE = 140_000
"""Bytes of a document's facts as JSON. DynamoDB's limit for an item is 400 kB, and Lambda's for a
reply, which may hold forty of them, 6 MB. The whole reading is in the bucket."""

_LISTS = ("facts", "tables", "line_items", "pages", "parties", "key_phrases", "unread", "summary")
_CAPPED = {"code": "capped", "text": "There is more than is shown here; see the report."}

PICTURE_SECONDS = 40.0


@dataclass(frozen=True)
class _Read:
    """What came of a version: its outcome, and its analysis if anything could be read."""

    outcome: Outcome
    analysis: Analysis | None = None


def take(upload: Upload, *, order_id: str, at: datetime) -> None:
    """Read an uploaded version and keep what came of it, if its document waits for that."""
    try:
        order = documents.start_reading(
            upload.user_id, upload.document_id, upload.version, order_id=order_id, at=at
        )
    except (OrderNotFound, DocumentNotFound, OrderClosed, DocumentSettled):
        files.discard(upload)
        return
    if order is None:
        return
    document = order.document(upload.document_id)
    result = _read(upload, document)
    _keep(order, document, result)


def _keep(order: Order, document: Document, result: _Read) -> None:
    event = occasion("reader").event(result.outcome.happened(document), document.facts)
    kept: list[client.Write] = [analyses.kept(order.id, result.analysis)] if result.analysis else []
    if documents.finish_reading(order, document, result.outcome, event, *kept):
        metrics.count("DocumentUnreadable" if result.outcome.reason else "DocumentRead")


def _read(upload: Upload, document: Document) -> _Read:
    data = files.content(upload)
    if data is None:
        return _unreadable("Its file is gone from the storage. Please upload it again.")
    if document.sha256 and hashlib.sha256(data).hexdigest() != document.sha256:
        return _unreadable("Its file is not the one that was announced. Please upload it again.")
    limits = _limits()
    try:
        reading = read(data, document.filename, document.content_type, limits=limits)
    except Unreadable as failed:
        return _unreadable(failed.reason)
    if not reading.pages:
        return _unreadable(_first_reason(reading))
    files.keep_reading(document.id, upload.version, json.dumps(reading.to_dict()).encode())
    pictures = tuple(_pictures(upload, document, data, reading))
    analysis = Analysis(
        document_id=document.id,
        version=upload.version,
        facts=_inline(reading.facts_dict()),
        pictures=pictures,
    )
    outcome = Outcome(
        reader_version=reading.reader_version,
        page_count=reading.page_count,
        charged_pages=len(reading.pages),
        kind=reading.kind,
        language=reading.language,
        headline=reading.headline,
    )
    return _Read(outcome, analysis)


def _pictures(
    upload: Upload, document: Document, data: bytes, reading: Reading
) -> Iterator[Picture]:
    """Draw and keep the pages' pictures; a page that cannot be drawn goes without."""
    pages = [page.number for page in reading.pages[:MOST_PICTURES]]
    limits = _limits(seconds=PICTURE_SECONDS)
    try:
        for drawn in previews(data, document.filename, document.content_type, pages, limits=limits):
            for size, webp in (("thumbnail", drawn.thumbnail), ("readable", drawn.readable)):
                files.keep_picture(document.id, upload.version, drawn.page, size, webp)
            yield Picture(drawn.page, drawn.width, drawn.height)
    except Unreadable:
        return


def _unreadable(reason: str) -> _Read:
    return _Read(Outcome(reader_version=READER_VERSION, reason=reason))


def _first_reason(reading: Reading) -> str:
    return str(reading.unread[0]["reason"]) if reading.unread else "It has no pages."


def _inline(facts: Facts) -> Facts:
    """The facts as the table and one reply can hold them: forty of these stay below 6 MB.

    What is longest is halved until the whole fits, and a warning then says that there is more.
    """
    kept = dict(facts)
    while len(json.dumps(kept, ensure_ascii=False).encode()) > MOST_INLINE:
        longest = max(_LISTS, key=lambda name: len(json.dumps(kept[name])))
        kept[longest] = kept[longest][: len(kept[longest]) // 2]
    if kept != facts:
        kept["warnings"] = [*facts["warnings"], _CAPPED]
    return kept


def _limits(*, seconds: float | None = None) -> Limits:
    told = config.read(config.Reader)
    return Limits(
        seconds=seconds or told.reader_timeout_seconds,
        memory_bytes=told.reader_memory_mb * MEGABYTE,
    )

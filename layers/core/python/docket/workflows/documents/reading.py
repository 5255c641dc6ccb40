"""Read a document: its bytes in, its result in the bucket, and a message about it.

    first look ─┬─► read ─────────────────────────────► result.json, analysis.json, page images
                └─► split: its boundaries                    ▲
    a part ───────► part_read: <first>-<end>.json ──┐        │
    the join ───────────────────────────────────────┴────────┘

A reading has its message and the file, and no access to the table, so that code in a hostile file
that takes over the reader cannot read other orders. Objects are named by the
document and the attempt, and the first result of an attempt stays, whatever is repeated.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
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
from analysis.consolidate import key_facts
from analysis.errors import Reason as ReaderReason
from docket.domain.orders.document_parts import DocumentParts
from docket.domain.reason import Reason
from docket.gateways import s3
from docket.gateways.queues import MAX_PARTS, ReadingMessage, ResultMessage, Status
from docket.runtime import config, metrics
from docket.runtime.logging import log_failure
from docket.workflows.documents import content_hashes
from docket.workflows.documents.facts.fact_limits import cut_to
from docket.workflows.documents.facts.reviewed_facts import marks

MEGABYTE = 1024 * 1024
MAX_PAGE_IMAGES = 50
"""Maximum number of page images for a document; later pages have none."""

MAX_INLINE_BYTES = 140_000
"""Maximum size in bytes of a document's facts in the table. DynamoDB's limit for an item is 400 KB.
The bucket holds the whole result."""

PAGE_IMAGE_SECONDS = 40.0
OUTLINE_SECONDS = 20.0
"""Timeout for finding the pages that need OCR, which takes milliseconds a page."""

_NOT_SEALED = {"dumpable": "ReaderStaysDumpable", "environment": "ReaderEnvironmentReadable"}

type PageImages = Sequence[Sequence[int]]
"""The page (from 0), width and height in pixels of each readable image."""


class _NoResult(Exception):
    """The reading ends without a result."""

    def __init__(self, reason: Reason, *, status: Status = "unreadable") -> None:
        super().__init__(reason.code)
        self.reason = reason
        self.status: Status = status


@dataclass(frozen=True)
class _Source:
    """The bytes of a file, and the message that requests a reading of it."""

    message: ReadingMessage
    data: bytes
    last_try: bool

    @property
    def input(self) -> tuple[bytes, str, str]:
        return self.data, self.message.filename, self.message.content_type

    def read(self, pages: range | None = None) -> Result:
        """The reader's result for the document or those pages."""
        return read(*self.input, limits=_limits(), pages=pages, skip_failed_pages=self.last_try)


@cache
def seal() -> None:
    """Hide this process's credentials from the reader's child process; count failed protections."""
    for refused in sorted(seal_process()):
        metrics.count(_NOT_SEALED[refused])


def process(message: ReadingMessage, *, receive_count: int = 1) -> ResultMessage:
    """Do what a message requests, put what was read in the bucket, and return the result.

    `receive_count` is how often the queue has delivered the message. Raises whatever fails, so that
    the queue delivers the message again; see `failed` for the last time. Then the pages that fail
    are skipped. Counts `SandboxUnavailable` if the system refuses the sandbox of the reader's child
    process, whether the document is read without it or not.
    """
    try:
        return _process(message, last_try=is_last(receive_count))
    except _NoResult as ended:
        return _message(message, ended.status, reason=ended.reason)
    except Unreadable as failure:
        return _message(message, "unreadable", reason=_reason(failure.reason))
    finally:
        if sandbox_refused():
            metrics.count("SandboxUnavailable")


def failed(message: ReadingMessage) -> ResultMessage:
    """The result of a message whose processing has failed for the last time."""
    return _message(message, "failed", reason=Reason("not_read"))


def is_last(receive_count: int) -> bool:
    """Whether the queue will not deliver the message again."""
    return receive_count >= config.read(config.Reader).reader_tries


def _process(message: ReadingMessage, *, last_try: bool) -> ResultMessage:
    if message.parts and message.part is None:
        return _join(message, message.parts, last_try=last_try)
    source = _Source(message, _load(message, last_try=last_try), last_try)
    if message.parts and message.part is not None:
        return _read_part(source, message.parts, message.part)
    if message.sha256 and hashlib.sha256(source.data).hexdigest() != message.sha256:
        raise _NoResult(Reason("file_changed"))
    if parts := _parts(source):
        return _message(message, "split", boundaries=parts.boundaries)
    result = source.read()
    return _save(message, result, _draw(source, result), content_hashes.of_bytes(source.data))


def _load(message: ReadingMessage, *, last_try: bool) -> bytes:
    """The bytes of the version.

    S3 denies access if a grant is missing or not effective yet, and also if the version is absent.
    Raises `AccessRefused` then; on the last delivery the reading ends and may be repeated.
    """
    with _until_last_try(last_try=last_try):
        data = s3.content(message.upload)
    if data is None:
        raise _NoResult(Reason("file_missing"))
    return data


@contextmanager
def _until_last_try(*, last_try: bool) -> Iterator[None]:
    """On the last delivery, end the reading if S3 denies access; it may be repeated."""
    try:
        yield
    except s3.AccessRefused as error:
        if not last_try:
            raise
        log_failure("file not loaded", error)
        raise _NoResult(Reason("file_unavailable"), status="failed") from error


def _parts(source: _Source) -> DocumentParts | None:
    """The parts to read the document in; None if it is read as a whole.

    A document whose outline fails is read as a whole too, which gives the reason of the failure.
    """
    try:
        if identify(*source.input) != "pdf":  # no other kind has many pages to OCR
            return None
        pdf_outline = outline(*source.input, limits=_limits(seconds=OUTLINE_SECONDS))
    except Unreadable:
        return None
    except ReaderFailed:
        if not source.last_try:
            raise
        return None
    most = config.read(config.Reader).reader_pages_at_once
    slow = pdf_outline.needs_ocr
    return DocumentParts.of(
        pdf_outline.page_count, slow, most=max(most, -(-len(slow) // MAX_PARTS))
    )


def _read_part(source: _Source, parts: DocumentParts, number: int) -> ResultMessage:
    """Read one page range, and put its result and the images of its pages in the bucket.

    If the range is unreadable, its pages are listed as unread, so the other parts can be joined.
    """
    pages, message = parts.ranges[number], source.message
    try:
        result = source.read(pages)
    except Unreadable as failure:
        result = Result(
            reader_version=READER_VERSION,
            kind_of_file="pdf",
            page_count=parts.page_count,
            pages=(),
            unread=tuple({"page": page, **failure.reason.to_dict()} for page in pages),
            partial=True,
        )
    part = {
        "result": result.to_dict(),
        "page_images": _draw(source, result),
        "bytes_sha256": content_hashes.of_bytes(source.data),
    }
    s3.put_part(message.document_id, message.attempt, pages, json.dumps(part).encode())
    return _message(message, "part_read", part=number)


def _join(message: ReadingMessage, parts: DocumentParts, *, last_try: bool) -> ResultMessage:
    """Join the parts. They may be gone, if the document was removed or the message is days old."""
    with _until_last_try(last_try=last_try):
        saved = [s3.part(message.document_id, message.attempt, pages) for pages in parts.ranges]
    page_images = [page_image for part in saved for page_image in part["page_images"]]
    results = [Result.from_dict(part["result"]) for part in saved]
    result = replace(join(results, limits=_limits()), reader_version=_oldest_version(results))
    return _save(message, result, page_images, saved[0]["bytes_sha256"])


def _oldest_version(parts: Sequence[Result]) -> str:
    """The version of the reader, or that before it if a deployment came between the parts.

    Then the document can be read again as a whole.
    """
    versions = (part.reader_version for part in parts)
    return next((v for v in versions if v != READER_VERSION), READER_VERSION)


def _save(
    message: ReadingMessage, result: Result, page_images: PageImages, bytes_sha256: str
) -> ResultMessage:
    """Put the whole result in the bucket, and beside it the part that the table stores.

    An earlier try may have put its result, perhaps of an older reader, and stopped then. What is
    stored beside it, and the message, describe the result that is there.
    """
    if not result.pages:
        raise _NoResult(_first_reason(result))
    document_id, attempt = message.document_id, message.attempt
    whole: dict[str, Any] | None = {**result.to_dict(), "page_images": page_images}
    if not s3.put_result(document_id, attempt, json.dumps(whole).encode()):
        whole = s3.result(document_id, attempt)
    if whole is None:  # deleted since
        raise _NoResult(Reason("not_read"), status="failed")
    page_images = whole.pop("page_images")
    result = Result.from_dict(whole)
    facts = cut_to(result.facts_dict(), MAX_INLINE_BYTES)
    analysis = {
        "facts": facts,
        "key_facts": key_facts(whole),
        "marks": [mark.to_dict() for mark in marks(facts)],
        "page_images": page_images,
        "page_count": result.page_count,
        "charged_pages": len(result.pages),
    }
    s3.put_analysis(document_id, attempt, json.dumps(analysis, ensure_ascii=False).encode())
    return _message(
        message,
        "read",
        reader_version=result.reader_version,
        bytes_sha256=bytes_sha256,
        result_sha256=content_hashes.of_result(result),
    )


def _draw(source: _Source, result: Result) -> PageImages:
    """Render the pages and put their images in the bucket; pages that fail have no image."""
    pages = [page.number for page in result.pages if page.number < MAX_PAGE_IMAGES]
    if not pages:
        return []
    message = source.message
    saved: list[tuple[int, int, int]] = []
    try:
        for drawn in previews(*source.input, pages, limits=_limits(seconds=PAGE_IMAGE_SECONDS)):
            for size, webp in (("thumbnail", drawn.thumbnail), ("readable", drawn.readable)):
                s3.put_page_image(message.document_id, message.attempt, drawn.page, size, webp)
            saved.append((drawn.page, drawn.width, drawn.height))
    except Unreadable:
        pass
    except ReaderFailed as error:
        # The result is saved even without page images.
        log_failure("page images failed", error)
    return saved


def _message(message: ReadingMessage, status: Status, **fields: Any) -> ResultMessage:
    more_fields: dict[str, Any] = {"reader_version": READER_VERSION, **fields}
    return ResultMessage(
        user_id=message.user_id,
        document_id=message.document_id,
        attempt=message.attempt,
        status=status,
        **more_fields,
    )


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

"""A document of an order and the state of its reading."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import Self

from docket.domain.errors import DocumentNotArrived, DocumentQuarantined
from docket.domain.event import EventName
from docket.domain.reason import Reason


class DocumentStatus(StrEnum):
    """The status of a document."""

    AWAITING_UPLOAD = "awaiting_upload"
    READING = "reading"
    READY = "ready"
    UNREADABLE = "unreadable"


_REASONS = {
    DocumentStatus.AWAITING_UPLOAD: Reason("awaiting_upload"),
    DocumentStatus.READING: Reason("reading"),
}

WAITING_FOR_SCAN = Reason("waiting_for_scan")
MALWARE_FOUND = Reason("malware_found")
"""The file is erased when it has this reason."""


@dataclass(frozen=True)
class DocumentParts:
    """The page ranges of a long document, which are read in parallel.

    `boundaries` are the first pages (from 0) of the ranges, followed by the number of pages;
    `read` holds the numbers (from 0) of the ranges that have been read.
    """

    boundaries: tuple[int, ...]
    read: frozenset[int] = frozenset()

    @classmethod
    def of(cls, page_count: int, slow: Sequence[int], *, most: int) -> Self | None:
        """Ranges with at most `most` of the `slow` pages (those that need OCR) each, balanced.

        Returns None if one range is enough.
        """
        count = -(-len(slow) // most)
        if count < 2:  # noqa: PLR2004 - one range needs no parts
            return None
        starts = [slow[number * len(slow) // count] for number in range(1, count)]
        return cls((0, *starts, page_count))

    @property
    def page_count(self) -> int:
        return self.boundaries[-1]

    @property
    def ranges(self) -> tuple[range, ...]:
        return tuple(range(first, end) for first, end in pairwise(self.boundaries))

    @property
    def unread(self) -> tuple[int, ...]:
        """The numbers of the ranges that have not been read yet."""
        return tuple(n for n in range(len(self.boundaries) - 1) if n not in self.read)


@dataclass(frozen=True, kw_only=True)
class Document:
    """`sha256` is 64 hex digits if declared; `version` is the S3 version that is or was read.

    `size` is in bytes. `charged_pages` is the number of readable pages, of `page_count`.
    `retriable` is set if reading failed for an internal reason and may succeed when repeated. While
    the document is being read, `reading_since` is the time of the last progress (the start, or the
    end of a part), and `parts` holds the page ranges of a long document. `upload_form_renewed_at`
    is the time of the last new upload form, if reading has not begun since. `warnings` describe the
    quality of the reading. They contain no text of the document and are shown before payment.
    `quarantined`: the version is neither read nor downloaded. It is set from the upload on in a
    stage that scans uploads, until a clean verdict, or until the stage no longer scans.
    """

    id: str
    filename: str
    content_type: str
    size: int
    added_at: datetime
    sha256: str | None = None
    status: DocumentStatus = DocumentStatus.AWAITING_UPLOAD
    status_reason: Reason | None = None
    retriable: bool = False
    version: str | None = None
    quarantined: bool = False
    uploaded_at: datetime | None = None
    reading_since: datetime | None = None
    upload_form_renewed_at: datetime | None = None
    parts: DocumentParts | None = None
    reader_version: str | None = None
    page_count: int | None = None
    charged_pages: int = 0
    kind: str | None = None
    language: str | None = None
    headline: str | None = None
    warnings: tuple[Reason, ...] = ()

    @classmethod
    def pending_upload(
        cls,
        order_id: str,
        unique: str,
        *,
        filename: str,
        content_type: str,
        size: int,
        sha256: str | None,
        at: datetime,
    ) -> Self:
        """A new document whose file has not been uploaded yet."""
        return cls(
            id=document_id(order_id, unique),
            filename=filename,
            content_type=content_type,
            size=size,
            sha256=sha256,
            added_at=at,
        )

    @property
    def facts(self) -> dict[str, str | int]:
        """The document's fields in an audit event."""
        return {"document_id": self.id, "filename": self.filename}

    @property
    def order_id(self) -> str:
        return order_of(self.id)

    @property
    def explanation(self) -> Reason | None:
        """The reason for the status; None for a document that was read."""
        if self.parts:
            done, total = len(self.parts.read), len(self.parts.ranges)
            return Reason("reading_in_parts", {"done": done, "total": total})
        return self.status_reason or _REASONS.get(self.status)

    @property
    def waits_for_scan(self) -> bool:
        """Whether it is not read before the malware scan of its file has a verdict."""
        return self.status is DocumentStatus.READING and self.status_reason == WAITING_FOR_SCAN

    @property
    def is_downloadable(self) -> bool:
        """Whether the file was uploaded and is not quarantined."""
        return self.version is not None and not self.quarantined

    def require_downloadable(self) -> None:
        """Raises `DocumentNotArrived` or `DocumentQuarantined`."""
        if self.version is None:
            raise DocumentNotArrived
        if self.quarantined:
            raise DocumentQuarantined

    @property
    def was_read(self) -> bool:
        """Whether pages of it have been read, by this version of the reader or an older one."""
        return bool(self.page_count)

    def can_be_read_again(self, reader_version: str) -> bool:
        """Whether its reading failed for an internal reason or an older reader produced it."""
        if self.status is DocumentStatus.UNREADABLE:
            return self.retriable and self.version is not None
        return self.status is DocumentStatus.READY and self.reader_version != reader_version


@dataclass(frozen=True)
class PresignedPost:
    """A presigned form: post `fields`, then one file, to `url` until `expires_at`."""

    url: str
    fields: dict[str, str]
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The result of reading a document: its page counts and kind, or why it is unreadable."""

    reader_version: str
    reason: Reason | None = None
    """Why the document is unreadable; None if it was read."""
    retriable: bool = False
    page_count: int | None = None
    charged_pages: int = 0
    kind: str | None = None
    language: str | None = None
    headline: str | None = None
    warnings: tuple[Reason, ...] = ()

    def of(self, document: Document) -> Document:
        """The document with this outcome. A failed repetition keeps the earlier result."""
        ended = replace(document, reading_since=None, parts=None)
        if self.reason and document.was_read:
            return replace(ended, status=DocumentStatus.READY, status_reason=None)
        return replace(
            ended,
            status=DocumentStatus.UNREADABLE if self.reason else DocumentStatus.READY,
            status_reason=self.reason,
            retriable=self.retriable,
            reader_version=self.reader_version,
            page_count=self.page_count,
            charged_pages=self.charged_pages,
            kind=self.kind,
            language=self.language,
            headline=self.headline,
            warnings=self.warnings,
        )

    def event_name(self, document: Document) -> EventName:
        """The name of the audit event for this outcome of reading `document`."""
        if self.reason is None:
            return "document_read"
        return "reading_again_failed" if document.was_read else "document_unreadable"


def clean_filename(raw: str) -> str:
    """The file name to store: NFC-normalized, without a path and without invisible characters.

    Invisible characters are Unicode's categories C (control, format, surrogate, private use), which
    include the direction marks that make `fdp.exe` look like `exe.pdf`, and line breaks. The result
    may be empty.
    """
    name = unicodedata.normalize("NFC", raw).replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(
        character for character in name if character in _JOINERS or _is_visible(character)
    ).strip()


_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
"""Format characters that Persian words, Indic letters and emoji need."""


def _is_visible(character: str) -> bool:
    category = unicodedata.category(character)
    return not category.startswith("C") and category not in {"Zl", "Zp"}


def order_of(document_id: str) -> str:
    """The id of the order a document belongs to: the part of its id before the last hyphen."""
    return document_id.rpartition("-")[0]


def document_id(order_id: str, unique: str) -> str:
    """The id of a new document. It contains the order's id, so the order can be found by key."""
    return f"{order_id}-{unique}"

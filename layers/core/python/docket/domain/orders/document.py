"""A document of an order and the state of its reading."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from docket.domain import errors
from docket.domain.orders.document_parts import DocumentParts
from docket.domain.orders.fact_matching import ReviewProgress
from docket.domain.payments.pricing import DuplicateOf, PaidCharge
from docket.domain.reason import Reason
from docket.domain.transition import TransitionRefused

type KeyFacts = Mapping[str, Any]


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

IN_PROGRESS = (DocumentStatus.AWAITING_UPLOAD, DocumentStatus.READING)
"""The states in which a document may still change the price of the order."""

WAITING_FOR_SCAN = Reason("waiting_for_scan")
MALWARE_FOUND = Reason("malware_found")
"""The file is erased when it has this reason."""


@dataclass(frozen=True, kw_only=True)
class UploadedFile:
    """The S3 version that is or was read, and the number of its upload form."""

    upload_number: int
    version: str


@dataclass(frozen=True, kw_only=True)
class Document:
    """A document of an order.

    awaiting_upload ── accepted ──► reading ── finished ──► ready | unreadable
                                     ▲                        │
                                     └─ accepted, read again ─┘

    `sha256` is 64 hex digits if declared, `size` in bytes, `title` its customer's. `upload_number`
    is that of the only valid upload form, issued at `upload_issued_at`. `attempt` counts the
    readings that were started: a result is recorded only for the current one. A reading waits until
    it is admitted, at `admitted_at`. `reading_since` is the time of its last progress (the start,
    or the end of a part), and `parts` holds the page ranges of a long document. `charged_pages` is
    the number of pages to pay for, of `page_count`; `paid` is what a payment charges that began
    before the last reading of the document. `retriable` is set if reading failed for an internal
    reason and may succeed when repeated. `warnings` describe the quality of the reading; they
    contain no text of the document and are shown before payment. `quarantined`: the file is neither
    read nor downloaded. It is set from the upload on in a stage that scans uploads, until its scan
    is clean, or until the stage no longer scans. `read_attempt` is the reading that the present
    result is of; `key_facts` is what the order's consolidated view needs of it, with the customer's
    corrections. `doubtful` is the number of its facts that should be reviewed, `reviewed` that of
    those that were; `review_version` counts the changes of its corrections, and is None before the
    first. The last of them was about the fact `reviewed_fact_id` (or `LINE_ITEMS`) of the reading
    `reviewed_attempt`. Since `erased_at` nothing of it is stored.

    Every method that ends in a participle is a transition: it returns the changed document and
    raises `TransitionRefused` where the document's state does not allow it.
    """

    id: str
    user_id: str
    filename: str
    content_type: str
    size: int
    added_at: datetime
    upload_issued_at: datetime
    sha256: str | None = None
    title: str | None = None
    status: DocumentStatus = DocumentStatus.AWAITING_UPLOAD
    status_reason: Reason | None = None
    retriable: bool = False
    upload_number: int = 1
    file: UploadedFile | None = None
    quarantined: bool = False
    attempt: int = 0
    uploaded_at: datetime | None = None
    reading_since: datetime | None = None
    admitted_at: datetime | None = None
    parts: DocumentParts | None = None
    reader_version: str | None = None
    page_count: int | None = None
    charged_pages: int = 0
    duplicate_of: DuplicateOf | None = None
    paid: PaidCharge | None = None
    kind: str | None = None
    language: str | None = None
    headline: str | None = None
    warnings: tuple[Reason, ...] = ()
    read_attempt: int | None = None
    key_facts: KeyFacts | None = None
    doubtful: int | None = None
    reviewed: int | None = None
    reviewed_attempt: int | None = None
    reviewed_fact_id: str | None = None
    review_version: int | None = None
    erased_at: datetime | None = None

    @classmethod
    def pending_upload(
        cls,
        order_id: str,
        unique: str,
        *,
        user_id: str,
        filename: str,
        content_type: str,
        size: int,
        sha256: str | None,
        at: datetime,
    ) -> Self:
        """A new document whose file has not been uploaded yet."""
        return cls(
            id=document_id(order_id, unique),
            user_id=user_id,
            filename=filename,
            content_type=content_type,
            size=size,
            sha256=sha256,
            added_at=at,
            upload_issued_at=at,
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
    def is_in_progress(self) -> bool:
        """Whether its upload or its reading may still change the price of the order."""
        return self.status in IN_PROGRESS

    @property
    def expects_upload(self) -> bool:
        """Whether its current upload form has not been used."""
        if self.status is DocumentStatus.AWAITING_UPLOAD:
            return True
        return self.status is DocumentStatus.UNREADABLE and self.has_unused_form

    @property
    def has_unused_form(self) -> bool:
        return self.upload_number > (self.file.upload_number if self.file else 0)

    @property
    def waits_for_scan(self) -> bool:
        """Whether it is not read before the malware scan of its file has ended."""
        return self.status is DocumentStatus.READING and self.status_reason == WAITING_FOR_SCAN

    @property
    def waits_for_admission(self) -> bool:
        """Whether it is not read before the customer's other readings have ended."""
        is_read = self.status is DocumentStatus.READING and not self.waits_for_scan
        return is_read and self.admitted_at is None

    @property
    def is_downloadable(self) -> bool:
        """Whether the file was uploaded, and is neither quarantined nor erased."""
        return self.file is not None and not self.quarantined and self.erased_at is None

    def require_downloadable(self) -> UploadedFile:
        """The file. Raises `DocumentNotArrived`, `DocumentErased` or `DocumentQuarantined`."""
        if self.file is None:
            raise errors.DocumentNotArrived
        if self.erased_at:
            raise errors.DocumentErased
        if self.quarantined:
            raise errors.DocumentQuarantined
        return self.file

    @property
    def was_read(self) -> bool:
        """Whether pages of it have been read, by this version of the reader or an older one."""
        return bool(self.page_count)

    @property
    def facts_tag(self) -> str:
        """The entity tag of its facts: another one after each reading and each correction."""
        return f'"{self.read_attempt or 0}.{self.review_version or 0}"'

    @property
    def was_read_since_review(self) -> bool:
        """Whether its key facts and headline are a reader's, without the corrections."""
        return bool(self.review_version) and self.reviewed_attempt != self.read_attempt

    def reviewed_with(
        self, fact_id: str, counts: ReviewProgress, headline: str | None, key_facts: KeyFacts | None
    ) -> "Document":
        """With a change of a fact's correction, or of `LINE_ITEMS`. Raises `DocumentInProgress`."""
        if self.status is not DocumentStatus.READY:
            raise errors.DocumentInProgress
        return replace(
            self,
            **counts._asdict(),
            headline=headline,
            key_facts=key_facts,
            reviewed_attempt=self.read_attempt,
            reviewed_fact_id=fact_id,
            review_version=(self.review_version or 0) + 1,
        )

    def can_be_read_again(self, reader_version: str) -> bool:
        """Whether its reading failed for an internal reason or an older reader produced it."""
        if self.status is DocumentStatus.UNREADABLE:
            return self.retriable and self.file is not None
        is_outdated = self.reader_version != reader_version and self.erased_at is None
        return self.status is DocumentStatus.READY and is_outdated

    def is_reading(self, attempt: int) -> bool:
        """Whether that reading has been started and has not ended."""
        return self.status is DocumentStatus.READING and self.attempt == attempt

    def with_new_upload(self, at: datetime) -> "Document":
        """With a new upload form. Raises `DocumentSettled`."""
        if self.status not in (DocumentStatus.AWAITING_UPLOAD, DocumentStatus.UNREADABLE):
            raise errors.DocumentSettled(self.status)
        return replace(self, upload_number=self.upload_number + 1, upload_issued_at=at)

    def accepted(self, file: UploadedFile, at: datetime, *, scan: bool = False) -> "Document":
        """With an uploaded version whose reading starts. Only the first of a form is accepted.

        It replaces an older file that is being read again. With `scan` it is quarantined: the
        reading waits for the malware scan of the file.
        """
        replaces = self.status is DocumentStatus.READING and self.has_unused_form
        if not (self.expects_upload or replaces) or file.upload_number != self.upload_number:
            raise TransitionRefused
        reading = self._reading(at, quarantined=scan)
        return replace(reading, file=file, uploaded_at=self.uploaded_at or at)

    def read_again(self, at: datetime, *, scan: bool = False) -> "Document":
        """With another reading of the same version.

        With `scan`, a file that is not known to be clean waits for the scan. A file that was read
        before the stage scanned uploads does not.
        """
        if self.file is None or self.is_in_progress or self.erased_at:
            raise TransitionRefused
        return self._reading(at, quarantined=scan and self.quarantined)

    def _reading(self, at: datetime, *, quarantined: bool) -> "Document":
        return replace(
            self,
            status=DocumentStatus.READING,
            status_reason=WAITING_FOR_SCAN if quarantined else None,
            quarantined=quarantined,
            attempt=self.attempt + 1,
            reading_since=at,
            admitted_at=None,
            parts=None,
        )

    def admitted(self, at: datetime) -> "Document":
        """With a slot of the reader."""
        if not self.waits_for_admission:
            raise TransitionRefused
        return replace(self, admitted_at=at, reading_since=at, status_reason=None)

    def limited(self, most: int) -> "Document":
        """Not admitted while the customer's unpaid orders have `most` pages."""
        return replace(self, status_reason=Reason("waiting_for_payment", {"most": most}))

    def resumed_after_scan(self, attempt: int, at: datetime) -> "Document":
        """No longer quarantined: its reading waits for a slot of the reader."""
        self._require_reading(attempt)
        if not self.waits_for_scan:
            raise TransitionRefused
        return replace(self, status_reason=None, quarantined=False, reading_since=at)

    def split(self, attempt: int, parts: DocumentParts, at: datetime) -> "Document":
        """To be read in parts. A repeated split keeps the parts that have been read."""
        self._require_reading(attempt)
        if self.parts or self.admitted_at is None:
            raise TransitionRefused
        return replace(self, parts=parts, reading_since=at)

    def part_read(self, attempt: int, number: int, at: datetime) -> "Document":
        """With one more part read."""
        self._require_reading(attempt)
        if self.parts is None or number not in self.parts.unread:
            raise TransitionRefused
        parts = replace(self.parts, read=self.parts.read | {number})
        return replace(self, parts=parts, reading_since=at)

    def finished(
        self, attempt: int, outcome: "Outcome", *, is_charged: bool, confirming: int | None = None
    ) -> "Document":
        """With the outcome of a reading.

        A failed repetition keeps the earlier result, and a paid order (`is_charged`) its charge.
        `confirming` is the revision whose payment a bank is confirming; `paid` has its charge.
        """
        self._require_reading(attempt)
        ended = outcome.of(replace(self, reading_since=None, admitted_at=None, parts=None))
        before = self.paid_with(confirming)
        pages, free = before.charged_pages, before.duplicate_of
        if confirming is not None:
            return replace(ended, paid=PaidCharge(confirming, pages, free))
        return replace(ended, charged_pages=pages, duplicate_of=free) if is_charged else ended

    def paid_with(self, revision: int | None) -> "Document":
        """As the payment of that revision of its order charges it; None: as the last reading."""
        paid = self.paid
        if paid is None or paid.revision != revision:
            return self
        return replace(self, charged_pages=paid.pages, duplicate_of=paid.duplicate_of)

    def _require_reading(self, attempt: int) -> None:
        if not self.is_reading(attempt):
            raise TransitionRefused


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The result of reading a document: its page counts and kind, or why it is unreadable."""

    reader_version: str
    reason: Reason | None = None
    """Why the document is unreadable; None if it was read."""
    retriable: bool = False
    page_count: int | None = None
    charged_pages: int = 0
    """The readable pages. They cost nothing if the document is a duplicate."""
    duplicate_of: DuplicateOf | None = None
    kind: str | None = None
    language: str | None = None
    headline: str | None = None
    warnings: tuple[Reason, ...] = ()
    key_facts: KeyFacts | None = None
    doubtful: int | None = None
    reviewed: int | None = None

    def of(self, document: Document) -> Document:
        """The document with this outcome. A failed repetition keeps the earlier result."""
        if self.reason and document.was_read:
            return replace(document, status=DocumentStatus.READY, status_reason=None)
        return replace(
            document,
            status=DocumentStatus.UNREADABLE if self.reason else DocumentStatus.READY,
            status_reason=self.reason,
            retriable=self.retriable,
            reader_version=self.reader_version,
            page_count=self.page_count,
            charged_pages=0 if self.duplicate_of else self.charged_pages,
            duplicate_of=self.duplicate_of,
            kind=self.kind,
            language=self.language,
            headline=self.headline,
            warnings=self.warnings,
            read_attempt=None if self.reason else document.attempt,
            key_facts=self.key_facts,
            doubtful=self.doubtful,
            reviewed=self.reviewed,
        )


def order_of(document_id: str) -> str:
    """The id of the order a document belongs to: the part of its id before the last hyphen."""
    return document_id.rpartition("-")[0]


def document_id(order_id: str, unique: str) -> str:
    """The id of a new document. It contains the order's id, so the order can be found by key."""
    return f"{order_id}-{unique}"

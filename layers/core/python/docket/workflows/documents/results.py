"""Record the results of readings: the only writer of results, one order at a time.

    split     ─► the parts that have a slot are requested
    part_read ─► the next part, or the join after the last one, is requested
    read, unreadable, failed ─► the document's outcome, up to 10 of an order in one transaction

A result belongs to the reading with its attempt, or has no effect. This never loads a document, nor
its whole result: the reader puts what the table stores into an object of its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self, TypedDict

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from docket.domain import read_hashes
from docket.domain.event import AuditContext
from docket.domain.limits import reading_name
from docket.domain.orders import fact_matching
from docket.domain.orders.correction import NO_CORRECTIONS
from docket.domain.orders.document import Document, Outcome
from docket.domain.orders.document_parts import DocumentParts
from docket.domain.orders.fact_matching import FactMark
from docket.domain.orders.order import OrderStatus
from docket.domain.payments.pricing import DuplicateOf
from docket.domain.reason import Reason
from docket.domain.task import Task
from docket.gateways import s3
from docket.gateways.queues import ResultMessage
from docket.runtime.logging import log_failure
from docket.table import tasks
from docket.table.documents import corrections, documents, readings
from docket.table.documents.corrections import ByDocument
from docket.table.documents.readings import Finished, Progress
from docket.table.orders import analyses, contents, usage
from docket.table.orders.analyses import Analysis, PageImage
from docket.workflows.documents import admission, outcomes
from docket.workflows.documents.customer_limits import customer_limits
from docket.workflows.rounds import rounds

_FREE_WARNINGS = frozenset(
    [
        "no_text",
        "hard_to_read",
        "cut",
        "form_not_shown",
        "script_not_read",
        "attachments_not_read",
        "parts_locked",
        "several_documents",
    ]
)
"""Warnings about the quality of a reading, shown before payment. Others contain facts."""


class _Money(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", defer_build=True)

    minor: int
    currency: str | None


class _KeyFact(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", defer_build=True)

    normalised: str | _Money | None
    page: int | None
    value: str | None = None


class _SegmentKeyFacts(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", defer_build=True)

    first_page: int = Field(ge=0)
    last_page: int = Field(ge=0)
    page_count: int = Field(ge=1)
    kind: str
    kind_score: float
    language: str | None
    headline: str | None
    title: str | None
    facts: dict[str, _KeyFact]
    line_items: int | None


class _KeyFacts(BaseModel):
    """In the form of `analysis.consolidate.key_facts`."""

    model_config = ConfigDict(strict=True, extra="forbid", defer_build=True)

    facts: dict[str, _KeyFact]
    line_items: int | None
    segments: list[_SegmentKeyFacts] | None = None


class _Stored(BaseModel):
    """What the reader puts beside the whole result."""

    model_config = ConfigDict(strict=True, extra="forbid", defer_build=True)

    facts: dict[str, Any]
    key_facts: _KeyFacts | None = None
    page_images: list[tuple[int, int, int]]
    page_count: int = Field(ge=1)
    charged_pages: int = Field(ge=1)
    marks: list[FactMark]
    """Of each fact, in their order."""

    @model_validator(mode="after")
    def _each_fact_is_marked(self) -> Self:
        if len(self.marks) != len(self.facts.get("facts", ())):
            raise ValueError("the number of marks is not that of the facts")
        return self


class _Fact(TypedDict):
    """What a correction is matched with."""

    name: str
    normalised: Any
    page: int | None
    box: list[float] | None


class _ShortForm(BaseModel):
    """What an outcome has of the facts: it is shown before payment."""

    model_config = ConfigDict(strict=True, defer_build=True)

    kind: str
    language: str | None
    headline: str | None
    warnings: list[dict[str, Any]]
    facts: list[_Fact]


def record(
    results: Sequence[ResultMessage], audit: AuditContext, *, repeated: bool = False
) -> None:
    """Record the results of one order that a batch of messages is about.

    `repeated`: one of them was processed before, so what followed from it may be missing.
    """
    for result in results:
        if not result.ends_reading:
            _follow(result, audit, repeated=repeated)
    ended = [result for result in results if result.ends_reading]
    for different in rounds(ended, key=lambda result: result.document_id):
        _finish(different, audit)
    if repeated and ended:
        admission.request_in_flight(ended[0].user_id)


def _follow(result: ResultMessage, audit: AuditContext, *, repeated: bool) -> None:
    progress = _progress(result, audit)
    if progress is None:
        _let_go([result], audit)
        if result.part is not None:
            _owe_erasure(result, audit)
        return
    if progress.document.parts is None:
        return
    document = progress.document
    if progress.order.status is OrderStatus.CANCELLED:
        reason = readings.ORDER_CANCELLED
        outcome = Outcome(reader_version=result.reader_version, reason=reason)
        cancelled = Finished(document_id=document.id, attempt=document.attempt, outcome=outcome)
        outcomes.record(document.user_id, document.order_id, [cancelled], audit)
    elif progress.parts:
        admission.request_parts(document, progress.parts)
    elif repeated or not progress.document.parts.unread:
        admission.request_again(document)


def _progress(result: ResultMessage, audit: AuditContext) -> Progress | None:
    names = (result.user_id, result.document_id, result.attempt)
    limits = customer_limits()
    if result.part is not None:
        return readings.finish_part(*names, result.part, audit, limits=limits)
    return readings.split(*names, DocumentParts(result.boundaries), audit, limits=limits)


def _finish(results: Sequence[ResultMessage], audit: AuditContext) -> None:
    """Record results of different documents of an order."""
    user_id, order_id = results[0].user_id, results[0].order_id
    stored = documents.by_ids(order_id, [result.document_id for result in results])
    attempts = {d.id: d.attempt for d in stored if d.is_reading(d.attempt)}
    # What was read of other readings may have been erased.
    current = [result for result in results if attempts.get(result.document_id) == result.attempt]
    if late := [result for result in results if result not in current]:
        _let_go(late, audit)
        recorded = {d.id: d.read_attempt for d in stored}
        for result in late:
            if result.status == "read" and recorded.get(result.document_id) != result.attempt:
                _owe_erasure(result, audit)
    if not current:
        return
    hashes = _hashes(order_id, current, stored)
    paid = contents.paid(user_id, [sha256 for some in hashes.values() for sha256 in some.every])
    known_corrections = corrections.of_documents(order_id, sorted(stored, key=lambda d: d.id))
    finished = [
        _finished(result, hashes[result.document_id], paid, known_corrections) for result in current
    ]
    outcomes.record(user_id, order_id, finished, audit)


@dataclass(frozen=True)
class _Hashes:
    """What identifies the content of a document, and whether earlier readings lack some of it."""

    every: tuple[str, ...]
    has_new: bool


def _hashes(
    order_id: str, results: Sequence[ResultMessage], stored: Iterable[Document]
) -> dict[str, _Hashes]:
    """The hashes of the documents of these results by id, with those of their earlier readings.

    Only the record of a result writes the analysis of a document that is being read, and only while
    that reading has not ended: so what is loaded here is what the record replaces.
    """
    read_before = {document.id for document in stored if document.read_attempt}
    again = [r.document_id for r in results if r.status == "read" and r.document_id in read_before]
    loaded = analyses.contents_of_documents(order_id, again) if again else []
    earlier = {content.document_id: content.hashes for content in loaded}
    every = {
        r.document_id: read_hashes.of_readings(earlier.get(r.document_id, ()), r.hashes)
        for r in results
    }
    return {
        id_: _Hashes(some, has_new=not set(some) <= set(earlier.get(id_, ())))
        for id_, some in every.items()
    }


def _let_go(results: Sequence[ResultMessage], audit: AuditContext) -> None:
    """The readings of these results have ended, or their documents were removed: slots are free."""
    user_id = results[0].user_id
    usage.release(user_id, {reading_name(r.document_id, r.attempt) for r in results})
    admission.admit_next(user_id, audit)


def _owe_erasure(result: ResultMessage, audit: AuditContext) -> None:
    """Owe the erasure of what a reading has stored whose result has no effect."""
    erasure = Task.erasure(
        result.user_id, result.document_id, order_id=result.order_id, at=audit.at
    )
    tasks.request(erasure)


def _finished(
    result: ResultMessage,
    hashes: _Hashes,
    paid: Mapping[str, DuplicateOf],
    known_corrections: ByDocument,
) -> Finished:
    """The outcome of a reading, and the write of its analysis if there is one."""
    if result.status == "read":
        try:
            return _read(result, hashes, paid, known_corrections)
        except ValidationError as error:
            log_failure("a result of another form", error, document_id=result.document_id)
            result = replace(result, status="failed", reason=Reason("not_read"))
    outcome = Outcome(
        reader_version=result.reader_version,
        reason=result.reason,
        retriable=result.status == "failed",
    )
    return Finished(document_id=result.document_id, attempt=result.attempt, outcome=outcome)


def _read(
    result: ResultMessage,
    hashes: _Hashes,
    paid: Mapping[str, DuplicateOf],
    known_corrections: ByDocument,
) -> Finished:
    document_id, attempt = result.document_id, result.attempt
    stored = _Stored.model_validate_json(s3.analysis(document_id, attempt))
    short_form = _ShortForm.model_validate(stored.facts)
    corrected = known_corrections.get(document_id, NO_CORRECTIONS)
    progress = fact_matching.progress(short_form.facts, stored.marks, corrected.facts)
    duplicates = (paid[sha256] for sha256 in hashes.every if sha256 in paid)
    outcome = Outcome(
        reader_version=result.reader_version,
        page_count=stored.page_count,
        charged_pages=stored.charged_pages,
        duplicate_of=next((d for d in duplicates if d.document_id != document_id), None),
        kind=short_form.kind,
        language=short_form.language,
        headline=short_form.headline,
        warnings=tuple(
            Reason(warning["code"], warning["params"])
            for warning in short_form.warnings
            if warning.get("code") in _FREE_WARNINGS
        ),
        key_facts=stored.key_facts.model_dump(exclude_unset=True) if stored.key_facts else None,
        doubtful=progress.doubtful,
        reviewed=progress.reviewed,
    )
    analysis = Analysis(
        document_id=document_id,
        attempt=attempt,
        facts=stored.facts,
        page_images=tuple(PageImage(*page_image) for page_image in stored.page_images),
        hashes=hashes.every,
        readable_pages=stored.charged_pages,
    )
    write = analyses.put_analysis(result.order_id, analysis)
    return Finished(
        document_id=document_id,
        attempt=attempt,
        outcome=outcome,
        has_new_hashes=hashes.has_new,
        also=(write,),
    )

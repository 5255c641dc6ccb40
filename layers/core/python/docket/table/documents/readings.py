"""Readings of documents: from the arrival of a file to the record of its result.

Each function reads what it decides on, lets the domain decide, and writes one transaction whose
conditions are what the decision rests on. A transition that the domain refuses is repeated, late or
outdated: it has no effect. A result belongs to the document's reading with that `attempt`, or to
none.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from docket.domain.event import AuditContext, EventName
from docket.domain.limits import CustomerLimits, reading_name
from docket.domain.orders.document import Document, Outcome, UploadedFile, order_of
from docket.domain.orders.document_parts import DocumentParts
from docket.domain.orders.order import Order, OrderStatus
from docket.domain.reason import Reason
from docket.domain.transition import TransitionRefused
from docket.table import client
from docket.table.client import Write
from docket.table.documents import admissions, document_changes
from docket.table.documents.document_changes import Change, State

ORDER_CANCELLED = Reason("order_cancelled")


def accept(
    user_id: str,
    order_id: str,
    uploads: Mapping[str, UploadedFile],
    audit: AuditContext,
    *,
    limits: CustomerLimits,
    scan: bool = False,
) -> list[Document]:
    """Start the reading of uploads, given by document id. Returns the documents whose file it is.

    As many as the customer has slots of the reader for are admitted at once; the others wait. A
    document whose file was accepted before is in the answer too, in whatever state it is now.
    Everything else is not expected, and to be erased: another form or version, a closed order, a
    removed document. With `scan`, no file is read before it has been scanned.
    """
    at = audit.at

    def attempt() -> list[Document]:
        current = document_changes.state(user_id, order_id, list(uploads))
        if current is None:
            return []
        accepted = list(_accepted(current, uploads, at=at, scan=scan))
        is_unpaid = current.order.is_unpaid
        free = 0 if scan else current.used.free_slots(limits, unpaid=is_unpaid)
        changes = [
            Change(old=old, new=new.admitted(at), limits=limits if is_unpaid else None)
            if index < free
            else Change(
                old=old,
                new=admissions.with_reason(new, current.used, limits) if is_unpaid else new,
            )
            for index, (old, new) in enumerate(accepted)
        ]
        if changes:
            moves_quote = any(not old.is_in_progress for old, _ in accepted)
            document_changes.commit(current, changes, moves_quote=moves_quote, audit=audit)
        before = [
            document
            for document in current.documents.values()
            if document.file == uploads[document.id]
        ]
        return [*before, *(change.new for change in changes if change.new)]

    return sorted(client.decide(attempt), key=lambda document: document.id)


def _accepted(
    current: State, uploads: Mapping[str, UploadedFile], *, at: datetime, scan: bool
) -> Iterator[tuple[Document, Document]]:
    if current.order.status is not OrderStatus.PENDING:
        return
    for document in current.documents.values():
        try:
            yield document, document.accepted(uploads[document.id], at, scan=scan)
        except TransitionRefused:
            continue


def resume_after_scan(
    user_id: str, document_id: str, attempt_number: int, audit: AuditContext
) -> Document | None:
    """Let a document whose file is clean wait for a slot. Returns it, also if that was done before.

    None if that reading of it does not wait for the scan.
    """

    def attempt() -> Document | None:
        current = document_changes.state(user_id, order_of(document_id), [document_id])
        document = current.documents.get(document_id) if current else None
        if current is None or document is None:
            return None
        try:
            resumed = document.resumed_after_scan(attempt_number, audit.at)
        except TransitionRefused:
            is_resumed = document.is_reading(attempt_number) and not document.waits_for_scan
            return document if is_resumed else None
        change = Change(old=document, new=resumed)
        document_changes.commit(current, [change], moves_quote=False, audit=audit)
        return resumed

    return client.decide(attempt)


@dataclass(frozen=True, kw_only=True)
class Progress:
    """A document that is read in parts, its order, and the numbers of the parts to read now."""

    order: Order
    document: Document
    parts: tuple[int, ...] = ()


def split(
    user_id: str,
    document_id: str,
    attempt_number: int,
    parts: DocumentParts,
    audit: AuditContext,
    *,
    limits: CustomerLimits,
) -> Progress | None:
    """Record that a document is read in parts. Returns it with the numbers of those to read now.

    Returns None if that reading has ended. The parts take the slots that are free, with that of the
    document; the others wait for them.
    """

    def transition(document: Document) -> Document:
        return document.split(attempt_number, parts, audit.at)

    return _progress(user_id, document_id, attempt_number, transition, audit, limits=limits)


def finish_part(
    user_id: str,
    document_id: str,
    attempt_number: int,
    number: int,
    audit: AuditContext,
    *,
    limits: CustomerLimits,
) -> Progress | None:
    """Record that a part was read. Returns the document and the numbers of the parts to read next.

    Returns None if that reading has ended. A document without unread parts is to be joined.
    """

    def transition(document: Document) -> Document:
        return document.part_read(attempt_number, number, audit.at)

    return _progress(
        user_id, document_id, attempt_number, transition, audit, limits=limits, part=number
    )


def _progress(
    user_id: str,
    document_id: str,
    attempt_number: int,
    transition: Callable[[Document], Document],
    audit: AuditContext,
    *,
    limits: CustomerLimits,
    part: int | None = None,
) -> Progress | None:
    planned: list[int] = []
    """The parts that an earlier try takes slots for: they are the answer if its reply was lost."""

    def attempt() -> Progress | None:
        current = document_changes.state(user_id, order_of(document_id), [document_id])
        document = current.documents.get(document_id) if current else None
        if current is None or document is None or not document.is_reading(attempt_number):
            return None
        try:
            updated = transition(document)
        except TransitionRefused:
            names = {
                number: reading_name(document_id, attempt_number, number) for number in planned
            }
            repeated = tuple(n for n in planned if names[n] in current.used.in_flight)
            return Progress(order=current.order, document=document, parts=repeated)
        remaining = current.used.in_flight - {reading_name(document_id, attempt_number, part)}
        planned[:] = _next_parts(updated, remaining, limits=limits)
        in_flight = remaining | {
            reading_name(document_id, attempt_number, number) for number in planned
        }
        change = Change(old=document, new=updated, part=part)
        order = document_changes.commit(
            current, [change], moves_quote=False, audit=audit, in_flight=in_flight
        )
        if part is not None and not planned:
            # Two last parts that are recorded at the same time do not see each other before.
            updated = _document(user_id, document_id) or updated
        return Progress(order=order, document=updated, parts=tuple(planned))

    return client.decide(attempt)


def _next_parts(
    document: Document, in_flight: frozenset[str], *, limits: CustomerLimits
) -> list[int]:
    """The unread parts that are not in flight and for which the customer has a free slot."""
    unread = document.parts.unread if document.parts else ()
    waiting = [n for n in unread if reading_name(document.id, document.attempt, n) not in in_flight]
    return waiting[: max(0, limits.share - len(in_flight))]


@dataclass(frozen=True, kw_only=True)
class Finished:
    """The outcome of a reading, and the writes of what was read.

    `has_new_hashes`: what was read has hashes that earlier readings of the document did not have.
    One `of_scan` has no effect on a document that does not wait for the malware scan any more: a
    later scan may have let it be read.
    """

    document_id: str
    attempt: int
    outcome: Outcome
    of_scan: bool = False
    has_new_hashes: bool = False
    also: tuple[Write, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """The order after its results, the documents that changed, and whether they completed it.

    `admitted` are the customer's documents, of any order, that have the slots of those that ended.
    `slots_left` is whether there may be more slots for those that wait.
    """

    order: Order
    documents: tuple[Document, ...] = ()
    completed: bool = False
    admitted: tuple[Document, ...] = ()
    slots_left: bool = True


def record(
    user_id: str,
    order_id: str,
    results: Sequence[Finished],
    audit: AuditContext,
    *,
    limits: CustomerLimits | None = None,
) -> Recorded | None:
    """Record up to 10 results of one order, and complete the order if it is paid and was waiting.

    Results of other readings have no effect. Returns None if there is no such order. The documents
    of a cancelled order become unreadable. With `limits`, documents that wait get the slots that
    become free, in the same transaction. If it is refused, the results are recorded without that,
    because the end of a reading must not depend on the customer's other readings.
    """
    by_document = {result.document_id: result for result in results}
    offers = [limits] if limits else []

    def attempt() -> Recorded | None:
        current = document_changes.state(user_id, order_id, list(by_document))
        offered = offers.pop() if offers else None
        if current is None:
            return None
        changes = [
            change
            for document in current.documents.values()
            if (change := _finish(current.order, document, by_document[document.id], audit))
        ]
        if not changes:
            return Recorded(order=current.order)
        admitted = (
            admissions.next_admitted(current, changes, offered, at=audit.at) if offered else []
        )
        every = [*changes, *admitted]
        order = document_changes.commit(current, every, moves_quote=True, audit=audit)
        in_flight = document_changes.in_flight_after(current.used, every)
        return Recorded(
            order=order,
            documents=tuple(change.new for change in changes if change.new),
            completed=order.status is not current.order.status,
            admitted=tuple(change.new for change in admitted if change.new),
            slots_left=offered is None or len(in_flight) < offered.share,
        )

    return client.decide(attempt)


def _finish(
    order: Order, document: Document, result: Finished, audit: AuditContext
) -> Change | None:
    outcome, also = result.outcome, result.also
    if order.status is OrderStatus.CANCELLED:
        outcome = Outcome(reader_version=outcome.reader_version, reason=ORDER_CANCELLED)
        also = ()
    if result.of_scan and not document.waits_for_scan:
        return None
    try:
        new = document.finished(
            result.attempt,
            outcome,
            is_charged=order.is_charged,
            confirming=order.revision if order.is_confirming else None,
        )
    except TransitionRefused:
        return None
    event = audit.event(_event_name(outcome, document), document.facts)
    return Change(
        old=document,
        new=new,
        events=(event,),
        also=also,
        has_new_hashes=result.has_new_hashes,
    )


def _event_name(outcome: Outcome, document: Document) -> EventName:
    """The name of the audit event for this outcome of reading `document`."""
    if outcome.reason is None:
        return "document_read"
    return "reading_again_failed" if document.was_read else "document_unreadable"


def read_again(
    user_id: str,
    order_id: str,
    document_ids: Sequence[str],
    audit: AuditContext,
    *,
    reader_version: str,
    limits: CustomerLimits,
    scan: bool = False,
) -> list[Document]:
    """Start other readings of documents that can be read again. Returns those that were started.

    In a pending order this moves the revision, because the quote may change. While the bank is
    confirming a payment, the revision moves if that fails.
    """
    started: dict[str, int] = {}
    """The attempts that an earlier try starts: they are the answer if its reply was lost."""

    def attempt() -> list[Document]:
        current = document_changes.state(user_id, order_id, document_ids)
        if current is None or current.order.status is OrderStatus.CANCELLED:
            return []
        documents = current.documents.values()
        again = [d for d in documents if d.can_be_read_again(reader_version)]
        if not again:
            return [d for d in documents if d.is_reading(started.get(d.id, 0))]
        is_unpaid = current.order.is_unpaid
        free = current.used.free_slots(limits, unpaid=is_unpaid)
        changes = []
        for document in again:
            new = document.read_again(audit.at, scan=scan)
            event = audit.event("reading_repeated", document.facts)
            limited_by = None
            if free and new.waits_for_admission:
                new, free = new.admitted(audit.at), free - 1
                limited_by = limits if is_unpaid else None
            elif is_unpaid:
                new = admissions.with_reason(new, current.used, limits)
            changes.append(Change(old=document, new=new, events=(event,), limits=limited_by))
            started[document.id] = new.attempt
        document_changes.commit(current, changes, moves_quote=True, audit=audit)
        return [change.new for change in changes if change.new]

    return client.decide(attempt)


def _document(user_id: str, document_id: str) -> Document | None:
    current = document_changes.state(user_id, order_of(document_id), [document_id])
    return current.documents.get(document_id) if current else None

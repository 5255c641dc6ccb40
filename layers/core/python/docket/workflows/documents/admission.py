"""Request readings: of documents that have a slot of the reader, and of those that get one.

A document that waits for a slot when its order is cancelled ends unread.
"""

from collections import defaultdict
from collections.abc import Sequence

from docket.domain.event import AuditContext
from docket.domain.limits import reading_name
from docket.domain.orders.document import Document, Outcome, order_of
from docket.domain.orders.order import OrderStatus
from docket.gateways import queues
from docket.gateways.queues import ReadingMessage
from docket.table import keys
from docket.table.documents import admissions, documents, readings
from docket.table.documents.readings import Finished
from docket.table.orders import usage
from docket.workflows.documents.customer_limits import customer_limits
from docket.workflows.rounds import rounds

_LISTED = 50
"""How many documents that wait are looked at together."""


def admit(document: Document, audit: AuditContext) -> None:
    """Let a waiting document be read if the customer has a free slot."""
    admitted = admissions.admit(document.user_id, document.id, audit, limits=customer_limits())
    if admitted:
        queues.request_readings([ReadingMessage.of(admitted)])
    else:
        _end_cancelled(document.user_id, [document.id], audit)


def admit_next(user_id: str, audit: AuditContext) -> None:
    """Let as many of a customer's waiting documents be read as there are free slots.

    If one of an order is not admitted, the next one is looked for in another order.
    """
    limits = customer_limits()
    waiting = documents.waiting(user_id, limit=_LISTED)
    free = usage.get(user_id).free_slots(limits) if waiting else 0
    after = ""
    while waiting and free:
        refused: set[str] = set()
        for document in _end_cancelled(user_id, waiting, audit):
            if not free:
                return
            if document.order_id in refused:
                continue
            admitted = admissions.admit(user_id, document.id, audit, limits=limits)
            if admitted is None:
                refused.add(document.order_id)
            elif admitted.admitted_at == audit.at:
                queues.request_readings([ReadingMessage.of(admitted)])
                free -= 1
        last = order_of(waiting[-1])
        after = keys.behind_documents(last) if last in refused else waiting[-1]
        is_last = len(waiting) < _LISTED
        waiting = [] if is_last else documents.waiting(user_id, limit=_LISTED, after=after)


def _end_cancelled(
    user_id: str, document_ids: Sequence[str], audit: AuditContext
) -> list[Document]:
    """End the waiting documents of cancelled orders, unread. Returns the others that wait."""
    left: list[Document] = []
    cancelled: dict[str, list[Document]] = defaultdict(list)
    for order, document in documents.with_orders(user_id, document_ids):
        if document.waits_for_admission:
            is_cancelled = order.status is OrderStatus.CANCELLED
            (cancelled[order.id] if is_cancelled else left).append(document)
    for order_id, waiting in cancelled.items():
        for some in rounds(waiting, key=lambda document: document.id):
            readings.record(user_id, order_id, [_unread(document) for document in some], audit)
    return left


def _unread(document: Document) -> Finished:
    reason = readings.ORDER_CANCELLED
    outcome = Outcome(reader_version=document.reader_version or "", reason=reason)
    return Finished(document_id=document.id, attempt=document.attempt, outcome=outcome)


def request_in_flight(user_id: str) -> None:
    """Request a customer's readings in flight again.

    A function that ended between an admission and its message leaves a reading without a message.
    """
    in_orders: dict[str, set[str]] = defaultdict(set)
    for name in sorted(usage.get(user_id).in_flight):
        document_id = name.partition("/")[0]
        in_orders[order_of(document_id)].add(document_id)
    for order_id, document_ids in in_orders.items():
        for document in documents.by_ids(order_id, sorted(document_ids)):
            request_again(document)


def request_again(document: Document) -> None:
    """Request what is missing of a reading whose messages may have been lost.

    A reading that is requested twice writes the same, and its second result has no effect. Does
    nothing for a document that waits for a slot or for the malware scan.
    """
    if document.admitted_at is None:
        return
    if document.parts is None or not document.parts.unread:
        queues.request_readings([ReadingMessage.of(document)])
        return
    in_flight = usage.get(document.user_id).in_flight
    unread = document.parts.unread
    missing = [
        number
        for number in unread
        if reading_name(document.id, document.attempt, number) in in_flight
    ]
    # One is always in flight, unless the settings have changed.
    request_parts(document, missing or unread[:1])


def request_parts(document: Document, numbers: Sequence[int]) -> None:
    """Request the readings of these parts of a document."""
    queues.request_readings([ReadingMessage.of(document, number) for number in numbers])

"""Request readings: of documents that have a slot of the reader, and of those that get one."""

from collections import defaultdict
from datetime import datetime

from docket.domain.document import Document, order_of
from docket.domain.limits import reading_name
from docket.gateways import queues
from docket.gateways.queues import ReadingMessage
from docket.table import documents, readings, usage
from docket.workflows.customer_limits import customer_limits

_STALE = 10
"""How many documents that wait no longer the index may still list."""


def admit(document: Document, *, at: datetime) -> None:
    """Let a waiting document be read if the customer has a free slot."""
    admitted = readings.admit(document.user_id, document.id, limits=customer_limits(), at=at)
    if admitted:
        queues.request_readings([ReadingMessage.of(admitted)])


def admit_next(user_id: str, *, at: datetime) -> None:
    """Let as many of a customer's waiting documents be read as there are free slots."""
    limits = customer_limits()
    waiting = documents.waiting(user_id, limit=limits.share + _STALE)
    free = usage.get(user_id).free_slots(limits) if waiting else 0
    for document_id in waiting:
        if not free:
            return
        admitted = readings.admit(user_id, document_id, limits=limits, at=at)
        if admitted and admitted.admitted_at == at:
            queues.request_readings([ReadingMessage.of(admitted)])
            free -= 1


def request_in_flight(user_id: str) -> None:
    """Request a customer's readings in flight again.

    A function that ended between an admission and its message leaves a reading without a message.
    """
    in_orders: dict[str, set[str]] = defaultdict(set)
    for name in usage.get(user_id).in_flight:
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


def request_parts(document: Document, numbers: "list[int] | tuple[int, ...]") -> None:
    queues.request_readings([ReadingMessage.of(document, number) for number in numbers])

"""Admissions of documents that wait for a slot of the reader.

A document of an unpaid order is admitted while the customer's unpaid pages are below the limit;
one of a paid order or of a sample only needs a slot.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from docket.domain.event import AuditContext
from docket.domain.limits import CustomerLimits, Usage, reading_name
from docket.domain.orders.counters import Counters
from docket.domain.orders.document import Document, order_of
from docket.domain.orders.order import OrderStatus
from docket.domain.transition import TransitionRefused
from docket.table import client
from docket.table.client import Write
from docket.table.documents import document_changes, document_items, documents
from docket.table.documents.document_changes import Change, State
from docket.table.orders import usage as usage_table

_ADMITTED = 20
"""The documents that a transaction with results admits. With 10 results it has room for them."""
_STALE = 5
"""How many documents that wait no longer the index may still list."""


def admit(
    user_id: str, document_id: str, audit: AuditContext, *, limits: CustomerLimits
) -> Document | None:
    """Give a waiting document a slot of the reader. Returns it if it is admitted, now or before.

    Returns None if there is no free slot, the document is not being read, its order was cancelled,
    or the unpaid pages of the customer are too many; then the document has that reason.
    """

    def attempt() -> Document | None:
        current = document_changes.state(user_id, order_of(document_id), [document_id])
        document = current.documents.get(document_id) if current else None
        if current is None or document is None:
            return None
        try:
            admitted = document.admitted(audit.at)
        except TransitionRefused:
            return document if document.admitted_at else None
        if current.order.status is OrderStatus.CANCELLED:
            return None
        is_unpaid = current.order.is_unpaid
        limited_by = limits if is_unpaid else None
        if not current.used.free_slots(limits, unpaid=is_unpaid):
            waits = with_reason(document, current.used, limits) if is_unpaid else document
            if waits != document:
                change = Change(old=document, new=waits)
                document_changes.commit(current, [change], moves_quote=False, audit=audit)
            return None
        if document.status_reason:  # the order shows it
            change = Change(old=document, new=admitted, limits=limited_by)
            document_changes.commit(current, [change], moves_quote=False, audit=audit)
            return admitted
        after = current.used.with_readings(started=[reading_name(document.id, document.attempt)])
        counted = usage_table.update_write(user_id, current.used, after, limits=limited_by)
        writes: list[Write] = [document_items.update_write(document, admitted, at=audit.at)]
        client.write(*writes, *([counted] if counted else []))
        return admitted

    return client.decide(attempt)


def with_reason(document: Document, used: Usage, limits: CustomerLimits) -> Document:
    """A document of a pending order that is not admitted, with the reason if it is the limit."""
    if document.waits_for_admission and used.has_too_many_pages(limits):
        return document.limited(limits.unpaid_pages)
    return document


def next_admitted(
    current: State, ended: Sequence[Change], limits: CustomerLimits, *, at: datetime
) -> list[Change]:
    """The admissions of waiting documents to the slots that become free.

    Documents wait while all slots are taken; otherwise nothing is looked for. Those of a cancelled
    order get none; nor do those that wait for a payment, because their order shows it.
    """
    after = document_changes.in_flight_after(current.used, ended)
    free = min(limits.share - len(after), _ADMITTED)
    if current.used.free_slots(limits) or free <= 0:
        return []
    ending = {change.old.id for change in ended}
    listed = documents.waiting(current.order.user_id, limit=free + _STALE)
    waiting = documents.with_orders(
        current.order.user_id, [name for name in listed if name not in ending]
    )
    pages = current.used.unpaid_pages + sum(
        Counters.of(change.new).charged_pages - Counters.of(change.old).charged_pages
        for change in ended
    )
    used = replace(current.used, in_flight=after, unpaid_pages=pages)
    unpaid = used.free_slots(limits, unpaid=True)
    admissions: list[Change] = []
    for order, document in waiting:
        if not document.waits_for_admission or document.status_reason or len(admissions) == free:
            continue
        if order.is_unpaid and unpaid:
            unpaid -= 1
            admissions.append(Change(old=document, new=document.admitted(at), limits=limits))
        elif order.is_charged and order.status is not OrderStatus.CANCELLED:
            admissions.append(Change(old=document, new=document.admitted(at)))
    return admissions

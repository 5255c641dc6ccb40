"""Documents that cost nothing, because their content had been paid for in another order.

This is decided when a result is recorded, and again when content is recorded as paid, or no longer,
and when the customer starts to pay: the other order may have been paid since, or its payment was
returned. Then the document is charged again.

In an order that is paid, such a document is open as long as a payment for its content stands. If
that was refunded or charged back, and no other document with the content is paid for, it is closed.
"""

from collections.abc import Callable, Iterable
from itertools import batched

from docket.domain.errors import OrderNotFound
from docket.domain.event import AuditContext
from docket.domain.orders.document import Document
from docket.domain.orders.order import MAX_DOCUMENTS, Order, OrderStatus
from docket.domain.payments.pricing import DuplicateOf
from docket.domain.reason import Reason
from docket.domain.task import Task, TaskKind
from docket.table import client, tasks
from docket.table.documents import documents
from docket.table.orders import analyses, contents, orders
from docket.table.orders.contents import Content

CLOSED = Reason("payment_returned")
"""Why a document of a paid order shows no facts."""

_CHANGED_AT_ONCE = 90
"""The documents of one transaction, which has 100 parts."""

MOST_UNPAID = 20
"""The unpaid orders that are looked at when a payment was made or returned; others, when they are
to be paid."""


def record(task: Task) -> bool:
    """Record the contents of an order as paid, or remove them if its payment was returned.

    Returns False if the task was requested again meanwhile, by a change of whether it is paid.
    """
    return _record_contents(task) and contents.end_unrecorded(
        task.user_id, task.order_id, only_if=tasks.unchanged(task)
    )


def requote_to_pay(user_id: str, order_id: str, audit: AuditContext) -> Order:
    """As `requote`, with the contents of orders that were paid or refunded a moment ago.

    Their tasks have not run yet. Without them a customer who pays two orders one after the other
    would pay for a content twice, or have one free that is no longer paid for.
    """
    for other_order_id in contents.unrecorded(user_id):
        if task := tasks.get(other_order_id, TaskKind.CONTENT, other_order_id):
            _record_contents(task)
    return requote(user_id, order_id, audit)


def _record_contents(task: Task) -> bool:
    """Record or remove the contents of an order: see `record`. The order stays marked."""
    is_paid, charged = _charged_contents(task)
    return _change_all(contents.record_paid if is_paid else contents.remove, charged, task)


def _charged_contents(task: Task) -> tuple[bool, list[Content]]:
    """Whether the order of a task is paid, and the contents of the documents that it charged."""
    try:
        order = orders.get(task.user_id, task.order_id)
    except OrderNotFound:
        is_paid, revision = False, None
    else:
        is_paid, revision = order.is_paid, order.revision
    charged = {
        document.id
        for document in documents.of_order(task.order_id, limit=MAX_DOCUMENTS)
        if document.paid_with(revision).charged_pages
    }
    return is_paid, [
        Content(
            user_id=task.user_id,
            sha256=sha256,
            paid=DuplicateOf(order_id=task.order_id, document_id=read.document_id),
        )
        for read in analyses.contents_of_order(task.order_id)
        if read.document_id in charged
        for sha256 in read.hashes
    ]


def _change_all(change: Callable[..., bool], every: Iterable[Content], task: Task) -> bool:
    """Whether all were changed: none is after the task was requested again."""
    unchanged = tasks.unchanged(task)
    batches = batched(every, contents.MOST_AT_ONCE, strict=False)
    return all(change(*some, only_if=unchanged) for some in batches)


def requote_unpaid_orders(user_id: str, audit: AuditContext) -> None:
    """Let the customer's newest unpaid orders charge what is not paid for by now."""
    unpaid = orders.newest(user_id, limit=MOST_UNPAID, status=OrderStatus.PENDING)
    for order in unpaid.orders:
        if order.readable:
            requote(user_id, order.id, audit)


def requote(user_id: str, order_id: str, audit: AuditContext) -> Order:
    """The order, which charges for each document unless its content is paid for by now.

    Documents whose content was paid for since they were read are free, and those whose payment was
    returned are charged again. One that stays free names a document that is paid for. Only an order
    that can be paid changes. Raises `OrderNotFound`.
    """
    read = list(analyses.contents_of_order(order_id))
    hashes = [sha256 for content in read for sha256 in content.hashes]
    order, paid = contents.paid_with_order(user_id, order_id, hashes)
    if not order.is_unpaid or order.in_progress:
        return order
    duplicates = {
        content.document_id: (content.attempt, found[0])
        for content in read
        if (found := [paid[sha256] for sha256 in content.hashes if sha256 in paid])
    }
    for some in batched(duplicates.items(), _CHANGED_AT_ONCE, strict=False):
        order = documents.record_paid_before(user_id, order_id, dict(some), audit)
    unpaid = {
        content.document_id: (content.attempt, content.readable_pages)
        for content in read
        if content.document_id not in duplicates
    }
    if order.charged_pages == sum(pages for _, pages in unpaid.values()):
        return order  # as it is nearly always: no document has to be read
    for batch in batched(unpaid.items(), _CHANGED_AT_ONCE, strict=False):
        order = documents.record_charged_again(user_id, order_id, dict(batch), audit)
    return order


def closed(order: Order, order_documents: Iterable[Document]) -> frozenset[str]:
    """The documents of a paid order whose content is no longer paid for.

    Only duplicates cost calls of the table: for their hashes, and for what is paid for.
    """
    return unpaid(order, free(order, order_documents))


def free(order: Order, order_documents: Iterable[Document]) -> list[str]:
    """The documents of a paid order that were free because of another payment."""
    charged = (document.paid_with(order.revision) for document in order_documents)
    return [document.id for document in charged if document.duplicate_of]


def unpaid(order: Order, duplicates: Iterable[str]) -> frozenset[str]:
    """Those of these free documents whose content no payment stands for. Without any: no call."""
    hashes: dict[str, tuple[str, ...]] = {}
    for ids in batched(duplicates, client.MAX_BATCH, strict=False):
        read = analyses.contents_of_documents(order.id, ids)
        hashes |= {content.document_id: content.hashes for content in read}
    paid = contents.paid(order.user_id, [sha256 for some in hashes.values() for sha256 in some])
    return frozenset(id_ for id_, some in hashes.items() if not paid.keys() & some)

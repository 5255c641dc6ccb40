"""Documents in the table: one item for each, changed together with the counters of its order.

Each function reads what it decides on, lets the domain decide, and writes one transaction whose
conditions are what the decision rests on. A transition that the domain refuses is repeated, late or
outdated: it has no effect, and the function returns what is stored.

Which reading a result belongs to is decided by the document's `attempt` alone.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from docket.domain import duplicates
from docket.domain.errors import DocumentNotFound, OrderNotFound
from docket.domain.event import AuditContext, Event, EventName
from docket.domain.idempotency import IdempotencyKey
from docket.domain.limits import CustomerLimits
from docket.domain.orders import leftovers
from docket.domain.orders.counters import Counters
from docket.domain.orders.document import Document, order_of
from docket.domain.orders.order import Order, OrderStatus
from docket.domain.payments.pricing import DuplicateOf
from docket.domain.task import Task, TaskKind
from docket.domain.transition import TransitionRefused
from docket.table import client, keys, tasks
from docket.table.documents import document_changes, document_items
from docket.table.documents.document_changes import Change, State
from docket.table.orders import order_items, orders
from docket.table.orders import usage as usage_table


def get(user_id: str, document_id: str) -> tuple[Order, Document]:
    """The document and its order, in one call. Raises `OrderNotFound` or `DocumentNotFound`.

    The order decides whose the document is.
    """
    order_id = order_of(document_id)
    order, document = client.batch_get(
        [keys.order(user_id, order_id), keys.document(order_id, document_id)]
    )
    if order is None:
        raise OrderNotFound
    if document is None:
        raise DocumentNotFound
    return order_items.from_item(order), document_items.from_item(document)


def of_order(order_id: str, *, limit: int, after: str | None = None) -> list[Document]:
    """At most `limit` documents of an order, in the order they were added, after that id."""
    items = client.query(
        partition=keys.order_partition(order_id),
        prefix=keys.DOCUMENTS,
        limit=limit,
        after=keys.document(order_id, after) if after else None,
    )
    return [document_items.from_item(item) for item in items]


def by_ids(order_id: str, document_ids: Sequence[str]) -> list[Document]:
    """Those of these documents that exist, in that order."""
    items = client.batch_get([keys.document(order_id, document_id) for document_id in document_ids])
    return [document_items.from_item(item) for item in items if item]


def with_orders(user_id: str, document_ids: Sequence[str]) -> list[tuple[Order, Document]]:
    """Those of these documents (up to 50), of any orders, that exist, in that order."""
    order_ids = list(dict.fromkeys(order_of(document_id) for document_id in document_ids))
    items = client.batch_get(
        [
            *(keys.order(user_id, order_id) for order_id in order_ids),
            *(keys.document(order_of(document_id), document_id) for document_id in document_ids),
        ]
    )
    stored = [order_items.from_item(item) for item in items[: len(order_ids)] if item]
    by_id = {order.id: order for order in stored}
    found = [document_items.from_item(item) for item in items[len(order_ids) :] if item]
    return [(by_id[d.order_id], d) for d in found if d.order_id in by_id]


def waiting(user_id: str, *, limit: int, after: str = "") -> list[str]:
    """The ids of the customer's documents that wait for a slot of the reader, oldest order first.

    With `after`, an id, only those behind it. The index may lag: `admit` decides.
    """
    items = client.query(
        partition=keys.by_status_partition(user_id, keys.WAITING),
        index=keys.BY_STATUS,
        between=(keys.behind(after), keys.LAST) if after else None,
        limit=limit,
    )
    return [item[keys.STATUS_ID] for item in items]


def add(
    user_id: str,
    documents: Sequence[Document],
    event: Event,
    idempotency_key: IdempotencyKey | None = None,
    *,
    limits: CustomerLimits,
) -> list[str]:
    """Add documents (1 to 20, of one order). Returns their ids, or those of an earlier request.

    Raises `OrderNotFound`, `OrderClosed`, `OrderFull`, `LimitReached`, `TooManyTries` or
    `KeyReused`.
    """
    order_id = documents[0].order_id
    added = sum((Counters.of(document) for document in documents), Counters())

    def attempt() -> str:
        order, used = orders.with_usage(user_id, order_id)
        counted = order.counted(added, at=event.at, moves_quote=True)
        updated = counted.named_by(added=documents[0])

        def require() -> None:
            order.require_capacity(len(documents))
            used.with_documents(len(documents), limits, at=event.at)

        def writes() -> list[client.Write]:
            used_after = used.with_documents(len(documents), limits, at=event.at)
            puts = [document_items.put(document, at=event.at) for document in documents]
            return orders.parts(order, updated, event, also=puts, used=(used, used_after))

        return orders.create_once(
            " ".join(document.id for document in documents),
            writes,
            idempotency_key=idempotency_key,
            at=event.at,
            require=require,
        )

    return client.decide(attempt).split()


def renew_upload(
    user_id: str, document_id: str, *, limits: CustomerLimits, at: datetime
) -> Document:
    """Make the earlier upload forms of a document invalid. Returns it with its new form.

    A form leads to one reading. So a new one counts as an added document, unless it replaces one
    that was not used. A repetition with the same `at` issues no other form. Raises `OrderNotFound`,
    `DocumentNotFound`, `OrderClosed`, `DocumentSettled`, `LimitReached` or `TooManyTries`. The
    order is not part of the write: a form that is issued while the order is closed finds it closed
    at `accept`.
    """

    def attempt() -> Document:
        current = document_changes.state(user_id, order_of(document_id), [document_id])
        if current is None:
            raise OrderNotFound
        document = current.documents.get(document_id)
        if document is None:
            raise DocumentNotFound
        current.order.require_changeable()
        if document.upload_issued_at == at and document.upload_number > 1:
            return document  # the reply to this call was lost
        renewed = document.with_new_upload(at)
        change = document_items.update_write(document, renewed, at=at)
        if document.expects_upload:
            client.update(change)
            return renewed
        used = current.used.with_documents(1, limits, at=at)
        counted = usage_table.update_write(user_id, current.used, used)
        client.write(change, *([counted] if counted else []))
        return renewed

    return client.decide(attempt)


def remove(user_id: str, document_id: str, audit: AuditContext) -> None:
    """Remove a document from a pending order and request the erasure of its data.

    Idempotent until the erasure is finished. Raises `OrderNotFound`, `DocumentNotFound` or
    `OrderClosed`.
    """
    order_id = order_of(document_id)
    erase = Task.erasure(user_id, document_id, order_id=order_id, at=audit.at)
    event = audit.event("document_removed", {"document_id": document_id})

    def attempt() -> None:
        current = document_changes.state(user_id, order_id, [document_id])
        if current is None:
            raise OrderNotFound
        document = current.documents.get(document_id)
        if document is None:
            requested = tasks.get(order_id, TaskKind.ERASE, document_id)
            if requested is None or requested.user_id != user_id:
                raise DocumentNotFound
            return
        current.order.require_changeable()
        task = tasks.put(erase, at=audit.at)
        change = Change(old=document, new=None, events=(event,), also=(task,))
        document_changes.commit(current, [change], moves_quote=True, audit=audit)

    client.decide(attempt)


def erase(user_id: str, order_id: str, document_ids: Sequence[str], audit: AuditContext) -> None:
    """Record that documents (up to 40) of a cancelled order are erased, and owe their erasure.

    Idempotent.
    """
    event = audit.event("files_erased", {"count": len(document_ids)})

    def attempt() -> None:
        current = document_changes.state(user_id, order_id, document_ids)
        if current is None or current.order.status is not OrderStatus.CANCELLED:
            return
        changes = [
            Change(old=document, new=leftovers.erased(document, audit.at))
            for document in current.documents.values()
            if leftovers.is_erasable(document)
        ]
        if changes:
            changes[0] = replace(changes[0], events=(event,))
            document_changes.commit(current, changes, moves_quote=False, audit=audit)

    client.decide(attempt)


def record_paid_before(
    user_id: str,
    order_id: str,
    paid_with: Mapping[str, tuple[int, DuplicateOf]],
    audit: AuditContext,
) -> Order:
    """Charge nothing for documents (up to 90) of a pending order that are paid for by now.

    `paid_with` has, by the document's id, the reading whose content it is and what it was paid
    with. This moves the revision, unless only what a free document is paid with changes, which has
    no event. The order must have the revision that was read: another request may have done the
    same. Returns the order. Raises `OrderNotFound`.
    """

    def free(document: Document) -> Document:
        return duplicates.paid_before(document, *paid_with[document.id])

    changes = dict.fromkeys(paid_with, free)
    return _requote(user_id, order_id, changes, "documents_paid_before", audit)


def record_charged_again(
    user_id: str, order_id: str, unpaid: Mapping[str, tuple[int, int]], audit: AuditContext
) -> Order:
    """Charge those of these documents (up to 90) that are free by a payment that was returned.

    `unpaid` has, by the document's id, the reading whose content is not paid for, and its readable
    pages. Otherwise as `record_paid_before`.
    """

    def charge(document: Document) -> Document:
        return duplicates.charged_again(document, *unpaid[document.id])

    changes = dict.fromkeys(unpaid, charge)
    return _requote(user_id, order_id, changes, "documents_charged_again", audit)


type _ByDocument = Mapping[str, Callable[[Document], Document]]
"""What is to become of documents, by their ids."""


def _requote(
    user_id: str, order_id: str, transitions: _ByDocument, name: EventName, audit: AuditContext
) -> Order:
    """Change what a pending order charges for some of its documents."""

    def attempt() -> Order:
        current = document_changes.state(user_id, order_id, list(transitions))
        if current is None:
            raise OrderNotFound
        changes = list(_changes(current, transitions))
        if not changes:
            return current.order
        count = sum(change.moves_price for change in changes)
        if count:
            event = audit.event(name, {"count": count})
            changes[0] = replace(changes[0], events=(event,))
        return document_changes.commit(
            current, changes, moves_quote=count > 0, audit=audit, guard=("revision",)
        )

    return client.decide(attempt)


def _changes(current: State, transitions: _ByDocument) -> Iterator[Change]:
    if current.order.status is not OrderStatus.PENDING:
        return
    for document in current.documents.values():
        try:
            yield Change(old=document, new=transitions[document.id](document))
        except TransitionRefused:
            continue

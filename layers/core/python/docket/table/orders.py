"""Orders in the table: one item for each order, changed by conditional writes.

Every change is written in one transaction with its audit event. If the condition fails, DynamoDB
returns the stored item, from which the domain derives the error without another read.

GSI2 holds the time of the order's next check by the sweeper. A write that starts an upload, a
reading, a payment or a refund sets it; only the sweeper removes it, when nothing is unfinished.

`in_progress` is a map whose keys are the ids of the documents in upload or reading: a condition can
test its size, and setting or removing a key is idempotent. Every write that changes a document's
status updates it. `replaced` is such a map of the payment intents that were replaced by another one
and are not known to be cancelled or refunded.
"""

from collections.abc import Callable
from datetime import datetime
from itertools import islice
from typing import Any

from docket.domain.document import Document
from docket.domain.errors import ConcurrentChange, OrderNotFound
from docket.domain.event import Event
from docket.domain.idempotency import IdempotencyKey
from docket.domain.order import MAX_DOCUMENTS, Order, OrderStatus
from docket.domain.payment import DisputeStatus, RefundStatus, Reversal
from docket.domain.reason import Reason
from docket.table import client, codec, events, idempotency_keys, keys
from docket.table.attributes import Item
from docket.table.client import ConditionFailed, Update
from docket.table.times import to_iso

PENDING = {"pending": OrderStatus.PENDING}


def create_order(order: Order, event: Event, idempotency_key: IdempotencyKey | None = None) -> str:
    """Put a new order. Returns its id, or the id of the order that an earlier request created.

    Raises `KeyReused` if the idempotency key was used for a different request.
    """
    put = client.Put(item=to_item(order))
    return create_once(
        order.id,
        put,
        events.event_write(order.id, event),
        idempotency_key=idempotency_key,
        at=event.at,
    )


def get(user_id: str, order_id: str) -> Order:
    """The customer's order. Raises `OrderNotFound`."""
    item = client.get(keys.order(user_id, order_id))
    if item is None:
        raise OrderNotFound
    return from_item(item)


def newest(
    user_id: str, *, limit: int, after: str | None = None, status: OrderStatus | None = None
) -> list[Order]:
    """At most `limit` orders of the customer, newest first.

    With `status` only those in it; with `after`, an order id, only older ones.
    """
    start = None
    if status:
        if after:
            start = keys.order(user_id, after) | keys.by_status(user_id, status, after)
        items = client.query(
            partition=keys.by_status_partition(user_id, status),
            index=keys.BY_STATUS,
            newest_first=True,
            limit=limit,
            after=start,
        )
    else:
        if after:
            start = keys.order(user_id, after)
        items = client.query(
            partition=keys.user_partition(user_id),
            prefix=keys.ORDERS,
            newest_first=True,
            limit=limit,
            after=start,
        )
    return [from_item(item) for item in items]


def due(by: datetime, *, due_class: str, limit: int) -> list[tuple[str, Order]]:
    """At most `limit` orders of a due class that are due at `by`, the longest due first.

    Returns pairs of due key and order.
    """
    items = client.query(partition=due_class, index=keys.BY_DUE, up_to=keys.due_up_to(by))
    return [(item["GSI2SK"], from_item(item)) for item in islice(items, limit)]


def reschedule(
    order: Order, due_key: str, *, next_check: datetime | None, due_class: str = keys.DUE_WORK
) -> None:
    """Set the order's next check; with `next_check=None` it is no longer due.

    Does nothing if the order's due key is no longer `due_key`: a later write has set a new check.
    """
    change = Update(
        key=keys.order(order.user_id, order.id),
        condition="#GSI2SK = :due_key",
        values={"due_key": due_key},
        set=set_money_due(order.user_id, order.id, next_check) | {("GSI2PK",): due_class}
        if next_check
        else {},
        remove=() if next_check else NOT_DUE,
    )
    try:
        client.update(change)
    except ConditionFailed:
        return


def cancel(order: Order, event: Event, *, reason: Reason) -> Order:
    """Cancel a pending order. Raises `OrderNotFound` or `IllegalMove`.

    The order becomes due at once, so that the sweeper cancels an open payment intent.
    """
    user_id, order_id = order.user_id, order.id
    change = Update(
        key=keys.order(user_id, order_id),
        condition="attribute_exists(PK) AND #status = :pending",
        values=PENDING,
        set={
            **set_status(user_id, order_id, OrderStatus.CANCELLED),
            ("status_reason",): codec.to_item(reason),
            ("updated_at",): to_iso(event.at),
            **set_money_due(user_id, order_id, event.at),
        },
    )
    write(
        change,
        order_id,
        event,
        explain_conflict=lambda order: order.require_transition(OrderStatus.CANCELLED),
    )
    return order.cancelled(reason=reason, at=event.at)


def request_analysis(user_id: str, order_id: str, event: Event) -> None:
    """Record when the customer first requested the analysis. Raises `OrderNotFound`."""
    change = Update(
        key=keys.order(user_id, order_id),
        condition="attribute_exists(PK) AND attribute_not_exists(#analysed_at)",
        set={("analysed_at",): to_iso(event.at), ("updated_at",): to_iso(event.at)},
    )
    try:
        client.write(change, events.event_write(order_id, event))
    except ConditionFailed as failed:
        if failed.stored_item is None:
            raise OrderNotFound from None


# Parts of expressions on the order's item, shared by the modules of this package.

NOT_DUE = (("GSI2PK",), ("GSI2SK",))

REASON = (("status_reason",),)
"""The path of the reason for which a payment of the order failed or was refunded."""

NOTHING_IN_PROGRESS = "size(#in_progress) = :none"
NONE = {"none": 0}

WORK_CLASS: dict[tuple[str, ...], Any] = {("GSI2PK",): keys.DUE_WORK}
"""Only for `set_if_absent`: an order in the money class stays there until it is settled."""


def set_work_due(user_id: str, order_id: str, at: datetime) -> dict[tuple[str, ...], Any]:
    """The assignment of a due key. Use it with `set_if_absent=WORK_CLASS`."""
    return {("GSI2SK",): keys.due(at, user_id, order_id, due_class=keys.DUE_WORK)["GSI2SK"]}


def set_money_due(user_id: str, order_id: str, at: datetime) -> dict[tuple[str, ...], Any]:
    """The assignment of a due key and the money class."""
    due_key = keys.due(at, user_id, order_id, due_class=keys.DUE_MONEY)
    return {(name,): value for name, value in due_key.items()}


def set_status(user_id: str, order_id: str, status: OrderStatus) -> dict[tuple[str, ...], Any]:
    """The assignment of a status and its index keys."""
    index = keys.by_status(user_id, status, order_id)
    return {("status",): status, **{(name,): value for name, value in index.items()}}


def write(
    change: Update,
    order_id: str,
    event: Event,
    *also: client.Write,
    explain_conflict: Callable[[Order], object],
) -> None:
    """Write one change of an order with its event and the writes in `also`.

    If the order's condition fails, `explain_conflict` is called with the stored order and raises
    the reason; if it raises nothing, `ConcurrentChange` is raised. The failed condition of another
    part is raised unchanged.
    """
    try:
        client.write(change, events.event_write(order_id, event), *also)
    except ConditionFailed as failed:
        if failed.part != 0:
            raise
        raise_conflict(failed, explain_conflict)


def raise_conflict(failed: ConditionFailed, explain_conflict: Callable[[Order], object]) -> None:
    """Raise the reason why the condition on an order's item failed.

    Raises `OrderNotFound`, what `explain_conflict` raises, or else `ConcurrentChange`.
    """
    if failed.stored_item is None:
        raise OrderNotFound from None
    explain_conflict(from_item(failed.stored_item))
    raise ConcurrentChange from None


def create_once(
    created_id: str, *writes: client.Write, idempotency_key: IdempotencyKey | None, at: datetime
) -> str:
    """Execute `writes`, which create the object `created_id`, once for an idempotency key.

    Returns `created_id`, or the id that an earlier request with the key created. Raises
    `KeyReused`. The key is the first write of the transaction, so its failure is reported before
    that of a limit which the earlier request has reached.
    """
    if idempotency_key is None:
        client.write(*writes)
        return created_id
    try:
        client.write(idempotency_keys.put(idempotency_key, created_id, at=at), *writes)
    except ConditionFailed as failed:
        if failed.part != 0 or failed.stored_item is None:
            raise
        return idempotency_keys.existing_id(idempotency_key, failed.stored_item)
    return created_id


def size_condition() -> tuple[str, dict[str, Any]]:
    """The condition for adding a document, and its values."""
    return (
        "attribute_exists(PK) AND #status = :pending AND size(#documents) < :most",
        {**PENDING, "most": MAX_DOCUMENTS},
    )


_MAP_FIELDS = ("documents", "replaced_intents", "reversals")
"""Fields of an order that its item stores as maps, so that single entries can be changed."""


def to_item(order: Order) -> Item:
    """The item of an order. Every field outside `_MAP_FIELDS` is an attribute of the same name."""
    due = (
        keys.due(order.created_at, order.user_id, order.id, due_class=keys.DUE_WORK)
        if order.documents_in_progress
        else {}
    )
    return {
        **keys.order(order.user_id, order.id),
        **keys.by_status(order.user_id, order.status, order.id),
        **due,
        **codec.to_item(order, without=_MAP_FIELDS),
        "documents": {document.id: document_to_item(document) for document in order.documents},
        "in_progress": {document.id: True for document in order.documents_in_progress},
        "replaced": dict.fromkeys(order.replaced_intents, to_iso(order.updated_at)),
        "reversals": {
            reversal.payment_intent_id: reversal_to_item(reversal) for reversal in order.reversals
        },
    }


def from_item(item: Item) -> Order:
    """The order in an item, with its documents in the order they were added."""
    return codec.from_item(
        Order,
        item,
        documents=tuple(
            codec.from_item(Document, document, id=document_id)
            for document_id, document in sorted(item["documents"].items())
        ),
        replaced_intents=tuple(sorted(item["replaced"])),
        reversals=tuple(
            _reversal(payment_intent_id, reversal)
            for payment_intent_id, reversal in sorted(item["reversals"].items())
        ),
    )


def document_to_item(document: Document) -> Item:
    """The entry of a document in the `documents` map, whose key is its id."""
    return codec.to_item(document, without=("id",))


_NOTHING = "none"
"""Stored for an absent refund or dispute, so that conditions can compare it."""


def reversal_to_item(reversal: Reversal) -> Item:
    """The entry of a reversal in the `reversals` map, whose key is the payment intent's id."""
    return {
        "amount_refunded": reversal.amount_refunded,
        "refund": reversal.refund or _NOTHING,
        "dispute": reversal.dispute or _NOTHING,
    }


def _reversal(payment_intent_id: str, item: Item) -> Reversal:
    refund, dispute = item["refund"], item["dispute"]
    return Reversal(
        payment_intent_id=payment_intent_id,
        amount_refunded=item["amount_refunded"],
        refund=None if refund == _NOTHING else RefundStatus(refund),
        dispute=None if dispute == _NOTHING else DisputeStatus(dispute),
    )

"""Orders as the table keeps them: one item each, changed by one conditional write.

Every change is written together with the audit event that says so. Where a condition fails, the
item that stood there says why, in the words of the domain, without another read.

`due` is when somebody owes the order a look: the sweeper's index. Whoever begins something that
another must end sets it; the sweeper alone removes it, when it finds the order at rest.

`in_progress` holds the ids of the documents whose upload or reading has not ended, as the keys of a
map: a condition can ask for its size, and the same change may be made to it twice. Whatever changes
a document's status changes it in the same write. `replaced` does the same for payment intents that
gave way to another one and are not known to be cancelled or refunded.
"""

from collections.abc import Callable
from datetime import datetime
from itertools import islice
from typing import Any

from docket.domain.document import Document
from docket.domain.errors import ConcurrentChange, OrderNotFound
from docket.domain.event import Event
from docket.domain.idempotency import IdempotencyKey
from docket.domain.order import MOST_DOCUMENTS, Order, OrderStatus
from docket.domain.payment import DisputeStatus, RefundStatus, Reversal
from docket.domain.reason import Reason
from docket.table import client, codec, events, idempotency_keys, keys
from docket.table.attributes import Item
from docket.table.client import ConditionFailed, Update
from docket.table.times import to_iso

PENDING = {"pending": OrderStatus.PENDING}


def create_order(order: Order, event: Event, idempotency_key: IdempotencyKey | None = None) -> str:
    """Keep a new order. Returns its id, or that of the one the claim made before.

    Raises `KeyReused`.
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
    """The customer's orders, newest first: of one status if told, those older than `after`."""
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
    """Orders of a class that are owed a look by then, longest due first, each with its place."""
    items = client.query(partition=due_class, index=keys.BY_DUE, up_to=keys.due_up_to(by))
    return [(item["GSI2SK"], from_item(item)) for item in islice(items, limit)]


def reschedule(
    order: Order, due_key: str, *, next_check: datetime | None, due_class: str = keys.DUE_WORK
) -> None:
    """The order at that place in the queue was seen to: look again then, or not at all.

    Nothing happens if somebody moved it meanwhile: then there is something new to look for.
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

    It stays due while a payment is open: the sweeper withdraws that.
    """
    user_id, order_id = order.user_id, order.id
    change = Update(
        key=keys.order(user_id, order_id),
        condition="attribute_exists(PK) AND #status = :pending",
        values=PENDING,
        set={
            **status_is(user_id, order_id, OrderStatus.CANCELLED),
            ("status_reason",): codec.to_item(reason),
            ("updated_at",): to_iso(event.at),
            **set_money_due(user_id, order_id, event.at),
        },
    )
    write(
        change,
        order_id,
        event,
        explain_conflict=lambda found: found.require_move(OrderStatus.CANCELLED),
    )
    return order.cancelled(reason=reason, at=event.at)


def request_analysis(user_id: str, order_id: str, event: Event) -> None:
    """Note that the customer asked for the analysis. Raises `OrderNotFound` or `NothingToRead`."""
    change = Update(
        key=keys.order(user_id, order_id),
        condition="attribute_exists(PK) AND attribute_not_exists(#analysed_at)",
        set={("analysed_at",): to_iso(event.at), ("updated_at",): to_iso(event.at)},
    )
    try:
        client.write(change, events.event_write(order_id, event))
    except ConditionFailed as failed:
        if failed.found is None:
            raise OrderNotFound from None


# What the other modules of this room share about the order's item.

NOT_DUE = (("GSI2PK",), ("GSI2SK",))

REASON = (("status_reason",),)
"""Why a payment of the order failed or was refunded."""

NOTHING_IN_PROGRESS = "size(#in_progress) = :none"
NONE = {"none": 0}

WORK_CLASS: dict[tuple[str, ...], Any] = {("GSI2PK",): keys.DUE_WORK}
"""To be kept: an order that is due because of money stays among those until the sweeper saw to it.
"""


def set_work_due(user_id: str, order_id: str, at: datetime) -> dict[tuple[str, ...], Any]:
    """A place in the queue; the class is `WORK_CLASS`, kept."""
    return {("GSI2SK",): keys.due(at, user_id, order_id, due_class=keys.DUE_WORK)["GSI2SK"]}


def set_money_due(user_id: str, order_id: str, at: datetime) -> dict[tuple[str, ...], Any]:
    due_key = keys.due(at, user_id, order_id, due_class=keys.DUE_MONEY)
    return {(name,): value for name, value in due_key.items()}


def status_is(user_id: str, order_id: str, status: OrderStatus) -> dict[tuple[str, ...], Any]:
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
        refuse(failed, explain_conflict)


def refuse(failed: ConditionFailed, explain_conflict: Callable[[Order], object]) -> None:
    """Raise the reason for which an order's item did not take a change."""
    if failed.found is None:
        raise OrderNotFound from None
    explain_conflict(from_item(failed.found))
    raise ConcurrentChange from None


def create_once(
    made: str, *writes: client.Write, idempotency_key: IdempotencyKey | None, at: datetime
) -> str:
    """Make a thing once under a claim. Returns its id, or that of what the claim made before.

    The claim is asked first: what it made may be the reason why no more can be made now.
    """
    if idempotency_key is None:
        client.write(*writes)
        return made
    try:
        client.write(idempotency_keys.put(idempotency_key, made, at=at), *writes)
    except ConditionFailed as failed:
        if failed.part != 0 or failed.found is None:
            raise
        return idempotency_keys.existing_id(idempotency_key, failed.found)
    return made


def has_room() -> tuple[str, dict[str, Any]]:
    """The condition under which a document may be added, and its values."""
    return (
        "attribute_exists(PK) AND #status = :pending AND size(#documents) < :most",
        {**PENDING, "most": MOST_DOCUMENTS},
    )


_ELSEWHERE = ("documents", "replaced_intents", "reversals")
"""Fields of an order that its item holds as maps: parts of them are changed by themselves."""


def to_item(order: Order) -> Item:
    """The item of an order. Every other field is an attribute of its own name."""
    due = (
        keys.due(order.created_at, order.user_id, order.id, due_class=keys.DUE_WORK)
        if order.on_their_way
        else {}
    )
    return {
        **keys.order(order.user_id, order.id),
        **keys.by_status(order.user_id, order.status, order.id),
        **due,
        **codec.to_item(order, without=_ELSEWHERE),
        "documents": {document.id: document_to_item(document) for document in order.documents},
        "in_progress": {document.id: True for document in order.on_their_way},
        "replaced": dict.fromkeys(order.replaced_intents, to_iso(order.updated_at)),
        "reversals": {
            reversal.payment_intent_id: reversal_to_item(reversal) for reversal in order.reversals
        },
    }


def from_item(item: Item) -> Order:
    """The order that an item holds; its documents in the order they were added."""
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
    """What the order's item holds of a document under its id."""
    return codec.to_item(document, without=("id",))


_NOTHING = "none"
"""A state that a reversal does not have. It is stored, so that conditions can compare it."""


def reversal_to_item(reversal: Reversal) -> Item:
    """What the order's item holds of a reversal under the id of its intent."""
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

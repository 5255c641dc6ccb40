"""Orders in the table: one small item for each, with counters of its documents.

`commit` writes every change of an order: its item, its current payment, the customer's usage, the
audit events and what else belongs to the change, in one transaction. The domain's transition gives
the new order; the conditions are what the transition rests on. If one fails, `commit` raises
`ConditionFailed`, and `client.decide` decides again on the present items.

The events are new items with unique ids: by them, a transaction that is repeated after a lost reply
recognises that it was applied.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from docket.domain.errors import OrderNotFound
from docket.domain.event import Event
from docket.domain.idempotency import IdempotencyKey
from docket.domain.limits import CustomerLimits, Usage
from docket.domain.orders import counters
from docket.domain.orders.order import MAX_DOCUMENTS, Order, OrderStatus
from docket.domain.reason import Reason
from docket.domain.task import Task
from docket.table import client, difference, idempotency_keys, keys, tasks
from docket.table.client import ConditionFailed, Write
from docket.table.orders import events, order_items, payment_items
from docket.table.orders import usage as usage_table

_COUNTERS = (*counters.NAMES, "revision", "version")
_STATE = (
    "status", "review.finished_at", *(f"payment.{name}" for name in payment_items.GUARD_OF_COPY),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Page:
    """Orders, and the id after which the next page begins; None on the last page."""

    orders: list[Order]
    after: str | None


def create_order(
    order: Order,
    event: Event,
    idempotency_key: IdempotencyKey | None = None,
    *,
    limits: CustomerLimits,
) -> str:
    """Put a new order. Returns its id, or the id of the order that an earlier request created.

    Raises `LimitReached`, or `KeyReused` if the key was used for a different request.
    """

    def attempt() -> str:
        used = usage_table.get(order.user_id)
        counted = usage_table.update_write(
            order.user_id, used, used.with_order(None, order), limited=True
        )
        writes: list[Write] = [
            client.Put(item=order_items.to_item(order, at=event.at)),
            events.event_write(order.id, event),
            *([counted] if counted else []),
        ]
        return create_once(
            order.id,
            lambda: writes,
            idempotency_key=idempotency_key,
            at=event.at,
            require=lambda: used.require_new_order(limits),
        )

    return client.decide(attempt)


def get(user_id: str, order_id: str) -> Order:
    """The customer's order. Raises `OrderNotFound`."""
    item = client.get(keys.order(user_id, order_id))
    if item is None:
        raise OrderNotFound
    return order_items.from_item(item)


def with_usage(user_id: str, order_id: str) -> tuple[Order, Usage]:
    """The order and what its customer uses of the limits, in one call. Raises `OrderNotFound`."""
    order, used = client.batch_get([keys.order(user_id, order_id), keys.usage(user_id)])
    if order is None:
        raise OrderNotFound
    return order_items.from_item(order), usage_table.from_item(used)


def newest(
    user_id: str, *, limit: int, after: str | None = None, status: OrderStatus | None = None
) -> Page:
    """At most `limit` orders of the customer (1 to 99), newest first.

    With `status` only those in it; with `after`, an order id, only older ones. The index of a
    status may lag, so the orders themselves decide: a page may be shorter without being the last.
    """
    start = keys.order(user_id, after) if after else None
    if status is None:
        items = list(
            client.query(
                partition=keys.user_partition(user_id),
                prefix=keys.ORDERS,
                newest_first=True,
                limit=limit + 1,
                after=start,
            )
        )
        found = [order_items.from_item(item) for item in items]
        return Page(orders=found[:limit], after=found[limit - 1].id if found[limit:] else None)
    if start and after:
        start |= keys.by_status(user_id, status, after)
    indexed = [
        item[keys.STATUS_ID]
        for item in client.query(
            partition=keys.by_status_partition(user_id, status),
            index=keys.BY_STATUS,
            newest_first=True,
            limit=limit + 1,
            after=start,
        )
    ]
    order_keys = [keys.order(user_id, order_id) for order_id in indexed[:limit]]
    stored = [order_items.from_item(item) for item in client.batch_get(order_keys) if item]
    return Page(
        orders=[order for order in stored if order.status is status],
        after=indexed[limit - 1] if indexed[limit:] else None,
    )


def newest_of(
    user_id: str,
    order_id: str | None,
    *,
    after: str | None = None,
    status: OrderStatus | None = None,
) -> Page:
    """As `newest`, of a customer who has this order and no other; None: who has none."""
    if order_id is None or (after and order_id >= after):
        return Page(orders=[], after=None)
    item = client.get(keys.order(user_id, order_id))
    orders = [order_items.from_item(item)] if item else []
    return Page(orders=[order for order in orders if status in {None, order.status}], after=None)


def every(user_id: str) -> Iterator[Order]:
    """The customer's orders, newest first, from all pages."""
    items = client.query(
        partition=keys.user_partition(user_id), prefix=keys.ORDERS, newest_first=True
    )
    return (order_items.from_item(item) for item in items)


def oldest(user_id: str, *, since: str = "") -> Iterator[Order]:
    """The orders of the customer, oldest first, from the one with the id `since` on."""
    items = client.query(
        partition=keys.user_partition(user_id),
        between=(f"{keys.ORDERS}{since}", f"{keys.ORDERS}{keys.LAST}"),
    )
    return (order_items.from_item(item) for item in items)


def cancel(user_id: str, order_id: str, event: Event, *, reason: Reason) -> Order:
    """Cancel a pending order, and have its open payment cancelled. Returns the order.

    A cancelled order is returned unchanged. Raises `OrderNotFound` or `IllegalMove`.
    """

    def attempt() -> Order:
        order = get(user_id, order_id)
        if not order.require_transition(OrderStatus.CANCELLED):
            return order
        cancelled = order.cancelled(reason=reason, at=event.at)
        commit(
            order, cancelled, event, also=files_writes(order, event.at), guard=("charged_pages",)
        )
        return cancelled

    return client.decide(attempt)


def expire(user_id: str, order_id: str, event: Event, *, reason: Reason, grace: timedelta) -> bool:
    """Cancel an order that is pending at its expiry. Returns whether it did.

    If the customer may be paying, it is cancelled after `grace`, and its payment is then to be
    cancelled too.
    """

    def attempt() -> bool:
        order = get(user_id, order_id)
        payment = order.payment
        if order.status is not OrderStatus.PENDING or event.at < order.expires_at:
            return False
        if payment and payment.is_payable and event.at < order.expires_at + grace:
            return False
        cancelled = order.cancelled(reason=reason, at=event.at)
        commit(
            order, cancelled, event, also=files_writes(order, event.at), guard=("charged_pages",)
        )
        return True

    return client.decide(attempt)


def request_analysis(order: Order, event: Event) -> Order:
    """Record when the customer first requested the analysis of `order`. Returns the order.

    A later request changes nothing. Raises `OrderNotFound`.
    """
    already_read = [order]

    def attempt() -> Order:
        current = already_read.pop() if already_read else get(order.user_id, order.id)
        if current.analysed_at is not None:
            return current
        requested = current.analysis_requested(event.at)
        commit(current, requested, event, guard=("analysed_at",))
        return requested

    return client.decide(attempt)


# Parts of transactions, shared by the modules of this package.


def commit(
    old: Order,
    new: Order,
    *audit_events: Event,
    also: Collection[Write | None] = (),
    guard: Collection[str] = (),
    used: tuple[Usage, Usage] | None = None,
    limits: CustomerLimits | None = None,
    at: datetime | None = None,
) -> None:
    """Write a change of an order in one transaction. Raises `ConditionFailed`.

    The order must still have the status, the payment and the review of `old`, and the attributes
    in `guard`. `used` is the customer's usage before and after the change, if it depends on the
    present usage, and `limits` what limits it. `at` is the time of the change, if there is no
    event.
    """
    writes = parts(old, new, *audit_events, also=also, guard=guard, used=used, limits=limits, at=at)
    client.write(*writes)


def parts(
    old: Order,
    new: Order,
    *audit_events: Event,
    also: Collection[Write | None] = (),
    guard: Collection[str] = (),
    used: tuple[Usage, Usage] | None = None,
    limits: CustomerLimits | None = None,
    at: datetime | None = None,
) -> list[Write]:
    """The parts of such a transaction; the order is the first."""
    changed_at = at or audit_events[0].at
    before, after = used or (Usage(), Usage())
    return [
        *_order_writes(old, new, guard=guard, at=changed_at),
        *(events.event_write(old.id, event) for event in audit_events),
        *(
            write
            for write in (
                *also,
                usage_table.update_write(
                    old.user_id, before, after.with_order(old, new), limits=limits
                ),
            )
            if write
        ),
    ]


def files_writes(order: Order, at: datetime) -> list[Write]:
    """The write with which the cancellation of an order owes the erasure of its files later."""
    if not order.documents:
        return []
    return [tasks.put(Task.file_erasure(order.user_id, order.id, at=at), at=at)]


def _order_writes(old: Order, new: Order, *, guard: Collection[str], at: datetime) -> list[Write]:
    """The writes of an order and of its current payment.

    A paid order or a sample waits for its last document. So its counter of documents in progress
    must be the one that was read: two results that arrive together cannot both leave the completion
    to the other.
    """
    guarded = {
        *_STATE,
        *guard,
        *(("in_progress",) if old.is_completed_by_reading else ()),
        *(("version",) if old.refunds != new.refunds else ()),
    }
    writes: list[Write] = [
        difference.update_write(
            order_items.to_item(old, at=at),
            order_items.to_item(new, at=at),
            guard=sorted(guarded),
            counters=_COUNTERS,
            **_capacity(old, new),
        )
    ]
    before, after = old.payment, new.payment
    if before == after or after is None:
        return writes
    if before and before.payment_intent_id == after.payment_intent_id:
        return [*writes, payment_items.update_write(before, after, at=at)]
    if before and before.is_payable:
        writes.append(payment_items.update_write(before, before.to_cancel(), at=at))
    return [*writes, payment_items.put(after, at=at)]


def _capacity(old: Order, new: Order) -> difference.Condition:
    """The condition that there is room for the added documents."""
    if new.documents <= old.documents:
        return {}
    room = MAX_DOCUMENTS - (new.documents - old.documents)
    return {"condition": "#documents <= :room", "values": {"room": room}}


def create_once(
    created_id: str,
    writes: Callable[[], Sequence[Write]],
    *,
    idempotency_key: IdempotencyKey | None,
    at: datetime,
    require: idempotency_keys.Requirement,
) -> str:
    """Execute `writes`, which create `created_id`, once for an idempotency key.

    Returns `created_id`, or the id that an earlier request with the key created. `require` raises
    why they must not be executed; an earlier request with the key comes first, because it may have
    reached the limit itself. Raises `KeyReused`, or `ConditionFailed` for another part.
    """
    refusal = idempotency_keys.refusal(require)
    if idempotency_key is None:
        if refusal:
            raise refusal
        client.write(*writes())
        return created_id
    if refusal:
        existing = idempotency_keys.get(idempotency_key, at=at)
        if existing is None:
            raise refusal
        return existing
    try:
        client.write(idempotency_keys.put(idempotency_key, created_id, at=at), *writes())
    except ConditionFailed as failed:
        if failed.part != 0 or failed.stored_item is None:
            raise
        return idempotency_keys.existing_id(idempotency_key, failed.stored_item)
    return created_id

"""Changes of documents, written together with the counters of their order.

A document's own state is the condition of its transition; the counters change in the same
transaction by the difference that the transition makes, so they equal what they count.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from docket.domain.event import AuditContext, Event
from docket.domain.limits import CustomerLimits, Usage, reading_name
from docket.domain.orders.counters import Counters
from docket.domain.orders.document import Document, DocumentStatus
from docket.domain.orders.leftovers import leaves_objects
from docket.domain.orders.order import Order
from docket.domain.task import Task
from docket.table import client, keys, tasks
from docket.table.client import Write
from docket.table.documents import document_items
from docket.table.orders import completion, order_items, orders
from docket.table.orders import usage as usage_table


@dataclass(frozen=True, kw_only=True)
class State:
    """An order, some of its documents by id, and the customer's usage, read in one call."""

    order: Order
    documents: dict[str, Document]
    used: Usage


def state(user_id: str, order_id: str, document_ids: Sequence[str]) -> State | None:
    """The current state of an order and these documents; None if there is no such order."""
    order, used, *found = client.batch_get(
        [
            keys.order(user_id, order_id),
            keys.usage(user_id),
            *(keys.document(order_id, document_id) for document_id in document_ids),
        ]
    )
    if order is None:
        return None
    documents = [document_items.from_item(item) for item in found if item]
    return State(
        order=order_items.from_item(order),
        documents={document.id: document for document in documents},
        used=usage_table.from_item(used),
    )


@dataclass(frozen=True, kw_only=True)
class Change:
    """A document before and after a change (None: it is removed), with what is written beside."""

    old: Document
    new: Document | None
    events: tuple[Event, ...] = ()
    also: tuple[Write, ...] = ()
    part: int | None = None
    """The only change is that this part was read."""
    limits: CustomerLimits | None = None
    """What limits its admission, if its order is not paid."""
    has_new_hashes: bool = False
    """Its content is identified by more hashes than before."""

    @property
    def moves_price(self) -> bool:
        """Whether the document is charged more or less pages than before."""
        return self.new is None or self.new.charged_pages != self.old.charged_pages


def commit(
    current: State,
    changes: Sequence[Change],
    *,
    moves_quote: bool,
    audit: AuditContext,
    in_flight: frozenset[str] | None = None,
    guard: Collection[str] = (),
) -> Order:
    """Write changes of documents with the counters of their order. Returns the changed order.

    A reading that starts takes a slot of the reader, and one that ends releases its slots, unless
    `in_flight` names the readings after the change. The last document of a paid order or of a
    sample completes it; only what was paid for is recorded as paid content, with the hashes that
    another reading adds later. A finished review is open again. A change after which something
    stored is no longer named owes its erasure. `guard` names what else of the order must not have
    changed.
    """
    delta = sum(
        (Counters.of(change.new) - Counters.of(change.old) for change in changes), Counters()
    )
    order = current.order.counted(delta, at=audit.at, moves_quote=moves_quote)
    for change in changes:
        if change.new is None:
            order = order.named_by(removed=change.old)
    completes = order.status is not current.order.status
    adds_content = any(_adds_paid_content(change, order) for change in changes)
    records_content = completes or (order.is_paid and adds_content)
    reopens = current.order.review is not None
    orders.commit(
        current.order,
        order,
        *(event for change in changes for event in change.events),
        *([completion.event(order, audit)] if completes else []),
        *([audit.event("review_reopened")] if reopens else []),
        also=[
            *(_write(change, at=audit.at) for change in changes),
            *(write for change in changes for write in change.also),
            *_erasures(changes, at=audit.at),
            *(completion.writes(order, at=audit.at) if records_content else ()),
        ],
        guard=(*guard, *(("charged_pages",) if completes else ())),
        used=(
            current.used,
            replace(
                current.used,
                in_flight=in_flight_after(current.used, changes)
                if in_flight is None
                else in_flight,
            ),
        ),
        limits=next((change.limits for change in changes if change.limits), None),
        at=audit.at,
    )
    return order


def in_flight_after(used: Usage, changes: Sequence[Change]) -> frozenset[str]:
    """The readings in flight after these changes."""
    return used.with_readings(
        started=[name for change in changes for name in _started(change)],
        ended=[name for change in changes for name in _released(change, used)],
    ).in_flight


def _write(change: Change, *, at: datetime) -> Write:
    if change.new is None:
        return document_items.delete_write(change.old)
    if change.part is not None:
        return document_items.part_write(change.old, change.new, change.part, at=at)
    return document_items.update_write(change.old, change.new, at=at)


def _erasures(changes: Sequence[Change], *, at: datetime) -> list[Write]:
    """The tasks for what the changed documents do not name any more."""
    return [
        tasks.put(
            Task.erasure(new.user_id, new.id, order_id=new.order_id, at=at),
            at=at,
        )
        for change in changes
        if (new := change.new) and leaves_objects(change.old, new)
    ]


def _adds_paid_content(change: Change, order: Order) -> bool:
    """Whether it is a charged document, whose new hashes are paid for if its order is."""
    if change.new is None or not change.has_new_hashes:
        return False
    return change.new.paid_with(order.revision).charged_pages > 0


def _started(change: Change) -> list[str]:
    """The slot of a document that is admitted."""
    old, new = change.old, change.new
    if new is None or new.admitted_at is None:
        return []
    if old.admitted_at and old.attempt == new.attempt:
        return []
    return [reading_name(new.id, new.attempt)]


def _released(change: Change, used: Usage) -> list[str]:
    """The slots of a document whose reading has ended."""
    if change.new and change.new.status is DocumentStatus.READING:
        return []
    prefix = f"{change.old.id}/"
    return [name for name in used.in_flight if name.startswith(prefix)]

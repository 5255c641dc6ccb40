"""Put items into the table as they are after other writes, and read all of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import batched
from typing import Any
from unittest.mock import patch

from docket.domain.accounts.user import Caller, OpenSession
from docket.domain.limits import Usage, reading_name
from docket.domain.orders.counters import Counters
from docket.domain.orders.document import Document
from docket.domain.orders.order import Order
from docket.domain.payments.payment import Payment, RefundStatus
from docket.domain.payments.refund import Refund
from docket.runtime import clock
from docket.table import client, keys
from docket.table.accounts import sessions
from docket.table.client import Put
from docket.table.documents import document_items, documents
from docket.table.items import attributes
from docket.table.orders import order_items, orders, payment_items
from docket.table.payments import refunds
from tests.make import LIMITS, OID, THEN, an_event
from tests.make_people import a_session


def open_session(
    user_id: str = "ada", session_id: str = "S1", *, at: datetime | None = None
) -> OpenSession:
    """Put a session that begins then, or now, and look it up."""
    at = at or clock.now()
    ends_at = at + timedelta(days=30)
    times = {"created_at": at, "expires_at": ends_at, "ends_at": ends_at}
    client.write(sessions.put(a_session(id=session_id, user_id=user_id, **times)))
    return sessions.require_open_session(Caller(user_id=user_id, session_id=session_id), at=at)


def save(
    order: Order,
    *ordered: Document,
    payments: tuple[Payment, ...] = (),
    refunds_: tuple[Refund, ...] = (),
) -> None:
    """Put an order, its documents and payments, and the usage that follows from them."""
    for refund in refunds_:
        order = order.with_refund(refund)
    current = (order.payment,) if order.payment else ()
    in_flight = {
        reading_name(document.id, document.attempt) for document in ordered if document.admitted_at
    }
    used = Usage(in_flight=frozenset(in_flight)).with_order(None, order)
    items = [
        order_items.to_item(order, at=THEN),
        *(document_items.to_item(document, at=THEN) for document in ordered),
        *(payment_items.to_item(payment, at=THEN) for payment in (*current, *payments)),
        *(refunds.to_item(refund, at=THEN) for refund in refunds_),
        {
            **keys.usage(order.user_id),
            "unpaid_orders": used.unpaid_orders,
            "unpaid_pages": used.unpaid_pages,
            "in_flight": dict.fromkeys(in_flight, True),
        },
    ]
    latest = {(item["PK"], item["SK"]): item for item in items}
    for some in batched(latest.values(), 100, strict=False):
        client.write(*(Put(item=item, condition=None) for item in some))


def get_order(order_id: str = OID) -> Any:
    """An order of Ada's."""
    return orders.get("ada", order_id)


def get_payment(payment_intent_id: str = "pi_1") -> Any:
    """A payment of the usual order; None if there is none."""
    return payment_items.get(OID, payment_intent_id)


def get_refund(refund_id: str = "pi_1") -> Any:
    """A refund of the usual order; None if there is none."""
    return refunds.get(OID, refund_id)


def add_documents(*added: Document) -> None:
    """Add documents to an order of Ada's, as her request would."""
    event = an_event("documents_added", facts={"count": len(added)})
    documents.add("ada", added, event, limits=LIMITS)


def stored() -> list[dict[str, Any]]:
    """All items of the table, in the order of their keys."""
    items = client.dynamodb().scan(TableName="docket")["Items"]
    return sorted(
        (attributes.from_attributes(item) for item in items),
        key=lambda item: (item["PK"], item["SK"]),
    )


def delete_all() -> None:
    items = client.dynamodb().scan(TableName="docket", ProjectionExpression="PK, SK")["Items"]
    for some in batched(items, 25, strict=False):
        deletes: Any = [{"DeleteRequest": {"Key": key}} for key in some]
        client.dynamodb().batch_write_item(RequestItems={"docket": deletes})


def item_at(key: keys.Key) -> dict[str, Any]:
    item = client.get(key)
    assert item is not None
    return item


def event_names() -> list[str]:
    return [item["what"] for item in stored() if item["SK"].startswith(keys.EVENTS)]


def owed_refunds(payment_intent_id: str) -> list[int]:
    """The amounts of the refunds of a payment that are owed and not yet requested at Stripe."""
    owed = refunds.of_order(OID)
    return [
        refund.money.amount
        for refund in owed
        if refund.payment_intent_id == payment_intent_id and refund.status is RefundStatus.OWED
    ]


def check_counters() -> None:
    """The order's counters equal what they count."""
    found = documents.of_order(OID, limit=1000)
    counted = sum((Counters.of(document) for document in found), Counters())
    assert orders.get("ada", OID).counters == counted


@contextmanager
def interrupted(act: Callable[[], object]) -> Iterator[None]:
    """Let `act` change the table between the reads of a function and its first write."""
    waiting = [act]

    def interrupt(write: Callable[..., Any]) -> Callable[..., Any]:
        def first_interrupted(**request: Any) -> Any:
            if waiting:
                waiting.pop()()
            return write(**request)

        return first_interrupted

    dynamodb = client.dynamodb()
    update, transact = dynamodb.update_item, dynamodb.transact_write_items
    with (
        patch.object(dynamodb, "update_item", interrupt(update)),
        patch.object(dynamodb, "transact_write_items", interrupt(transact)),
        patch("time.sleep"),
    ):
        yield
    assert not waiting, "nothing was written"

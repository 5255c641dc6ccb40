"""`show`: everything about one order, without the content or the names of its files."""

from collections.abc import Iterator

from docket.domain.errors import OrderNotFound
from docket.domain.orders.document import Document
from docket.domain.orders.order import Order
from docket.domain.payments.payment import Payment
from docket.gateways import queue_operations, stored_objects, stripe
from docket.gateways.object_keys import PARTS, RESULTS, UPLOADS
from docket.table.items.times import to_iso
from docket.table.orders import events
from operations.snapshot import Snapshot


def lines(snapshot: Snapshot, order_id: str, stage: str) -> Iterator[str]:
    """The order's items, its payments at Stripe, its objects, debts, history, and the queues.

    Raises `OrderNotFound` or `PaymentsUnreachable`.
    """
    order = snapshot.orders.get(order_id)
    if order is None:
        raise OrderNotFound
    yield from _order(order)
    documents = snapshot.documents[order_id].values()
    for document in documents:
        yield from _document(document.paid_with(order.revision))
    for payment in snapshot.payments[order_id].values():
        yield from _payment(payment)
    for refund in snapshot.refunds[order_id].values():
        yield (
            f"refund   {refund.id} {refund.status}, {refund.money.amount} {refund.money.currency},"
            f" {refund.reason}, {refund.attempts} attempts, since {to_iso(refund.since)}"
        )
    for debt in snapshot.debts_of(order_id):
        yield f"debt     {debt.debt_class} {debt.key['SK']}, due {to_iso(debt.due)}"
    for event in events.of_order(order_id):
        actor = f"{event.actor} {event.facts.get('operator', '')}".strip()
        subject = event.facts.get("document_id") or event.facts.get("payment_intent_id") or ""
        yield f"event    {to_iso(event.at)} {event.name} by {actor} {subject}".rstrip()
    for queue in queue_operations.queues(stage):
        yield f"queue    {queue.name}: {queue.waiting} waiting, {queue.in_flight} in flight"


def _order(order: Order) -> Iterator[str]:
    reason = order.explanation.code
    yield f"order    {order.id} {order.status} ({reason}), customer {order.user_id}"
    yield (
        f"         {order.documents} documents, {order.in_progress} in progress,"
        f" {order.quoted_pages} pages charged, revision {order.revision}"
    )
    yield f"         created {to_iso(order.created_at)}, expires {to_iso(order.expires_at)}"
    if order.promised_at:
        yield f"         promised by {to_iso(order.promised_at)}"


def _document(document: Document) -> Iterator[str]:
    reason = f" ({document.explanation.code})" if document.explanation else ""
    yield (
        f"document {document.id} {document.status}{reason}, reading {document.attempt},"
        f" {document.page_count or 0} pages, {document.charged_pages} charged"
    )
    for prefix, name in (
        (UPLOADS, f"{document.user_id}/{document.order_id}/{document.id}/"),
        (RESULTS, f"{document.id}/"),
        (PARTS, f"{document.id}/"),
    ):
        for stored in stored_objects.of_documents(prefix, name):
            state = "deleted" if stored.is_deleted else stored.version
            yield f"         {prefix}…/{'/'.join(stored.names)} {state} {to_iso(stored.stored_at)}"


def _payment(payment: Payment) -> Iterator[str]:
    yield (
        f"payment  {payment.payment_intent_id} {payment.status}, {payment.money.amount}"
        f" {payment.money.currency}, revision {payment.revision},"
        f" {payment.amount_refunded} refunded, dispute {payment.dispute or 'none'}"
    )
    intent = stripe.get_intent(payment.payment_intent_id)
    yield f"         at Stripe: {intent.status if intent else 'unknown'}"
    if intent is None:
        return
    reversal = stripe.reversal(payment.payment_intent_id)
    for refund in reversal.refunds:
        yield f"         at Stripe: refund {refund.id} {refund.status}, {refund.money.amount}"
    if reversal.dispute:
        yield f"         at Stripe: dispute {reversal.dispute}"

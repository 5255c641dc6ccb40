"""Debts of orders: to expire if nobody pays, and to be refunded if not completed in time."""

from docket.domain.debt import EXPIRY_GRACE, DebtClass, Due, due
from docket.domain.event import AuditContext, EventName
from docket.domain.orders.order import Order, OrderStatus
from docket.domain.reason import NEVER_PAID, SAMPLE_EXPIRED
from docket.runtime import metrics
from docket.table.debts import Claim
from docket.table.orders import order_items, orders
from docket.table.payments import payments


def settle(claim: Claim, audit: AuditContext) -> Due | None:
    """Settle the debt of an order. Returns its next check; None: nothing is owed."""
    order = order_items.from_item(claim.item)
    return give_up(order, audit) if order.promised_at else expire(order, audit)


def give_up(order: Order, audit: AuditContext) -> Due | None:
    """Cancel an order that was paid and not completed by the promised time: its refund is owed.

    Returns the next check by the item as it was claimed; a change of it has moved the due key.
    """
    if payments.give_up(order.user_id, order.id, audit):
        metrics.count("OrderNotCompletedInTime")
    return due(order, audit.at)


def expire(order: Order, audit: AuditContext) -> Due | None:
    """Cancel an order that was never paid, or a sample that was not read in time.

    An order with an open payment gets one more day; the payment is then cancelled too. Returns the
    next check.
    """
    name: EventName = "sample_expired" if order.is_sample else "expired"
    reason = SAMPLE_EXPIRED if order.is_sample else NEVER_PAID
    event = audit.event(name, to_status=OrderStatus.CANCELLED)
    orders.expire(order.user_id, order.id, event, reason=reason, grace=EXPIRY_GRACE)
    if audit.at < order.expires_at:
        return due(order, audit.at)
    return Due(DebtClass.HOUSEKEEPING, order.expires_at + EXPIRY_GRACE)

"""Debts of orders: to expire if nobody pays, and to be refunded if not completed in time."""

from docket.domain.debt import EXPIRY_GRACE, DebtClass, Due, due
from docket.domain.event import AuditContext
from docket.domain.orders.order import Order, OrderStatus
from docket.domain.reason import NEVER_PAID
from docket.runtime import metrics
from docket.table.debts import Claim
from docket.table.orders import order_items, orders
from docket.table.payments import payments


def settle(claim: Claim, audit: AuditContext) -> Due | None:
    """Settle the debt of an order. Returns its next check."""
    order = order_items.from_item(claim.item)
    return give_up(order, audit) if order.promised_at else expire(order, audit)


def give_up(order: Order, audit: AuditContext) -> Due | None:
    """Cancel an order that was paid and not completed by the promised time: its refund is owed."""
    if payments.give_up(order.user_id, order.id, audit):
        metrics.count("OrderNotCompletedInTime")
    return due(order, audit.at)


def expire(order: Order, audit: AuditContext) -> Due | None:
    """Cancel an order that was never paid, and have its open payment cancelled.

    An order with an open payment gets one more day.
    """
    event = audit.event("expired", to_status=OrderStatus.CANCELLED)
    orders.expire(order.user_id, order.id, event, reason=NEVER_PAID, grace=EXPIRY_GRACE)
    if audit.at < order.expires_at:
        return due(order, audit.at)
    return Due(DebtClass.HOUSEKEEPING, order.expires_at + EXPIRY_GRACE)

"""`refund` returns what is left of a payment, by the service's own workflow.

`acknowledge` ends a refund that failed for good, whose amount was returned outside of Stripe.
"""

from collections.abc import Iterator

from docket.domain.errors import OrderNotFound
from docket.domain.orders.order import Order
from docket.domain.payments.payment import RefundStatus
from docket.domain.payments.refund import Refund, RefundReason
from docket.table import debts, keys
from docket.table.orders import payment_items
from docket.table.payments import payments, refunds, reversals
from docket.workflows.debts.settle import settle
from docket.workflows.orders import payment as payment_workflow
from operations.deployment import Operator
from operations.snapshot import Snapshot


class NothingToRefund(Exception):
    """The order has no payment that can be refunded. The message says what it has."""


def refund(
    snapshot: Snapshot, order_id: str, payment_intent_id: str | None, operator: Operator
) -> Iterator[str]:
    """Owe the refund of an order's payment, the current one by default, and request it at Stripe.

    The debt is written first, with its audit event: if Stripe does not answer, its worker requests
    the refund. A payment that is being refunded is left alone. Raises `OrderNotFound` or
    `NothingToRefund`.
    """
    order = snapshot.orders.get(order_id)
    if order is None:
        raise OrderNotFound
    payment_intent_id = payment_intent_id or _current(order)
    audit = operator.audit()
    is_new = payments.owe_refund(
        order.user_id, order.id, payment_intent_id, audit, reason=RefundReason.BY_HAND
    )
    owed = refunds.get(order.id, payment_intent_id)
    if owed is None:
        raise NothingToRefund(f"{payment_intent_id} is not paid, or returned in whole")
    yield f"{payment_intent_id}: refund of {owed.money.amount} {owed.money.currency} " + (
        "is owed" if is_new else f"was decided before ({owed.reason}), it is {owed.status}"
    )
    if owed.status is RefundStatus.OWED:
        yield _request(owed, operator)


def acknowledge(
    snapshot: Snapshot, order_id: str, refund_id: str, operator: Operator
) -> Iterator[str]:
    """Record that the amount of a refund that failed for good was returned outside of Stripe.

    What Stripe has returned meanwhile is recorded first. Raises `OrderNotFound`, `NothingToRefund`,
    or `PaymentsUnreachable`.
    """
    if order_id not in snapshot.orders:
        raise OrderNotFound
    failed = refunds.get(order_id, refund_id)
    payment = payment_items.get(order_id, failed.payment_intent_id) if failed else None
    if failed is None or payment is None:
        raise NothingToRefund(f"{refund_id} is not a refund of {order_id}")
    payment_workflow.follow_reversal(payment_workflow.paid_intent(payment), operator.audit())
    failed = refunds.get(order_id, refund_id) or failed
    amount = f"{failed.money.amount} {failed.money.currency}"
    if reversals.acknowledge(failed, operator.audit()):
        yield f"{refund_id}: {amount} counts as returned outside of Stripe"
    else:
        yield f"{refund_id}: is {failed.status}, and does not wait for a person"


def _current(order: Order) -> str:
    if order.payment is None:
        raise NothingToRefund(f"{order.id} has no payment")
    return order.payment.payment_intent_id


def _request(owed: Refund, operator: Operator) -> str:
    """Request it as its worker does, by a claim: two requests could return the amount twice."""
    audit = operator.audit()
    debt = debts.unclaimed(keys.refund(owed.order_id, owed.id), now=audit.at)
    if debt:
        settle(debt, audit)
    current = refunds.get(owed.order_id, owed.id)
    match current.status if current else None:
        case RefundStatus.OWED:
            return "it stays owed, and its worker requests it: Stripe failed, or it is claimed"
        case RefundStatus.FAILED:
            return "Stripe refused it: it is tried again, at last by a person"
        case status:
            return f"requested at Stripe: {status}"

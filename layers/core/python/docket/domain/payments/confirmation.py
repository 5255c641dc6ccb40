"""Whether an intent that the browser reports as paid pays for an order."""

from docket.domain.errors import PaymentNotConfirmed, QuoteOutdated
from docket.domain.orders.order import Order
from docket.domain.payments.payment import Effect, Intent, IntentStatus, Payment, PaymentStatus
from docket.domain.payments.refund import RefundReason


def require_paid_by(order: Order, intent: Intent, payment: Payment | None) -> None:
    """Raises unless `intent` succeeded and completes the order; `payment` is its item.

    Raises `PaymentNotConfirmed` if the intent belongs to another order, has another amount or has
    not succeeded. Raises `QuoteOutdated` if it belongs to this order but cannot complete it.
    """
    if (intent.order_id, intent.user_id) != (order.id, order.user_id):
        raise PaymentNotConfirmed("other_order")
    if intent.status is IntentStatus.PROCESSING:
        raise PaymentNotConfirmed("processing")
    if intent.status is not IntentStatus.SUCCEEDED:
        raise PaymentNotConfirmed("not_paid")
    if order.is_paid_for_by(intent.id):
        return
    effect = order.effect_of(payment, intent.money) if payment else RefundReason.QUOTE_CHANGED
    is_recorded = payment is not None and payment.status is PaymentStatus.SUCCEEDED
    if effect is RefundReason.PAYMENT_MISMATCH or (is_recorded and isinstance(effect, Effect)):
        raise PaymentNotConfirmed("other_amount")
    if isinstance(effect, RefundReason):
        raise QuoteOutdated(effect)

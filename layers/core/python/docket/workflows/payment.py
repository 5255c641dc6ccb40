"""Payment of an order: create intents, apply Stripe's state to the order, refund.

The browser's confirmation, Stripe's webhook and the sweeper all use the same conditional writes, so
each payment takes effect once. A payment that succeeded but cannot complete its order is refunded;
`docket.domain.order` has the rules. Refunds and disputes are recorded until they are final,
including those that were made in Stripe's dashboard.
"""

from aws_lambda_powertools import Logger

from docket.domain.errors import (
    NothingToCharge,
    NotReadyToPay,
    OrderNotFound,
    PaymentNotConfirmed,
    PaymentsUnreachable,
    QuoteOutdated,
)
from docket.domain.event import AuditContext, Event, EventName
from docket.domain.order import Order, OrderStatus
from docket.domain.payment import (
    DisputeStatus,
    Intent,
    IntentStatus,
    Payment,
    RefundReason,
    RefundStatus,
    Reversal,
)
from docket.domain.reason import Reason
from docket.gateways import stripe as stripe_gateway
from docket.runtime import metrics
from docket.table import orders
from docket.table import payments as payment_table

_CANCELLED = (RefundReason.ORDER_CANCELLED, RefundReason.NOT_COMPLETED_IN_TIME)
"""Refund reasons of a cancelled order. They stay its reason code if the refund fails."""

logger = Logger()


def current_intent(order: Order, audit: AuditContext) -> Intent:
    """The payment intent for the order's current quote: the open one, or a new one.

    Raises `NothingToCharge`, `NotReadyToPay`, `ConcurrentChange`, or `PaymentsUnreachable`.
    """
    order.require_payable()
    payment = order.current_payment()
    intent = stripe_gateway.get_intent(payment.payment_intent_id) if payment else None
    if intent is None or intent.status is IntentStatus.CANCELED:
        return _open(order, audit)
    if intent.status is IntentStatus.OPEN:
        return intent
    reconcile(order.id, intent, audit)
    raise NothingToCharge("paid" if intent.status is IntentStatus.SUCCEEDED else "processing")


def confirm(order: Order, payment_intent_id: str, audit: AuditContext) -> Order:
    """Complete the order with its succeeded payment intent, or have it wait for its documents.

    Returns the updated order. Raises `PaymentNotConfirmed`, `QuoteOutdated` (after refunding the
    payment), or `PaymentsUnreachable`.
    """
    intent = stripe_gateway.get_intent(payment_intent_id)
    if intent is None:
        raise PaymentNotConfirmed("unknown")
    try:
        order.require_paid_by(intent)
        _complete(order.id, intent, audit)
    except QuoteOutdated as outdated:
        _refund(order.id, intent, audit, RefundReason(outdated.refund_reason))
        raise
    return orders.get(order.user_id, order.id)


def handle_event(webhook_event: stripe_gateway.WebhookEvent, audit: AuditContext) -> bool:
    """Apply a Stripe event to its order. Returns whether it changed the order.

    A success is final. Any other state may be outdated when its event arrives, so the current state
    of the intent is fetched from Stripe. The result does not depend on the order of the events.
    """
    if webhook_event.reversed_payment_intent_id:
        return _handle_reversal(webhook_event.reversed_payment_intent_id, audit, webhook_event.id)
    intent = webhook_event.intent
    if intent is None or intent.order_id is None:
        return False
    if intent.status is not IntentStatus.SUCCEEDED:
        intent = stripe_gateway.get_intent(intent.id)
    if intent is None or intent.order_id is None:
        return False
    return reconcile(intent.order_id, intent, audit, stripe_event=webhook_event.id)


def _handle_reversal(payment_intent_id: str, audit: AuditContext, stripe_event: str) -> bool:
    """Record the current state of a payment's refunds and dispute. Returns whether it changed."""
    intent = stripe_gateway.get_intent(payment_intent_id)
    if intent is None or intent.order_id is None or intent.user_id is None:
        return False
    try:
        order = orders.get(intent.user_id, intent.order_id)
    except OrderNotFound:
        return False
    return follow_reversal(order, intent, audit, stripe_event=stripe_event)


def follow_reversal(
    order: Order, intent: Intent, audit: AuditContext, *, stripe_event: str | None = None
) -> bool:
    """Record the refunds and the dispute of one of the order's payments.

    Returns whether they changed. Raises `PaymentsUnreachable`.
    """
    reversal = stripe_gateway.reversal(intent)
    if reversal == (order.reversal(intent.id) or Reversal(payment_intent_id=intent.id)):
        return False
    reason = None if order.is_paid_for_by(intent.id) else order.refund_reason
    explanation = _reversal_reason(intent, reversal, reason)
    event = _event(intent, audit, _event_name(order, reversal), amount=reversal.amount_refunded)
    changed = payment_table.record_reversal(
        order.id,
        intent,
        reversal,
        event,
        reason=explanation,
        stripe_event=stripe_event,
    )
    if changed and reversal.refund is RefundStatus.FAILED:
        report_failed_refund(order.id)
    return changed


def report_failed_refund(order_id: str) -> None:
    """Count and log a refund that failed, so that someone returns the money by hand."""
    metrics.count("RefundFailed")
    logger.error("a refund failed and is owed", order_id=order_id)


def is_owed(order: Order, reversal: Reversal, intent: Intent) -> bool:
    """Whether a payment that does not pay the order must be refunded after a won dispute."""
    is_partial = reversal.amount_refunded < intent.money.amount
    return (
        is_partial and reversal.dispute is DisputeStatus.WON and not order.is_paid_for_by(intent.id)
    )


def _event_name(order: Order, reversal: Reversal) -> EventName:
    recorded = order.reversal(reversal.payment_intent_id)
    if reversal.dispute is not (recorded.dispute if recorded else None):
        return "payment_disputed" if reversal.dispute is DisputeStatus.OPEN else "dispute_closed"
    return "refund_failed" if reversal.refund is RefundStatus.FAILED else "refunded"


def _reversal_reason(
    intent: Intent, reversal: Reversal, refund_reason: RefundReason | None
) -> Reason | None:
    """The order's status reason for refunds and a dispute; None if there are none.

    `refund_reason` is why the payment is refunded; None if it pays for the order.
    """
    code = reversal.code(intent.money)
    if code == "refund_failed":
        if refund_reason in _CANCELLED:
            code = refund_reason
    elif refund_reason and (
        reversal.is_whole(intent.money) or code in ("refunded", "partially_refunded")
    ):
        code = refund_reason
    return reversal.reason(code, intent.money.currency) if code else None


def give_up(order: Order, payment: Payment, audit: AuditContext) -> None:
    """Refund a paid order whose documents are still in progress at its deadline.

    The order is cancelled first, so that it can no longer be completed. Raises
    `PaymentsUnreachable`; the order stays due in that case.
    """
    event = audit.event(
        "not_completed_in_time",
        {"payment_intent_id": payment.payment_intent_id},
        to_status=OrderStatus.CANCELLED,
    )
    if not payment_table.give_up(order, payment, event):
        return
    intent = stripe_gateway.get_intent(payment.payment_intent_id)
    if intent:
        reconcile(order.id, intent, audit)


def cancel_replaced(order: Order, payment_intent_id: str, audit: AuditContext) -> bool:
    """Cancel an intent that was replaced by another one, or refund it if it succeeded.

    Returns False if Stripe has not ended it yet. Raises `PaymentsUnreachable`.
    """
    intent = stripe_gateway.cancel_intent(payment_intent_id)
    if intent and intent.status is IntentStatus.SUCCEEDED:
        reconcile(order.id, intent, audit)
    elif intent and intent.status is not IntentStatus.CANCELED:
        return False
    payment_table.forget_replaced(order, payment_intent_id)
    return True


def reconcile(
    order_id: str, intent: Intent, audit: AuditContext, *, stripe_event: str | None = None
) -> bool:
    """Apply the state of an intent to its order. Returns whether the order changed.

    Raises `PaymentsUnreachable`.
    """
    if intent.status is not IntentStatus.SUCCEEDED:
        return _record_status(order_id, intent, audit, stripe_event)
    try:
        return _complete(order_id, intent, audit, stripe_event)
    except OrderNotFound:
        stripe_gateway.refund(intent)
        return True
    except PaymentNotConfirmed:
        reason = RefundReason.PAYMENT_MISMATCH
    except QuoteOutdated as outdated:
        reason = RefundReason(outdated.refund_reason)
    return _refund(order_id, intent, audit, reason, stripe_event)


def _open(order: Order, audit: AuditContext) -> Intent:
    """Create a payment intent for the current quote and attach it to the order."""
    money = order.require_payable().total
    intent = stripe_gateway.create_intent(order, money)
    payment = Payment(
        payment_intent_id=intent.id, money=money, revision=order.revision, opened_at=audit.at
    )
    payment_table.attach(order, payment, _event(intent, audit, "payment_started"))
    if order.payment and order.payment.payment_intent_id != intent.id:
        _try_cancel_replaced(order, order.payment.payment_intent_id, audit)
    return intent


def _try_cancel_replaced(order: Order, payment_intent_id: str, audit: AuditContext) -> None:
    """Cancel a replaced intent. If Stripe is unreachable, the sweeper does it later."""
    try:
        cancel_replaced(order, payment_intent_id, audit)
    except PaymentsUnreachable:
        return


def _record_status(
    order_id: str, intent: Intent, audit: AuditContext, stripe_event: str | None
) -> bool:
    """Record on the order that its payment is processing, failed or cancelled, if that is new."""
    try:
        if intent.status is IntentStatus.PROCESSING:
            event = _event(intent, audit, "payment_processing", to_status=OrderStatus.PROCESSING)
            return payment_table.record_processing(
                order_id, intent, event, stripe_event=stripe_event
            )
        if intent.status is IntentStatus.CANCELED:
            event_name: EventName = "payment_withdrawn"
            code = "payment_expired"
        elif intent.failed:
            event_name, code = "payment_failed", "payment_declined"
        else:
            return False
        event = _event(intent, audit, event_name, to_status=OrderStatus.PENDING)
        return payment_table.record_failed(
            order_id, intent, event, reason=Reason(code), stripe_event=stripe_event
        )
    except OrderNotFound:
        return False


def _complete(
    order_id: str, intent: Intent, audit: AuditContext, stripe_event: str | None = None
) -> bool:
    """Complete the order, or have it wait for its documents. Returns whether it changed."""
    event = _event(intent, audit, "paid", to_status=OrderStatus.COMPLETED)
    try:
        changed = payment_table.complete(order_id, intent, event, stripe_event=stripe_event)
    except NotReadyToPay:
        waiting_event = _event(intent, audit, "payment_received", to_status=OrderStatus.PROCESSING)
        if payment_table.wait_for_documents(
            order_id, intent, waiting_event, stripe_event=stripe_event
        ):
            return True
        try:  # the last document was read in between, or the order is already waiting
            changed = payment_table.complete(order_id, intent, event, stripe_event=stripe_event)
        except NotReadyToPay:
            return False
    if changed:
        metrics.count("OrderPaid")
    return changed


def _refund(
    order_id: str,
    intent: Intent,
    audit: AuditContext,
    reason: RefundReason,
    stripe_event: str | None = None,
) -> bool:
    """Refund a payment that cannot complete its order, then record it on the order.

    Returns True if the order changed or does not exist. The refund is idempotent and therefore
    comes first. Stripe does not refund a disputed payment; the sweeper does after a won dispute.
    """
    reversal = stripe_gateway.refund(intent)
    failed = reversal.refund is RefundStatus.FAILED
    disputed = reversal.dispute is not None and reversal.amount_refunded < intent.money.amount
    explanation = _reversal_reason(intent, reversal, reason)
    event_name: EventName = (
        "refund_failed" if failed else "payment_disputed" if disputed else "refunded"
    )
    event = _event(intent, audit, event_name, amount=None if failed else reversal.amount_refunded)
    try:
        changed = payment_table.record_reversal(
            order_id,
            intent,
            reversal,
            event,
            reason=explanation,
            stripe_event=stripe_event,
        )
    except OrderNotFound:
        return True
    if changed and not disputed:
        if failed:
            report_failed_refund(order_id)
        else:
            metrics.count("OrderRefunded")
    return changed


def _event(
    intent: Intent,
    audit: AuditContext,
    name: EventName,
    *,
    to_status: OrderStatus | None = None,
    amount: int | None = None,
) -> Event:
    return audit.event(
        name,
        {
            "payment_intent_id": intent.id,
            "amount": intent.money.amount if amount is None else amount,
            "currency": intent.money.currency,
        },
        to_status=to_status,
    )

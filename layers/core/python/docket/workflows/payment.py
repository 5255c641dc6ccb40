"""How an order comes to be paid: by Stripe's word, whoever brings it, once.

The browser's confirmation, Stripe's webhook and the sweeper all end in the same conditional write.
What was paid and does not count is refunded; `docket.domain.order` has the table. Refunds and
disputes are followed to their end, whoever made them.
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
"""Why an order is closed: it stays the reason when the refund fails, which is said beside it."""

logger = Logger()


def current_intent(order: Order, audit: AuditContext) -> Intent:
    """The intent by which the order's quote can be paid now: the open one, or a new one.

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
    """The order, completed by its own succeeded intent, or waiting for its documents.

    Raises `PaymentNotConfirmed`, `QuoteOutdated` (the payment is refunded), or
    `PaymentsUnreachable`.
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
    """Let a Stripe event have its effect. False: it has had it, or has none.

    A success is final. Anything else may have passed by the time its event arrives, so Stripe is
    asked how the intent is now: events then converge in whatever order they come.
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
    """What a refund or a dispute changed, by what Stripe says of both now."""
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
    """Bring the order to what went back of one of its payments. False: it is there.

    Raises `PaymentsUnreachable`.
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
        metrics.count("RefundFailed")
        logger.error("a refund failed and is owed", order_id=order.id)
    return changed


def is_owed(order: Order, known: Reversal, intent: Intent) -> bool:
    """Whether a payment that does not count came back to us by a dispute that was won."""
    left = known.amount_refunded < intent.money.amount
    return left and known.dispute is DisputeStatus.WON and not order.is_paid_for_by(intent.id)


def _event_name(order: Order, reversal: Reversal) -> EventName:
    known = order.reversal(reversal.payment_intent_id)
    if reversal.dispute is not (known.dispute if known else None):
        return "payment_disputed" if reversal.dispute is DisputeStatus.OPEN else "dispute_closed"
    return "refund_failed" if reversal.refund is RefundStatus.FAILED else "refunded"


def _reversal_reason(
    intent: Intent, reversal: Reversal, refund_reason: RefundReason | None
) -> Reason | None:
    """How the order explains what was returned of a payment; None: nothing was.

    `refund_reason` is why the payment does not count; None: the order is paid by it.
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

    The order is closed first, so that nothing can complete it any more. Raises
    `PaymentsUnreachable`; the order is due then.
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
    """Cancel an intent that gave way to another one, or refund it if it was paid.

    False: Stripe has not ended it yet. Raises `PaymentsUnreachable`.
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
    """Bring the order to where its intent is. False: it is there. Raises `PaymentsUnreachable`."""
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
    """Withdraw what the order no longer asks for; if Stripe is away, the sweeper does it."""
    try:
        cancel_replaced(order, payment_intent_id, audit)
    except PaymentsUnreachable:
        return


def _record_status(
    order_id: str, intent: Intent, audit: AuditContext, stripe_event: str | None
) -> bool:
    """Say on the order how its payment stands, if that is changed."""
    try:
        if intent.status is IntentStatus.PROCESSING:
            event = _event(intent, audit, "payment_processing", to_status=OrderStatus.PROCESSING)
            return payment_table.processing(order_id, intent, event, stripe_event=stripe_event)
        if intent.status is IntentStatus.CANCELED:
            what: EventName = "payment_withdrawn"
            code = "payment_expired"
        elif intent.failed:
            what, code = "payment_failed", "payment_declined"
        else:
            return False
        event = _event(intent, audit, what, to_status=OrderStatus.PENDING)
        return payment_table.failed(
            order_id, intent, event, reason=Reason(code), stripe_event=stripe_event
        )
    except OrderNotFound:
        return False


def _complete(
    order_id: str, intent: Intent, audit: AuditContext, stripe_event: str | None = None
) -> bool:
    """Complete the order, or have it wait for its documents. False: it does, or is, already."""
    event = _event(intent, audit, "paid", to_status=OrderStatus.COMPLETED)
    try:
        changed = payment_table.complete(order_id, intent, event, stripe_event=stripe_event)
    except NotReadyToPay:
        waiting_event = _event(intent, audit, "payment_received", to_status=OrderStatus.PROCESSING)
        if payment_table.wait_for_documents(
            order_id, intent, waiting_event, stripe_event=stripe_event
        ):
            return True
        try:  # the last document ended in between, or the order waits already
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
    """Refund what does not count, then say so: the refund can be repeated, so it comes first.

    Stripe refunds nothing that is disputed; the sweeper does when the dispute was won.
    """
    reversal = stripe_gateway.refund(intent)
    failed = reversal.refund is RefundStatus.FAILED
    disputed = reversal.dispute is not None and reversal.amount_refunded < intent.money.amount
    explanation = _reversal_reason(intent, reversal, reason)
    what: EventName = "refund_failed" if failed else "payment_disputed" if disputed else "refunded"
    event = _event(intent, audit, what, amount=None if failed else reversal.amount_refunded)
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
        metrics.count("RefundFailed" if failed else "OrderRefunded")
    return changed


def _event(
    intent: Intent,
    audit: AuditContext,
    what: EventName,
    *,
    to_status: OrderStatus | None = None,
    amount: int | None = None,
) -> Event:
    return audit.event(
        what,
        {
            "payment_intent_id": intent.id,
            "amount": intent.money.amount if amount is None else amount,
            "currency": intent.money.currency,
        },
        to_status=to_status,
    )

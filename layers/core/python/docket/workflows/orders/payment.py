"""Payment of an order: create intents, apply Stripe's state, follow refunds to their end.

The browser's confirmation, Stripe's webhook and the workers of debts all use the same writes, so
each payment takes effect once. A payment that succeeded but cannot complete its order is refunded;
`docket.domain.orders.order` has the rules. What is owed is written first, then Stripe is called: a
call that fails leaves a debt, which its worker settles.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import islice

from aws_lambda_powertools import Logger

from docket.domain.errors import (
    NothingToCharge,
    OrderNotFound,
    PaymentNotConfirmed,
    PaymentsUnreachable,
    QuoteOutdated,
)
from docket.domain.event import AuditContext
from docket.domain.orders.document import Document
from docket.domain.orders.order import MAX_DOCUMENTS, Order
from docket.domain.payments.confirmation import require_paid_by
from docket.domain.payments.payment import (
    Effect,
    Intent,
    IntentStatus,
    Payment,
    PaymentStatus,
    RefundStatus,
)
from docket.domain.payments.refund import Refund, RefundReason, StripeRefund
from docket.domain.reason import Reason
from docket.gateways import stripe as stripe_gateway
from docket.runtime import config, metrics
from docket.runtime.logging import log_failure
from docket.table.documents import documents
from docket.table.orders import orders
from docket.table.payments import payments as payment_table
from docket.table.payments import refunds, reversals
from docket.workflows.documents.customer_limits import completion_guarantee

EXPIRED = Reason("payment_expired")
MOST_NAMED = 20
"""The documents in progress whose names an error states."""

logger = Logger()


def current_intent(order: Order, audit: AuditContext) -> Intent:
    """The payment intent for the order's current quote: the open one, or a new one.

    An outdated intent is cancelled first, so that no two of an order can be paid. Raises
    `NothingToCharge`, `NotReadyToPay`, `ConcurrentChange`, or `PaymentsUnreachable`.
    """
    order.require_payable(_in_progress(order) if order.in_progress else ())
    if order.payment and order.payment.status is PaymentStatus.TO_CANCEL:
        cancel(order.payment, audit)
    payment = order.current_payment
    intent = stripe_gateway.get_intent(payment.payment_intent_id) if payment else None
    if intent is None or intent.status is IntentStatus.CANCELED:
        return _start(order, audit)
    if intent.status is IntentStatus.OPEN:
        return intent
    reconcile(intent, audit)
    raise NothingToCharge("paid" if intent.status is IntentStatus.SUCCEEDED else "processing")


def _in_progress(order: Order) -> Iterable[Document]:
    """The first documents of the order that are in progress."""
    order_documents = documents.of_order(order.id, limit=MAX_DOCUMENTS)
    return islice((document for document in order_documents if document.is_in_progress), MOST_NAMED)


def confirm(user_id: str, order_id: str, payment_intent_id: str, audit: AuditContext) -> Order:
    """Complete the order with its succeeded payment intent, or have it wait for its documents.

    Returns the updated order. Raises `OrderNotFound`, `PaymentNotConfirmed`, `QuoteOutdated` (the
    refund is then owed), or `PaymentsUnreachable`.
    """
    stored = payment_table.state(user_id, order_id, payment_intent_id)
    intent = stripe_gateway.get_intent(payment_intent_id)
    if intent is None:
        raise PaymentNotConfirmed("unknown")
    try:
        require_paid_by(stored.order, intent, stored.payment)
    except QuoteOutdated:
        _succeed(intent, audit)
        raise
    if stored.order.is_paid_for_by(intent.id):  # by the webhook, which was faster
        return stored.order
    effect = _succeed(intent, audit)
    if isinstance(effect, RefundReason):  # the order changed in between
        raise QuoteOutdated(effect)
    if effect is None:  # the webhook was faster, and the order may have changed before it
        stored = payment_table.state(user_id, order_id, payment_intent_id)
        require_paid_by(stored.order, intent, stored.payment)
    return orders.get(user_id, order_id)


def handle_event(webhook_event: stripe_gateway.WebhookEvent, audit: AuditContext) -> bool:
    """Apply a Stripe event to its order. Returns whether it changed the order.

    A success and a cancellation are final. Any other state may be outdated when its event arrives,
    so the present state is fetched from Stripe. The result does not depend on the order of events.
    """
    handle = _HANDLERS.get(webhook_event.type)
    return handle is not None and handle(webhook_event, audit)


def intent_ended(webhook_event: stripe_gateway.WebhookEvent, audit: AuditContext) -> bool:
    """A payment succeeded or was cancelled: the event itself has Stripe's final state."""
    intent = webhook_event.intent
    if intent is None or intent.order_id is None:
        return False
    return reconcile(intent, audit, stripe_event=webhook_event.id)


def intent_changed(webhook_event: stripe_gateway.WebhookEvent, audit: AuditContext) -> bool:
    """A payment needs its customer's confirmation, or is being confirmed, or an attempt failed."""
    intent = webhook_event.intent
    if intent is None or intent.order_id is None:
        return False
    current = stripe_gateway.get_intent(intent.id)
    return current is not None and reconcile(current, audit, stripe_event=webhook_event.id)


def payment_reversed(webhook_event: stripe_gateway.WebhookEvent, audit: AuditContext) -> bool:
    """A refund or a dispute of a payment has changed. Only the payment names its order.

    Its success is recorded first: nothing can be recorded of a payment that the table does not
    know, and its own event may have been lost.
    """
    if webhook_event.reversed_payment_intent_id is None:
        return False
    intent = stripe_gateway.get_intent(webhook_event.reversed_payment_intent_id)
    if intent is None or intent.order_id is None:
        return False
    is_new = intent.status is IntentStatus.SUCCEEDED and reconcile(intent, audit)
    return follow_reversal(intent, audit, stripe_event=webhook_event.id) or is_new


_HANDLERS: Mapping[str, Callable[[stripe_gateway.WebhookEvent, AuditContext], bool]] = {
    "payment_intent.succeeded": intent_ended,
    "payment_intent.canceled": intent_ended,
    "payment_intent.requires_action": intent_changed,
    "payment_intent.processing": intent_changed,
    "payment_intent.payment_failed": intent_changed,
    **dict.fromkeys(stripe_gateway.REVERSAL_EVENTS, payment_reversed),
}
"""What handles an event, by its type. Others have no effect."""


def reconcile(intent: Intent, audit: AuditContext, *, stripe_event: str | None = None) -> bool:
    """Apply the state of an intent to its order. Returns whether the order changed.

    If a newer state is recorded, the present one is fetched from Stripe and applied. Raises
    `PaymentsUnreachable`.
    """
    try:
        return _apply(intent, audit, stripe_event)
    except payment_table.Overtaken as overtaken:
        return reconcile(overtaken.intent, audit, stripe_event=stripe_event)
    except OrderNotFound as error:
        metrics.count("PaymentWithoutOrder")
        log_failure("a payment belongs to no order", error, payment_intent_id=intent.id)
        return False


def _apply(intent: Intent, audit: AuditContext, stripe_event: str | None) -> bool:
    def ask() -> Intent | None:
        return stripe_gateway.get_intent(intent.id)

    match intent.status:
        case IntentStatus.SUCCEEDED:
            return _succeed(intent, audit, stripe_event) is not None
        case IntentStatus.PROCESSING:
            return payment_table.record_processing(
                intent, audit, ask=ask, stripe_event=stripe_event
            )
        case IntentStatus.CANCELED:
            reason = _declined(intent) if intent.failed else EXPIRED
            return payment_table.record_canceled(
                intent, audit, reason=reason, stripe_event=stripe_event
            )
        case IntentStatus.OPEN if intent.requires_action:
            return payment_table.record_action_required(
                intent, audit, ask=ask, stripe_event=stripe_event
            )
        case IntentStatus.OPEN:
            return payment_table.record_declined(
                intent, audit, reason=_declined(intent), ask=ask, stripe_event=stripe_event
            )


def _declined(intent: Intent) -> Reason:
    return Reason("payment_declined", {"context": intent.decline} if intent.decline else {})


def cancel(payment: Payment, audit: AuditContext) -> IntentStatus | None:
    """Cancel a payment at Stripe and record its state, which is that of an earlier success if any.

    Returns the state; None if Stripe does not know the payment. Raises `PaymentsUnreachable`.
    """
    intent = stripe_gateway.cancel_intent(payment.payment_intent_id)
    if intent is None:
        return None
    reconcile(intent, audit)
    return intent.status


def paid_intent(payment: Payment) -> Intent:
    """The intent of a payment that succeeded, which need not be fetched to follow its refunds."""
    return Intent(
        id=payment.payment_intent_id,
        status=IntentStatus.SUCCEEDED,
        money=payment.money,
        order_id=payment.order_id,
        user_id=payment.user_id,
        paid_at=payment.paid_at,
    )


def request_refund(
    refund: Refund, intent: Intent, audit: AuditContext, *, failures: int = 0
) -> None:
    """Request an owed refund at Stripe and record its state. Raises `PaymentsUnreachable`.

    If Stripe refuses it, what has happened to the payment at Stripe is recorded; if the refund is
    owed nevertheless, this attempt has failed. `failures` is how often the request has failed
    before.
    """
    created = _created_refund(refund, intent, audit, failures)
    if created:
        reversals.record_request(refund, created.id, audit)
    if created is None or created.status is not RefundStatus.PENDING:
        follow_reversal(intent, audit)
    if created is None:
        failed = reversals.record_refusal(refund, audit)
        if failed and failed.needs_person:
            report_failed_refund(failed)


def _created_refund(
    refund: Refund, intent: Intent, audit: AuditContext, failures: int
) -> StripeRefund | None:
    """The refund at Stripe; None if Stripe refuses it, or it is not owed as it was any more.

    An error that Stripe has saved for an idempotency key says nothing of what its request did. So
    Stripe's refunds are recorded before the next key is used. Raises `PaymentsUnreachable`.
    """
    for number in range(stripe_gateway.MOST_SAVED_ERRORS):
        try:
            return stripe_gateway.create_refund(refund, failures=failures + number)
        except PaymentsUnreachable as error:
            if not stripe_gateway.is_saved(error):
                raise
            follow_reversal(intent, audit)
            if refunds.get(refund.order_id, refund.id) != refund:
                return None
    raise PaymentsUnreachable


def follow_reversal(
    intent: Intent, audit: AuditContext, *, stripe_event: str | None = None
) -> bool:
    """Record the refunds and the dispute of a payment. Returns whether a refund changed.

    Raises `PaymentsUnreachable` or `ReversalMissing`.
    """
    try:
        changed_refunds = reversals.record(
            intent,
            lambda: stripe_gateway.reversal(intent.id),
            audit,
            dispute_closes=config.read(config.Stripe).dispute_closes,
            stripe_event=stripe_event,
        )
    except OrderNotFound:
        return False
    for refund in changed_refunds:
        if refund.needs_person:
            report_failed_refund(refund)
    return bool(changed_refunds)


def report_failed_refund(refund: Refund) -> None:
    """Count and log a refund that failed for good, so that someone returns the money by hand."""
    metrics.count("RefundFailed")
    logger.error("a refund failed and is owed", order_id=refund.order_id)


def _start(order: Order, audit: AuditContext) -> Intent:
    """Create a payment intent for the current quote and make it the order's payment."""
    money = order.require_payable()
    intent = stripe_gateway.create_intent(order, money)
    payment = Payment(
        payment_intent_id=intent.id,
        order_id=order.id,
        user_id=order.user_id,
        money=money,
        revision=order.revision,
        opened_at=audit.at,
    )
    event = audit.event("payment_started", payment.facts)
    payment_table.start_payment(payment, event, known_order=order)
    return intent


def _succeed(
    intent: Intent, audit: AuditContext, stripe_event: str | None = None
) -> Effect | RefundReason | None:
    effect = payment_table.record_success(
        intent if intent.paid_at else _with_success_time(intent),
        audit,
        guarantee=completion_guarantee(),
        stripe_event=stripe_event,
    )
    if effect is Effect.COMPLETES:
        metrics.count("OrderPaid")
    elif effect is RefundReason.PAYMENT_MISMATCH:
        metrics.count("PaymentMismatch")
        logger.error("a payment does not match its order", order_id=intent.order_id)
    return effect


def _with_success_time(intent: Intent) -> Intent:
    """The intent with the time of its success, from which the promised time counts.

    Only a card's charge states it: others state when the payment began, which may be days before.
    Raises `OrderNotFound` or `PaymentsUnreachable`.
    """
    payment = payment_table.state_of(intent).payment
    if payment and payment.status is PaymentStatus.SUCCEEDED:
        return intent  # nothing is recorded a second time
    since = payment.opened_at if payment else None
    return replace(intent, paid_at=stripe_gateway.success_time(intent.id, since=since))

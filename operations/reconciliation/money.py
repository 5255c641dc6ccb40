"""Compare the payments, refunds and disputes of Stripe with those of the table."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from docket.domain.orders.order import Order, OrderStatus
from docket.domain.payments.payment import (
    Intent,
    IntentStatus,
    Payment,
    PaymentStatus,
    RefundStatus,
)
from docket.domain.payments.refund import Refund, StripeReversal
from docket.gateways import stripe
from docket.gateways.stripe import WebhookEvent
from docket.gateways.stripe_ranges import CreatedRefund, Range
from operations.reconciliation.difference import Difference, Kind
from operations.snapshot import Snapshot

_AGREE = {
    IntentStatus.OPEN: (PaymentStatus.OPEN, PaymentStatus.TO_CANCEL),
    IntentStatus.PROCESSING: (PaymentStatus.PROCESSING,),
    IntentStatus.SUCCEEDED: (PaymentStatus.SUCCEEDED,),
    IntentStatus.CANCELED: (PaymentStatus.CANCELED,),
}
"""Which states of a payment agree with a state of its intent."""


def of_intents(
    snapshot: Snapshot, intents: Sequence[Intent], now: datetime
) -> Iterator[Difference]:
    """Intents that the table lacks or has in another state, and captures that paid for nothing."""
    for intent in intents:
        order_id = intent.order_id or ""
        order = snapshot.orders.get(order_id)
        payment = snapshot.payments[order_id].get(intent.id)
        status = f"{intent.status} at Stripe"
        if order is None:
            if intent.status is not IntentStatus.CANCELED:
                yield Difference(Kind.INTENT_WITHOUT_ORDER, order_id, intent.id, status)
            continue
        if payment is None:
            if intent.status is not IntentStatus.CANCELED:
                yield Difference(Kind.PAYMENT_NOT_RECORDED, order_id, intent.id, status)
        else:
            yield from _of_payment(intent, payment)
        if intent.status is IntentStatus.SUCCEEDED and not _is_used(snapshot, order, intent, now):
            amount = f"{intent.money.amount} {intent.money.currency}, order {order.status}"
            yield Difference(Kind.CAPTURED_FOR_NOTHING, order_id, intent.id, amount)


def _of_payment(intent: Intent, payment: Payment) -> Iterator[Difference]:
    if payment.status not in _AGREE[intent.status]:
        detail = f"{intent.status} at Stripe, {payment.status} here"
        yield Difference(Kind.PAYMENT_STATUS, payment.order_id, intent.id, detail)
    if payment.money != intent.money:
        detail = f"{intent.money.amount} at Stripe, {payment.money.amount} here"
        yield Difference(Kind.PAYMENT_AMOUNT, payment.order_id, intent.id, detail)


def _is_used(snapshot: Snapshot, order: Order, intent: Intent, now: datetime) -> bool:
    """Whether a captured payment completed its order, may still do so, or is refunded."""
    if order.is_paid_for_by(intent.id):
        return order.promised_at is None or now < order.promised_at
    payment = snapshot.payments[order.id].get(intent.id)
    refunds = [r for r in snapshot.refunds[order.id].values() if r.payment_intent_id == intent.id]
    if payment and not payment.refundable.amount:
        return True
    return any(
        refund.is_open and not refund.was_made_at_stripe and not refund.needs_person
        for refund in refunds
    )


def of_payments(
    snapshot: Snapshot,
    intents: Sequence[Intent],
    within: Range,
    *,
    fetch: Callable[[str], Intent | None] = stripe.get_intent,
) -> Iterator[Difference]:
    """Payments of the table that Stripe lacks, or that disagree with their order."""
    listed = {intent.id for intent in intents}
    for order_id, payments in snapshot.payments.items():
        for payment in payments.values():
            is_listed = payment.payment_intent_id in listed or payment.opened_at not in within
            if not is_listed and fetch(payment.payment_intent_id) is None:
                detail = f"{payment.status} here"
                yield Difference(
                    Kind.PAYMENT_NOT_AT_STRIPE, order_id, payment.payment_intent_id, detail
                )
    for order in snapshot.orders.values():
        if order.created_at in within:
            yield from _of_order(order, snapshot.payments[order.id])


def _of_order(order: Order, payments: dict[str, Payment]) -> Iterator[Difference]:
    copy = order.payment
    if copy and payments.get(copy.payment_intent_id) != copy:
        yield Difference(Kind.PAYMENT_COPY, order.id, copy.payment_intent_id)
    is_paid = copy is not None and copy.status is PaymentStatus.SUCCEEDED
    if order.status is OrderStatus.COMPLETED and not is_paid and not order.is_sample:
        yield Difference(Kind.COMPLETED_UNPAID, order.id, order.id)


def of_refunds(
    snapshot: Snapshot,
    created: Sequence[CreatedRefund],
    within: Range,
    *,
    fetch: Callable[[str], StripeReversal] | None = None,
) -> Iterator[Difference]:
    """Refunds of our payments that are only at one of the two, or in another state there.

    Where one refund of the service had several attempts, only the latest is stored: what all of
    them returned is compared too.
    """
    reversal_of = fetch or _reversal_of
    payments = _by_intent(snapshot)
    latest = {
        refund.stripe_id: refund
        for of_order in snapshot.refunds.values()
        for refund in of_order.values()
    }
    for found in created:
        payment = payments.get(found.payment_intent_id)
        if payment:
            yield from _of_refund(payment, found, latest, snapshot.refunds[payment.order_id])
    tried_again = {
        payment_intent_id
        for payment_intent_id in {found.payment_intent_id for found in created}
        if payment_intent_id in payments
        and _has_earlier_attempts(snapshot.refunds, payments[payment_intent_id])
    }
    for payment_intent_id in sorted(tried_again):
        payment = payments[payment_intent_id]
        amount = reversal_of(payment_intent_id).amount_refunded
        if amount != payment.amount_refunded:
            detail = f"{amount} returned at Stripe, {payment.amount_refunded} here"
            yield Difference(Kind.REFUND_AMOUNT, payment.order_id, payment_intent_id, detail)
    listed = {found.refund.id for found in created}
    for refund in latest.values():
        if refund.stripe_id is None or refund.stripe_id in listed or refund.since not in within:
            continue
        at_stripe = {found.id for found in reversal_of(refund.payment_intent_id).refunds}
        if refund.stripe_id not in at_stripe:
            detail = f"{refund.status} here"
            yield Difference(Kind.REFUND_NOT_AT_STRIPE, refund.order_id, refund.stripe_id, detail)


def _of_refund(
    payment: Payment,
    found: CreatedRefund,
    latest: dict[str | None, Refund],
    of_order: dict[str, Refund],
) -> Iterator[Difference]:
    at_stripe, recorded = found.refund, latest.get(found.refund.id)
    if recorded is None:
        ours = of_order.get(payment.payment_intent_id)
        is_earlier_try = (
            ours
            and at_stripe.refund_id == ours.id
            and ours.attempts > 1
            and (at_stripe.status is RefundStatus.FAILED or ours.returned)
        )
        if not is_earlier_try:
            detail = (
                f"{at_stripe.money.amount} {at_stripe.money.currency}, {at_stripe.status} at Stripe"
            )
            yield Difference(Kind.REFUND_NOT_RECORDED, payment.order_id, at_stripe.id, detail)
    elif recorded.closed_at or recorded.has_other_failure or recorded.status is RefundStatus.OWED:
        return
    elif not recorded.money.amount and at_stripe.status is RefundStatus.FAILED:
        return  # what it owed was returned in another way
    elif recorded.status is not at_stripe.status:
        detail = f"{at_stripe.status} at Stripe, {recorded.status} here"
        yield Difference(Kind.REFUND_STATUS, payment.order_id, at_stripe.id, detail)
    elif recorded.status is not RefundStatus.FAILED and recorded.returned < at_stripe.money.amount:
        detail = f"{at_stripe.money.amount} at Stripe, {recorded.returned} here"
        yield Difference(Kind.REFUND_AMOUNT, payment.order_id, at_stripe.id, detail)


def _has_earlier_attempts(refunds: Mapping[str, dict[str, Refund]], payment: Payment) -> bool:
    refund = refunds[payment.order_id].get(payment.payment_intent_id)
    return refund is not None and (refund.attempts > 1 or refund.has_other_failure)


def _reversal_of(payment_intent_id: str) -> StripeReversal:
    if stripe.get_intent(payment_intent_id) is None:  # its list may be refused
        return StripeReversal()
    return stripe.reversal(payment_intent_id)


def of_disputes(snapshot: Snapshot, disputed: Mapping[str, StripeReversal]) -> Iterator[Difference]:
    """Payments of which the table does not have what Stripe states of their disputes."""
    payments = _by_intent(snapshot)
    for payment_intent_id, reversal in disputed.items():
        payment = payments.get(payment_intent_id)
        if payment is None:
            continue
        at_stripe, here = (
            (reversal.dispute, reversal.amount_lost),
            (payment.dispute, payment.amount_lost),
        )
        if at_stripe != here:
            detail = "{} ({} lost) at Stripe, {} ({} lost) here".format(*at_stripe, *here)
            yield Difference(Kind.DISPUTE_STATUS, payment.order_id, payment_intent_id, detail)


def _by_intent(snapshot: Snapshot) -> dict[str, Payment]:
    return {
        payment.payment_intent_id: payment
        for of_order in snapshot.payments.values()
        for payment in of_order.values()
    }


def of_events(snapshot: Snapshot, events: Sequence[WebhookEvent]) -> Iterator[Difference]:
    """Events about the end of a payment that had no effect.

    An event is recorded only if it changed something. One that found its effect done, by the
    browser's confirmation or by another event, is not, so the payment decides.
    """
    for event in events:
        intent = event.intent
        if intent is None or intent.order_id is None or event.id in snapshot.stripe_events:
            continue
        payment = snapshot.payments[intent.order_id].get(intent.id)
        status = payment.status if payment else "absent"
        is_missing = {
            IntentStatus.SUCCEEDED: status != PaymentStatus.SUCCEEDED,
            IntentStatus.CANCELED: payment is not None and not payment.is_final,
        }
        if is_missing.get(intent.status, False):
            detail = f"{event.type} {event.id}, {status} here"
            yield Difference(Kind.EVENT_WITHOUT_EFFECT, intent.order_id, intent.id, detail)

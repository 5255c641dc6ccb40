"""How an order comes to be paid: by Stripe's word, whoever brings it, once.

The browser's confirmation, Stripe's webhook and the sweeper all end in the same conditional write.
What was paid and does not count, since the order changed meanwhile, is given back.
"""

from docket import metrics
from docket.domain.errors import (
    NothingToCharge,
    OrderNotFound,
    PaymentNotConfirmed,
    PaymentsUnreachable,
    QuoteOutdated,
)
from docket.domain.event import Event, Occasion
from docket.domain.order import Order, OrderStatus
from docket.domain.payment import Intent, IntentStatus, Payment
from docket.gateways import payments as stripe
from docket.table import payments

DECLINED = "The last attempt to pay was declined. Try again, or use another card."
WITHDRAWN = "The payment was not made in time and was withdrawn. Pay again to open the analysis."
GIVEN_BACK = "A payment that no longer matched this order was refunded in full."

_ABOUT_PAYING = {
    "payment_intent.succeeded",
    "payment_intent.processing",
    "payment_intent.payment_failed",
    "payment_intent.canceled",
}


def intent_for(order: Order, on: Occasion) -> Intent:
    """The intent by which the order's quote can be paid now: the open one, or a new one.

    Raises `NothingToCharge`, `NotReadyToPay`, `Busy`, or `PaymentsUnreachable`.
    """
    order.require_payable()
    payment = order.open_payment()
    intent = stripe.intent(payment.intent_id) if payment else None
    if intent is None or intent.status is IntentStatus.CANCELED:
        return _open(order, on)
    if intent.status is IntentStatus.OPEN:
        return intent
    settle(order.id, intent, on)
    raise NothingToCharge(
        "This order is paid already; there is nothing to pay"
        if intent.status is IntentStatus.SUCCEEDED
        else "The bank is confirming the payment of this order; there is nothing to do"
    )


def confirm(order: Order, intent_id: str, on: Occasion) -> Order:
    """The order, completed by its own succeeded intent.

    Raises `PaymentNotConfirmed`, `QuoteOutdated` (the payment is given back), or
    `PaymentsUnreachable`.
    """
    intent = stripe.intent(intent_id)
    if intent is None:
        raise PaymentNotConfirmed("Stripe knows no such payment")
    try:
        payment = order.require_paid_by(intent)
        _complete(order.id, intent, on)
    except QuoteOutdated:
        _give_back(order.id, intent, on)
        raise
    return order if order.is_paid else order.completed_by(payment, at=on.at)


def take(news: stripe.News, on: Occasion) -> bool:
    """Let a Stripe event have its effect. False: it has had it, or has none.

    A success is final. Anything else may have passed by the time its event arrives, so Stripe is
    asked how the intent is now: events then converge in whatever order they come.
    """
    intent = news.intent
    if intent is None or intent.order_id is None or news.type not in _ABOUT_PAYING:
        return False
    if intent.status is not IntentStatus.SUCCEEDED:
        intent = stripe.intent(intent.id)
    if intent is None or intent.order_id is None:
        return False
    return settle(intent.order_id, intent, on, stripe_event=news.id)


def settle(order_id: str, intent: Intent, on: Occasion, *, stripe_event: str | None = None) -> bool:
    """Bring the order to where its intent is. False: it is there. Raises `PaymentsUnreachable`."""
    if intent.status is not IntentStatus.SUCCEEDED:
        return _note(order_id, intent, on, stripe_event)
    try:
        return _complete(order_id, intent, on, stripe_event)
    except (OrderNotFound, PaymentNotConfirmed, QuoteOutdated):
        return _give_back(order_id, intent, on, stripe_event)


def _open(order: Order, on: Occasion) -> Intent:
    money = order.require_payable().total
    intent = stripe.open_intent(order, money)
    payment = Payment(intent_id=intent.id, money=money, revision=order.revision, opened_at=on.at)
    payments.attach(order, payment, _about(intent, on, "payment_started"))
    if order.payment and order.payment.intent_id != intent.id:
        _withdraw_quietly(order, order.payment.intent_id, on)
    return intent


def _withdraw_quietly(order: Order, intent_id: str, on: Occasion) -> None:
    """Withdraw what the order no longer asks for; what was paid by now is given back.

    What cannot be withdrawn now and is paid later does not count, and is given back then.
    """
    try:
        old = stripe.withdraw(intent_id)
        if old and old.status is IntentStatus.SUCCEEDED:
            settle(order.id, old, on)
    except PaymentsUnreachable:
        return


def _note(order_id: str, intent: Intent, on: Occasion, stripe_event: str | None) -> bool:
    """Say on the order how its payment stands, if that is news."""
    try:
        if intent.status is IntentStatus.PROCESSING:
            event = _about(intent, on, "payment_processing", OrderStatus.PROCESSING)
            return payments.processing(order_id, intent, event, stripe_event=stripe_event)
        if intent.status is IntentStatus.CANCELED:
            what, reason = "payment_withdrawn", WITHDRAWN
        elif intent.failed:
            what, reason = "payment_failed", DECLINED
        else:
            return False
        event = _about(intent, on, what, OrderStatus.PENDING)
        return payments.failed(order_id, intent, event, reason=reason, stripe_event=stripe_event)
    except OrderNotFound:
        return False


def _complete(order_id: str, intent: Intent, on: Occasion, stripe_event: str | None = None) -> bool:
    event = _about(intent, on, "paid", OrderStatus.COMPLETED)
    news = payments.complete(order_id, intent, event, stripe_event=stripe_event)
    if news:
        metrics.count("OrderPaid")
    return news


def _give_back(
    order_id: str, intent: Intent, on: Occasion, stripe_event: str | None = None
) -> bool:
    """Refund what does not count, then say so: the refund can be repeated, so it comes first."""
    stripe.refund(intent.id)
    event = _about(intent, on, "refunded")
    try:
        news = payments.refunded(
            order_id, intent, event, reason=GIVEN_BACK, stripe_event=stripe_event
        )
    except OrderNotFound:
        return True
    if news:
        metrics.count("OrderRefunded")
    return news


def _about(intent: Intent, on: Occasion, what: str, to_status: OrderStatus | None = None) -> Event:
    return on.event(
        what,
        {
            "payment_intent_id": intent.id,
            "amount": intent.money.amount,
            "currency": intent.money.currency,
        },
        to_status=to_status,
    )

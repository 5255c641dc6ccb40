"""Payments and refunds are compared with those at Stripe."""

from dataclasses import replace
from datetime import timedelta

import pytest

from docket.domain.orders.order import OrderStatus
from docket.domain.payments.payment import DisputeStatus, IntentStatus, PaymentStatus, RefundStatus
from docket.domain.payments.pricing import Money
from docket.domain.payments.refund import Refund, RefundReason, StripeRefund, StripeReversal
from docket.gateways.stripe import WebhookEvent
from docket.gateways.stripe_ranges import CreatedRefund, Range
from operations.reconciliation.difference import Kind
from operations.reconciliation.money import (
    of_disputes,
    of_events,
    of_intents,
    of_payments,
    of_refunds,
)
from operations.snapshot import Snapshot
from tests.make import OID, THEN, a_payment, an_intent, an_order

RANGE = Range(since=THEN - timedelta(days=1), until=THEN + timedelta(days=1))
PAID = a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN)
COMPLETED = an_order(status=OrderStatus.COMPLETED, payment=PAID)
OWED = Refund.owed(PAID, RefundReason.QUOTE_CHANGED, at=THEN)
RETURNED = OWED.requested("re_1", at=THEN).succeeded(at=THEN)
CANCELLED = an_order(status=OrderStatus.CANCELLED, payment=PAID)
FAILED_FOR_GOOD = replace(OWED, status=RefundStatus.FAILED, attempts=9)
BY_HAND = replace(OWED, id="re_1", stripe_id="re_1", reason=RefundReason.BY_HAND)


def items(order=None, *refunds, payments=()):
    """A snapshot of an order with its payments, of which the current one is the first."""
    snapshot = Snapshot()
    if order:
        snapshot.orders[order.id] = order
        payments = payments or ((order.payment,) if order.payment else ())
    for payment in payments:
        snapshot.payments[OID][payment.payment_intent_id] = payment
    for refund in refunds:
        snapshot.refunds[OID][refund.id] = refund
    return snapshot


def kinds(differences):
    return [difference.kind for difference in differences]


def test_a_payment_that_completed_its_order_is_no_difference():
    assert kinds(of_intents(items(COMPLETED), [an_intent()], THEN)) == []


def test_an_intent_without_an_order_is_named_unless_it_is_canceled():
    canceled = an_intent(status=IntentStatus.CANCELED)

    assert kinds(of_intents(items(), [an_intent()], THEN)) == [Kind.INTENT_WITHOUT_ORDER]
    assert kinds(of_intents(items(), [canceled], THEN)) == []


def test_an_intent_whose_opening_is_not_recorded_is_named():
    differences = of_intents(items(an_order()), [an_intent(status=IntentStatus.OPEN)], THEN)

    assert kinds(differences) == [Kind.PAYMENT_NOT_RECORDED]


@pytest.mark.parametrize(
    ("at_stripe", "here", "agree"),
    [
        (IntentStatus.OPEN, PaymentStatus.OPEN, True),
        (IntentStatus.OPEN, PaymentStatus.TO_CANCEL, True),
        (IntentStatus.CANCELED, PaymentStatus.CANCELED, True),
        (IntentStatus.CANCELED, PaymentStatus.OPEN, False),
        (IntentStatus.PROCESSING, PaymentStatus.OPEN, False),
        (IntentStatus.OPEN, PaymentStatus.SUCCEEDED, False),
    ],
)
def test_the_states_of_a_payment_are_compared(at_stripe, here, agree):
    snapshot = items(an_order(payment=a_payment(status=here)))

    found = kinds(of_intents(snapshot, [an_intent(status=at_stripe)], THEN))

    assert found == ([] if agree else [Kind.PAYMENT_STATUS])


def test_another_amount_is_named():
    intent = an_intent(money=Money(300, "eur"))

    assert kinds(of_intents(items(COMPLETED), [intent], THEN)) == [Kind.PAYMENT_AMOUNT]


def test_a_missed_success_is_captured_for_nothing():
    snapshot = items(an_order(payment=a_payment()))

    found = kinds(of_intents(snapshot, [an_intent()], THEN))

    assert found == [Kind.PAYMENT_STATUS, Kind.CAPTURED_FOR_NOTHING]


def test_a_second_capture_must_be_refunded():
    second = replace(PAID, payment_intent_id="pi_2")
    owed = replace(OWED, id="pi_2", payment_intent_id="pi_2")
    intents = [an_intent(), an_intent(id="pi_2")]
    unreturned = items(COMPLETED, payments=(PAID, second))
    refunded = items(COMPLETED, owed, payments=(PAID, second))

    (difference,) = of_intents(unreturned, intents, THEN)

    assert (difference.kind, difference.subject) == (Kind.CAPTURED_FOR_NOTHING, "pi_2")
    assert kinds(of_intents(refunded, intents, THEN)) == []


def test_a_refund_that_needs_a_person_leaves_the_money_with_us():
    found = kinds(of_intents(items(CANCELLED, FAILED_FOR_GOOD), [an_intent()], THEN))

    assert found == [Kind.CAPTURED_FOR_NOTHING]


@pytest.mark.parametrize(
    "refund",
    [
        replace(OWED, money=Money(0, "eur"), status=RefundStatus.SUCCEEDED),
        replace(BY_HAND, status=RefundStatus.PENDING),
    ],
    ids=["settled by what was not lost after all", "by hand, and not counted by the payment"],
)
def test_money_that_no_refund_of_the_service_returns_is_captured_for_nothing(refund):
    found = kinds(of_intents(items(CANCELLED, refund), [an_intent()], THEN))

    assert found == [Kind.CAPTURED_FOR_NOTHING]


def test_money_that_a_person_returned_is_not_captured_for_nothing():
    acknowledged = FAILED_FOR_GOOD.acknowledged(at=THEN)
    snapshot = items(CANCELLED, acknowledged, payments=(PAID.acknowledged(250),))

    assert kinds(of_intents(snapshot, [an_intent()], THEN)) == []


def test_a_waiting_order_keeps_the_money_until_the_promised_time():
    payment = replace(PAID, promised_at=THEN + timedelta(hours=2))
    waiting = items(an_order(status=OrderStatus.PROCESSING, payment=payment))

    assert kinds(of_intents(waiting, [an_intent()], THEN)) == []
    late = THEN + timedelta(hours=3)
    assert kinds(of_intents(waiting, [an_intent()], late)) == [Kind.CAPTURED_FOR_NOTHING]


def test_a_payment_that_stripe_does_not_know_is_named():
    snapshot = items(COMPLETED)

    assert kinds(of_payments(snapshot, [an_intent()], RANGE, fetch=lambda _: None)) == []
    assert kinds(of_payments(snapshot, [], RANGE, fetch=lambda _: an_intent())) == []
    found = kinds(of_payments(snapshot, [], RANGE, fetch=lambda _: None))
    assert found == [Kind.PAYMENT_NOT_AT_STRIPE]


def test_the_copy_of_the_current_payment_must_be_equal():
    snapshot = items(COMPLETED, payments=(replace(PAID, amount_refunded=100),))

    assert kinds(of_payments(snapshot, [an_intent()], RANGE)) == [Kind.PAYMENT_COPY]


def test_a_sample_order_is_completed_without_a_payment():
    snapshot = items(an_order(status=OrderStatus.COMPLETED, is_sample=True))

    assert kinds(of_payments(snapshot, [], RANGE)) == []


def test_a_completed_order_without_a_success_is_named():
    snapshot = items(an_order(status=OrderStatus.COMPLETED, payment=a_payment()))

    assert kinds(of_payments(snapshot, [an_intent()], RANGE)) == [Kind.COMPLETED_UNPAID]


def a_created_refund(status=RefundStatus.SUCCEEDED, *, refund_id="re_1", amount=250, of="pi_1"):
    money = Money(amount, "eur")
    refund = StripeRefund(id=refund_id, status=status, money=money, refund_id=of)
    return CreatedRefund(payment_intent_id="pi_1", refund=refund)


def test_a_recorded_refund_is_no_difference():
    snapshot = items(COMPLETED, RETURNED)

    assert kinds(of_refunds(snapshot, [a_created_refund()], RANGE)) == []


def test_a_refund_of_another_shop_is_left_out():
    assert kinds(of_refunds(items(), [a_created_refund()], RANGE)) == []


def test_a_refund_that_is_not_recorded_is_named():
    found = kinds(of_refunds(items(COMPLETED), [a_created_refund()], RANGE))

    assert found == [Kind.REFUND_NOT_RECORDED]


def test_an_earlier_try_of_a_refund_is_no_difference():
    again = replace(RETURNED, stripe_id="re_2", attempts=2)
    created = [a_created_refund(RefundStatus.FAILED), a_created_refund(refund_id="re_2")]

    assert with_attempts(again, *created) == []


def test_an_earlier_try_that_failed_unnoticed_after_a_later_one_is_named():
    """Both had succeeded with a part; then the bank rejected the first, and its event was lost."""
    again = replace(RETURNED, stripe_id="re_2", attempts=2)
    stored = replace(PAID, amount_refunded=PAID.money.amount)
    parts = [a_created_refund(amount=150), a_created_refund(refund_id="re_2", amount=100)]
    failed = a_created_refund(RefundStatus.FAILED, amount=150)

    assert with_attempts(again, *parts, payment=stored) == []
    assert with_attempts(again, failed, parts[1], payment=stored) == [Kind.REFUND_AMOUNT]


def test_a_refund_by_hand_that_failed_unnoticed_is_no_earlier_try():
    again = replace(RETURNED, stripe_id="re_2", attempts=2)
    by_hand = a_created_refund(RefundStatus.FAILED, of=None)
    created = [by_hand, a_created_refund(refund_id="re_2")]

    assert with_attempts(again, *created) == [Kind.REFUND_NOT_RECORDED]


def with_attempts(refund, *created, payment=None):
    """The differences of a refund that has all the attempts that Stripe lists."""
    amount = sum(
        f.refund.money.amount for f in created if f.refund.status is not RefundStatus.FAILED
    )
    payment = payment or replace(PAID, amount_refunded=amount)
    reversal = StripeReversal(refunds=tuple(found.refund for found in created))
    snapshot = items(replace(COMPLETED, payment=payment), refund)
    return kinds(of_refunds(snapshot, created, RANGE, fetch=lambda _: reversal))


def test_another_state_of_a_refund_is_named():
    snapshot = items(COMPLETED, RETURNED)

    found = kinds(of_refunds(snapshot, [a_created_refund(RefundStatus.FAILED)], RANGE))

    assert found == [Kind.REFUND_STATUS]


def test_another_amount_of_a_refund_is_named():
    less = replace(RETURNED, returned=1)

    found = kinds(of_refunds(items(COMPLETED, less), [a_created_refund()], RANGE))

    assert found == [Kind.REFUND_AMOUNT]


def test_a_refund_that_stripe_refused_is_not_compared_with_its_earlier_attempt():
    refused = replace(RETURNED, status=RefundStatus.OWED).refused(at=THEN)

    assert with_attempts(refused, a_created_refund()) == []


def test_an_earlier_attempt_of_a_refund_of_nothing_is_no_difference():
    settled = replace(RETURNED, money=replace(RETURNED.money, amount=0))

    assert kinds(of_refunds(items(COMPLETED, settled), [a_created_refund()], RANGE)) == []


def test_another_state_of_a_dispute_is_named():
    lost = StripeReversal(dispute=DisputeStatus.LOST, amount_lost=250)
    disputed = replace(PAID, dispute=DisputeStatus.LOST, amount_lost=250)

    def found(payment):
        return kinds(of_disputes(items(COMPLETED, payments=(payment,)), {"pi_1": lost}))

    assert found(PAID) == [Kind.DISPUTE_STATUS]
    assert found(replace(disputed, amount_lost=100)) == [Kind.DISPUTE_STATUS]
    assert found(disputed) == []


def test_a_dispute_of_another_shop_is_left_out():
    assert kinds(of_disputes(items(), {"pi_1": StripeReversal(dispute=DisputeStatus.OPEN)})) == []


def test_a_failed_refund_that_was_returned_in_another_way_is_no_difference():
    unneeded = replace(RETURNED, money=replace(RETURNED.money, amount=0))
    created = [a_created_refund(RefundStatus.FAILED)]

    assert kinds(of_refunds(items(COMPLETED, unneeded), created, RANGE)) == []


def test_a_refund_that_stripe_does_not_know_is_named():
    snapshot = items(COMPLETED, RETURNED)

    at_stripe = StripeReversal(refunds=(a_created_refund().refund,))
    assert kinds(of_refunds(snapshot, [], RANGE, fetch=lambda _: at_stripe)) == []
    found = kinds(of_refunds(snapshot, [], RANGE, fetch=lambda _: StripeReversal()))
    assert found == [Kind.REFUND_NOT_AT_STRIPE]


def an_event_of(status, event_id="evt_1"):
    kind = f"payment_intent.{status}"
    return WebhookEvent(id=event_id, type=kind, intent=an_intent(status=status))


@pytest.mark.parametrize("status", [IntentStatus.SUCCEEDED, IntentStatus.CANCELED])
def test_an_event_without_its_effect_is_named(status):
    snapshot = items(an_order(payment=a_payment()))

    assert kinds(of_events(snapshot, [an_event_of(status)])) == [Kind.EVENT_WITHOUT_EFFECT]


def test_an_event_whose_effect_came_by_another_way_is_no_difference():
    assert kinds(of_events(items(COMPLETED), [an_event_of(IntentStatus.SUCCEEDED)])) == []


def test_a_recorded_event_is_no_difference():
    snapshot = items(an_order(payment=a_payment()))
    snapshot.stripe_events.add("evt_1")

    assert kinds(of_events(snapshot, [an_event_of(IntentStatus.SUCCEEDED)])) == []

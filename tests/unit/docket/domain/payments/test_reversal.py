"""What refunds and disputes mean for an order: its status, its reason, and its history."""

from dataclasses import replace

import pytest

from docket.domain.payments.payment import DisputeStatus, PaymentStatus, RefundStatus
from docket.domain.payments.pricing import Money
from docket.domain.payments.refund import Refund, RefundReason, StripeRefund
from docket.domain.payments.reversal import explain, reversal_event, status_of_refunds
from tests.make import THEN, a_payment

PAID = a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN)
RETURNED = replace(PAID, amount_refunded=250)
OWED = Refund.owed(PAID, RefundReason.QUOTE_CHANGED, at=THEN)
PENDING = OWED.requested("re_1", at=THEN)
SUCCEEDED = PENDING.succeeded(at=THEN)
FAILED = PENDING.failed(at=THEN)
FAILED_BY_HAND = Refund.by_hand(
    PAID, StripeRefund(id="re_9", status=RefundStatus.FAILED, money=Money(50, "eur")), at=THEN
)
SETTLED = replace(OWED, status=RefundStatus.SUCCEEDED, money=replace(OWED.money, amount=0))


@pytest.mark.parametrize(
    ("before", "after", "changes", "event"),
    [
        (PAID, RETURNED, [(PENDING, SUCCEEDED)], ("refunded", 250)),
        (RETURNED, RETURNED, [(PENDING, SUCCEEDED)], ("refunded", 250)),
        (PAID, RETURNED, [(OWED, PENDING)], ("refund_requested", 250)),
        (PAID, RETURNED, [], None),
        (RETURNED, PAID, [(SUCCEEDED, FAILED)], ("refund_failed", 250)),
        (RETURNED, replace(PAID, amount_refunded=100), [], ("refund_failed", 150)),
        (PAID, PAID, [(PENDING, FAILED)], ("refund_failed", 250)),
        (PAID, replace(PAID, refund=RefundStatus.FAILED), [], None),
        (PAID, PAID, [(FAILED, replace(FAILED, returned=9))], None),
        (PAID, RETURNED, [(OWED, SETTLED)], None),
        (PAID, replace(PAID, dispute=DisputeStatus.OPEN), [], ("payment_disputed", 0)),
        (PAID, replace(PAID, dispute=DisputeStatus.WON), [], ("dispute_closed", 0)),
        (PAID, replace(PAID, amount_lost=250), [(OWED, SETTLED)], ("dispute_closed", 0)),
    ],
)
def test_an_event_says_what_changed(before, after, changes, event):
    found = reversal_event(before, after, changes)

    assert (found and (found[0], found[1]["amount"])) == event


def test_a_closed_failure_does_not_explain_the_order():
    partly = replace(PAID, amount_refunded=0)

    assert explain(partly, [FAILED_BY_HAND.closed(at=THEN)]) is None


@pytest.mark.parametrize(
    ("status", "reason", "code"),
    [
        (RefundStatus.SUCCEEDED, RefundReason.QUOTE_CHANGED, "quote_changed"),
        (RefundStatus.PENDING, RefundReason.ORDER_CANCELLED, "order_cancelled"),
        (RefundStatus.SUCCEEDED, RefundReason.BY_HAND, "partially_refunded"),
        (RefundStatus.FAILED, RefundReason.QUOTE_CHANGED, "refund_failed"),
        (RefundStatus.FAILED, RefundReason.ORDER_CANCELLED, "order_cancelled"),
    ],
)
def test_a_refund_explains_the_order(status, reason, code):
    refund = replace(OWED, status=status, reason=reason, returned=OWED.money.amount)
    explanation = explain(replace(PAID, amount_refunded=100), [refund])

    assert explanation is not None
    assert explanation.code == code
    assert ("refund_status" in explanation.params) is (status is RefundStatus.FAILED)


@pytest.mark.parametrize(
    ("refunds", "status"),
    [
        ([FAILED_BY_HAND], RefundStatus.FAILED),
        ([FAILED_BY_HAND.acknowledged(at=THEN)], RefundStatus.SUCCEEDED),
        ([FAILED_BY_HAND, FAILED_BY_HAND.acknowledged(at=THEN)], RefundStatus.FAILED),
        ([FAILED_BY_HAND.closed(at=THEN)], None),
    ],
)
def test_a_failure_counts_until_no_refund_is_open(refunds, status):
    newer = RefundStatus.FAILED if status is RefundStatus.FAILED else RefundStatus.PENDING

    assert status_of_refunds(RefundStatus.FAILED, refunds) is status
    assert status_of_refunds(RefundStatus.PENDING, refunds) is newer


def test_a_failure_counts_of_which_stripes_newest_refund_says_nothing():
    refused = OWED.refused(at=THEN)

    for status in (None, RefundStatus.SUCCEEDED, RefundStatus.PENDING):
        assert status_of_refunds(status, [refused]) is RefundStatus.FAILED
    assert status_of_refunds(None, [refused.retried(at=THEN)]) is None
    assert status_of_refunds(RefundStatus.SUCCEEDED, [replace(refused, closed_at=THEN)]) is (
        RefundStatus.SUCCEEDED
    )


def test_a_dispute_explains_the_order_first():
    explanation = explain(replace(PAID, dispute=DisputeStatus.OPEN), [OWED])

    assert explanation is not None
    assert explanation.code == "dispute_open"
    assert explain(replace(PAID, amount_refunded=0), []) is None

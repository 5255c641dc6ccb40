"""What is paid or owed is compared with its deadline when it is fulfilled."""

from dataclasses import replace
from datetime import timedelta

import pytest

from docket.domain.orders.order import OrderStatus
from docket.domain.payments.payment import DisputeStatus, PaymentStatus, RefundStatus
from docket.domain.payments.refund import Refund, RefundReason
from tests.make import OID, THEN, a_payment, an_order
from tests.simulation.environment.stripe_side import Capture
from tests.simulation.orders.deadlines import SLACK, Deadlines

HOUR = timedelta(hours=1)
PAID = replace(a_payment(), status=PaymentStatus.SUCCEEDED, paid_at=THEN, promised_at=THEN + HOUR)
INTENT = PAID.payment_intent_id
OWED = Refund.owed(PAID, RefundReason.QUOTE_CHANGED, at=THEN)
REQUESTED = replace(OWED, status=RefundStatus.PENDING)
DONE = replace(an_order(payment=PAID), status=OrderStatus.COMPLETED)
WAITING = replace(an_order(payment=PAID), status=OrderStatus.PROCESSING)


@pytest.fixture
def deadlines():
    """After the capture of a payment, at the end of the faults."""
    deadlines = Deadlines(lambda: {HOUR})
    deadlines.capture(a_capture())
    deadlines.faults_stop(THEN)
    return deadlines


def a_capture(*, by_card=True):
    return Capture(
        payment_intent_id=INTENT, order_id=OID, at=THEN, event_id="evt_1", by_card=by_card
    )


def late(deadlines, order, at, *refunds, payment=PAID):
    refunds_by_id = {refund.id: refund for refund in refunds}
    return [*deadlines.check(order, {INTENT: payment}, refunds_by_id, at)]


def test_an_order_is_late_after_the_promised_time_and_the_slack(deadlines):
    assert not late(deadlines, WAITING, THEN + 9 * HOUR)
    assert late(deadlines, DONE, THEN + HOUR + SLACK + timedelta(seconds=1))


def test_an_order_is_in_time_within_the_slack(deadlines):
    assert not late(deadlines, DONE, THEN + HOUR + SLACK)


def test_the_time_counts_from_the_end_of_the_faults(deadlines):
    deadlines.faults_stop(THEN + 5 * HOUR)

    assert not late(deadlines, DONE, THEN + 5 * HOUR + SLACK)


def test_a_refund_that_is_requested_long_after_it_was_owed_is_late(deadlines):
    assert not late(deadlines, WAITING, THEN, OWED)
    assert len(late(deadlines, WAITING, THEN + 2 * HOUR, REQUESTED)) == 2


def test_a_debt_that_failed_has_its_back_off(deadlines):
    deadlines.follow_debt(OID, "", 2)

    assert not late(deadlines, DONE, THEN + 2 * HOUR + SLACK)


def test_a_refund_waits_for_the_end_of_a_dispute(deadlines):
    disputed = replace(PAID, dispute=DisputeStatus.OPEN)
    late(deadlines, WAITING, THEN + 9 * HOUR, OWED, payment=disputed)

    assert not late(deadlines, WAITING, THEN + 10 * HOUR, REQUESTED)


def test_the_recorded_time_of_a_card_is_stripes(deadlines):
    recorded = replace(PAID, paid_at=THEN + HOUR, promised_at=THEN + 2 * HOUR)

    assert not [*deadlines.of_success(PAID, THEN, by_event=False)]
    assert [*deadlines.of_success(recorded, THEN + HOUR, by_event=False)]


def test_the_time_of_a_debit_may_be_that_of_the_look_that_found_it(deadlines):
    deadlines.capture(a_capture(by_card=False))
    recorded = replace(PAID, paid_at=THEN + HOUR, promised_at=THEN + 2 * HOUR)

    assert not [*deadlines.of_success(recorded, THEN + HOUR, by_event=False)]
    assert [*deadlines.of_success(recorded, THEN + HOUR, by_event=True)]


def test_the_promised_time_is_a_guarantee_of_the_stage_later(deadlines):
    payment = replace(PAID, promised_at=THEN + 100 * HOUR)

    assert [*deadlines.of_success(payment, THEN, by_event=True)]

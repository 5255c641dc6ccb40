from dataclasses import replace
from datetime import timedelta

import pytest

from docket.domain.payments.payment import ACTION_REQUIRED, DisputeStatus, PaymentStatus
from docket.domain.payments.pricing import Money
from docket.domain.reason import Reason
from docket.domain.transition import TransitionRefused
from tests.make import THEN, a_payment, an_intent

DECLINED = Reason("payment_declined")
TRANSITIONS = {
    "to_cancel": lambda payment: payment.to_cancel(),
    "confirming": lambda payment: payment.confirming(),
    "declined": lambda payment: payment.declined(DECLINED),
    "awaiting_action": lambda payment: payment.awaiting_action(),
    "canceled": lambda payment: payment.canceled(),
    "succeeded": lambda payment: payment.succeeded(
        a_payment().money, paid_at=THEN, guarantee=timedelta(hours=2)
    ),
}
ALLOWED = {
    PaymentStatus.OPEN: set(TRANSITIONS),
    PaymentStatus.TO_CANCEL: {"confirming", "declined", "canceled", "succeeded"},
    PaymentStatus.PROCESSING: {"declined", "awaiting_action", "canceled", "succeeded"},
    PaymentStatus.CANCELED: {"succeeded"},
    PaymentStatus.SUCCEEDED: set(),
}


@pytest.mark.parametrize("transition", TRANSITIONS)
@pytest.mark.parametrize("status", PaymentStatus)
def test_a_state_allows_only_its_transitions(status, transition):
    payment = a_payment(status=status)

    if transition in ALLOWED[status]:
        assert TRANSITIONS[transition](payment) != payment
    else:
        with pytest.raises(TransitionRefused):
            TRANSITIONS[transition](payment)


def test_a_declined_payment_is_open_again():
    declined = a_payment(status=PaymentStatus.PROCESSING).declined(DECLINED)

    assert (declined.status, declined.failure) == (PaymentStatus.OPEN, DECLINED)
    with pytest.raises(TransitionRefused):
        declined.declined(DECLINED)


def test_a_required_action_ends_with_the_attempt_to_pay():
    waiting = a_payment().awaiting_action()

    assert waiting.requires_action
    assert waiting.to_cancel().failure is None
    assert waiting.canceled().failure is None
    assert waiting.confirming().failure is None
    assert waiting.declined(DECLINED).failure == DECLINED
    with pytest.raises(TransitionRefused):
        waiting.awaiting_action()


def test_a_payment_that_is_to_be_cancelled_requires_no_action():
    processing = a_payment(status=PaymentStatus.PROCESSING)

    replaced = processing.awaiting_action(may_be_repeated=False)

    assert (replaced.status, replaced.failure) == (PaymentStatus.TO_CANCEL, None)
    assert processing.awaiting_action().failure == ACTION_REQUIRED


def test_the_promise_counts_from_the_time_of_the_success():
    paid = a_payment().succeeded(a_payment().money, paid_at=THEN, guarantee=timedelta(hours=2))

    assert paid.promised_at == THEN + timedelta(hours=2)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, None),
        ({"amount_refunded": 100}, "partially_refunded"),
        ({"amount_refunded": 250}, "refunded"),
        ({"amount_acknowledged": 100}, "partially_refunded"),
        ({"amount_refunded": 100, "amount_acknowledged": 150}, "refunded"),
        ({"dispute": DisputeStatus.OPEN}, "dispute_open"),
        ({"dispute": DisputeStatus.OPEN, "amount_lost": 100}, "dispute_lost"),
        ({"dispute": DisputeStatus.LOST, "amount_refunded": 100}, "dispute_lost"),
        ({"dispute": DisputeStatus.WON}, None),
    ],
)
def test_a_reversal_has_a_reason(fields, code):
    reversal = replace(a_payment(), **fields).reversal

    assert (reversal.code if reversal else None) == code


@pytest.mark.parametrize("fields", [{"is_withheld": True}, {"amount_acknowledged": 250}])
def test_a_dispute_says_whether_the_order_is_closed(fields):
    disputed = replace(a_payment(), dispute=DisputeStatus.OPEN)
    reasons = [disputed.reversal, replace(disputed, **fields).reversal]

    assert [reason.params.get("context") for reason in reasons if reason] == [None, "closed"]


def test_what_a_person_returned_is_counted_as_returned():
    payment = replace(a_payment(), amount_refunded=100, amount_acknowledged=50)

    assert payment.amount_returned == payment.refund_reason("refunded").params["amount"] == 150


def test_what_is_left_can_be_refunded():
    paid = a_payment(status=PaymentStatus.SUCCEEDED, amount_refunded=100)

    assert paid.refundable == Money(150, "eur")
    assert paid.is_refundable
    assert replace(paid, amount_lost=50).refundable == Money(100, "eur")
    assert not replace(paid, amount_refunded=250).is_refundable
    assert not replace(paid, amount_lost=150).is_refundable
    assert replace(paid, amount_lost=150).is_returned
    assert not a_payment().is_refundable


@pytest.mark.parametrize("dispute", [DisputeStatus.OPEN, DisputeStatus.LOST])
def test_a_lost_dispute_closes_the_order_also_during_another_one(dispute):
    payment = a_payment(status=PaymentStatus.SUCCEEDED, dispute=dispute, amount_lost=100)

    assert payment.is_returned
    assert not payment.gives_access


def test_each_answer_about_reversals_is_counted_and_is_no_change_by_itself():
    once = a_payment().reversed(amount_refunded=0, refund=None, dispute=None)
    disputed = a_payment().reversed(amount_refunded=0, refund=None, dispute=DisputeStatus.OPEN)

    assert (once.reversal_version, once.has_state_of(a_payment())) == (1, True)
    assert not disputed.has_state_of(a_payment())


def test_the_client_secret_is_not_in_the_representation():
    assert "pi_1_secret_2" not in repr(an_intent(client_secret="pi_1_secret_2"))

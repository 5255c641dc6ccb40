from dataclasses import replace
from datetime import timedelta

import pytest

from docket.domain.payments.payment import PaymentStatus, RefundStatus
from docket.domain.payments.pricing import Money
from docket.domain.payments.refund import (
    BACK_OFF,
    Refund,
    RefundReason,
    StripeRefund,
    StripeReversal,
)
from docket.domain.transition import TransitionRefused
from tests.make import THEN, a_payment

LATER = THEN + timedelta(hours=1)
PAID = a_payment(status=PaymentStatus.SUCCEEDED, amount_refunded=100)
OWED = Refund.owed(PAID, RefundReason.QUOTE_CHANGED, at=THEN)
FAILED_BY_HAND = Refund.by_hand(
    PAID,
    StripeRefund(id="re_9", status=RefundStatus.FAILED, money=Money(50, "eur")),
    at=THEN,
)
TRANSITIONS = {
    "requested": lambda refund: refund.requested("re_1", at=LATER),
    "succeeded": lambda refund: refund.succeeded(at=LATER),
    "failed": lambda refund: refund.failed(at=LATER),
    "retried": lambda refund: refund.retried(at=LATER),
}
ALLOWED = {
    RefundStatus.OWED: {"requested"},
    RefundStatus.PENDING: {"succeeded", "failed"},
    RefundStatus.SUCCEEDED: {"failed"},
    RefundStatus.FAILED: {"succeeded", "retried"},
}


@pytest.mark.parametrize("transition", TRANSITIONS)
@pytest.mark.parametrize("status", RefundStatus)
def test_a_state_allows_only_its_transitions(status, transition):
    refund = replace(OWED, status=status, attempts=1)

    if transition in ALLOWED[status]:
        assert TRANSITIONS[transition](refund).since == LATER
    else:
        with pytest.raises(TransitionRefused):
            TRANSITIONS[transition](refund)


def test_what_was_not_refunded_is_owed():
    assert (OWED.money, OWED.id) == (Money(150, "eur"), "pi_1")


def test_every_attempt_has_a_key_of_its_own():
    again = OWED.requested("re_1", at=THEN).failed(at=THEN).retried(at=LATER)

    keys = {again.stripe_key(0), OWED.stripe_key(0), OWED.stripe_key(1)}
    assert len(keys) == 3


@pytest.mark.parametrize("status", [RefundStatus.OWED, RefundStatus.FAILED])
@pytest.mark.parametrize("amount", [50, 250])
def test_what_is_left_of_a_payment_is_owed(status, amount):
    refund = replace(OWED, status=status)

    left = refund.of_what_is_left(Money(amount, "eur"), at=LATER)

    assert (left.money, left.status) == (Money(amount, "eur"), status)
    assert refund.of_what_is_left(Money(0, "eur"), at=LATER).status is RefundStatus.SUCCEEDED
    with pytest.raises(TransitionRefused):
        refund.of_what_is_left(refund.money, at=LATER)


def test_what_another_refund_or_a_dispute_did_not_return_after_all_is_owed_again():
    returned = OWED.requested("re_1", at=THEN).succeeded(at=THEN)

    again = returned.of_what_is_left(Money(100, "eur"), at=LATER)

    assert (again.status, again.money.amount, again.returned) == (RefundStatus.OWED, 100, 150)
    assert again.stripe_key(0) != replace(again, since=THEN).stripe_key(0)
    assert again.requested("re_2", at=LATER).returned == 250
    with pytest.raises(TransitionRefused):
        again.with_stripe_status(RefundStatus.SUCCEEDED, at=LATER)
    with pytest.raises(TransitionRefused):
        returned.of_what_is_left(Money(0, "eur"), at=LATER)


def test_a_refund_whose_attempts_fail_after_the_last_one_succeeded_needs_a_person():
    last = replace(OWED, attempts=len(BACK_OFF)).requested("re_5", at=THEN).succeeded(at=THEN)

    failed = last.of_what_is_left(Money(100, "eur"), at=LATER)

    assert (failed.status, failed.money.amount) == (RefundStatus.FAILED, 100)
    assert failed.needs_person
    with pytest.raises(TransitionRefused):  # what the last attempt returned is not left
        failed.with_stripe_status(RefundStatus.SUCCEEDED, at=LATER)
    more = failed.of_what_is_left(Money(250, "eur"), at=LATER)
    assert more.acknowledged(at=LATER).amount_acknowledged == 250


def test_what_was_returned_is_what_stripe_states_of_all_attempts():
    again = OWED.requested("re_1", at=THEN)

    def attempt(id_, status, of):
        return StripeRefund(id=id_, status=status, money=Money(100, "eur"), refund_id=of)

    attempts = [
        attempt("re_2", RefundStatus.PENDING, again.id),
        attempt("re_1", RefundStatus.SUCCEEDED, again.id),
        attempt("re_0", RefundStatus.FAILED, again.id),
        attempt("re_3", RefundStatus.SUCCEEDED, None),
    ]

    assert again.counted(attempts).returned == 200
    assert replace(again, id="re_3").counted(attempts).returned == 100


def test_the_customer_sees_what_a_refund_has_returned():
    returned = OWED.requested("re_1", at=THEN).succeeded(at=THEN)
    again = returned.of_what_is_left(Money(100, "eur"), at=LATER)
    settled = again.of_what_is_left(Money(0, "eur"), at=LATER)
    unneeded = OWED.of_what_is_left(Money(0, "eur"), at=LATER)

    assert (returned.summary.money.amount, again.summary.money.amount) == (150, 100)
    assert (settled.summary.money.amount, settled.is_hidden) == (150, False)
    assert unneeded.is_hidden


def test_a_refund_that_stripe_refuses_has_failed_and_is_tried_again():
    refused = OWED.refused(at=LATER)

    assert (refused.status, refused.attempts, refused.returned) == (RefundStatus.FAILED, 1, 0)
    again = refused.retried(at=LATER).requested("re_1", at=LATER)
    assert again.succeeded(at=LATER).status is RefundStatus.SUCCEEDED
    with pytest.raises(TransitionRefused):
        again.refused(at=LATER)


def test_the_state_of_an_earlier_attempt_is_not_that_of_a_refused_one():
    returned = OWED.requested("re_1", at=THEN).succeeded(at=THEN)
    again = returned.of_what_is_left(Money(100, "eur"), at=LATER).refused(at=LATER)

    with pytest.raises(TransitionRefused):
        again.with_stripe_status(RefundStatus.SUCCEEDED, at=LATER)
    assert again.retried(at=LATER).requested("re_2", at=LATER).succeeded(at=LATER)


def test_a_refund_that_is_under_way_is_of_its_amount():
    pending = OWED.requested("re_1", at=THEN)

    with pytest.raises(TransitionRefused):
        pending.of_what_is_left(Money(250, "eur"), at=LATER)


def test_what_a_person_returned_is_not_left():
    failed = replace(OWED, status=RefundStatus.FAILED, attempts=len(BACK_OFF) + 1)
    acknowledged = failed.acknowledged(at=LATER)

    returned = PAID.acknowledged(acknowledged.money.amount)
    assert returned.refundable.amount == PAID.refundable.amount - OWED.money.amount
    with pytest.raises(TransitionRefused):
        acknowledged.of_what_is_left(Money(0, "eur"), at=LATER)


def test_what_a_dispute_did_not_take_after_all_is_owed_beside_what_a_person_returned():
    failed = replace(OWED, status=RefundStatus.FAILED, attempts=len(BACK_OFF) + 1)
    acknowledged = failed.acknowledged(at=THEN)

    again = acknowledged.of_what_is_left(Money(100, "eur"), at=LATER)

    assert (again.status, again.money.amount, again.is_open) == (RefundStatus.OWED, 100, True)
    returned = again.requested("re_9", at=LATER).succeeded(at=LATER)
    assert returned.summary.money.amount == OWED.money.amount + 100


def test_a_refund_of_nothing_is_settled_although_its_last_attempt_failed():
    failed = OWED.requested("re_1", at=THEN).failed(at=THEN)

    settled = failed.of_what_is_left(Money(0, "eur"), at=LATER)

    with pytest.raises(TransitionRefused):
        settled.with_stripe_status(RefundStatus.FAILED, at=LATER)


def test_a_person_is_needed_after_the_last_try():
    failed = replace(OWED, status=RefundStatus.FAILED, attempts=len(BACK_OFF))
    assert not failed.needs_person
    assert not failed.summary.needs_person
    last = replace(failed, attempts=len(BACK_OFF) + 1)

    assert last.needs_person
    assert last.summary.needs_person
    with pytest.raises(TransitionRefused):
        last.retried(at=LATER)


def test_the_operators_refund_is_tried_again_and_one_at_stripe_is_not():
    operators = replace(OWED, reason=RefundReason.BY_HAND).requested("re_1", at=THEN)

    assert operators.failed(at=THEN).retried(at=LATER).status is RefundStatus.OWED
    assert FAILED_BY_HAND.needs_person


def test_a_failed_refund_by_hand_is_closed_by_what_returns_its_amount():
    returned = FAILED_BY_HAND.of_what_is_left(Money(0, "eur"), at=LATER)
    half = FAILED_BY_HAND.replaced_by(20, at=LATER)
    replaced = half.replaced_by(40, at=LATER)

    assert (half.money.amount, half.needs_person) == (30, True)
    for closed in (returned, replaced):
        assert (closed.closed_at, closed.needs_person, closed.is_open) == (LATER, False, False)
        with pytest.raises(TransitionRefused):
            closed.with_stripe_status(RefundStatus.FAILED, at=LATER)


def test_a_failed_refund_by_hand_is_of_no_more_than_what_is_left():
    assert FAILED_BY_HAND.of_what_is_left(Money(10, "eur"), at=LATER).money.amount == 10
    with pytest.raises(TransitionRefused):
        FAILED_BY_HAND.of_what_is_left(Money(60, "eur"), at=LATER)


def test_a_refund_that_a_person_returned_otherwise_is_settled():
    failed = replace(OWED, status=RefundStatus.FAILED, attempts=len(BACK_OFF) + 1)

    returned = failed.acknowledged(at=LATER)

    assert (returned.status, returned.is_open) == (RefundStatus.SUCCEEDED, False)
    with pytest.raises(TransitionRefused):
        returned.with_stripe_status(RefundStatus.FAILED, at=LATER)
    with pytest.raises(TransitionRefused):
        OWED.acknowledged(at=LATER)


def test_the_refunds_that_did_not_fail_are_added_up():
    refunds = (
        StripeRefund(id="re_1", status=RefundStatus.FAILED, money=Money(100, "eur")),
        StripeRefund(id="re_2", status=RefundStatus.PENDING, money=Money(30, "eur")),
        StripeRefund(id="re_3", status=RefundStatus.SUCCEEDED, money=Money(20, "eur")),
    )

    assert StripeReversal(refunds=refunds).amount_refunded == 50

from datetime import UTC, datetime

import pytest

from docket.domain.payments.payment import Decline, DisputeStatus, RefundStatus
from docket.domain.payments.pricing import Money
from docket.gateways import stripe_objects
from docket.gateways.stripe_objects import LISTED_EVENTS, reversal_of, stripe_refund, webhook_event

pytestmark = pytest.mark.usefixtures("stripe")

STARTED, SETTLED = 1_793_000_000, 1_793_500_000


def an_intent(**fields):
    return {
        "id": "pi_1",
        "status": "succeeded",
        "amount": 250,
        "amount_received": 250,
        "currency": "eur",
        "metadata": {"order_id": "o1", "user_id": "ada", "stage": "test"},
        **fields,
    }


def a_charge(method):
    return {
        "status": "succeeded",
        "created": STARTED,
        "payment_method_details": {"type": method},
    }


def parsed(type_, about):
    return webhook_event("evt_1", type_, {"created": SETTLED, "data": {"object": about}})


def time_of(seconds):
    return datetime.fromtimestamp(seconds, UTC)


def test_a_success_took_place_when_its_event_was_created():
    """The intent and the charge of a debit were created when it was started, days before."""
    event = parsed("payment_intent.succeeded", an_intent(created=STARTED, latest_charge="ch_1"))

    assert event.created == event.intent.paid_at == time_of(SETTLED)


@pytest.mark.parametrize(("method", "paid_at"), [("card", STARTED), ("sepa_debit", None)])
def test_only_the_charge_of_a_card_states_when_it_succeeded(method, paid_at):
    intent = stripe_objects.intent_if_known(an_intent(latest_charge=a_charge(method)))

    assert intent is not None
    assert intent.paid_at == (time_of(paid_at) if paid_at else None)


@pytest.mark.parametrize(
    ("status", "amount"),
    [("succeeded", 100), ("processing", 250), ("requires_payment_method", 250), ("canceled", 250)],
)
def test_the_amount_of_a_payment_that_succeeded_is_what_was_received(status, amount):
    intent = stripe_objects.intent_if_known(an_intent(status=status, amount_received=100))

    assert intent is not None
    assert intent.money == Money(amount, "eur")


def test_a_success_that_does_not_state_what_was_received_is_of_an_unknown_shape():
    assert stripe_objects.intent_if_known(an_intent(amount_received=None)) is None


@pytest.mark.parametrize("status", ["processing", "requires_payment_method"])
def test_a_payment_that_is_not_made_has_no_time(status):
    event = parsed("payment_intent.processing", an_intent(status=status))

    assert event.intent.paid_at is None


def test_lost_disputes_are_added_up():
    disputes = [
        {"status": "needs_response", "amount": 70},
        {"status": "lost", "amount": 100},
        {"status": "won", "amount": 20},
        {"status": "lost", "amount": 30},
    ]

    reversal = reversal_of([], disputes)

    assert (reversal.dispute, reversal.amount_lost) == (DisputeStatus.OPEN, 130)


@pytest.mark.parametrize(
    ("statuses", "dispute"),
    [
        (["won", "lost"], DisputeStatus.LOST),
        (["lost", "needs_response"], DisputeStatus.OPEN),
        (["won", "under_review"], DisputeStatus.OPEN),
        (["won", "warning_closed"], DisputeStatus.WON),
        (["won", "warning_under_review"], DisputeStatus.INQUIRY),
        (["warning_needs_response", "lost"], DisputeStatus.LOST),
        ([], None),
    ],
)
def test_an_open_dispute_counts_more_than_a_lost_one_and_a_won_one_least(statuses, dispute):
    disputes = [{"status": status, "amount": 100} for status in statuses]

    assert reversal_of([], disputes).dispute is dispute


def test_a_cancelled_payment_has_the_reason_of_the_last_failure():
    error = {"code": "charge_exceeds_source_limit", "decline_code": "insufficient_funds"}

    event = parsed(
        "payment_intent.canceled", an_intent(status="canceled", last_payment_error=error)
    )

    assert event.intent.failed
    assert event.intent.decline is Decline.INSUFFICIENT_FUNDS


@pytest.mark.parametrize(("metadata", "name"), [({"refund_id": "pi_1"}, "pi_1"), ({}, None)])
def test_a_refund_names_the_one_it_is_an_attempt_of(metadata, name):
    refund = stripe_refund(
        {"id": "re_1", "status": "new", "amount": 5, "currency": "eur", "metadata": metadata}
    )

    assert (refund.refund_id, refund.status) == (name, RefundStatus.PENDING)


def test_the_events_that_are_looked_for_fit_into_one_request():
    assert len(LISTED_EVENTS) <= 20
    assert set(LISTED_EVENTS) == (stripe_objects.INTENT_EVENTS | stripe_objects.REVERSAL_EVENTS) - {
        "payment_intent.canceled",
        "payment_intent.requires_action",
    }

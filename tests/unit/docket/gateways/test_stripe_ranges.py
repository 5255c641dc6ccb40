"""What was created at Stripe in a range of time, from all pages."""

from datetime import UTC, datetime, timedelta

import pytest

from docket.domain.payments.pricing import Money
from docket.gateways import stripe as gateway
from docket.gateways import stripe_ranges
from docket.gateways.stripe_ranges import Range
from tests.make import an_order

NOW = datetime.now(UTC)
RANGE = Range(since=NOW - timedelta(hours=1), until=NOW + timedelta(hours=1))
EARLIER = Range(since=NOW - timedelta(hours=2), until=NOW - timedelta(hours=1))


@pytest.fixture
def intent(stripe):
    intent = gateway.create_intent(an_order(), Money(250, "eur"))
    stripe.pay(intent.id)
    return intent


def test_a_range_includes_its_ends():
    assert RANGE.since in RANGE
    assert RANGE.until in RANGE
    assert RANGE.since - timedelta(seconds=1) not in RANGE


def test_intents_of_this_stage_are_listed(intent, stripe):
    stripe.sdk.v1.payment_intents.create({"amount": 500, "currency": "eur"})

    assert [found.id for found in stripe_ranges.intents(RANGE)] == [intent.id]
    assert list(stripe_ranges.intents(EARLIER)) == []


def test_all_pages_are_listed(stripe, monkeypatch):
    monkeypatch.setattr(gateway, "_PAGE", 2)
    for revision in range(5):
        gateway.create_intent(an_order(revision=revision), Money(250, "eur"))

    assert len({found.id for found in stripe_ranges.intents(RANGE)}) == 5


def test_refunds_name_their_payment(intent, stripe):
    stripe.sdk.v1.refunds.create({"payment_intent": intent.id, "amount": 100})

    (found,) = stripe_ranges.refunds(RANGE)

    assert (found.payment_intent_id, found.refund.money.amount) == (intent.id, 100)


def test_events_are_parsed(intent):
    found = {event.type: event.intent for event in stripe_ranges.events(RANGE) if event.intent}

    assert "payment_intent.succeeded" in found
    assert {about.id for about in found.values()} == {intent.id}

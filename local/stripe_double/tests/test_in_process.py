"""The double in process: the SDK calls it without a socket, and time is the test's."""

import json
import socket
import time
from typing import Any

import pytest
import stripe

from local.stripe_double.in_process import InProcessDouble
from local.stripe_double.tests.conftest import WEBHOOK_SECRET, Clock, seeded

EUROS: Any = {"amount": 250, "currency": "eur"}


def test_a_payment_needs_no_socket_and_no_time(shop, monkeypatch):
    def refuse(*_: object):
        pytest.fail("a socket or a pause")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    paid = shop.pay()

    assert (paid.status, paid.created) == ("succeeded", 1_800_000_000)
    assert shop.double.run_due() == 3
    assert [event["type"] for event in shop.sent] == shop.types()
    assert shop.double.next_due() is None


def test_the_sdk_verifies_a_webhook_of_the_test_clock(shop):
    shop.pay()
    shop.double.run_due()

    assert stripe.WebhookSignature.verify_header(
        json.dumps(shop.sent[0]), shop.signatures[0], WEBHOOK_SECRET
    )


def test_a_seed_repeats_every_id():
    def life(double):
        api = stripe.StripeClient(double.secret_key, http_client=double.http_client()).v1
        # Without a key, the SDK draws one that no seed repeats.
        intent = api.payment_intents.create(EUROS, {"idempotency_key": "create"})
        api.payment_intents.confirm(
            intent.id,
            {"payment_method": "pm_card_visa", "return_url": "https://x.test/"},
            {"idempotency_key": "confirm"},
        )
        return [event.to_dict() for event in api.events.list().data]

    double = InProcessDouble(clock=Clock(), random=seeded(7))
    first = life(double)
    double.clear(random=seeded(7))
    second = life(double)
    assert [event["deliveries"][0]["id"] for event in double.control.events()] == [3, 2, 1]
    double.clear()
    third = life(double)
    double.close()

    assert second == first
    assert third != first


def test_a_debit_settles_after_three_days(shop):
    debit = shop.pay("pm_successDelayed_de")
    assert debit.status == "processing"

    shop.pass_seconds(3 * 86_400 - 1)
    assert shop.sdk.v1.payment_intents.retrieve(debit.id).status == "processing"
    shop.pass_seconds(1)

    (event,) = shop.sdk.v1.events.list({"type": "payment_intent.succeeded"}).data
    assert event.created == debit.created + 3 * 86_400


@pytest.mark.parametrize("kind", ["timeout", "reset"])
def test_a_lost_response_is_a_connection_error(shop, kind):
    shop.double.faults.add({"calls": [{"kind": kind, "when": "after"}]})
    began = shop.clock.now
    with_key = {"idempotency_key": "order-1"}

    with pytest.raises(stripe.APIConnectionError):
        shop.sdk.v1.payment_intents.create(EUROS, with_key)

    assert shop.clock.now - began == (4 if kind == "timeout" else 0)
    (created,) = shop.sdk.v1.payment_intents.list().data
    assert shop.sdk.v1.payment_intents.create(EUROS, with_key).id == created.id


def test_the_sdk_retries_without_sleeping(shop):
    shop.double.faults.add({"calls": [{"kind": "reset", "times": 2}]})
    client = stripe.StripeClient(
        shop.double.secret_key, http_client=shop.double.http_client(), max_network_retries=2
    )
    began, real = shop.clock.now, time.monotonic()

    client.v1.payment_intents.create(EUROS)

    assert shop.clock.now - began == 1.5
    assert time.monotonic() - real < 1


@pytest.mark.parametrize("kind", ["rate_limit", "lock_timeout"])
def test_a_429_names_what_to_wait_for(shop, kind):
    shop.double.faults.add({"calls": [{"kind": kind}]})

    with pytest.raises(stripe.RateLimitError) as refused:
        shop.sdk.v1.payment_intents.create(EUROS)

    assert refused.value.http_status == 429
    assert json.loads(refused.value.http_body or "")["error"]["code"] == kind


def test_a_refusal_for_the_state_is_saved_with_the_key(shop):
    debit = shop.pay("pm_success_de")
    with_key = {"idempotency_key": "refund-1"}

    for _ in range(2):
        with pytest.raises(stripe.InvalidRequestError, match="successful charge"):
            shop.sdk.v1.refunds.create({"payment_intent": debit.id}, with_key)
        shop.pass_seconds(100)

    assert shop.sdk.v1.payment_intents.retrieve(debit.id).status == "succeeded"
    assert shop.sdk.v1.refunds.create({"payment_intent": debit.id}).amount == 1000


@pytest.mark.parametrize(("when", "number"), [("before", 0), ("after", 1)])
def test_a_saved_500_is_repeated_for_a_day(shop, when, number):
    shop.double.faults.add({"calls": [{"kind": "stored_error", "when": when}]})
    with_key: Any = {"idempotency_key": "order-1"}

    for retries in (2, 0):
        with_key["max_network_retries"] = retries
        with pytest.raises(stripe.APIError) as failed:
            shop.sdk.v1.payment_intents.create(EUROS, with_key)
        assert failed.value.http_status == 500
        assert shop.clock.now == Clock.now, "the SDK tried again"

    assert len(shop.sdk.v1.payment_intents.list().data) == number
    shop.clock.sleep(86_401)
    assert shop.sdk.v1.payment_intents.create(EUROS, with_key).amount == 250


def test_a_saved_rejection_is_repeated(shop):
    intent = shop.pay()
    shop.sdk.v1.refunds.create({"payment_intent": intent.id, "amount": 1000})
    with_key = {"idempotency_key": "refund-1"}

    for _ in range(2):
        with pytest.raises(stripe.InvalidRequestError) as refused:
            shop.sdk.v1.refunds.create({"payment_intent": intent.id}, with_key)
        assert refused.value.code == "charge_already_refunded"
        assert refused.value.request_id

    shop.act(f"refunds/{shop.sdk.v1.refunds.list().data[0].id}/fail")
    with pytest.raises(stripe.InvalidRequestError):
        shop.sdk.v1.refunds.create({"payment_intent": intent.id}, with_key)
    assert shop.sdk.v1.refunds.create({"payment_intent": intent.id}).amount == 1000


def test_an_error_has_the_request_id_and_a_replay_the_first(shop):
    with_key = {"idempotency_key": "order-1"}

    first = shop.sdk.v1.payment_intents.create(EUROS, with_key).last_response
    second = shop.sdk.v1.payment_intents.create(EUROS, with_key).last_response

    assert second.headers["original-request"] == first.headers["request-id"]


def test_a_refused_webhook_is_repeated_with_longer_pauses(shop):
    shop.status = 0
    shop.sdk.v1.payment_intents.create(EUROS)
    shop.pass_seconds(10)
    (event,) = shop.double.control.events()
    assert len(event["deliveries"][0]["attempts"]) == 4

    shop.status = 200
    shop.pass_seconds(10)

    assert [event["type"] for event in shop.sent] == ["payment_intent.created"]


def test_a_webhook_is_given_up_after_three_days(shop):
    shop.status = 500
    shop.sdk.v1.payment_intents.create(EUROS)

    shop.pass_seconds(4 * 86_400)

    (event,) = shop.double.control.events()
    assert event["deliveries"][0]["state"] == "gave_up"

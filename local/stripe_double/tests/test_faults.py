"""Injected faults, before a call takes effect or after."""

import time

import pytest
import requests
import stripe

from local.stripe_double.double import StripeDouble

EUROS = {"amount": 250, "currency": "eur"}


@pytest.fixture
def fault(control):
    def set_(kind, **more):
        return control("POST", "faults", {"calls": [{"kind": kind, **more}]})

    return set_


def intents(api):
    return api.v1.payment_intents.list().data


def test_an_error_before_the_call_has_no_effect(api, fault):
    fault("error")

    with pytest.raises(stripe.APIError) as failed:
        api.v1.payment_intents.create(EUROS)

    assert failed.value.http_status == 500
    assert intents(api) == []


@pytest.mark.parametrize("kind", ["error", "reset", "timeout"])
def test_a_retry_with_the_same_key_gets_the_lost_response(double, sdk, fault, kind):
    client = sdk(double, timeout=0.3)
    fault(kind, when="after", seconds=0.6)
    with_key = {"idempotency_key": "order-1"}

    with pytest.raises((stripe.APIError, stripe.APIConnectionError)):
        client.v1.payment_intents.create(EUROS, with_key)

    api = sdk(double)
    (created,) = intents(api)
    assert api.v1.payment_intents.create(EUROS, with_key).id == created.id


@pytest.mark.parametrize("kind", ["reset", "timeout"])
def test_a_connection_lost_before_the_call_has_no_effect(double, sdk, fault, kind):
    fault(kind, seconds=0.2)

    with pytest.raises(stripe.APIConnectionError):
        sdk(double).v1.payment_intents.create(EUROS)

    assert intents(sdk(double)) == []


def test_the_sdks_own_retries_succeed_with_one_effect(double, sdk, fault):
    fault("reset", when="after", times=2)

    intent = sdk(double, retries=2).v1.payment_intents.create(EUROS)

    assert [i.id for i in intents(sdk(double))] == [intent.id]


def test_a_slow_call_is_answered(api, fault):
    fault("slow", seconds=0.2)
    before = time.monotonic()

    intent = api.v1.payment_intents.create(EUROS)

    assert intent.amount == 250
    assert time.monotonic() - before >= 0.2


def test_too_many_calls_are_rejected(api, fault):
    fault("rate_limit")

    with pytest.raises(stripe.RateLimitError):
        api.v1.payment_intents.create(EUROS)


def test_a_fault_can_be_limited_to_a_path_and_method(api, fault):
    fault("error", path="/v1/refunds", method="POST")

    intent = api.v1.payment_intents.create(EUROS)

    assert api.v1.refunds.list().data == []
    with pytest.raises(stripe.APIError):
        api.v1.refunds.create({"payment_intent": intent.id})


def test_faults_are_listed_and_cleared(api, control, fault):
    faults = fault("error", times=3)
    assert faults["calls"][0]["times"] == 3

    cleared = control("DELETE", "faults")

    assert cleared["calls"] == []
    assert api.v1.payment_intents.create(EUROS).amount == 250


@pytest.mark.parametrize(
    "body",
    [
        [],
        {"weather": "bad"},
        {"calls": 3},
        {"calls": [3]},
        {"calls": [{"kind": "flood"}]},
        {"calls": [{"kind": "slow", "size": 1}]},
        {"calls": [{"kind": "slow", "seconds": "long"}]},
        {"events": {"drop": True}},
        {"events": None},
    ],
)
def test_an_unknown_fault_is_rejected(double, session, body):
    reply = session.post(f"{double.url}/_double/faults", json=body, timeout=5)

    assert reply.status_code == 400


def test_calls_are_listed_with_their_result(api, control, fault):
    fault("error")
    with pytest.raises(stripe.APIError):
        api.v1.payment_intents.create(EUROS)
    api.v1.payment_intents.create(EUROS)

    calls = control("GET", "calls")

    assert [(call["status"], call["note"]) for call in calls] == [
        (None, "error before"),
        (200, None),
    ]


def test_stopping_does_not_wait_for_a_held_call(state):
    with StripeDouble(state) as double:
        double.faults.add({"calls": [{"kind": "timeout", "seconds": 60}]})
        headers = {"Authorization": f"Bearer {double.secret_key}"}
        with pytest.raises(requests.exceptions.ReadTimeout):
            requests.get(f"{double.url}/v1/events", headers=headers, timeout=0.2)
        stopping = time.monotonic()

    assert time.monotonic() - stopping < 20

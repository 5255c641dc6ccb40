"""Every event is signed and delivered at least once, also after failures and a restart."""

import json

import pytest
import stripe

from local.stripe_double.double import StripeDouble
from local.stripe_double.errors import StripeError
from local.stripe_double.webhooks import Endpoint

EUROS = {"amount": 250, "currency": "eur"}
SECRET = "whsec_of_the_tests"


@pytest.fixture
def endpoint(control, receiver):
    """The receiver is registered with the double."""
    return control("POST", "webhook", {"url": receiver.url, "secret": SECRET})


def states(control):
    return [d["state"] for event in control("GET", "events") for d in event["deliveries"]]


def test_the_sdk_verifies_the_signature_of_an_event(api, endpoint, receiver):
    intent = api.v1.payment_intents.create(EUROS, {"idempotency_key": "k1"})
    receiver.waits_for(1)

    event = stripe.Webhook.construct_event(receiver.bodies[0], receiver.signatures[0], SECRET)

    assert (event.type, event.data.object["id"]) == ("payment_intent.created", intent.id)
    assert event.request.idempotency_key == "k1"
    assert event.api_version == stripe.api_version
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(receiver.bodies[0], receiver.signatures[0], "whsec_other")


def test_events_wait_until_an_endpoint_is_registered(api, control, receiver):
    api.v1.payment_intents.create(EUROS)
    assert control("GET", "webhook") == {"url": None}
    assert states(control) == ["waiting"]

    registered = control("POST", "webhook", {"url": receiver.url, "secret": SECRET})

    receiver.waits_for(1)
    assert registered == {"url": receiver.url}


def test_an_event_is_repeated_until_it_is_accepted(api, control, endpoint, receiver, within):
    receiver.statuses += [500, 302, 404]

    api.v1.payment_intents.create(EUROS)

    receiver.waits_for(4)
    within(lambda: states(control) == ["delivered"], "delivery")
    (event,) = control("GET", "events")
    attempts = event["deliveries"][0]["attempts"]
    assert [attempt["status"] for attempt in attempts] == [500, 302, 404, 200]
    assert len(set(receiver.bodies)) == 1
    assert api.v1.events.retrieve(event["id"]).pending_webhooks == 0


def test_an_unreachable_receiver_is_retried(api, control, receiver, within):
    control("POST", "webhook", {"url": "http://127.0.0.1:9/", "secret": SECRET})
    api.v1.payment_intents.create(EUROS)

    def is_retried():
        return len(control("GET", "events")[0]["deliveries"][0]["attempts"]) >= 2

    within(is_retried, "second attempt")
    control("POST", "webhook", {"url": receiver.url, "secret": SECRET})
    receiver.waits_for(1)


def test_a_restart_delivers_pending_events(state, sdk, receiver):
    with StripeDouble(state) as double:
        intent = sdk(double).v1.payment_intents.create(EUROS, {"idempotency_key": "k1"})

    with StripeDouble(state, webhook=receiver.endpoint) as double:
        receiver.waits_for(1)
        api = sdk(double)
        stored = api.v1.payment_intents.retrieve(intent.id)
        repeated = api.v1.payment_intents.create(EUROS, {"idempotency_key": "k1"})

    assert json.loads(receiver.bodies[0])["data"]["object"]["id"] == intent.id
    assert stored.client_secret == intent.client_secret
    assert repeated.id == intent.id


def test_a_restarted_double_settles_debits_and_keeps_its_endpoint(state, sdk, receiver, within):
    params = {"confirm": True, "payment_method": "pm_success_de", "return_url": "https://x.test/"}
    with StripeDouble(state, webhook=receiver.endpoint) as double:
        intent = sdk(double).v1.payment_intents.create(EUROS | params)
        receiver.waits_for(3)

    with StripeDouble(state) as double:
        api = sdk(double)
        assert api.v1.payment_intents.retrieve(intent.id).status == "processing"
        double.control.answer("POST", f"/_double/payment_intents/{intent.id}/settle", {})
        double.wake_loops()
        within(lambda: "payment_intent.succeeded" in receiver.types, "webhook after the restart")


def test_an_event_can_be_resent(api, control, endpoint, receiver):
    api.v1.payment_intents.create(EUROS)
    receiver.waits_for(1)
    (event,) = control("GET", "events")

    control("POST", f"events/{event['id']}/resend")

    receiver.waits_for(2)
    assert (
        receiver.bodies[1].replace(b'"pending_webhooks": 0', b'"pending_webhooks": 1')
        == (receiver.bodies[0])
    )


def test_dropped_events_are_not_sent_until_resent(api, control, endpoint, receiver):
    control("POST", "faults", {"events": {"drop": 1}})
    lost = api.v1.payment_intents.create(EUROS)
    api.v1.payment_intents.create(EUROS)
    receiver.waits_for(1)
    dropped = next(e for e in control("GET", "events") if e["object"] == lost.id)
    assert [d["state"] for d in dropped["deliveries"]] == ["dropped"]

    control("POST", f"events/{dropped['id']}/resend")

    receiver.waits_for(2)
    assert json.loads(receiver.bodies[1])["id"] == dropped["id"]


def test_events_can_be_duplicated(api, control, endpoint, receiver):
    control("POST", "faults", {"events": {"duplicate": 1}})

    api.v1.payment_intents.create(EUROS)

    receiver.waits_for(2)
    assert receiver.bodies[0] == receiver.bodies[1]


def test_events_can_be_reordered(api, control, endpoint, receiver):
    control("POST", "faults", {"events": {"reorder": 3}})
    params = {"confirm": True, "payment_method": "pm_card_visa", "return_url": "https://x.test/"}

    api.v1.payment_intents.create(EUROS | params)

    receiver.waits_for(3)
    assert receiver.types == [
        "payment_intent.succeeded",
        "charge.succeeded",
        "payment_intent.created",
    ]


def test_held_events_are_sent_when_the_faults_are_cleared(api, control, endpoint, receiver):
    control("POST", "faults", {"events": {"reorder": 5}})
    api.v1.payment_intents.create(EUROS)
    assert states(control) == ["held"]

    control("DELETE", "faults")

    receiver.waits_for(1)


def test_events_can_be_delayed(api, control, endpoint, receiver):
    control("POST", "faults", {"events": {"delay": 0.8}})

    api.v1.payment_intents.create(EUROS)

    assert states(control) == ["waiting"]
    assert receiver.bodies == []
    receiver.waits_for(1)


@pytest.mark.parametrize("url", ["ftp://x.test/", "nowhere", "http://", "http://[", None])
def test_an_endpoint_needs_an_http_url(url):
    with pytest.raises(StripeError):
        Endpoint(url, SECRET)


def test_names_under_localhost_resolve_to_this_machine(api, control, receiver):
    port = receiver.url.rsplit(":", 1)[1]
    url = f"http://d123.cloudfront.localhost:{port}"

    control("POST", "webhook", {"url": url, "secret": SECRET})
    api.v1.payment_intents.create(EUROS)

    receiver.waits_for(1)

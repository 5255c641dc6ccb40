import base64
import copy
import json
import time

import pytest

from docket.gateways import stripe as gateway
from tests.fakes import signed
from tests.make import OID, a_read_document
from tests.make_calls import a_request, call, send
from tests.table_state import add_documents, owed_refunds

PATH = "/api/v1/payments/webhook"


def deliver(body, headers=None):
    """Call the webhook as Stripe does."""
    return call(
        "payments/webhook", body, as_user=None, headers=signed(body) if headers is None else headers
    )


@pytest.fixture
def payment_intent_id(order, stripe):
    created: str = call("payments/create_intent", order_id=OID).json["payment_intent_id"]
    return created


@pytest.fixture
def paid_event(payment_intent_id, stripe):
    """Stripe's event that the order's intent succeeded."""
    stripe.pay(payment_intent_id)
    return stripe.event("payment_intent.succeeded", payment_intent_id)


def status():
    return call("orders/get", order_id=OID).json["status"]


def count_events(name):
    history = call("orders/list_events", order_id=OID).json
    return [event["what"] for event in history].count(name)


def test_a_signed_success_completes_the_order(paid_event):
    reply = deliver(paid_event)

    assert (reply.status, reply.json) == (200, {"received": True, "effect": True})
    assert status() == "completed"


def test_a_repeated_event_has_one_effect(paid_event):
    deliver(paid_event)

    reply = deliver(paid_event)

    assert (reply.status, reply.json["effect"]) == (200, False)
    assert count_events("paid") == 1


def test_a_base64_body_is_decoded(paid_event):
    event = a_request("POST", PATH, headers=signed(paid_event))
    event |= {"body": base64.b64encode(paid_event.encode()).decode(), "isBase64Encoded": True}

    assert send("payments/webhook", event).json["effect"]
    assert status() == "completed"


@pytest.mark.parametrize(
    "headers",
    [
        lambda _: {},
        lambda _: {"stripe-signature": "t=1,v1=00"},
        lambda body: signed(body, secret="whsec_other"),
        lambda body: signed(body, secret=""),
        lambda body: signed(body, at=time.time() - 301),
        lambda body: signed(body, at=time.time() + 3600),
        lambda _: {"stripe-signature": f"t={int(time.time())},v1=é"},
        lambda body: signed(body.replace("250", "251")),
        lambda body: {"stripe-signature": signed(body)["stripe-signature"].replace("v1=", "v0=")},
    ],
    ids=[
        "missing",
        "invented",
        "other secret",
        "empty secret",
        "old",
        "in the future",
        "not ASCII",
        "other body",
        "old scheme",
    ],
)
def test_an_event_without_a_valid_recent_signature_is_rejected(paid_event, headers):
    assert deliver(paid_event, headers(paid_event)).refusal == (400, "bad_signature")
    assert status() == "pending"


@pytest.mark.parametrize("secret", ["", "whsec_rolled"])
def test_an_empty_or_rotated_secret_rejects_events(stripe, paid_event, secret):
    stripe.set_keys(webhook_secret=secret)

    reply = deliver(
        paid_event, signed(paid_event, secret="" if not secret else "whsec_of_the_tests")
    )

    assert reply.status == (502 if not secret else 400)
    assert status() == "pending"


def test_late_events_end_in_the_state_of_stripe(stripe, payment_intent_id):
    stripe.pay(payment_intent_id, "pm_card_visa_chargeDeclined")
    stripe.pay(payment_intent_id, "pm_success_de")
    stripe.complete_payment(payment_intent_id)

    for late in ("succeeded", "processing", "payment_failed", "succeeded"):
        assert deliver(stripe.event(f"payment_intent.{late}", payment_intent_id)).status == 200

    assert status() == "completed"
    assert count_events("paid") == 1


def test_a_payment_of_an_outdated_quote_is_refunded_once(stripe, payment_intent_id):
    add_documents(a_read_document("more.pdf"))
    stripe.pay(payment_intent_id)
    body = stripe.event("payment_intent.succeeded", payment_intent_id)

    assert deliver(body).json["effect"]
    assert not deliver(body).json["effect"]

    assert owed_refunds(payment_intent_id) == [250]
    assert count_events("refund_owed") == 1


@pytest.mark.parametrize(
    "event",
    [
        {"type": "customer.created", "data": {"object": {"id": "cus_1", "object": "customer"}}},
        {"type": "something.new", "data": {"object": {}}},
    ],
)
def test_other_events_are_accepted_without_effect(event):
    reply = deliver(json.dumps({"id": "evt_1", "object": "event", **event}))

    assert (reply.status, reply.json["effect"]) == (200, False)


def test_an_outage_of_stripe_is_a_502_and_the_event_is_repeated(stripe, payment_intent_id):
    stripe.pay(payment_intent_id, "pm_success_de")
    body = stripe.event("payment_intent.processing", payment_intent_id)
    stripe.fail_calls()

    assert deliver(body).refusal == (502, "payments_unreachable")
    stripe.restore()

    assert deliver(body).json["effect"]
    assert status() == "processing"


@pytest.mark.parametrize("body", ["", "{", "no json"])
def test_a_signed_body_that_is_not_json_is_rejected(body):
    assert deliver(body).status == 400


def mutants(event):
    """Bodies like the event with one value at a time removed or replaced."""
    odd: tuple[object, ...] = (None, "", "x", "\ud800", [], {}, -1, 10**400, True, 1.5, [event])
    paths = [
        ("id",),
        ("type",),
        ("data",),
        ("data", "object"),
        *(("data", "object", name) for name in event["data"]["object"]),
        *(("data", "object", "metadata", name) for name in ("order_id", "user_id", "stage")),
    ]
    for path in paths:
        for value in ("removed", *odd):
            mutant = copy.deepcopy(event)
            *parents, last = path
            parent = mutant
            for name in parents:
                parent = parent[name]
            if value == "removed":
                parent.pop(last, None)
            else:
                parent[last] = value
            yield mutant


def distinct(bodies):
    """Bodies that the gateway parses to different events, one for each event."""
    return {
        repr(gateway.verify_webhook(body, signed(body)["stripe-signature"])): body
        for body in bodies
    }


@pytest.mark.parametrize(
    ("method", "type_"),
    [
        ("pm_card_visa", "payment_intent.succeeded"),
        ("pm_success_de", "payment_intent.processing"),
        ("pm_card_visa", "charge.refunded"),
        ("pm_card_createDispute", "charge.dispute.created"),
    ],
)
def test_an_event_of_an_unexpected_shape_is_not_an_error(stripe, payment_intent_id, method, type_):
    stripe.pay(payment_intent_id, method)
    if type_ == "charge.refunded":
        stripe.sdk.v1.refunds.create({"payment_intent": payment_intent_id})
    event = json.loads(stripe.newest_event(type_))
    event["data"]["object"].setdefault("metadata", {})

    bodies = distinct(json.dumps(mutant) for mutant in mutants(event))
    statuses = {deliver(body).status for body in bodies.values()}

    assert statuses == {200}


@pytest.mark.parametrize(
    "body", ["[]", "null", "1", '"event"', "{}", "[" * 100_000, "9" * 5000, '{"data": []}']
)
def test_a_signed_body_of_another_type_is_not_a_server_error(order, body):
    assert deliver(body).status in (200, 400)


def test_a_body_that_is_not_text_is_rejected(order):
    event = a_request("POST", PATH, headers={"stripe-signature": "t=1,v1=00"})
    event |= {"body": base64.b64encode(b"\xff\xfe").decode(), "isBase64Encoded": True}

    assert send("payments/webhook", event).status == 400


def test_a_rejected_signature_is_counted(paid_event, capsys):
    deliver(paid_event, {})
    assert "WebhookRefused" not in capsys.readouterr().out

    deliver(paid_event, signed(paid_event, secret="whsec_rolled"))

    assert '"WebhookRefused":[1.0]' in capsys.readouterr().out

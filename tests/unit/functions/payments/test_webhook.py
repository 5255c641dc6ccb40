import base64
import copy
import json
import time

import pytest

from docket.gateways import stripe as gateway
from docket.table import documents
from tests.fakes import signed
from tests.make import OID, a_read_document, an_event
from tests.make_calls import a_request, call, send

PATH = "/api/v1/payments/webhook"


def tell(body, headers=None):
    """What Stripe sends; nobody is signed in."""
    return call(
        "payments/webhook", body, as_user=None, headers=signed(body) if headers is None else headers
    )


@pytest.fixture
def payment_intent_id(order, stripe):
    made: str = call("payments/create_intent", order_id=OID).json["payment_intent_id"]
    return made


@pytest.fixture
def paid(payment_intent_id, stripe):
    """Stripe's event that the order's intent succeeded."""
    stripe.pay(payment_intent_id)
    return stripe.event("payment_intent.succeeded", payment_intent_id)


def status():
    return call("orders/get", order_id=OID).json["status"]


def how_often(what):
    history = call("orders/list_events", order_id=OID).json
    return [event["what"] for event in history].count(what)


def test_a_signed_success_completes_the_order(paid):
    reply = tell(paid)

    assert (reply.status, reply.json) == (200, {"received": True, "effect": True})
    assert status() == "completed"


def test_an_event_that_comes_twice_has_its_effect_once(paid):
    tell(paid)

    reply = tell(paid)

    assert (reply.status, reply.json["effect"]) == (200, False)
    assert how_often("paid") == 1


def test_a_body_in_base64_is_the_same_body(paid):
    event = a_request("POST", PATH, headers=signed(paid))
    event |= {"body": base64.b64encode(paid.encode()).decode(), "isBase64Encoded": True}

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
        "none",
        "made up",
        "another's",
        "empty secret",
        "old",
        "of an hour ahead",
        "not ASCII",
        "of another body",
        "old scheme",
    ],
)
def test_what_stripe_did_not_sign_just_now_changes_nothing(paid, headers):
    assert tell(paid, headers(paid)).refusal == (400, "bad_signature")
    assert status() == "pending"


@pytest.mark.parametrize("secret", ["", "whsec_rolled"])
def test_with_an_unset_or_another_secret_nothing_signed_by_it_counts(stripe, paid, secret):
    stripe.keys_are(webhook_secret=secret)

    reply = tell(paid, signed(paid, secret="" if not secret else "whsec_of_the_tests"))

    assert reply.status == (502 if not secret else 400)
    assert status() == "pending"


def test_what_is_late_converges_on_what_stripe_says(stripe, payment_intent_id):
    stripe.pay(payment_intent_id, "pm_card_visa_chargeDeclined")
    stripe.pay(payment_intent_id, "pm_success_de")
    stripe.complete_payment(payment_intent_id)

    for late in ("succeeded", "processing", "payment_failed", "succeeded"):
        assert tell(stripe.event(f"payment_intent.{late}", payment_intent_id)).status == 200

    assert status() == "completed"
    assert how_often("paid") == 1


def test_a_success_for_a_quote_that_changed_is_given_back_once_and_said_once(
    stripe, payment_intent_id
):
    documents.add("ada", a_read_document("more.pdf"), an_event())
    stripe.pay(payment_intent_id)
    body = stripe.event("payment_intent.succeeded", payment_intent_id)

    assert tell(body).json["effect"]
    assert not tell(body).json["effect"]

    assert stripe.refunds(payment_intent_id) == [250]
    assert how_often("refunded") == 1
    assert "refunded" in call("orders/get", order_id=OID).json["status_reason"]


@pytest.mark.parametrize(
    "event",
    [
        {"type": "customer.created", "data": {"object": {"id": "cus_1", "object": "customer"}}},
        {"type": "something.new", "data": {"object": {}}},
    ],
)
def test_events_that_are_not_ours_are_taken_and_have_no_effect(event):
    reply = tell(json.dumps({"id": "evt_1", "object": "event", **event}))

    assert (reply.status, reply.json["effect"]) == (200, False)


def test_an_outage_of_stripes_has_the_event_sent_again(stripe, payment_intent_id, monkeypatch):
    monkeypatch.setattr(time, "sleep", lambda _: None)
    stripe.pay(payment_intent_id, "pm_success_de")
    body = stripe.event("payment_intent.processing", payment_intent_id)
    stripe.fails()

    assert tell(body).refusal == (502, "payments_unreachable")
    stripe.recovers()

    assert tell(body).json["effect"]
    assert status() == "processing"


@pytest.mark.parametrize("body", ["", "{", "no json"])
def test_what_is_no_event_is_refused_even_if_it_is_signed(body):
    assert tell(body).status == 400


def mutants(event):
    """Bodies like that event with one value at a time taken out, or made something else."""
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
        for value in ("gone", *odd):
            mutant = copy.deepcopy(event)
            *parents, last = path
            place = mutant
            for name in parents:
                place = place[name]
            if value == "gone":
                place.pop(last, None)
            else:
                place[last] = value
            yield mutant


def distinct(bodies):
    """The bodies that the gateway reads differently: every one is read, each reading once."""
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
def test_an_event_of_an_unknown_shape_is_ignored_and_never_a_fault(
    stripe, payment_intent_id, method, type_
):
    stripe.pay(payment_intent_id, method)
    if type_ == "charge.refunded":
        stripe.sdk.v1.refunds.create({"payment_intent": payment_intent_id})
    event = json.loads(stripe.newest_event(type_))
    event["data"]["object"].setdefault("metadata", {})

    bodies = distinct(json.dumps(mutant) for mutant in mutants(event))
    statuses = {tell(body).status for body in bodies.values()}

    assert statuses == {200}


@pytest.mark.parametrize(
    "body", ["[]", "null", "1", '"event"', "{}", "[" * 100_000, "9" * 5000, '{"data": []}']
)
def test_a_signed_body_of_any_other_kind_is_no_fault(order, body):
    assert tell(body).status in (200, 400)


def test_a_body_that_is_no_text_is_no_fault(order):
    event = a_request("POST", PATH, headers={"stripe-signature": "t=1,v1=00"})
    event |= {"body": base64.b64encode(b"\xff\xfe").decode(), "isBase64Encoded": True}

    assert send("payments/webhook", event).status == 400


def test_a_refused_signature_is_counted_and_a_missing_one_is_not(paid, capsys):
    tell(paid, {})
    assert "WebhookRefused" not in capsys.readouterr().out

    tell(paid, signed(paid, secret="whsec_rolled"))

    assert '"WebhookRefused":[1.0]' in capsys.readouterr().out

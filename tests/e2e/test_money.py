"""Payments on the deployed stack: the Stripe double sends its webhooks through the gateway."""

from pathlib import Path
from tempfile import TemporaryDirectory

import requests

from local.demo import READING_SECONDS, samples, until, upload
from tests.e2e.unpaid_files import unpaid_invoice

PAYING_SECONDS = 60


def a_read_order(customer):
    """An order with one read document."""
    order = customer.call("an order", "POST", "/orders", expect=201, body={})
    with TemporaryDirectory() as folder:
        upload(customer, order["id"], unpaid_invoice(Path(folder)))
    return until(
        "reading",
        lambda: customer.call("looking", "GET", f"/orders/{order['id']}", expect=200),
        lambda current: current["documents"][0]["status"] == "ready",
        READING_SECONDS,
    )


def intent_of(customer, order):
    path = f"/payments/orders/{order['id']}/payment-intent"
    return customer.call("an intent", "POST", path, expect=200)


def pay(stack, intent, method="pm_card_visa"):
    """Pay as the customer's browser does, without the confirmation to the API."""
    return requests.post(
        f"{stack.stripe}/v1/payment_intents/{intent['payment_intent_id']}/confirm",
        data={
            "client_secret": intent["client_secret"],
            "payment_method": method,
            "return_url": stack.site,
        },
        headers={"Authorization": f"Bearer {intent['publishable_key']}"},
        timeout=30,
    ).json()


def states_of_deliveries(stack, intent, kind):
    """How far the webhooks of the payment are: `delivered` after a reply of 200."""
    return [
        delivery["state"]
        for event in requests.get(f"{stack.stripe}/_double/events", timeout=30).json()
        if (event["object"], event["type"]) == (intent["payment_intent_id"], kind)
        for delivery in event["deliveries"]
    ]


def test_an_order_is_completed_without_the_browsers_confirmation(stack, ada):
    """By the webhook, or by the worker that lists Stripe's events, if the webhook starts slowly."""
    order = a_read_order(ada)
    intent = intent_of(ada, order)

    pay(stack, intent)

    completed = until(
        "completing",
        lambda: ada.call("looking", "GET", f"/orders/{order['id']}", expect=200),
        lambda current: current["status"] == "completed",
        PAYING_SECONDS,
    )
    history = ada.call("history", "GET", f"/orders/{order['id']}/events", expect=200)
    assert completed["payment"]["status"] == "succeeded"
    (paid,) = [event for event in history if event["what"] == "paid"]
    assert paid["who"] in {"stripe", "worker"}
    until(
        "delivering the event",
        lambda: {"states": states_of_deliveries(stack, intent, "payment_intent.succeeded")},
        lambda current: current["states"] == ["delivered"],
        PAYING_SECONDS,
    )


def test_a_payment_of_another_order_is_not_confirmed(stack, ada):
    cheap, dear = a_read_order(ada), a_read_order(ada)
    intent_of(ada, dear)
    intent = intent_of(ada, cheap)
    pay(stack, intent)

    error = ada.call(
        "confirming",
        "POST",
        f"/payments/orders/{dear['id']}/payment-confirm",
        expect=400,
        body={"payment_id": intent["payment_intent_id"]},
    )

    assert error["code"] == "payment_not_confirmed"
    assert ada.call("looking", "GET", f"/orders/{dear['id']}", expect=200)["status"] == "pending"


def test_a_payment_of_a_changed_order_is_refunded(stack, ada):
    order = a_read_order(ada)
    intent = intent_of(ada, order)
    upload(ada, order["id"], next(path for path in samples() if path.suffix == ".docx"))

    pay(stack, intent)

    history = until(
        "refunding",
        lambda: {
            "what": [
                event["what"]
                for event in ada.call("history", "GET", f"/orders/{order['id']}/events", expect=200)
            ]
        },
        lambda current: "refunded" in current["what"],
        PAYING_SECONDS,
    )
    assert "paid" not in history["what"]


def test_an_unsigned_event_is_rejected(visitor):
    reply = visitor.post("/api/v1/payments/webhook", json={"type": "payment_intent.succeeded"})

    assert reply.status_code == 400
    assert reply.json()["code"] == "bad_signature"


def test_an_order_with_a_pending_document_cannot_be_paid(ada):
    order = ada.call("an order", "POST", "/orders", expect=201, body={})
    body = {"filename": "late.pdf", "content_type": "application/pdf", "size": 10}
    ada.call("a document", "POST", f"/orders/{order['id']}/documents", expect=201, body=body)

    error = ada.call("paying", "POST", f"/payments/orders/{order['id']}/payment-intent", expect=409)

    assert error["code"] == "documents_on_their_way"
    assert "late.pdf" in error["error"]

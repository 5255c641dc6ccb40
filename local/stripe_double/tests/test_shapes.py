"""Every object that the double returns has the fields and types that the SDK's classes have."""

import copy
import json
from typing import Any

import pytest
import stripe

from local.stripe_double.api import ROUTES, Call
from local.stripe_double.tests.sdk_types import differences

INVENTED = "/v1/payment_intents/{id}/challenge"
"""The one path that Stripe does not have."""


class Recorder:
    """The transport's view: the answers of the double by route."""

    def __init__(self, double, monkeypatch):
        self.bodies: list[Any] = []
        self.routes: set[tuple[str, str]] = set()
        answer = double.answer

        def recorded(call: Call):
            reply = answer(call)
            self.bodies.append(reply.body)
            self.routes |= {
                (route.method, route.path.pattern)
                for route in ROUTES[::-1]
                if route.method == call.method and route.path.fullmatch(call.path)
            }
            return reply

        monkeypatch.setattr(double, "answer", recorded)


@pytest.fixture
def recorder(shop, monkeypatch):
    """Everything happens once: each test method, each act and each route."""
    recorder = Recorder(shop.double, monkeypatch)
    shop.sdk = stripe.StripeClient(shop.double.secret_key, http_client=shop.double.http_client())
    for method in METHODS:
        live(shop, method)
    use_the_other_routes(shop)
    return recorder


METHODS = (
    "pm_card_visa",
    "pm_card_authenticationRequired",
    "pm_card_chargeDeclined",
    "pm_card_pendingRefund",
    "pm_card_refundFail",
    "pm_card_createDispute",
    "pm_card_createDisputeInquiry",
    "pm_success_de",
    "pm_failed_de",
)


def live(shop, method):
    """Pay with the method, refund, be disputed, and wait."""
    api = shop.sdk.v1
    intent = api.payment_intents.create(
        {
            "amount": 1000,
            "currency": "eur",
            "metadata": {"order_id": "O1"},
            "receipt_email": "a@b.c",
        }
    )
    try:
        api.payment_intents.confirm(
            intent.id, {"payment_method": method, "return_url": "https://x.test/"}
        )
    except stripe.CardError:
        api.payment_intents.cancel(intent.id, {"cancellation_reason": "abandoned"})
        return
    if api.payment_intents.retrieve(intent.id).status == "requires_action":
        shop.act(f"payment_intents/{intent.id}/authenticate", outcome="complete")
    shop.pass_seconds(100)
    if api.payment_intents.retrieve(intent.id).status != "succeeded":
        return
    for dispute in api.disputes.list({"payment_intent": intent.id}).data:
        api.disputes.update(dispute.id, {"evidence": {"product_description": "Pages"}})
        shop.act(f"disputes/{dispute.id}/decide", status="won")
    api.refunds.create({"payment_intent": intent.id, "amount": 300})
    shop.pass_seconds(100)


def use_the_other_routes(shop):
    api = shop.sdk.v1
    method = api.payment_methods.create(
        {
            "type": "card",
            "card": {"number": "4242424242424242", "exp_month": 12, "exp_year": 2049, "cvc": "123"},
        }
    )
    api.payment_methods.retrieve(method.id)
    customer = api.customers.create({"email": "ada@example.com"})
    api.customers.retrieve(customer.id)
    canceled = api.payment_intents.create({"amount": 500, "currency": "eur"})
    api.payment_intents.update(canceled.id, {"amount": 600, "payment_method": method.id})
    api.payment_intents.cancel(canceled.id)
    for status in ("needs_response", "warning_needs_response", "prevented"):
        shop.act(f"payment_intents/{shop.pay().id}/dispute", status=status)
    dispute = api.disputes.list().data[2]
    api.disputes.retrieve(dispute.id)
    api.disputes.close(dispute.id)
    for refund in api.refunds.list({"limit": 100}).data:
        api.refunds.update(refund.id, {"metadata": {"why": "late"}})
        with pytest.raises(stripe.InvalidRequestError, match="cannot be canceled"):
            api.refunds.cancel(refund.id)
    api.refunds.retrieve(refund.id, {"expand": ["charge", "payment_intent.latest_charge"]})
    charge = api.charges.list({"limit": 100}).data[0]
    api.charges.retrieve(charge.id, {"expand": ["payment_intent", "customer"]})
    api.payment_intents.list({"limit": 100, "expand": ["data.latest_charge"]})
    for event in api.events.list({"limit": 100}).data:
        api.events.retrieve(event.id)


def test_every_object_has_the_shape_of_the_sdk(recorder):
    found = [difference for body in recorder.bodies for difference in in_reply(body)]

    assert not sorted(set(found))
    unused = {(route.method, route.path.pattern) for route in ROUTES} - recorder.routes
    assert {path for _, path in unused} == {INVENTED.replace("{id}", r"([\w-]+)")}
    assert {body["object"] for body in recorder.bodies if "error" not in body} == {
        "charge", "customer", "dispute", "event", "list", "payment_intent", "payment_method",
        "refund",
    }  # fmt: skip


def in_reply(body):
    """The differences in a response: an object, the object of an event, a list or an error."""
    if "error" in body:
        return differences(body["error"], stripe.ErrorObject, "error")
    kind = body["object"]
    if kind == "list":
        return [difference for item in body["data"] for difference in in_reply(item)]
    found = differences(body)
    if kind == "event":
        found += in_reply(body["data"]["object"])
    return found


BROKEN = {
    "an unknown field": lambda body: body.update(colour="red"),
    "a missing field": lambda body: body.pop("amount"),
    "a null": lambda body: body.update(created=None),
    "a wrong type": lambda body: body.update(amount="1000"),
    "a boolean number": lambda body: body.update(amount_received=True),
    "a wrong literal": lambda body: body.update(status="paid"),
    "a wrong item": lambda body: body.update(payment_method_types=[1]),
    "a wrong inner field": lambda body: body["automatic_payment_methods"].update(enabled="yes"),
    "an unknown inner field": lambda body: body["latest_charge"]["outcome"].update(mood="good"),
}


@pytest.mark.parametrize("change", BROKEN)
def test_a_broken_object_is_noticed(shop, change):
    paid = shop.pay(expand=["latest_charge"], automatic_payment_methods={"enabled": True})
    body = json.loads(json.dumps(paid.to_dict()))
    assert differences(body) == []

    broken = copy.deepcopy(body)
    BROKEN[change](broken)

    assert len(differences(broken, stripe.PaymentIntent, "intent")) == 1

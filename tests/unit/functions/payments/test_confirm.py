import time

import pytest

from docket.table import documents
from tests.make import OID, OTHER_OID, a_read_document, an_event
from tests.make_calls import call
from tests.unit.functions.payments.conftest import EVES


def start(order_id=OID, **fields):
    """The id of the intent to pay that order by."""
    reply = call("payments/create_intent", order_id=order_id, **fields)
    payment_intent_id: str = reply.json["payment_intent_id"]
    return payment_intent_id


def confirm(payment_intent_id, order_id=OID, **fields):
    return call("payments/confirm", {"payment_id": payment_intent_id}, order_id=order_id, **fields)


def status(order_id=OID):
    return call("orders/get", order_id=order_id).json["status"]


def test_a_paid_order_is_complete_and_its_analysis_open(stripe):
    payment_intent_id = start()
    stripe.pay(payment_intent_id)

    reply = confirm(payment_intent_id)

    assert reply.status == 200
    order = reply.json["order"]
    assert order == call("orders/get", order_id=OID).json
    assert (order["status"], order["payment"]["status"]) == ("completed", "succeeded")
    assert order["payment"]["amount"] == 250
    assert call("analyses/get", order_id=OID).json["result"]["preview"] is False


def test_confirming_is_safe_to_repeat(stripe):
    payment_intent_id = start()
    stripe.pay(payment_intent_id)

    assert confirm(payment_intent_id).json == confirm(payment_intent_id).json

    history = call("orders/list_events", order_id=OID).json
    assert [event["what"] for event in history].count("paid") == 1


@pytest.mark.parametrize(
    "method", [None, "pm_card_visa_chargeDeclined", "pm_card_authenticationRequiredOnSetup"]
)
def test_an_intent_that_was_not_paid_confirms_nothing(stripe, method):
    payment_intent_id = start()
    if method:
        stripe.pay(payment_intent_id, method)

    assert confirm(payment_intent_id).refusal == (400, "payment_not_confirmed")
    assert status() == "pending"


def test_one_payment_does_not_confirm_two_orders(stripe):
    start(OTHER_OID)
    payment_intent_id = start()
    stripe.pay(payment_intent_id)
    confirm(payment_intent_id)

    assert confirm(payment_intent_id, OTHER_OID).refusal == (400, "payment_not_confirmed")
    assert status(OTHER_OID) == "pending"


def test_another_customers_payment_confirms_nothing(stripe):
    start()
    theirs = start(EVES, as_user="eve")
    stripe.pay(theirs)

    assert confirm(theirs).refusal == (400, "payment_not_confirmed")
    assert status() == "pending"
    assert stripe.refunds(theirs) == []


def test_a_smaller_payment_in_the_orders_name_confirms_nothing_and_is_given_back(stripe):
    start()
    small = stripe.sdk.v1.payment_intents.create(
        {
            "amount": 50,
            "currency": "eur",
            "metadata": {"order_id": OID, "user_id": "ada", "stage": "test"},
        }
    ).id
    stripe.pay(small)

    assert confirm(small).refusal == (409, "quote_outdated")
    assert status() == "pending"
    assert stripe.refunds(small) == [50]


def test_a_payment_for_a_quote_that_changed_is_given_back(stripe):
    payment_intent_id = start()
    documents.add("ada", a_read_document("more.pdf"), an_event())
    stripe.pay(payment_intent_id)

    assert confirm(payment_intent_id).refusal == (409, "quote_outdated")
    assert confirm(payment_intent_id).refusal == (409, "quote_outdated")
    assert stripe.refunds(payment_intent_id) == [250]


def test_another_customers_order_is_not_found(stripe):
    payment_intent_id = start()
    stripe.pay(payment_intent_id)

    assert confirm(payment_intent_id, as_user="eve").refusal == (404, "order_not_found")


def test_an_outage_of_stripes_is_a_502_and_never_not_found(stripe, monkeypatch):
    monkeypatch.setattr(time, "sleep", lambda _: None)
    payment_intent_id = start()
    stripe.pay(payment_intent_id)
    stripe.fails("reset")
    assert confirm(payment_intent_id).refusal == (502, "payments_unreachable")
    stripe.recovers()

    assert confirm(payment_intent_id).status == 200


@pytest.mark.parametrize("payment_intent_id", ["pi_nothing", "ch_3abc", "pi_1"])
def test_what_stripe_does_not_know_is_not_confirmed(payment_intent_id):
    assert confirm(payment_intent_id).refusal == (400, "payment_not_confirmed")


@pytest.mark.parametrize("payment_intent_id", ["", "pi_1/cancel", "../customers", 7, None])
def test_what_is_no_payments_id_is_named(stripe, payment_intent_id):
    before = stripe.calls()

    reply = confirm(payment_intent_id)

    assert reply.refusal == (400, "bad_input")
    assert reply.fields == ["payment_id"]
    assert stripe.calls() == before

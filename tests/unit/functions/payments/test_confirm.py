import time

import pytest

from docket.domain.orders.document import document_id
from docket.gateways import stripe as gateway
from tests.fakes import signed
from tests.make import OID, OTHER_OID, a_read_document
from tests.make_calls import call
from tests.table_state import add_documents, owed_refunds
from tests.unit.functions.payments.conftest import EVES_ORDER


def start(order_id=OID, **fields):
    """Create an intent for an order. Returns its id."""
    reply = call("payments/create_intent", order_id=order_id, **fields)
    payment_intent_id: str = reply.json["payment_intent_id"]
    return payment_intent_id


def confirm(payment_intent_id, order_id=OID, **fields):
    return call("payments/confirm", {"payment_id": payment_intent_id}, order_id=order_id, **fields)


def status(order_id=OID):
    return call("orders/get", order_id=order_id).json["status"]


def test_a_paid_order_is_completed_with_its_analysis(stripe):
    payment_intent_id = start()
    stripe.pay(payment_intent_id)

    reply = confirm(payment_intent_id)

    assert reply.status == 200
    order = reply.json["order"]
    assert order == call("orders/get", order_id=OID).json
    assert (order["status"], order["payment"]["status"]) == ("completed", "succeeded")
    assert order["payment"]["amount"] == 250
    assert call("analyses/get", order_id=OID).json["result"]["preview"] is False


def test_confirming_is_idempotent(stripe):
    payment_intent_id = start()
    stripe.pay(payment_intent_id)

    assert confirm(payment_intent_id).json == confirm(payment_intent_id).json

    history = call("orders/list_events", order_id=OID).json
    assert [event["what"] for event in history].count("paid") == 1


def test_a_confirmation_that_the_webhook_overtakes_says_that_the_quote_changed(stripe, monkeypatch):
    """A document was added after the order was read, and the webhook recorded the success."""
    payment_intent_id = start()
    stripe.pay(payment_intent_id)
    event = stripe.newest_event("payment_intent.succeeded")
    get_intent = gateway.get_intent

    def get_later(id_):
        monkeypatch.setattr(gateway, "get_intent", get_intent)
        intent = get_intent(id_)
        add_documents(a_read_document("more.pdf", id=document_id(OID, "more")))
        call("payments/webhook", event, as_user=None, headers=signed(event))
        return intent

    monkeypatch.setattr(gateway, "get_intent", get_later)
    reply = confirm(payment_intent_id)

    assert reply.refusal == (409, "quote_outdated")
    assert owed_refunds(payment_intent_id) == [250]


@pytest.mark.parametrize(
    "method", [None, "pm_card_visa_chargeDeclined", "pm_card_authenticationRequiredOnSetup"]
)
def test_an_unpaid_intent_is_not_confirmed(stripe, method):
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


def test_another_customers_payment_is_not_confirmed(stripe):
    start()
    eves_intent = start(EVES_ORDER, as_user="eve")
    stripe.pay(eves_intent)

    assert confirm(eves_intent).refusal == (400, "payment_not_confirmed")
    assert status() == "pending"
    assert stripe.refunds(eves_intent) == []


def test_a_manual_payment_of_another_amount_is_refunded(stripe):
    start()
    small_intent = stripe.sdk.v1.payment_intents.create(
        {
            "amount": 50,
            "currency": "eur",
            "metadata": {"order_id": OID, "user_id": "ada", "stage": "test"},
        }
    ).id
    stripe.pay(small_intent)

    assert confirm(small_intent).refusal == (409, "quote_outdated")
    assert status() == "pending"
    assert owed_refunds(small_intent) == [50]


def test_a_payment_of_an_outdated_quote_is_refunded(stripe):
    payment_intent_id = start()
    add_documents(a_read_document("more.pdf"))
    stripe.pay(payment_intent_id)

    assert confirm(payment_intent_id).refusal == (409, "quote_outdated")
    assert confirm(payment_intent_id).refusal == (409, "quote_outdated")
    assert owed_refunds(payment_intent_id) == [250]


def test_another_customers_order_is_not_found(stripe):
    payment_intent_id = start()
    stripe.pay(payment_intent_id)

    assert confirm(payment_intent_id, as_user="eve").refusal == (404, "order_not_found")


def test_an_outage_of_stripe_is_a_502(stripe, monkeypatch):
    monkeypatch.setattr(time, "sleep", lambda _: None)
    payment_intent_id = start()
    stripe.pay(payment_intent_id)
    stripe.fail_calls("reset")
    assert confirm(payment_intent_id).refusal == (502, "payments_unreachable")
    stripe.restore()

    assert confirm(payment_intent_id).status == 200


@pytest.mark.parametrize("payment_intent_id", ["pi_nothing", "ch_3abc", "pi_1"])
def test_an_unknown_intent_is_not_confirmed(payment_intent_id):
    assert confirm(payment_intent_id).refusal == (400, "payment_not_confirmed")


@pytest.mark.parametrize("payment_intent_id", ["", "pi_1/cancel", "../customers", 7, None])
def test_an_invalid_payment_id_is_rejected(stripe, payment_intent_id):
    before = stripe.calls()

    reply = confirm(payment_intent_id)

    assert reply.refusal == (400, "bad_input")
    assert reply.fields == ["payment_id"]
    assert stripe.calls() == before

import time

import pytest

from docket.table import documents
from tests.make import OID, OTHER_OID, a_document, a_read_document, an_event
from tests.make_calls import call


def create(order_id=OID, **fields):
    return call("payments/create_intent", order_id=order_id, **fields)


def test_what_to_pay_is_told_in_minor_units_with_what_the_browser_needs(stripe):
    reply = create()

    assert reply.status == 200
    assert reply.json.keys() == {
        "client_secret",
        "payment_intent_id",
        "amount",
        "currency",
        "publishable_key",
    }
    assert (reply.json["amount"], reply.json["currency"]) == (250, "eur")
    assert '"amount":250,' in reply.body
    assert reply.json["publishable_key"] == stripe.double.publishable_key
    assert stripe.double.secret_key not in reply.body


def test_asking_twice_gives_the_same_intent(stripe):
    assert create().json == create().json
    assert len(stripe.intents()) == 1


@pytest.mark.parametrize("change", ["added", "removed"])
def test_a_changed_order_has_a_new_intent_and_the_old_one_is_cancelled(stripe, change):
    more = a_read_document("more.pdf")
    if change == "removed":
        documents.add("ada", more, an_event())
    first = create().json
    if change == "added":
        documents.add("ada", more, an_event())
    else:
        call("documents/delete", document_id=more.id)

    second = create().json

    assert second["payment_intent_id"] != first["payment_intent_id"]
    assert {first["amount"], second["amount"]} == {250, 300}
    assert stripe.intent(first["payment_intent_id"]).status == "canceled"


def test_while_documents_are_on_their_way_there_is_nothing_to_pay_yet(stripe):
    documents.add("ada", a_document("late.pdf"), an_event())

    reply = create()

    assert reply.refusal == (409, "documents_on_their_way")
    assert "late.pdf" in reply.json["error"]
    assert stripe.intents() == []


def test_a_cancelled_order_costs_nothing(stripe):
    call("orders/update_status", {"status": "cancelled"}, order_id=OID)

    assert create().refusal == (409, "nothing_to_charge")
    assert stripe.intents() == []


def test_what_is_paid_is_not_to_be_paid_again(stripe):
    stripe.pay(create().json["payment_intent_id"])

    assert create().refusal == (409, "nothing_to_charge")
    assert call("orders/get", order_id=OID).json["status"] == "completed"


def test_another_customers_order_is_not_found_and_not_paid_for(stripe):
    assert create(as_user="eve").refusal == (404, "order_not_found")
    assert stripe.intents() == []


def test_an_outage_of_stripes_is_a_502_and_the_same_request_may_be_repeated(stripe, monkeypatch):
    monkeypatch.setattr(time, "sleep", lambda _: None)
    stripe.fails(when="after")
    assert create().refusal == (502, "payments_unreachable")
    stripe.recovers()

    reply = create()

    assert reply.status == 200
    assert len(stripe.intents()) == 1


def test_keys_that_nobody_filled_in_are_a_502_that_shows_none_of_them(stripe):
    stripe.keys_are(secret_key="", webhook_secret="", publishable_key="")

    assert create(OTHER_OID).refusal == (502, "payments_unreachable")

import time

import pytest

from docket.table import client
from docket.table.orders import analyses
from docket.table.orders.analyses import Analysis
from tests.make import OID, OTHER_OID, a_document, a_read_document, an_order
from tests.make_calls import call
from tests.table_state import add_documents, save


def create(order_id=OID, **fields):
    return call("payments/create_intent", order_id=order_id, **fields)


def test_an_intent_has_its_amount_and_the_publishable_key(stripe):
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


def test_a_repeated_request_gets_the_same_intent(stripe):
    assert create().json == create().json
    assert len(stripe.intents()) == 1


@pytest.mark.usefixtures("identity_provider")
@pytest.mark.parametrize("change", ["added", "removed"])
def test_a_changed_order_gets_a_new_intent_and_the_old_one_is_cancelled(stripe, change):
    more = a_read_document("more.pdf")
    if change == "removed":
        add_documents(more)
    first = create().json
    if change == "added":
        add_documents(more)
    else:
        call("documents/delete", document_id=more.id)

    second = create().json

    assert second["payment_intent_id"] != first["payment_intent_id"]
    assert {first["amount"], second["amount"]} == {250, 300}
    assert stripe.intent(first["payment_intent_id"]).status == "canceled"


@pytest.mark.usefixtures("identity_provider")
def test_a_content_that_was_paid_for_a_moment_ago_is_not_paid_for_again(stripe):
    """The task that records what was paid for has not run yet."""
    for order_id in (OID, OTHER_OID):
        read = a_read_document(id=f"{order_id}-1")
        save(an_order(read, id=order_id), read)
        analysis = Analysis(
            document_id=read.id, attempt=1, facts={}, hashes=("bytes",), readable_pages=3
        )
        client.write(analyses.put_analysis(order_id, analysis))
    first = create().json
    stripe.pay(first["payment_intent_id"])
    body = {"payment_id": first["payment_intent_id"]}
    assert call("payments/confirm", order_id=OID, body=body).status == 200

    reply = create(OTHER_OID)

    assert (reply.status, reply.json["code"]) == (409, "nothing_to_charge")


def test_an_order_with_pending_documents_gets_no_intent(stripe):
    add_documents(a_document("late.pdf"))

    reply = create()

    assert reply.refusal == (409, "documents_on_their_way")
    assert "late.pdf" in reply.json["error"]
    assert stripe.intents() == []


def test_a_cancelled_order_gets_no_intent(stripe):
    call("orders/update_status", {"status": "cancelled"}, order_id=OID)

    assert create().refusal == (409, "nothing_to_charge")
    assert stripe.intents() == []


def test_a_paid_order_gets_no_intent(stripe):
    stripe.pay(create().json["payment_intent_id"])

    assert create().refusal == (409, "nothing_to_charge")
    assert call("orders/get", order_id=OID).json["status"] == "completed"


def test_another_customers_order_gets_no_intent(stripe):
    assert create(as_user="eve").refusal == (404, "order_not_found")
    assert stripe.intents() == []


def test_an_outage_of_stripe_is_a_502_and_can_be_retried(stripe, monkeypatch):
    monkeypatch.setattr(time, "sleep", lambda _: None)
    stripe.fail_calls(when="after")
    assert create().refusal == (502, "payments_unreachable")
    stripe.restore()

    reply = create()

    assert reply.status == 200
    assert len(stripe.intents()) == 1


@pytest.mark.parametrize("when", ["before", "after"])
def test_an_error_that_stripe_saves_does_not_prevent_the_payment(stripe, when):
    stripe.fail_calls("stored_error", when=when, times=1)
    assert create().refusal == (502, "payments_unreachable")

    first, second = create(), create()

    assert first.status == 200
    assert second.json == first.json


def test_errors_that_stripe_saves_again_and_again_are_a_502(stripe):
    stripe.fail_calls("stored_error")
    for _ in range(5):
        assert create().refusal == (502, "payments_unreachable")
    stripe.restore()

    assert create().refusal == (502, "payments_unreachable")


def test_missing_keys_are_a_502(stripe):
    stripe.set_keys(secret_key="", webhook_secret="", publishable_key="")

    assert create(OTHER_OID).refusal == (502, "payments_unreachable")

"""The review of an order is finished by its customer, and opened again."""

import pytest

from docket.domain.orders.order import OrderStatus
from docket.domain.payments.pricing import DuplicateOf
from docket.table import client
from docket.table.orders import analyses
from docket.table.orders.analyses import Analysis
from tests.make import OID, OTHER_OID, a_payment, a_read_document, a_reading_document, an_order
from tests.make_calls import call
from tests.table_state import event_names, get_order, interrupted, save

pytestmark = pytest.mark.usefixtures("service")

REVIEWED = a_read_document("a.pdf", doubtful=2, reviewed=2)


def save_paid(*documents, **fields):
    usual = {"status": OrderStatus.COMPLETED, "payment": a_payment()}
    save(an_order(*documents, **{**usual, **fields}), *documents)


def update(status="finished", **fields):
    return call("orders/update_review", {"status": status}, order_id=OID, **fields)


def test_a_finished_review_says_who_and_when():
    save_paid(REVIEWED)
    before = call("orders/get", order_id=OID)

    reply = update()

    after = call("orders/get", order_id=OID)
    assert (reply.status, before.json["review"]) == (200, None)
    assert reply.json["review"] == after.json["review"]
    assert (reply.json["review"]["by"], reply.json["review"]["api_key_id"]) == ("ada", None)
    assert reply.json["review"]["finished_at"] == reply.json["updated_at"]
    assert before.headers["ETag"] != after.headers["ETag"]
    assert call("orders/list").json[0]["review"] == reply.json["review"]


def test_a_review_is_finished_once():
    save_paid(REVIEWED)

    assert update().json == update().json
    assert event_names() == ["review_finished"]


def test_a_lost_reply_is_repeated_without_harm():
    save_paid(REVIEWED)

    with interrupted(update):
        assert update().status == 200

    assert event_names() == ["review_finished"]


def test_a_finished_review_is_opened_again():
    save_paid(REVIEWED)
    update()

    replies = [update("open"), update("open")]

    assert [(reply.status, reply.json["review"]) for reply in replies] == [(200, None)] * 2
    assert sorted(event_names()) == ["review_finished", "review_reopened"]


def test_a_review_with_doubtful_facts_left_is_not_finished():
    save_paid(REVIEWED, a_read_document("b.pdf", doubtful=3, reviewed=1))

    reply = update()

    assert reply.refusal == (409, "review_incomplete")
    assert reply.json["params"] == {"doubtful": 5, "reviewed": 3}
    assert get_order().review is None


def test_facts_whose_payment_was_returned_need_no_review():
    elsewhere = DuplicateOf(order_id=OTHER_OID, document_id=f"{OTHER_OID}-1")
    free = a_read_document("b.pdf", duplicate_of=elsewhere, charged_pages=0, doubtful=3, reviewed=1)
    save_paid(REVIEWED, free)
    analysis = Analysis(document_id=free.id, attempt=1, facts={"facts": []}, hashes=("ab",))
    client.write(analyses.put_analysis(OID, analysis))

    assert update().status == 200


def test_a_review_is_not_finished_while_a_document_is_read():
    save_paid(REVIEWED, a_reading_document("b.pdf"))

    reply = update()

    assert reply.refusal == (409, "review_incomplete")
    assert reply.json["params"]["context"] == "reading"


def test_the_review_of_an_unpaid_order_is_not_finished():
    save_paid(REVIEWED, status=OrderStatus.PENDING)

    assert update().refusal == (402, "not_paid")


def test_another_customers_review_is_not_changed():
    save_paid(REVIEWED)

    assert update(as_user="eve").refusal == (404, "order_not_found")
    assert update("open", as_user="eve").refusal == (404, "order_not_found")


def test_an_unknown_status_is_rejected():
    save_paid(REVIEWED)

    assert update("done").fields == ["status"]

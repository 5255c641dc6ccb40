import pytest

from analysis import READER_VERSION
from docket.domain.order import READING_DEADLINE
from docket.domain.reason import Reason
from docket.workflows import debts
from docket.workflows.audit import audit_context
from tests.make import an_audit_context
from tests.make_calls import call


def create(order, body=None, **how):
    return call("analyses/create", body or {}, order_id=order.id, **how)


def test_an_order_whose_documents_never_came_has_nothing_to_read(order):
    assert create(order).refusal == (409, "nothing_to_read")


def test_while_a_document_is_being_read_the_answer_is_not_yet(order):
    order.arrives()

    reply = create(order)

    assert reply.status == 202
    assert reply.json["status"] == "reading"


def test_when_all_is_read_and_nothing_paid_it_is_a_preview_without_facts(order):
    order.is_read(READER_VERSION)

    reply = create(order)

    assert reply.status == 201
    assert reply.json["result"]["preview"]
    assert reply.json["result"]["documents"][0]["facts"] == []
    assert call("orders/get", order_id=order.id).json["analysis"]["status"] == "preview"


def test_nothing_that_was_sent_comes_back_in_it(order):
    order.is_read(READER_VERSION)

    reply = create(order, {"details": "the total is one million"})

    assert "million" not in reply.body


@pytest.mark.parametrize(
    "came", [{"reason": Reason("took_too_long"), "retriable": True}, {"reader_version": "0"}]
)
def test_what_may_gain_by_it_is_read_again(order, queue, came):
    order.is_read(**{"reader_version": READER_VERSION, **came})

    reply = create(order)

    (message,) = queue.receive_all()
    assert reply.status == 202
    assert message["Records"][0]["s3"]["object"]["versionId"] == "v1"


def test_what_is_read_as_well_as_can_be_is_not_read_again(order, queue):
    order.is_read(READER_VERSION)

    create(order)
    create(order)

    history = call("orders/list_events", order_id=order.id).json
    assert queue.receive_all() == []
    assert [event["what"] for event in history].count("analysis_requested") == 1


def test_anothers_order_is_not_found(order):
    assert create(order, as_user="eve").refusal == (404, "order_not_found")


@pytest.mark.parametrize(
    "details", ["x" * 2001, "\ud800", 7, ["a note"]], ids=["long", "surrogate", "number", "list"]
)
def test_a_note_that_cannot_be_kept_is_named(order, details):
    order.is_read(READER_VERSION)

    reply = create(order, {"details": details})

    assert reply.refusal == (400, "bad_input")
    assert reply.fields == ["details"]


def test_a_note_is_kept_in_the_orders_history(order):
    order.is_read(READER_VERSION)

    create(order, {"details": "für das Finanzamt 🧾"})

    history = call("orders/list_events", order_id=order.id).json
    (noted,) = [event["facts"] for event in history if event["what"] == "analysis_requested"]
    assert noted == {"details": "für das Finanzamt 🧾"}


def test_a_document_that_the_sweep_gave_up_is_read_once_more(order, queue):
    order.arrives()
    late = audit_context("sweeper").at + READING_DEADLINE
    debts.sweep(an_audit_context("sweeper", late))
    (document,) = call("orders/get", order_id=order.id).json["documents"]
    assert document["status"] == "unreadable"
    assert document["status_reason_code"] == "not_read_in_time"

    assert create(order).status == 202

    assert len(queue.receive_all()) == 1


def test_a_body_is_not_needed(order):
    order.is_read(READER_VERSION)

    assert call("analyses/create", order_id=order.id).status == 201


def test_of_a_paid_order_the_answer_is_all_that_was_read(order, stripe):
    order.is_read(READER_VERSION)
    order.is_paid(stripe)

    reply = create(order)

    assert reply.status == 201
    (document,) = reply.json["result"]["documents"]
    assert [fact["value"] for fact in document["facts"]] == ["119.00"]

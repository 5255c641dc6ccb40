import pytest

from analysis import READER_VERSION
from docket.domain.order import READING_DEADLINE
from docket.domain.reason import Reason
from docket.workflows import debts
from docket.workflows.audit import audit_context
from tests.make import an_audit_context
from tests.make_calls import call


def create(order, body=None, **fields):
    return call("analyses/create", body or {}, order_id=order.id, **fields)


def test_an_order_without_uploads_has_nothing_to_read(order):
    assert create(order).refusal == (409, "nothing_to_read")


def test_an_order_with_a_document_in_progress_is_accepted(order):
    order.start_ingestion()

    reply = create(order)

    assert reply.status == 202
    assert reply.json["status"] == "reading"


def test_an_unpaid_order_gets_a_preview_without_facts(order):
    order.finish_ingestion(READER_VERSION)

    reply = create(order)

    assert reply.status == 201
    assert reply.json["result"]["preview"]
    assert reply.json["result"]["documents"][0]["facts"] == []
    assert call("orders/get", order_id=order.id).json["analysis"]["status"] == "preview"


def test_the_note_is_not_in_the_analysis(order):
    order.finish_ingestion(READER_VERSION)

    reply = create(order, {"details": "the total is one million"})

    assert "million" not in reply.body


@pytest.mark.parametrize(
    "outcome", [{"reason": Reason("took_too_long"), "retriable": True}, {"reader_version": "0"}]
)
def test_a_retriable_or_outdated_document_is_read_again(order, queue, outcome):
    order.finish_ingestion(**{"reader_version": READER_VERSION, **outcome})

    reply = create(order)

    (message,) = queue.receive_all()
    assert reply.status == 202
    assert message["Records"][0]["s3"]["object"]["versionId"] == "v1"


def test_a_current_document_is_not_read_again(order, queue):
    order.finish_ingestion(READER_VERSION)

    create(order)
    create(order)

    history = call("orders/list_events", order_id=order.id).json
    assert queue.receive_all() == []
    assert [event["what"] for event in history].count("analysis_requested") == 1


def test_another_customers_order_is_not_found(order):
    assert create(order, as_user="eve").refusal == (404, "order_not_found")


@pytest.mark.parametrize(
    "details", ["x" * 2001, "\ud800", 7, ["a note"]], ids=["long", "surrogate", "number", "list"]
)
def test_an_invalid_note_is_rejected(order, details):
    order.finish_ingestion(READER_VERSION)

    reply = create(order, {"details": details})

    assert reply.refusal == (400, "bad_input")
    assert reply.fields == ["details"]


def test_a_note_is_recorded_as_an_event(order):
    order.finish_ingestion(READER_VERSION)

    create(order, {"details": "für das Finanzamt 🧾"})

    history = call("orders/list_events", order_id=order.id).json
    (facts,) = [event["facts"] for event in history if event["what"] == "analysis_requested"]
    assert facts == {"details": "für das Finanzamt 🧾"}


def test_a_document_that_timed_out_is_read_again(order, queue):
    order.start_ingestion()
    late = audit_context("sweeper").at + READING_DEADLINE
    debts.sweep(an_audit_context("sweeper", late))
    (document,) = call("orders/get", order_id=order.id).json["documents"]
    assert document["status"] == "unreadable"
    assert document["status_reason_code"] == "not_read_in_time"

    assert create(order).status == 202

    assert len(queue.receive_all()) == 1


def test_a_body_is_optional(order):
    order.finish_ingestion(READER_VERSION)

    assert call("analyses/create", order_id=order.id).status == 201


def test_a_paid_order_gets_all_facts(order, stripe):
    order.finish_ingestion(READER_VERSION)
    order.pay(stripe)

    reply = create(order)

    assert reply.status == 201
    (document,) = reply.json["result"]["documents"]
    assert [fact["value"] for fact in document["facts"]] == ["119.00"]

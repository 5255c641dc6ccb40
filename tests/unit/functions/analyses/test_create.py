from dataclasses import replace

import pytest

from docket.domain.orders.document import DocumentStatus
from docket.domain.reason import Reason
from docket.gateways import s3
from docket.runtime import config
from docket.table.documents import documents
from docket.table.orders import analyses
from docket.workflows.documents.malware_scan import TAG, ScanStatus
from tests.make import OID, a_document, a_pdf, a_read_document, an_order
from tests.make_calls import call
from tests.table_state import save


def create(order, body=None, **fields):
    return call("analyses/create", body or {}, order_id=order.id, **fields)


def test_an_order_without_uploads_has_nothing_to_read(order):
    save(an_order(a_document()), a_document())

    assert create(order).refusal == (409, "nothing_to_read")


def test_an_order_with_a_document_in_progress_is_accepted(order):
    order.start_reading()

    reply = create(order)

    assert reply.status == 202
    assert reply.json["status"] == "reading"


def test_an_unpaid_order_gets_a_preview_without_facts(order):
    order.finish_reading()

    reply = create(order)

    assert reply.status == 201
    assert reply.json["result"]["preview"]
    assert reply.json["result"]["documents"][0]["facts"] == []
    assert call("orders/get", order_id=order.id).json["analysis"]["status"] == "preview"


def test_the_note_is_not_in_the_analysis(order):
    order.finish_reading()

    reply = create(order, {"details": "the total is one million"})

    assert "million" not in reply.body


@pytest.mark.parametrize(
    "outcome", [{"reason": Reason("took_too_long"), "retriable": True}, {"reader_version": "0"}]
)
def test_a_retriable_or_outdated_document_is_read_again(order, queues, outcome):
    order.finish_reading(**outcome)

    reply = create(order)

    (message,) = queues["readings"].receive_all()
    assert reply.status == 202
    assert (message["document_id"], message["version"], message["attempt"]) == (
        order.document.id,
        "v1",
        2,
    )


def test_a_current_document_is_not_read_again(order, queues):
    order.finish_reading()

    create(order)
    create(order)

    history = call("orders/list_events", order_id=order.id).json
    assert queues["readings"].receive_all() == []
    assert [event["what"] for event in history].count("analysis_requested") == 1


def test_another_customers_order_is_not_found(order):
    assert create(order, as_user="eve").refusal == (404, "order_not_found")


@pytest.mark.parametrize(
    "details", ["x" * 2001, "\ud800", 7, ["a note"]], ids=["long", "surrogate", "number", "list"]
)
def test_an_invalid_note_is_rejected(order, details):
    order.finish_reading()

    reply = create(order, {"details": details})

    assert reply.refusal == (400, "bad_input")
    assert reply.fields == ["details"]


def test_a_note_is_recorded_as_an_event(order):
    order.finish_reading()

    create(order, {"details": "für das Finanzamt 🧾"})

    history = call("orders/list_events", order_id=order.id).json
    (facts,) = [event["facts"] for event in history if event["what"] == "analysis_requested"]
    assert facts == {"details": "für das Finanzamt 🧾"}


def test_of_two_requests_at_the_same_time_one_is_recorded(order, monkeypatch):
    order.finish_reading()
    load = analyses.of_documents

    def load_before_the_other_request(*arguments):
        monkeypatch.setattr(analyses, "of_documents", load)
        loaded = load(*arguments)
        create(order)
        return loaded

    monkeypatch.setattr(analyses, "of_documents", load_before_the_other_request)

    assert create(order).status == 201

    history = call("orders/list_events", order_id=order.id).json
    assert [event["what"] for event in history].count("analysis_requested") == 1


def test_a_document_that_timed_out_is_read_again(order, queues):
    timed_out = a_read_document(
        status=DocumentStatus.UNREADABLE,
        status_reason=Reason("not_read_in_time"),
        retriable=True,
        page_count=None,
        charged_pages=0,
    )
    save(an_order(timed_out), timed_out)

    assert create(order).status == 202

    assert len(queues["readings"].receive_all()) == 1


@pytest.fixture
def unscanned(bucket, pipeline, monkeypatch):
    """The upload of a document that was not scanned in time, in a stage that scans uploads."""
    monkeypatch.setenv("DOCKET_MALWARE_SCAN", "true")
    config._load.cache_clear()
    document = a_document("a.pdf")
    upload = bucket.upload(document.id, a_pdf("Invoice 7"))
    late = replace(
        document,
        status=DocumentStatus.UNREADABLE,
        status_reason=Reason("scan_not_finished"),
        retriable=True,
        file=upload.file,
        quarantined=True,
        attempt=1,
    )
    save(an_order(late), late)
    return upload


def stored(upload):
    return documents.get("ada", upload.document_id)[1]


def test_a_document_with_a_clean_verdict_since_is_read_again_at_once(bucket, queues, unscanned):
    bucket.tag(unscanned, **{TAG: ScanStatus.CLEAN})

    assert call("analyses/create", order_id=OID).status == 202

    (message,) = queues["readings"].receive_all()
    assert (message["document_id"], message["attempt"]) == (unscanned.document_id, 2)
    assert not stored(unscanned).quarantined


def test_a_document_whose_scan_failed_is_unreadable_again_at_once(bucket, queues, unscanned):
    bucket.tag(unscanned, **{TAG: "FAILED"})

    assert call("analyses/create", order_id=OID).status == 202

    assert stored(unscanned).explanation == Reason("scan_failed")
    assert queues["readings"].receive_all() == []


@pytest.mark.parametrize("scan_status", [None, ScanStatus.INFECTED])
def test_a_document_without_a_scan_status_or_to_be_erased_waits(
    bucket, queues, unscanned, scan_status
):
    """The function may erase nothing, so its debt leads to that."""
    if scan_status:
        bucket.tag(unscanned, **{TAG: scan_status})

    assert call("analyses/create", order_id=OID).status == 202

    assert stored(unscanned).waits_for_scan
    assert queues["readings"].receive_all() == []
    assert bucket.versions(unscanned.document_id) == [unscanned.version]


def test_a_file_whose_verdict_cannot_be_loaded_waits(queues, unscanned, monkeypatch, caplog):
    def refuse(_):
        raise s3.AccessRefused

    monkeypatch.setattr(s3, "tags", refuse)

    assert call("analyses/create", order_id=OID).status == 202

    assert stored(unscanned).waits_for_scan
    assert "tags not loaded" in caplog.text


def test_a_request_looks_at_some_verdicts_and_leaves_the_others(bucket, unscanned, monkeypatch):
    looked: list[str] = []

    def no_verdict(upload):
        looked.append(upload.document_id)
        return {}

    monkeypatch.setattr(s3, "tags", no_verdict)
    first = stored(unscanned)
    others = [replace(first, id=a_document(f"{number}.pdf").id) for number in range(30)]
    save(an_order(*others), *others)

    assert call("analyses/create", order_id=OID).status == 202

    assert len(set(looked)) == len(looked) == 20


def test_all_of_many_documents_are_read_again(order, queues):
    outdated = [a_read_document(f"{number}.pdf", reader_version="0") for number in range(60)]
    save(an_order(*outdated), *outdated)

    reply = create(order)

    assert reply.status == 202
    response = call("orders/get", order_id=OID).json
    assert response["progress"]["reading"] == response["in_progress"] == 60
    assert len(reply.json["result"]["documents"]) == 50
    assert 'rel="next"' in reply.headers["Link"]
    assert len(queues["readings"].receive_all()) == 2, "the others wait for a slot of the reader"


def test_a_body_is_optional(order):
    order.finish_reading()

    assert call("analyses/create", order_id=order.id).status == 201


def test_a_paid_order_gets_all_facts(order, stripe):
    order.finish_reading()
    order.pay(stripe)

    reply = create(order)

    assert reply.status == 201
    (document,) = reply.json["result"]["documents"]
    assert [fact["value"] for fact in document["facts"]] == ["119.00"]

"""The sample order: opened once, read free of charge, and nobody else's business."""

from datetime import timedelta

import pytest
from botocore.exceptions import ClientError

from docket.domain.orders.document import DocumentStatus, Outcome
from docket.gateways import s3
from docket.runtime.clock import now
from docket.table.documents import documents
from docket.table.documents.readings import Finished
from docket.table.orders import analyses, contents, usage
from docket.table.orders.analyses import Analysis
from docket.workflows.documents import outcomes, uploads
from docket.workflows.orders import samples
from tests.due_debts import settle_due
from tests.make import an_audit_context
from tests.make_calls import call

pytestmark = pytest.mark.usefixtures("service")

AUDIT = an_audit_context("reader", at=now() + timedelta(seconds=1))
BYTES = "b" * 64
FILENAMES = ["invoice.pdf", "receipt.jpg", "contract.docx"]


def create_sample(**fields):
    return call("orders/create_sample", **fields)


def uploads_of(order):
    """The stored versions of the files of an order."""
    stored = documents.of_order(order["id"], limit=9)
    return [upload for document in stored for upload in s3.uploads_of(document)]


@pytest.fixture
def read_sample(bucket):
    """Open Ada's sample order and record that its documents were read. Returns the order."""

    def read():
        order = create_sample().json
        uploads.accept(uploads_of(order), AUDIT)
        read_documents = [
            finished(document)
            for document in documents.of_order(order["id"], limit=9)
            if document.status is DocumentStatus.READING
        ]
        outcomes.record("ada", order["id"], read_documents, AUDIT)
        return call("orders/get", order_id=order["id"]).json

    return read


def finished(document):
    """A reading of three pages, whose content has a hash."""
    analysis = Analysis(document_id=document.id, attempt=1, facts={}, hashes=(BYTES,))
    return Finished(
        document_id=document.id,
        attempt=1,
        outcome=Outcome(reader_version="1", page_count=3, charged_pages=3, kind="invoice"),
        also=(analyses.put_analysis(document.order_id, analysis),),
    )


def test_a_sample_order_has_documents_whose_files_have_arrived(bucket):
    reply = create_sample()

    order = reply.json
    assert (reply.status, order["status"], order["is_sample"]) == (201, "pending", True)
    assert [document["filename"] for document in order["documents"]] == FILENAMES
    assert len(uploads_of(order)) == len(FILENAMES)
    assert [s3.content(upload) for upload in uploads_of(order)] == [
        samples._content(filename) for filename in FILENAMES
    ]


def test_a_sample_order_is_completed_by_its_reading_and_costs_nothing(read_sample, capsys):
    order = read_sample()

    assert (order["status"], order["status_reason_code"]) == ("completed", "sample_completed")
    assert (order["quote"], order["payment"], order["expires_at"]) == (None, None, None)
    assert [document["status"] for document in order["documents"]] == ["ready"] * 3
    assert order["progress"]["charged_pages"] == 0
    assert call("analyses/get", order_id=order["id"]).json["status"] == "completed"
    counted = capsys.readouterr().out
    assert counted.count('"SampleOpened":[1.0]') == 1
    assert "OrderPaid" not in counted
    assert "OrderOpened" not in counted


def test_the_history_of_a_sample_order_says_what_it_is(read_sample):
    order = read_sample()

    names = [event["what"] for event in call("orders/list_events", order_id=order["id"]).json]
    assert (names[0], names[-1]) == ("sample_opened", "sample_completed")
    assert "paid" not in names


def test_nothing_of_a_sample_order_counts_as_paid_content(read_sample):
    order = read_sample()
    settle_due(AUDIT.at)

    assert {document.charged_pages for document in documents.of_order(order["id"], limit=9)} == {0}
    assert contents.paid("ada", [BYTES]) == {}


@pytest.mark.usefixtures("identity_provider")
def test_a_repeated_request_returns_the_same_order(bucket):
    first, second = create_sample().json, create_sample().json

    assert first == second
    assert [order["id"] for order in call("orders/list").json] == [first["id"]]
    assert len(uploads_of(first)) == len(FILENAMES)


def test_a_read_or_cancelled_sample_order_is_returned_as_it_is(read_sample, bucket):
    order = read_sample()
    before = bucket.every_version()

    assert create_sample().json == order
    assert bucket.every_version() == before


def test_a_cancelled_sample_order_is_not_opened_again(bucket):
    order_id = create_sample().json["id"]
    call("orders/update_status", {"status": "cancelled"}, order_id=order_id)
    before = bucket.every_version()

    again = create_sample().json

    assert (again["id"], again["status"]) == (order_id, "cancelled")
    assert bucket.every_version() == before


def test_a_file_that_was_not_put_is_put_by_the_next_request(bucket, monkeypatch):
    put, failing = s3._s3().put_object, [True]

    def fail_once(**request):
        if request["Key"].startswith("uploads/") and failing:
            failing.clear()
            error = {"Error": {"Code": "InternalError", "Message": ""}}
            raise ClientError(error, "PutObject")  # type: ignore[arg-type]  # a part of a reply
        return put(**request)

    with monkeypatch.context() as broken:
        broken.setattr(s3._s3(), "put_object", fail_once)
        assert create_sample().refusal == (502, "storage_unreachable")
    order = create_sample().json

    assert len(uploads_of(order)) == len(FILENAMES)


def test_a_sample_order_takes_no_other_documents():
    order = create_sample().json
    [first, *_] = order["documents"]
    body = {"filename": "a.pdf", "content_type": "application/pdf", "size": 9}

    added = call("orders/add_document", body, order_id=order["id"])
    renewed = call("documents/renew_upload", document_id=first["id"])
    removed = call("documents/delete", document_id=first["id"])

    for reply in (added, renewed, removed):
        assert reply.refusal == (409, "sample_order")


def test_a_sample_order_cannot_be_paid(read_sample):
    pending = create_sample().json
    assert call("payments/create_intent", order_id=pending["id"]).refusal == (
        409,
        "nothing_to_charge",
    )

    completed = read_sample()
    refused = call("payments/create_intent", order_id=completed["id"])
    assert refused.json["params"] == {"context": "sample"}


def test_a_sample_order_is_read_whatever_the_customer_owes(monkeypatch, read_sample):
    monkeypatch.setenv("DOCKET_UNPAID_ORDERS", "1")
    monkeypatch.setenv("DOCKET_UNPAID_PAGES", "1")
    monkeypatch.setenv("DOCKET_DOCUMENTS_A_DAY", "1")
    call("orders/create", {})

    assert read_sample()["status"] == "completed"
    used = usage.get("ada")
    assert (used.unpaid_orders, used.unpaid_pages, used.documents_added) == (1, 0, 0)


def test_another_customer_has_another_sample_order():
    adas, eves = create_sample().json, create_sample(as_user="eve").json

    assert adas["id"] != eves["id"]
    assert call("orders/get", order_id=adas["id"], as_user="eve").status == 404


def test_a_sample_order_needs_a_caller():
    assert create_sample(as_user=None).refusal == (401, "not_signed_in")

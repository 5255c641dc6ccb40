import json
from urllib.parse import quote_plus

import pytest

from analysis import ReaderFailed
from docket.domain.document import DocumentStatus
from docket.domain.order import OrderStatus
from docket.domain.reason import CANCELLED_BY_CUSTOMER
from docket.gateways import queues, s3
from docket.runtime import config
from docket.runtime.logging import HandlerFailed
from docket.table import orders
from docket.workflows import ingestion
from functions.events import on_upload
from tests.make import OID, a_document, a_pdf, a_scan, an_event, an_order

pytestmark = pytest.mark.usefixtures("service")

DOCUMENT, OTHER = a_document("a.pdf"), a_document("b.pdf")


@pytest.fixture(autouse=True)
def order(service):
    orders.create_order(an_order(documents=(DOCUMENT, OTHER)), an_event("opened"))


def status(document=DOCUMENT):
    return orders.get("ada", OID).document(document.id).status


def a_message(document, version, user_id="ada"):
    key = quote_plus(f"uploads/{user_id}/{document.id}", safe="/")
    return {"Records": [{"s3": {"object": {"key": key, "versionId": version}}}]}


def process(*bodies, receive_count=1):
    """Process messages. Returns the ids of those that failed."""
    records = [
        {
            "messageId": str(number),
            "body": body if isinstance(body, str) else json.dumps(body),
            "eventSource": "aws:sqs",
            "attributes": {"ApproximateReceiveCount": str(receive_count)},
        }
        for number, body in enumerate(bodies)
    ]
    answer = on_upload.handler({"Records": records}, None)
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def test_an_upload_is_read(bucket):
    version = bucket.upload(DOCUMENT.id, a_pdf("Invoice 7"))

    assert process(a_message(DOCUMENT, version)) == []

    assert status() is DocumentStatus.READY
    assert orders.get("ada", OID).document(DOCUMENT.id).version == version


def test_a_repeated_message_changes_nothing(bucket):
    message = a_message(DOCUMENT, bucket.upload(DOCUMENT.id, b"no document"))
    process(message)
    before = orders.get("ada", OID)

    assert process(message, message) == []

    assert orders.get("ada", OID) == before


def test_an_upload_to_a_cancelled_order_is_discarded(bucket):
    order = orders.get("ada", OID)
    orders.cancel(order, an_event("cancelled"), reason=CANCELLED_BY_CUSTOMER)

    assert process(a_message(DOCUMENT, bucket.upload(DOCUMENT.id))) == []

    assert bucket.versions(DOCUMENT.id) == []
    assert orders.get("ada", OID).status is OrderStatus.CANCELLED


def test_a_second_version_is_discarded(bucket):
    first = bucket.upload(DOCUMENT.id, a_pdf("Invoice 7"))
    process(a_message(DOCUMENT, first))

    assert process(a_message(DOCUMENT, bucket.upload(DOCUMENT.id, b"other"))) == []

    assert bucket.versions(DOCUMENT.id) == [first]


@pytest.mark.parametrize(
    "key", ["results/x/y", "uploads/ada", "uploads/ada/x/y", "uploads/ada/unknown", "%F0%9F"]
)
def test_a_key_without_a_document_is_ignored(key):
    body = {"Records": [{"s3": {"object": {"key": key, "versionId": "v1"}}}]}

    assert process(body) == []
    assert status() is DocumentStatus.AWAITING_UPLOAD


def test_the_test_event_of_s3_is_accepted():
    assert process({"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "documents"}) == []


def test_a_failed_message_is_reported_and_the_others_are_processed(bucket, monkeypatch):
    broken = a_message(DOCUMENT, bucket.upload(DOCUMENT.id, b"broken"))
    good = a_message(OTHER, bucket.upload(OTHER.id, b"good"))
    content = s3.content

    def fail_for_one(upload):
        if upload.document_id == DOCUMENT.id:
            raise OSError("connection lost")
        return content(upload)

    monkeypatch.setattr(s3, "content", fail_for_one)

    assert process(broken, good) == ["0"]

    assert status(OTHER) is DocumentStatus.UNREADABLE
    assert status() is DocumentStatus.READING
    monkeypatch.setattr(s3, "content", content)
    assert process(broken) == []
    assert status() is DocumentStatus.UNREADABLE


@pytest.mark.parametrize("body", ["not json", "7", '{"Records": [{}]}'])
def test_an_invalid_message_fails(body):
    with pytest.raises(HandlerFailed):
        process(body)


def test_a_request_to_read_again_is_processed(bucket, queue):
    version = bucket.upload(DOCUMENT.id, a_pdf("Invoice 7"))
    queues.read_again(s3.Upload("ada", DOCUMENT.id, version))

    assert process(*queue.receive_all()) == []

    assert status() is DocumentStatus.READY


def test_a_long_scan_is_read_by_the_messages_of_its_parts(bucket, queue, monkeypatch):
    monkeypatch.setenv("DOCKET_READER_PAGES_AT_ONCE", "1")
    config._load.cache_clear()
    version = bucket.upload(DOCUMENT.id, a_scan("Sheet one of two", "Sheet two of two"))

    assert process(a_message(DOCUMENT, version)) == []
    assert status() is DocumentStatus.READING
    assert process(*queue.receive_all()) == []

    assert orders.get("ada", OID).document(DOCUMENT.id).charged_pages == 2


def test_failed_pages_are_skipped_at_the_last_attempt(bucket, monkeypatch):
    message = a_message(DOCUMENT, bucket.upload(DOCUMENT.id, a_pdf("Invoice 7")))
    attempts = []

    def fail(*_, skip_failed_pages, **__):
        attempts.append(skip_failed_pages)
        raise ReaderFailed("ZeroDivisionError")

    monkeypatch.setattr(ingestion, "read", fail)

    for receive_count in (1, 2, 3):
        with pytest.raises(HandlerFailed):
            process(message, receive_count=receive_count)

    assert attempts == [False, False, True]
    assert status() is DocumentStatus.READING


@pytest.fixture
def refused_sandbox(patch_child):
    """The system refuses the filter of system calls to the reader's child process."""
    patch_child(
        "from tests.unit.analysis import attacks\nattacks.refuse_filters(['prctl', 'seccomp'])\n"
    )


@pytest.mark.usefixtures("refused_sandbox")
def test_a_required_sandbox_that_is_refused_fails_every_attempt_and_is_counted(bucket, capsys):
    version = bucket.upload(DOCUMENT.id, a_pdf("Invoice 7"))

    for receive_count in (1, 2, 3):
        with pytest.raises(HandlerFailed):
            process(a_message(DOCUMENT, version), receive_count=receive_count)

    assert status() is DocumentStatus.READING
    assert capsys.readouterr().out.count('"SandboxUnavailable":[1.0]') == 3


@pytest.mark.usefixtures("refused_sandbox")
def test_by_best_effort_a_document_is_read_without_the_sandbox_and_counted(
    bucket, monkeypatch, capsys
):
    monkeypatch.setenv("DOCKET_READER_SANDBOX", "best_effort")
    config._load.cache_clear()
    version = bucket.upload(DOCUMENT.id, a_pdf("Invoice 7"))

    assert process(a_message(DOCUMENT, version)) == []

    assert status() is DocumentStatus.READY
    assert capsys.readouterr().out.count('"SandboxUnavailable":[1.0]') == 1


def test_a_document_that_is_read_in_the_sandbox_is_not_counted(bucket, capsys):
    version = bucket.upload(DOCUMENT.id, a_pdf("Invoice 7"))

    process(a_message(DOCUMENT, version))

    assert "SandboxUnavailable" not in capsys.readouterr().out


def test_an_incomplete_seal_is_counted_and_the_document_is_read(bucket, monkeypatch, capsys):
    ingestion.seal.cache_clear()
    monkeypatch.setattr(ingestion, "seal_process", lambda: frozenset(["dumpable", "environment"]))
    version = bucket.upload(DOCUMENT.id, a_pdf("Invoice 7"))

    assert process(a_message(DOCUMENT, version)) == []

    assert status() is DocumentStatus.READY
    metrics = capsys.readouterr().out
    assert "ReaderStaysDumpable" in metrics
    assert "ReaderEnvironmentReadable" in metrics

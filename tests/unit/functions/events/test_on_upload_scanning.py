"""Uploads in a stage that scans them for malware: nothing is read before the file has a verdict."""

import json
from datetime import timedelta
from urllib.parse import parse_qs, quote_plus, urlsplit

import pytest
from botocore.exceptions import ClientError

from analysis import READER_VERSION
from docket.domain.document import DocumentStatus
from docket.domain.order import READING_CHECK, READING_DEADLINE
from docket.domain.reason import Reason
from docket.gateways import s3
from docket.runtime import config
from docket.runtime.clock import now
from docket.runtime.logging import HandlerFailed
from docket.table import documents, orders
from docket.workflows import debts, ingestion
from functions.events import on_upload
from tests.make import OID, a_document, a_pdf, a_scan, an_audit_context, an_event, an_order
from tests.make_calls import call

pytestmark = pytest.mark.usefixtures("scanning")

DOCUMENT = a_document("a.pdf")
JSON = {"accept": "application/json"}
TAG = "GuardDutyMalwareScanStatus"


@pytest.fixture
def scanning(service, monkeypatch):
    monkeypatch.setenv("DOCKET_MALWARE_SCAN", "true")
    config._load.cache_clear()
    orders.create_order(an_order(documents=(DOCUMENT,)), an_event("opened"))


def document():
    return orders.get("ada", OID).document(DOCUMENT.id)


def key_of(document_id=DOCUMENT.id):
    return f"uploads/ada/{document_id}"


def tag(bucket, version, verdict):
    """Tag a version as GuardDuty does after its scan."""
    s3._s3().put_object_tagging(
        Bucket=bucket.name,
        Key=key_of(),
        VersionId=version,
        Tagging={"TagSet": [{"Key": TAG, "Value": verdict}]},
    )


def record(version, event_name):
    """A record of the form that S3 documents, without the fields that are the same in all."""
    return {
        "eventVersion": "2.3",
        "eventSource": "aws:s3",
        "eventName": event_name,
        "s3": {
            "s3SchemaVersion": "1.0",
            "bucket": {"name": "documents", "arn": "arn:aws:s3:::documents"},
            "object": {
                "key": quote_plus(key_of(), safe="/"),
                "eTag": "d41d8cd98f00b204e9800998ecf8427e",
                "versionId": version,
            },
        },
    }


def receive(version, event_name="ObjectCreated:Post", receive_count=1):
    body = json.dumps({"Records": [record(version, event_name)]})
    message = {
        "messageId": "1",
        "body": body,
        "eventSource": "aws:sqs",
        "attributes": {"ApproximateReceiveCount": str(receive_count)},
    }
    answer = on_upload.handler({"Records": [message]}, None)
    assert answer == {"batchItemFailures": []}


def verdict_arrives(bucket, version, verdict):
    tag(bucket, version, verdict)
    receive(version, "ObjectTagging:Put")


def assert_quarantined():
    """The API gives its customer no URL of the file."""
    link = call("documents/get", document_id=DOCUMENT.id)
    reply = call("documents/get", document_id=DOCUMENT.id, headers=JSON)

    assert link.refusal == (409, "document_quarantined")
    assert "Location" not in link.headers
    assert (reply.status, reply.json["download_url"]) == (200, None)


def assert_downloadable(version):
    """The API gives its customer a URL of that version, in both forms."""
    link = call("documents/get", document_id=DOCUMENT.id)
    reply = call("documents/get", document_id=DOCUMENT.id, headers=JSON)

    for url in (link.headers["Location"], reply.json["download_url"]):
        assert parse_qs(urlsplit(url).query)["versionId"] == [version]


@pytest.fixture
def content_requests(monkeypatch):
    """The versions whose bytes were requested."""
    requested = []
    content = s3.content

    def noted(upload):
        requested.append(upload.version)
        return content(upload)

    monkeypatch.setattr(s3, "content", noted)
    return requested


def test_a_document_waits_for_the_verdict_and_is_then_read(bucket, content_requests):
    version = bucket.upload(DOCUMENT.id, a_pdf("Invoice 7"))

    receive(version)

    assert (document().status, document().version) == (DocumentStatus.READING, version)
    assert document().explanation == Reason("waiting_for_scan")
    assert content_requests == []
    assert_quarantined()

    verdict_arrives(bucket, version, "NO_THREATS_FOUND")

    assert (document().status, document().explanation) == (DocumentStatus.READY, None)
    assert content_requests == [version]
    assert_downloadable(version)


def test_a_file_that_was_scanned_before_its_message_is_read_once(bucket, content_requests):
    version = bucket.upload(DOCUMENT.id, b"no document")
    tag(bucket, version, "NO_THREATS_FOUND")

    receive(version)
    receive(version, "ObjectTagging:Put")

    assert content_requests == [version]
    assert_downloadable(version)


def test_another_tag_is_no_verdict(bucket):
    version = bucket.upload(DOCUMENT.id, a_pdf("Invoice 7"))
    s3._s3().put_object_tagging(
        Bucket=bucket.name,
        Key=key_of(),
        VersionId=version,
        Tagging={"TagSet": [{"Key": "status", "Value": "NO_THREATS_FOUND"}]},
    )

    receive(version, "ObjectTagging:Put")

    assert document().waits_for_scan


def test_the_verdict_of_another_version_is_not_used(bucket, content_requests):
    older = bucket.upload(DOCUMENT.id, a_pdf("Invoice 7"))
    tag(bucket, older, "NO_THREATS_FOUND")

    receive(bucket.upload(DOCUMENT.id, b"not scanned"))

    assert document().waits_for_scan
    assert content_requests == []


def test_an_infected_file_is_erased_and_cannot_be_downloaded(bucket, content_requests, capsys):
    version = bucket.upload(DOCUMENT.id, a_pdf("Invoice 7"))
    receive(version)

    verdict_arrives(bucket, version, "THREATS_FOUND")

    assert document().status is DocumentStatus.UNREADABLE
    assert document().explanation == Reason("malware_found")
    assert not document().can_be_read_again(READER_VERSION)
    assert_quarantined()
    assert bucket.every_version() == []
    assert content_requests == []
    assert capsys.readouterr().out.count('"MalwareFound":[1.0]') == 1


def test_an_infected_file_that_cannot_be_erased_stays_in_progress(bucket, monkeypatch):
    version = bucket.upload(DOCUMENT.id, a_pdf("Invoice 7"))
    tag(bucket, version, "THREATS_FOUND")
    discard = s3.discard

    def fail(_):
        raise OSError("connection lost")

    monkeypatch.setattr(s3, "discard", fail)
    with pytest.raises(HandlerFailed):
        receive(version)
    assert document().status is DocumentStatus.READING

    monkeypatch.setattr(s3, "discard", discard)
    receive(version)
    assert document().explanation == Reason("malware_found")


def test_another_file_may_be_uploaded_after_an_infected_one(bucket, content_requests):
    infected = bucket.upload(DOCUMENT.id, b"infected")
    tag(bucket, infected, "THREATS_FOUND")
    receive(infected)
    clean = bucket.upload(DOCUMENT.id, b"no document")

    receive(clean)
    verdict_arrives(bucket, clean, "NO_THREATS_FOUND")

    assert content_requests == [clean]
    assert_downloadable(clean)


@pytest.mark.parametrize(
    ("verdict", "reason", "retriable"),
    [
        ("UNSUPPORTED", "scan_unsupported", False),
        ("FAILED", "scan_failed", True),
        ("ACCESS_DENIED", "scan_failed", True),
        ("SOMETHING_NEW", "scan_failed", True),
    ],
)
def test_a_file_without_a_clean_verdict_is_not_read(bucket, capsys, verdict, reason, retriable):
    version = bucket.upload(DOCUMENT.id, a_pdf("Invoice 7"))
    receive(version)

    verdict_arrives(bucket, version, verdict)

    assert document().status is DocumentStatus.UNREADABLE
    assert document().explanation == Reason(reason)
    assert document().can_be_read_again(READER_VERSION) == retriable
    assert bucket.versions(DOCUMENT.id) == [version]
    assert_quarantined()
    assert ("MalwareScanFailed" in capsys.readouterr().out) == retriable


def test_a_long_scan_is_split_only_after_the_verdict(bucket, queue, monkeypatch):
    monkeypatch.setenv("DOCKET_READER_PAGES_AT_ONCE", "1")
    config._load.cache_clear()
    version = bucket.upload(DOCUMENT.id, a_scan("Sheet one of two", "Sheet two of two"))

    receive(version)
    assert (document().parts, queue.receive_all()) == (None, [])

    verdict_arrives(bucket, version, "NO_THREATS_FOUND")
    assert document().parts
    assert len(queue.receive_all()) == 2


def test_a_missing_file_has_no_verdict(bucket):
    version = bucket.upload(DOCUMENT.id)
    s3._s3().delete_object(Bucket=bucket.name, Key=key_of(), VersionId=version)

    receive(version)

    assert document().explanation == Reason("file_missing")


def test_refused_tags_leave_the_document_in_progress_until_the_last_attempt(
    bucket, content_requests, monkeypatch
):
    def refuse(**_):
        raise ClientError({"Error": {"Code": "AccessDenied"}}, "GetObjectTagging")

    monkeypatch.setattr(s3._s3(), "get_object_tagging", refuse)
    version = bucket.upload(DOCUMENT.id, a_pdf("Invoice 7"))

    for receive_count in (1, 2):
        with pytest.raises(HandlerFailed):
            receive(version, receive_count=receive_count)
        assert document().status is DocumentStatus.READING
        assert_quarantined()
    receive(version, receive_count=3)

    assert document().explanation == Reason("file_unavailable")
    assert content_requests == []
    assert_quarantined()


def test_a_cancelled_order_does_not_release_a_file_that_was_not_scanned(bucket):
    version = bucket.upload(DOCUMENT.id, a_pdf("Invoice 7"))
    receive(version)
    call("orders/update_status", {"status": "cancelled"}, order_id=OID)

    receive(version)

    assert document().explanation == Reason("order_cancelled")
    assert_quarantined()


@pytest.mark.parametrize("verdict", [None, "UNSUPPORTED", "THREATS_FOUND"])
def test_a_file_from_before_the_scan_is_quarantined_without_a_clean_verdict(
    bucket, monkeypatch, verdict
):
    version = bucket.upload(DOCUMENT.id, a_pdf("Invoice 7"))
    order = documents.start_reading(
        "ada", DOCUMENT.id, version, order_id=OID, at=now(), quarantined=False
    )
    assert order
    assert_downloadable(version)
    if verdict:
        tag(bucket, version, verdict)

    receive(version)

    assert_quarantined()


def test_a_document_from_before_the_scan_is_read_again_without_a_verdict(
    bucket, monkeypatch, content_requests
):
    version = bucket.upload(DOCUMENT.id, a_pdf("Invoice 7"))
    for scan in ("false", "true"):
        monkeypatch.setenv("DOCKET_MALWARE_SCAN", scan)
        config._load.cache_clear()
        receive(version)
    documents.read_again(orders.get("ada", OID), document(), an_event("reading_repeated"))

    receive(version)

    assert document().status is DocumentStatus.READY
    assert content_requests == [version, version]
    assert_downloadable(version)


def test_a_message_that_saw_no_verdict_does_not_quarantine_again(bucket, monkeypatch):
    version = bucket.upload(DOCUMENT.id, a_pdf("Invoice 7"))
    receive(version)
    order = orders.get("ada", OID)
    monkeypatch.setattr(ingestion, "_start", lambda *_, **__: None)
    verdict_arrives(bucket, version, "NO_THREATS_FOUND")

    documents.wait_for_scan(order, order.document(DOCUMENT.id))

    assert document().status is DocumentStatus.READING
    assert_downloadable(version)


def test_a_stage_that_stops_scanning_reads_a_document_that_waited(bucket, monkeypatch):
    version = bucket.upload(DOCUMENT.id, a_pdf("Invoice 7"))
    receive(version)
    monkeypatch.setenv("DOCKET_MALWARE_SCAN", "false")
    config._load.cache_clear()

    receive(version)

    assert document().status is DocumentStatus.READY
    assert_downloadable(version)


def sweep(after):
    debts.sweep(an_audit_context("sweeper", now() + after))


def test_a_lost_verdict_is_repaired_by_the_sweep(bucket, queue):
    version = bucket.upload(DOCUMENT.id, a_pdf("Invoice 7"))
    receive(version)
    tag(bucket, version, "NO_THREATS_FOUND")

    sweep(READING_CHECK + timedelta(seconds=1))

    (message,) = queue.receive_all()
    assert message["Records"][0]["s3"]["object"]["versionId"] == version


def test_a_verdict_that_never_comes_ends_the_wait_at_the_deadline(bucket, capsys, caplog):
    receive(bucket.upload(DOCUMENT.id, a_pdf("Invoice 7")))

    sweep(READING_DEADLINE + timedelta(seconds=1))

    assert document().status is DocumentStatus.UNREADABLE
    assert document().explanation == Reason("scan_not_finished")
    assert_quarantined()
    assert document().can_be_read_again(READER_VERSION)
    assert capsys.readouterr().out.count('"MalwareScanFailed":[1.0]') == 1
    (record,) = [record for record in caplog.records if record.levelname == "WARNING"]
    assert (vars(record)["document_id"], vars(record)["code"]) == (DOCUMENT.id, "scan_not_finished")


def test_a_late_verdict_gives_the_reading_its_whole_time(bucket, monkeypatch):
    version = bucket.upload(DOCUMENT.id, a_pdf("Invoice 7"))
    receive(version)
    waiting = document().reading_since
    monkeypatch.setattr(ingestion, "_start", lambda *_, **__: None)

    verdict_arrives(bucket, version, "NO_THREATS_FOUND")

    assert document().explanation == Reason("reading")
    assert document().reading_since > waiting


def test_a_wait_that_another_message_ended_is_not_recorded(bucket):
    version = bucket.upload(DOCUMENT.id, b"no document")
    tag(bucket, version, "NO_THREATS_FOUND")
    receive(version)
    order = orders.get("ada", OID)

    documents.wait_for_scan(order, document())

    assert orders.get("ada", OID) == order
    assert documents.end_quarantine(order, document(), at=now()) is None

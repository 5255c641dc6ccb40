"""Uploads in a stage that scans them for malware: nothing is read before its scan."""

from urllib.parse import parse_qs, urlsplit

import pytest
from botocore.exceptions import ClientError

from analysis import READER_VERSION
from docket.domain.orders.document import DocumentStatus, Outcome
from docket.domain.reason import Reason
from docket.gateways import s3
from docket.runtime import config
from docket.runtime.clock import now
from docket.runtime.logging import HandlerFailed
from docket.table.documents import documents, readings
from docket.table.documents.readings import Finished
from docket.table.orders import orders
from docket.workflows.documents.malware_scan import TAG
from tests.make import (
    LIMITS,
    OID,
    a_document,
    a_pdf,
    a_read_document,
    a_reading_document,
    a_scan,
    an_audit_context,
    an_order,
)
from tests.make_calls import call
from tests.table_state import event_names, save

pytestmark = pytest.mark.usefixtures("scanning")

DOCUMENT = a_document("a.pdf")
JSON = {"accept": "application/json"}
INVOICE = a_pdf("Invoice 7")


@pytest.fixture
def set_scan(pipeline, monkeypatch):
    def set_scan(is_on):
        monkeypatch.setenv("DOCKET_MALWARE_SCAN", str(is_on).lower())
        config._load.cache_clear()

    return set_scan


@pytest.fixture
def scanning(set_scan):
    set_scan(True)
    save(an_order(DOCUMENT), DOCUMENT)


def document():
    return documents.get("ada", DOCUMENT.id)[1]


@pytest.fixture
def receive(deliveries):
    """Deliver S3's message about an upload or a tag, and what follows from it."""

    def receive(upload, event_name="ObjectCreated:Post", receive_count=1):
        assert deliveries.upload(upload, event_name=event_name, receive_count=receive_count) == []
        deliveries.run()

    return receive


@pytest.fixture
def scan_ends(bucket, receive):
    """Tag a version as GuardDuty does after its scan, and deliver S3's message about it."""

    def scan_ends(upload, scan_status):
        bucket.tag(upload, **{TAG: scan_status})
        receive(upload, "ObjectTagging:Put")

    return scan_ends


def assert_quarantined():
    """The API gives its customer no URL of the file."""
    link = call("documents/get", document_id=DOCUMENT.id)
    reply = call("documents/get", document_id=DOCUMENT.id, headers=JSON)

    assert link.refusal == (409, "document_quarantined")
    assert "Location" not in link.headers
    assert (reply.status, reply.json["download_url"]) == (200, None)


def assert_downloadable(upload):
    """The API gives its customer a URL of that version, in both forms."""
    link = call("documents/get", document_id=DOCUMENT.id)
    reply = call("documents/get", document_id=DOCUMENT.id, headers=JSON)

    for url in (link.headers["Location"], reply.json["download_url"]):
        assert parse_qs(urlsplit(url).query)["versionId"] == [upload.version]


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


def test_a_document_waits_for_the_verdict_and_is_then_read(
    bucket, receive, scan_ends, content_requests
):
    upload = bucket.upload(DOCUMENT.id, INVOICE)

    receive(upload)

    assert (document().status, document().file) == (DocumentStatus.READING, upload.file)
    assert document().explanation == Reason("waiting_for_scan")
    assert content_requests == []
    assert_quarantined()

    scan_ends(upload, "NO_THREATS_FOUND")

    assert (document().status, document().explanation) == (DocumentStatus.READY, None)
    assert content_requests == [upload.version]
    assert_downloadable(upload)


def test_a_file_that_was_scanned_before_its_message_is_read_once(bucket, receive, content_requests):
    upload = bucket.upload(DOCUMENT.id, b"no document")
    bucket.tag(upload, **{TAG: "NO_THREATS_FOUND"})

    receive(upload)
    receive(upload, "ObjectTagging:Put")

    assert content_requests == [upload.version]
    assert_downloadable(upload)


def test_the_message_of_the_tag_may_come_before_that_of_the_upload(
    bucket, receive, content_requests
):
    upload = bucket.upload(DOCUMENT.id, b"no document")
    bucket.tag(upload, **{TAG: "NO_THREATS_FOUND"})

    receive(upload, "ObjectTagging:Put")
    receive(upload)

    assert content_requests == [upload.version]


def test_another_tag_is_no_verdict(bucket, receive):
    upload = bucket.upload(DOCUMENT.id, INVOICE)
    bucket.tag(upload, status="NO_THREATS_FOUND")

    receive(upload, "ObjectTagging:Put")

    assert document().waits_for_scan


def test_the_verdict_of_another_version_is_not_used(bucket, receive, content_requests):
    expected = bucket.upload(DOCUMENT.id, b"not scanned")
    receive(expected)
    other = bucket.upload(DOCUMENT.id, INVOICE)
    bucket.tag(other, **{TAG: "NO_THREATS_FOUND"})

    receive(other, "ObjectTagging:Put")

    assert document().waits_for_scan
    assert content_requests == []
    assert bucket.versions(DOCUMENT.id) == [expected.version]


@pytest.mark.parametrize("scan_status", ["NO_THREATS_FOUND", "THREATS_FOUND"])
def test_a_repeated_verdict_of_an_older_upload_has_no_effect(
    bucket, receive, scan_ends, scan_status
):
    older = bucket.upload(DOCUMENT.id, b"older")
    receive(older)
    scan_ends(older, "UNSUPPORTED")
    call("documents/renew_upload", document_id=DOCUMENT.id)
    newer = bucket.upload(DOCUMENT.id, INVOICE, upload_number=2)
    receive(newer)
    before = document()

    scan_ends(older, scan_status)

    assert document() == before
    assert before.waits_for_scan
    assert bucket.versions(DOCUMENT.id, upload_number=2) == [newer.version]
    assert_quarantined()


def test_an_infected_file_is_erased_and_cannot_be_downloaded(
    bucket, receive, scan_ends, content_requests, capsys
):
    upload = bucket.upload(DOCUMENT.id, INVOICE)
    receive(upload)

    scan_ends(upload, "THREATS_FOUND")
    metrics = capsys.readouterr().out

    assert document().status is DocumentStatus.UNREADABLE
    assert document().explanation == Reason("malware_found")
    assert not document().can_be_read_again(READER_VERSION)
    assert_quarantined()
    assert bucket.every_version() == []
    assert content_requests == []
    assert metrics.count('"MalwareFound":[1.0]') == 1


def test_an_infected_file_that_cannot_be_erased_is_reported_and_erased_later(
    bucket, deliveries, receive, monkeypatch, capsys
):
    upload = bucket.upload(DOCUMENT.id, INVOICE)
    bucket.tag(upload, **{TAG: "THREATS_FOUND"})

    def fail(_):
        raise OSError("connection lost")

    with monkeypatch.context() as patch:
        patch.setattr(s3, "discard", fail)
        with pytest.raises(HandlerFailed):
            deliveries.upload(upload)
    assert document().explanation == Reason("malware_found")
    assert bucket.versions(DOCUMENT.id) == [upload.version]

    receive(upload, receive_count=2)

    assert bucket.every_version() == []
    assert document().explanation == Reason("malware_found")
    assert event_names() == ["document_unreadable"]
    assert capsys.readouterr().out.count('"MalwareFound":[1.0]') == 1


def test_an_infected_file_whose_outcome_was_not_saved_stays_in_progress(
    bucket, deliveries, receive, monkeypatch
):
    upload = bucket.upload(DOCUMENT.id, INVOICE)
    bucket.tag(upload, **{TAG: "THREATS_FOUND"})

    def fail(*_):
        raise OSError("connection lost")

    with monkeypatch.context() as patch:
        patch.setattr(readings, "record", fail)
        with pytest.raises(HandlerFailed):
            deliveries.upload(upload)
    assert document().waits_for_scan

    receive(upload, receive_count=2)

    assert document().explanation == Reason("malware_found")


@pytest.mark.parametrize("is_read", [False, True])
def test_a_verdict_that_was_replaced_before_its_record_has_no_effect(
    bucket, deliveries, monkeypatch, is_read
):
    upload = bucket.upload(DOCUMENT.id, INVOICE)
    bucket.tag(upload, **{TAG: "THREATS_FOUND"})
    record = readings.record
    read = Outcome(reader_version=READER_VERSION, page_count=1, charged_pages=1)

    def record_later(*arguments, **options):
        readings.resume_after_scan("ada", DOCUMENT.id, 1, an_audit_context())
        if is_read:
            finished = Finished(document_id=DOCUMENT.id, attempt=1, outcome=read)
            record("ada", OID, [finished], an_audit_context())
        return record(*arguments, **options)

    monkeypatch.setattr(readings, "record", record_later)
    deliveries.upload(upload)

    assert document().status is (DocumentStatus.READY if is_read else DocumentStatus.READING)
    assert bucket.versions(DOCUMENT.id) == [upload.version]


def test_another_file_may_be_uploaded_after_an_infected_one(
    bucket, receive, scan_ends, content_requests
):
    infected = bucket.upload(DOCUMENT.id, b"infected")
    bucket.tag(infected, **{TAG: "THREATS_FOUND"})
    receive(infected)
    call("documents/renew_upload", document_id=DOCUMENT.id)
    clean = bucket.upload(DOCUMENT.id, b"no document", upload_number=2)

    receive(clean)
    scan_ends(clean, "NO_THREATS_FOUND")

    assert content_requests == [clean.version]
    assert_downloadable(clean)


@pytest.mark.parametrize(
    ("scan_status", "reason"),
    [
        ("UNSUPPORTED", "scan_unsupported"),
        ("FAILED", "scan_failed"),
        ("ACCESS_DENIED", "scan_failed"),
        ("SOMETHING_NEW", "scan_failed"),
    ],
)
def test_a_file_without_a_clean_verdict_is_not_read(bucket, scan_ends, capsys, scan_status, reason):
    upload = bucket.upload(DOCUMENT.id, INVOICE)

    scan_ends(upload, scan_status)

    retriable = reason == "scan_failed"
    assert document().status is DocumentStatus.UNREADABLE
    assert document().explanation == Reason(reason)
    assert document().can_be_read_again(READER_VERSION) == retriable
    assert bucket.versions(DOCUMENT.id) == [upload.version]
    assert_quarantined()
    assert ("MalwareScanFailed" in capsys.readouterr().out) == retriable


def test_a_long_scan_is_split_only_after_the_verdict(
    bucket, queues, deliveries, receive, monkeypatch
):
    monkeypatch.setenv("DOCKET_READER_PAGES_AT_ONCE", "1")
    config._load.cache_clear()
    upload = bucket.upload(DOCUMENT.id, a_scan("Sheet one of two", "Sheet two of two"))

    receive(upload)
    assert document().parts is None

    bucket.tag(upload, **{TAG: "NO_THREATS_FOUND"})
    deliveries.upload(upload, event_name="ObjectTagging:Put")
    deliveries.read()
    deliveries.record()
    assert document().parts
    assert len(queues["parts"].receive_all()) == 2


def test_a_missing_file_has_no_verdict(bucket, receive):
    upload = bucket.upload(DOCUMENT.id)
    s3.discard(upload)

    receive(upload)

    assert document().explanation == Reason("file_missing")


def test_refused_tags_leave_the_document_in_progress_until_the_last_try(
    bucket, deliveries, receive, content_requests, monkeypatch
):
    def refuse(**_):
        raise ClientError({"Error": {"Code": "AccessDenied"}}, "GetObjectTagging")

    monkeypatch.setattr(s3._s3(), "get_object_tagging", refuse)
    upload = bucket.upload(DOCUMENT.id, INVOICE)

    for receive_count in (1, 2):
        with pytest.raises(HandlerFailed):
            deliveries.upload(upload, receive_count=receive_count)
        assert document().status is DocumentStatus.READING
        assert_quarantined()
    receive(upload, receive_count=3)

    assert document().explanation == Reason("file_unavailable")
    assert content_requests == []
    assert_quarantined()


def test_a_cancelled_order_does_not_release_a_file_that_was_not_scanned(
    bucket, receive, content_requests
):
    upload = bucket.upload(DOCUMENT.id, INVOICE)
    receive(upload)
    call("orders/update_status", {"status": "cancelled"}, order_id=OID)

    receive(upload)

    assert content_requests == []
    assert_quarantined()


def test_a_verdict_on_the_file_of_a_cancelled_order_ends_its_reading(bucket, receive, scan_ends):
    upload = bucket.upload(DOCUMENT.id, INVOICE)
    receive(upload)
    call("orders/update_status", {"status": "cancelled"}, order_id=OID)

    scan_ends(upload, "THREATS_FOUND")

    assert document().explanation == Reason("order_cancelled")
    assert bucket.versions(DOCUMENT.id) == []
    assert_quarantined()


def test_a_document_from_before_the_scan_is_read_again_without_a_verdict(
    bucket, deliveries, content_requests
):
    upload = bucket.upload(DOCUMENT.id, INVOICE)
    read = a_read_document("a.pdf", file=upload.file, reader_version="0")
    save(an_order(read), read)

    (again,) = readings.read_again(
        "ada", OID, [read.id], an_audit_context(), reader_version="1", limits=LIMITS, scan=True
    )
    deliveries.upload(upload)
    deliveries.run()

    assert not again.waits_for_scan
    assert document().reader_version == READER_VERSION
    assert content_requests == [upload.version]
    assert_downloadable(upload)


def test_a_refused_file_that_is_read_again_waits_for_a_verdict(
    bucket, receive, scan_ends, content_requests
):
    upload = bucket.upload(DOCUMENT.id, INVOICE)
    receive(upload)
    scan_ends(upload, "FAILED")
    readings.read_again(
        "ada", OID, [DOCUMENT.id], an_audit_context(), reader_version="1", limits=LIMITS, scan=True
    )
    bucket.tag(upload, scan="again")

    receive(upload)
    assert document().waits_for_scan
    assert content_requests == []

    scan_ends(upload, "NO_THREATS_FOUND")
    assert document().status is DocumentStatus.READY


def test_a_clean_file_waits_for_a_slot_like_any_other(bucket, queues, deliveries):
    running = [a_reading_document(name) for name in ("1.pdf", "2.pdf")]
    save(an_order(DOCUMENT, *running), DOCUMENT, *running)
    upload = bucket.upload(DOCUMENT.id, INVOICE)
    bucket.tag(upload, **{TAG: "NO_THREATS_FOUND"})

    deliveries.upload(upload)

    assert document().waits_for_admission
    assert queues["readings"].receive_all() == []


def test_a_stage_that_stops_scanning_reads_a_document_that_waited(bucket, receive, set_scan):
    upload = bucket.upload(DOCUMENT.id, INVOICE)
    receive(upload)
    set_scan(False)

    receive(upload)

    assert document().status is DocumentStatus.READY
    assert_downloadable(upload)


def test_a_late_verdict_gives_the_reading_its_whole_time(bucket, deliveries, receive):
    upload = bucket.upload(DOCUMENT.id, INVOICE)
    receive(upload)
    waiting, version = document().reading_since, orders.get("ada", OID).version

    bucket.tag(upload, **{TAG: "NO_THREATS_FOUND"})
    deliveries.upload(upload, event_name="ObjectTagging:Put")

    assert document().explanation == Reason("reading")
    assert document().reading_since > waiting
    assert orders.get("ada", OID).version > version


def test_a_verdict_after_the_deadline_has_no_effect(bucket, receive, scan_ends):
    upload = bucket.upload(DOCUMENT.id, INVOICE)
    receive(upload)
    late = Outcome(reader_version="", reason=Reason("scan_not_finished"), retriable=True)
    finished = Finished(document_id=DOCUMENT.id, attempt=1, outcome=late)
    readings.record("ada", OID, [finished], an_audit_context("worker", now()))
    before = document()

    scan_ends(upload, "NO_THREATS_FOUND")

    assert document() == before
    assert_quarantined()

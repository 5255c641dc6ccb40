from dataclasses import replace
from datetime import timedelta

import pytest

from docket.domain.debt import READING_CHECK, READING_DEADLINE, UPLOAD_CHECKS
from docket.domain.orders.document import WAITING_FOR_SCAN, DocumentStatus
from docket.domain.orders.document_parts import DocumentParts
from docket.domain.orders.order import OrderStatus
from docket.domain.reason import Reason
from docket.gateways import s3
from docket.runtime import config
from docket.table.documents import documents
from docket.table.documents import readings as readings_table
from docket.workflows.documents import malware_scan
from tests.due_debts import next_check, owed, settle_due
from tests.make import OID, THEN, a_document, a_reading_document, an_audit_context, an_order
from tests.table_state import check_counters, save

pytestmark = pytest.mark.usefixtures("service")

MINUTE = timedelta(minutes=1)
WAITING = a_reading_document(admitted_at=None)


def stored(document):
    (found,) = documents.by_ids(OID, [document.id])
    return found


def check_of(document):
    return next_check(f"DOCUMENT#{document.id}")


def readings(queues, name="readings"):
    return [(body["document_id"], body["attempt"]) for body in queues[name].receive_all()]


def save_all(*saved, **fields):
    save(an_order(*saved, **fields), *saved)


def test_an_upload_whose_notification_was_lost_is_read(bucket, queues):
    document = a_document()
    save_all(document)
    upload = bucket.upload(document.id)

    settle_due(THEN + UPLOAD_CHECKS[0])

    assert (stored(document).status, stored(document).file.version) == (
        DocumentStatus.READING,
        upload.version,
    )
    assert readings(queues) == [(document.id, 1)]
    check_counters()


def test_an_unused_form_is_checked_for_a_day(queues):
    document = a_document()
    save_all(document)
    for age in UPLOAD_CHECKS:
        assert check_of(document) == THEN + age
        settle_due(THEN + age)

    assert f"DOCUMENT#{document.id}" not in owed()
    assert readings(queues) == []


def test_an_upload_for_a_cancelled_order_is_erased(bucket, queues):
    document = a_document()
    save_all(document, status=OrderStatus.CANCELLED)
    bucket.upload(document.id)

    settle_due(THEN + UPLOAD_CHECKS[0])

    assert bucket.every_version() == []
    assert readings(queues) == []


def test_a_reading_without_progress_is_requested_again_and_then_ended(queues):
    reading = a_reading_document()
    save_all(reading)

    settle_due(THEN + READING_CHECK)
    assert readings(queues) == [(reading.id, 1)]
    assert check_of(reading) == THEN + READING_DEADLINE
    settle_due(THEN + READING_DEADLINE)

    assert stored(reading).status is DocumentStatus.UNREADABLE
    assert stored(reading).explanation == Reason("not_read_in_time")
    assert stored(reading).retriable
    assert f"DOCUMENT#{reading.id}" not in owed()
    check_counters()


def test_progress_of_a_part_postpones_the_check(queues):
    parts = DocumentParts((0, 10, 20))
    reading = a_reading_document(parts=parts)
    save_all(reading)
    later = THEN + READING_CHECK - MINUTE
    progress = replace(reading, reading_since=later)
    save_all(progress)

    assert settle_due(THEN + READING_CHECK) == []
    settle_due(later + READING_CHECK)

    assert readings(queues, "parts") == [(reading.id, 1)]


def test_a_repeated_reading_that_is_ended_keeps_the_earlier_result():
    reading = a_reading_document(page_count=3, charged_pages=3, attempt=2)
    save_all(reading)

    settle_due(THEN + READING_DEADLINE)

    assert (stored(reading).status, stored(reading).charged_pages) == (DocumentStatus.READY, 3)


def test_a_waiting_document_is_admitted_when_there_is_a_slot(queues):
    save_all(WAITING)

    settle_due(THEN + READING_CHECK)

    assert stored(WAITING).admitted_at == THEN + READING_CHECK
    assert readings(queues) == [(WAITING.id, 1)]


def test_a_waiting_document_waits_as_long_as_the_others_are_read(queues):
    others = [a_reading_document(f"{n}.pdf", reading_since=THEN + READING_CHECK) for n in range(2)]
    save_all(WAITING, *others)

    settle_due(THEN + READING_CHECK)

    assert stored(WAITING).waits_for_admission
    assert check_of(WAITING) == THEN + 2 * READING_CHECK
    assert readings(queues) == []


@pytest.fixture
def upload(monkeypatch, bucket):
    """The upload of a document that waits for the scan, in a stage that scans uploads."""
    monkeypatch.setenv("DOCKET_MALWARE_SCAN", "true")
    config._load.cache_clear()
    return bucket.upload(a_document().id)


@pytest.fixture
def scanned(upload):
    document = a_reading_document(
        file=upload.file, status_reason=WAITING_FOR_SCAN, quarantined=True, admitted_at=None
    )
    save_all(document)
    return document


def tag_clean(bucket, upload):
    bucket.tag(upload, **{malware_scan.TAG: malware_scan.ScanStatus.CLEAN})


def test_the_verdict_of_a_scan_is_looked_up(scanned, upload, bucket, queues):
    tag_clean(bucket, upload)

    settle_due(THEN + READING_CHECK)

    assert not stored(scanned).quarantined
    assert readings(queues) == [(scanned.id, 1)]


def test_a_scan_without_a_verdict_is_ended(scanned, queues):
    settle_due(THEN + READING_CHECK)
    assert stored(scanned).waits_for_scan
    settle_due(THEN + READING_DEADLINE)

    assert stored(scanned).explanation == Reason("scan_not_finished")
    assert stored(scanned).retriable
    assert readings(queues) == []


def test_a_verdict_at_the_last_moment_counts(scanned, upload, bucket, queues):
    tag_clean(bucket, upload)

    settle_due(THEN + READING_DEADLINE)

    assert stored(scanned).status is DocumentStatus.READING
    assert readings(queues) == [(scanned.id, 1)]


def test_a_verdict_after_the_last_look_is_not_overwritten(scanned, monkeypatch):
    record = readings_table.record

    def record_later(*arguments, **options):
        clean = an_audit_context("worker", THEN + READING_DEADLINE)
        readings_table.resume_after_scan(scanned.user_id, scanned.id, scanned.attempt, clean)
        return record(*arguments, **options)

    monkeypatch.setattr(readings_table, "record", record_later)

    settle_due(THEN + READING_DEADLINE)

    assert stored(scanned).status is DocumentStatus.READING
    assert not stored(scanned).quarantined


def test_a_file_whose_tags_cannot_be_read_is_not_waited_for_longer(scanned, monkeypatch):
    def refuse(_):
        raise s3.AccessRefused

    monkeypatch.setattr(s3, "tags", refuse)

    assert settle_due(THEN + READING_CHECK) == [False]
    assert settle_due(THEN + READING_DEADLINE) == [True]

    assert stored(scanned).explanation == Reason("file_unavailable")

"""What a document does not name any more is erased: the write that changes it owes that."""

from dataclasses import replace

import pytest

from docket.domain.debt import ERASURE_CHECK
from docket.domain.orders.document import MALWARE_FOUND, DocumentStatus, Outcome, UploadedFile
from docket.domain.orders.order import OrderStatus
from docket.domain.reason import Reason
from docket.domain.task import LAST_WRITE
from docket.gateways import s3
from docket.table.documents import documents, readings
from docket.table.documents.readings import Finished
from docket.workflows.documents import uploads
from tests.due_debts import owed, settle_due
from tests.make import (
    LIMITS,
    OID,
    THEN,
    a_read_document,
    a_reading_document,
    an_audit_context,
    an_order,
)
from tests.table_state import save

pytestmark = pytest.mark.usefixtures("service")

AUDIT = an_audit_context("reader", at=THEN)
READING = a_reading_document()
ID = READING.id
ERASURE = f"TASK#erase#{ID}"
OUTCOME = Outcome(reader_version="2", page_count=3, charged_pages=2)
END = THEN + LAST_WRITE


def document():
    return documents.get("ada", ID)[1]


def finish(outcome=OUTCOME, attempt=1):
    finished = Finished(document_id=ID, attempt=attempt, outcome=outcome)
    readings.record("ada", OID, [finished], AUDIT)


def save_quarantined(bucket, **order):
    """A document whose file waits for its scan. Returns the upload."""
    upload = bucket.upload(ID)
    quarantined = replace(READING, file=upload.file, admitted_at=None, quarantined=True)
    save(an_order(quarantined, **order), quarantined)
    return upload


def save_unreadable(bucket, **fields):
    """An unreadable document with a renewed form. Returns its first upload."""
    upload = bucket.upload(ID)
    unreadable = a_read_document(
        status=DocumentStatus.UNREADABLE, page_count=None, read_attempt=None, file=upload.file
    )
    unreadable = replace(unreadable, upload_number=2, **fields)
    save(an_order(unreadable), unreadable)
    return upload


def settle_until_nothing_is_owed():
    settle_due(THEN)
    settle_due(END)
    settle_due(END + ERASURE_CHECK)
    assert ERASURE not in owed()


@pytest.mark.parametrize("status", [OrderStatus.PENDING, OrderStatus.CANCELLED])
def test_an_infected_file_is_erased_though_s3_refused_it_at_first(bucket, status):
    save_quarantined(bucket, status=status)

    finish(Outcome(reader_version="", reason=MALWARE_FOUND))
    settle_until_nothing_is_owed()

    assert bucket.every_version() == []


def test_a_file_that_the_scan_could_not_examine_is_left_as_long_as_it_may_be_scanned(bucket):
    upload = save_quarantined(bucket)

    finish(Outcome(reader_version="", reason=Reason("scan_failed"), retriable=True))
    settle_until_nothing_is_owed()

    assert bucket.versions(ID) == [upload.version]


def test_a_replaced_file_is_erased(bucket):
    save_unreadable(bucket)
    newer = bucket.upload(ID, upload_number=2)

    uploads.accept([newer], AUDIT)
    assert ERASURE in owed(THEN)
    settle_until_nothing_is_owed()

    assert bucket.versions(ID) == []
    assert bucket.versions(ID, upload_number=2) == [newer.version]


def test_a_version_that_comes_after_its_form_was_replaced_is_erased(bucket):
    save_unreadable(bucket)
    newer = bucket.upload(ID, upload_number=2)
    uploads.accept([newer], AUDIT)
    settle_due(THEN)
    bucket.upload(ID, b"late")  # S3's message about it is lost

    settle_until_nothing_is_owed()

    assert bucket.versions(ID) == []


@pytest.mark.parametrize("is_closed", [False, True])
def test_an_upload_that_may_still_be_accepted_is_left_until_the_order_is_closed(bucket, is_closed):
    upload = bucket.upload(ID)
    failing = replace(READING, attempt=2, upload_number=2, file=upload.file)
    status = OrderStatus.CANCELLED if is_closed else OrderStatus.PENDING
    save(an_order(failing, status=status), failing)
    finish(Outcome(reader_version="", reason=Reason("damaged")), attempt=2)
    newer = bucket.upload(ID, upload_number=2)

    settle_until_nothing_is_owed()

    assert bucket.versions(ID) == [upload.version]
    assert bucket.versions(ID, upload_number=2) == ([] if is_closed else [newer.version])


def test_the_result_of_an_earlier_reading_is_erased_after_the_last_write(bucket):
    again = replace(a_read_document(), status=DocumentStatus.READING, attempt=2, admitted_at=THEN)
    save(an_order(again), again)
    for attempt in (1, 2):
        s3.put_result(ID, attempt, b"{}")
        s3.put_page_image(ID, attempt, 0, "thumbnail", b"")
        s3.put_part(ID, attempt, range(3), b"{}")

    finish(attempt=2)
    settle_due(THEN)
    assert len(bucket.every_version()) == 6
    settle_until_nothing_is_owed()

    assert {key.rpartition("/")[0] for key in bucket.every_version()} == {f"results/{ID}/2"}


def test_a_repetition_that_fails_leaves_the_earlier_result(bucket):
    again = replace(a_read_document(), status=DocumentStatus.READING, attempt=2, admitted_at=THEN)
    save(an_order(again), again)
    for attempt in (1, 2):
        s3.put_result(ID, attempt, b"{}")

    finish(Outcome(reader_version="2", reason=Reason("damaged")), attempt=2)
    settle_until_nothing_is_owed()

    assert bucket.every_version() == [f"results/{ID}/1/result.json"]


def test_what_a_reading_wrote_that_ended_without_it_is_erased(bucket):
    save(an_order(READING), READING)
    finish(Outcome(reader_version="", reason=Reason("not_read_in_time"), retriable=True))
    settle_due(THEN)
    s3.put_result(ID, 1, b"{}")

    settle_until_nothing_is_owed()

    assert bucket.every_version() == []


def test_the_first_reading_of_a_document_owes_no_erasure():
    save(an_order(READING), READING)

    finish()

    assert owed(END) == []


def test_a_file_that_is_accepted_during_an_erasure_is_left(bucket, monkeypatch):
    save_unreadable(bucket, retriable=True)
    newer = bucket.upload(ID, upload_number=2)
    readings.read_again("ada", OID, [ID], AUDIT, reader_version="2", limits=LIMITS)
    finish(Outcome(reader_version="2", reason=Reason("damaged")), attempt=2)
    delete = s3._delete_versions

    def accept_first(versions):
        uploads.accept([newer], AUDIT)
        delete(versions)

    monkeypatch.setattr(s3, "_delete_versions", accept_first)
    settle_due(THEN)

    assert document().file == UploadedFile(upload_number=2, version=newer.version)
    assert bucket.versions(ID, upload_number=2) == [newer.version]

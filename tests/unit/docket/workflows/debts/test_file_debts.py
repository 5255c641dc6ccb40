"""The files of an order that was cancelled are erased after a time; its record stays."""

from dataclasses import replace
from datetime import timedelta

import pytest

from docket.domain.accounts.retention import CHECK, MONEY_CHECK
from docket.domain.debt import ERASURE_CHECK
from docket.domain.errors import DocumentErased
from docket.domain.orders.document import DocumentStatus, document_id
from docket.domain.orders.order import OrderStatus
from docket.domain.payments.payment import DisputeStatus, PaymentStatus
from docket.domain.reason import CANCELLED_BY_CUSTOMER
from docket.domain.task import LAST_WRITE
from docket.gateways import s3
from docket.runtime import config
from docket.table import client
from docket.table.documents import documents
from docket.table.orders import analyses, events, orders
from docket.table.orders.analyses import Analysis
from docket.workflows.debts import file_debts
from docket.workflows.debts.settle import settle
from tests.due_debts import due, next_check, owed, settle_due
from tests.make import (
    LIMITS,
    OID,
    THEN,
    a_document,
    a_payment,
    a_read_document,
    a_reading_document,
    an_audit_context,
    an_event,
    an_order,
)
from tests.table_state import get_order, save

pytestmark = pytest.mark.usefixtures("service")

TASK = f"TASK#files#{OID}"
EXPIRY = THEN + timedelta(days=30)
ERASURE = THEN + timedelta(days=30)
"""Of the files of an order that was cancelled at once."""

PAID = a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN)


def cancel():
    orders.cancel("ada", OID, an_event("cancelled"), reason=CANCELLED_BY_CUSTOMER)


def save_read(bucket, **order):
    """A document that was read, with its file, in an order that was cancelled."""
    upload = bucket.upload(a_read_document().id)
    document = a_read_document(file=upload.file, headline="Invoice", key_facts={"facts": []})
    save(an_order(document, **order), document)
    client.write(analyses.put_analysis(OID, Analysis(document_id=document.id, attempt=1, facts={})))
    s3.put_result(document.id, 1, b"{}")
    cancel()
    return document


@pytest.fixture
def read(bucket):
    return save_read(bucket)


def stored(document):
    return documents.get("ada", document.id)[1]


def settle_all(at):
    for passed in (timedelta(), LAST_WRITE, LAST_WRITE + ERASURE_CHECK):
        settle_due(at + passed)


def test_files_stay_until_the_time_of_the_setting(read, bucket):
    settle_due(ERASURE - timedelta(seconds=1))

    assert stored(read).erased_at is None
    assert len(bucket.every_version()) == 2
    assert next_check(TASK) == ERASURE


def test_afterwards_file_and_result_are_erased_and_the_record_stays(read, bucket):
    settle_all(ERASURE)

    assert bucket.every_version() == []
    assert analyses.of_document(OID, read.id) is None
    erased = stored(read)
    assert (erased.filename, erased.page_count) == (read.filename, read.page_count)
    assert (erased.headline, erased.key_facts) == (None, None)
    assert get_order().status is OrderStatus.CANCELLED
    assert [event.name for event in events.of_order(OID)] == ["cancelled", "files_erased"]
    assert owed() == []


def test_a_document_shows_that_its_file_was_erased_and_why(read):
    settle_all(ERASURE)

    erased = stored(read)
    assert erased.explanation is not None
    assert erased.explanation.code == "erased_after_cancellation"
    assert not erased.is_downloadable
    with pytest.raises(DocumentErased):
        erased.require_downloadable()


def test_an_upload_whose_message_was_lost_is_erased_too(bucket):
    document = a_document()
    save(an_order(document), document)
    bucket.upload(document.id)
    documents.renew_upload("ada", document.id, limits=LIMITS, at=THEN)
    bucket.upload(document_id("01JD0000000000000000000009", "1"))
    cancel()

    settle_due(ERASURE - timedelta(seconds=1))
    assert len(bucket.every_version()) == 2
    settle_all(ERASURE)

    assert len(bucket.every_version()) == 1
    assert stored(document).erased_at is None
    assert owed() == []


def test_an_order_that_was_never_paid_loses_its_files_a_month_after_its_expiry(bucket):
    upload = bucket.upload(a_read_document().id)
    document = a_read_document(file=upload.file)
    save(an_order(document), document)

    settle_due(get_order().expires_at)
    cancelled_at = get_order().expires_at
    settle_all(cancelled_at + timedelta(days=30))

    assert bucket.every_version() == []


def test_more_documents_than_one_write_takes_are_erased(bucket, monkeypatch):
    monkeypatch.setattr(file_debts, "AT_ONCE", 1)
    several = [
        replace(a_read_document(name), file=bucket.upload(a_read_document(name).id).file)
        for name in ("a.pdf", "b.pdf", "c.pdf")
    ]
    save(an_order(*several), *several)
    cancel()

    settle_all(ERASURE)

    assert bucket.every_version() == []


def test_a_document_without_a_file_is_unchanged():
    document = a_document()
    save(an_order(document), document)
    cancel()

    settle_all(ERASURE)

    assert stored(document).erased_at is None
    assert TASK not in owed()


def test_a_reading_that_has_not_ended_is_awaited(bucket):
    document = a_reading_document(reading_since=ERASURE)
    save(an_order(document), document)
    cancel()

    settle_due(ERASURE)

    assert stored(document).status is DocumentStatus.READING
    assert TASK in owed()


def test_nothing_is_erased_while_money_is_open(bucket):
    document = save_read(bucket, payment=replace(PAID, dispute=DisputeStatus.OPEN))

    (task,) = [debt for debt in due(ERASURE) if debt.key["SK"] == TASK]
    assert settle(task, an_audit_context("worker", ERASURE))

    assert stored(document).erased_at is None
    assert next_check(TASK) == ERASURE + MONEY_CHECK


def test_without_the_setting_files_stay(read, monkeypatch):
    monkeypatch.delenv("DOCKET_CANCELLED_DAYS")
    config._load.cache_clear()

    settle_due(ERASURE)

    assert stored(read).erased_at is None
    assert next_check(TASK) == ERASURE + CHECK


def test_an_order_without_documents_owes_nothing():
    save(an_order())
    cancel()

    assert owed() == []

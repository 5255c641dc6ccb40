from dataclasses import replace
from datetime import timedelta

import pytest

from docket.domain.limits import reading_name
from docket.domain.orders.document import Outcome, UploadedFile
from docket.domain.orders.order import OrderStatus
from docket.domain.reason import Reason
from docket.table import client, keys
from docket.table.documents import admissions, documents, readings
from docket.table.documents.readings import Finished
from docket.table.orders import orders, usage
from tests.make import (
    LIMITS,
    OID,
    OTHER_OID,
    THEN,
    a_document,
    a_read_document,
    a_reading_document,
    an_audit_context,
    an_order,
)
from tests.table_state import check_counters, interrupted, item_at, save

pytestmark = pytest.mark.usefixtures("table")

AUDIT = an_audit_context("reader", at=THEN + timedelta(minutes=5))
FILE = UploadedFile(upload_number=1, version="v1")
READ = Outcome(reader_version="1", page_count=3, charged_pages=2, kind="invoice")
UNREADABLE = Outcome(reader_version="1", reason=Reason("password_protected"))
FEW_PAGES = replace(LIMITS, unpaid_pages=6, reader_slots=8)
"""Four slots; each document in flight counts one page until it is read."""


def finished(document, outcome=READ):
    return Finished(document_id=document.id, attempt=1, outcome=outcome)


def waiting_document(name, order_id=OID):
    document = a_reading_document(name, admitted_at=None)
    return replace(document, id=document.id.replace(OID, order_id))


def in_flight():
    return usage.get("ada").in_flight


def accept_all(uploaded, limits=FEW_PAGES):
    uploads = {document.id: FILE for document in uploaded}
    return readings.accept("ada", OID, uploads, AUDIT, limits=limits)


def read_all(documents_):
    """Record the results of those that are admitted, each with two pages."""
    done = [finished(document) for document in documents_ if document.admitted_at]
    recorded = readings.record("ada", OID, done, AUDIT, limits=FEW_PAGES)
    assert recorded
    return recorded


def waiting_for_payment():
    found = documents.of_order(OID, limit=100)
    return [d for d in found if d.status_reason == Reason("waiting_for_payment", {"most": 6})]


def test_a_burst_of_uploads_does_not_pass_the_limit_of_unpaid_pages():
    uploaded = [a_document(f"{number}.pdf") for number in range(10)]
    save(an_order(*uploaded), *uploaded)
    running = accept_all(uploaded)

    for _ in range(10):
        admitted = read_all(running).admitted
        for document_id in documents.waiting("ada", limit=10):
            admissions.admit("ada", document_id, AUDIT, limits=FEW_PAGES)
        running = [d for d in documents.of_order(OID, limit=100) if d.admitted_at]
        assert {document.id for document in admitted} <= {d.id for d in running}
        assert usage.get("ada").unpaid_pages <= FEW_PAGES.unpaid_pages + 2

    assert in_flight() == frozenset()
    assert usage.get("ada").unpaid_pages in (6, 8)
    assert waiting_for_payment()
    check_counters()


@pytest.mark.parametrize("by_pages", [False, True])
def test_uploads_that_arrive_together_are_admitted_below_the_limit_of_pages(by_pages):
    """The second decision is made on the first: by pages that were read, or by readings."""
    read = a_read_document("read.pdf", pages=5)
    uploaded = [a_document(name) for name in ("1.pdf", "2.pdf")]
    reading = a_reading_document("reading.pdf")
    save(an_order(read, reading, *uploaded), read, reading, *uploaded)
    readings.record("ada", OID, [finished(reading, UNREADABLE)], AUDIT)

    def meanwhile():
        if by_pages:
            client.write(client.Put(item=usage_item() | {"unpaid_pages": 6}, condition=None))
        else:
            accept_all(uploaded[:1])

    with interrupted(meanwhile):
        (document,) = accept_all(uploaded[1:])

    assert document.waits_for_admission
    assert len(in_flight()) == (0 if by_pages else 1)


def usage_item():
    return item_at(keys.usage("ada"))


def test_a_document_waits_for_a_payment_and_is_read_after_it():
    read, uploaded = a_read_document("read.pdf", pages=6), a_document()
    save(an_order(read, uploaded), read, uploaded)
    (waits,) = accept_all([uploaded])
    assert waiting_for_payment() == [waits]
    version = orders.get("ada", OID).version
    client.write(client.Put(item=usage_item() | {"unpaid_pages": 5}, condition=None))

    admitted = admissions.admit("ada", waits.id, AUDIT, limits=FEW_PAGES)

    assert admitted
    assert admitted.explanation == Reason("reading")
    assert orders.get("ada", OID).version == version + 1
    assert in_flight() == {reading_name(waits.id, 1)}


def test_a_waiting_document_shows_that_the_limit_was_reached_meanwhile():
    read, waits = a_read_document("read.pdf", pages=6), a_reading_document(admitted_at=None)
    save(an_order(read, waits), read, waits)

    assert admissions.admit("ada", waits.id, AUDIT, limits=FEW_PAGES) is None
    assert admissions.admit("ada", waits.id, AUDIT, limits=FEW_PAGES) is None

    assert [document.id for document in waiting_for_payment()] == [waits.id]
    assert orders.get("ada", OID).version == 2
    check_counters()


@pytest.mark.parametrize("status", [OrderStatus.PROCESSING, OrderStatus.COMPLETED])
def test_a_document_of_a_paid_order_is_read_beyond_the_limit(status):
    other = a_read_document("other.pdf", pages=6)
    other = replace(other, id=other.id.replace(OID, OTHER_OID))
    waits = a_reading_document(admitted_at=None)
    save(an_order(waits, status=status), waits)
    save(an_order(other, id=OTHER_OID), other)

    assert admissions.admit("ada", waits.id, AUDIT, limits=FEW_PAGES)


@pytest.mark.parametrize(
    ("status", "admitted"), [(OrderStatus.PENDING, False), (OrderStatus.COMPLETED, True)]
)
def test_only_a_paid_order_is_read_again_beyond_the_limit(status, admitted):
    old = a_read_document(pages=6, reader_version="old")
    save(an_order(old, status=status), old)
    client.write(client.Put(item=usage_item() | {"unpaid_pages": 6}, condition=None))

    (document,) = readings.read_again(
        "ada", OID, [old.id], AUDIT, reader_version="new", limits=FEW_PAGES
    )

    assert bool(document.admitted_at) is admitted
    assert bool(waiting_for_payment()) is not admitted


def test_a_result_admits_no_document_beyond_the_limit_of_pages():
    running = [a_reading_document(f"{number}.pdf") for number in range(4)]
    waits, paid = waiting_document("5.pdf"), waiting_document("6.pdf", OTHER_OID)
    save(an_order(paid, id=OTHER_OID, status=OrderStatus.COMPLETED), paid)
    read = a_read_document("read.pdf", pages=5)
    save(an_order(read, *running, waits), read, *running, waits)

    recorded = read_all(running[:2])

    assert [document.id for document in recorded.admitted] == [paid.id]
    assert recorded.slots_left


def test_a_document_whose_order_shows_that_it_waits_is_not_admitted_with_a_result():
    """Its admission changes that order too."""
    running = [a_reading_document(f"{number}.pdf") for number in range(LIMITS.share)]
    reason = Reason("waiting_for_payment", {"most": 6})
    waits = replace(waiting_document("5.pdf", OTHER_OID), status_reason=reason)
    save(an_order(waits, id=OTHER_OID), waits)
    save(an_order(*running), *running)

    recorded = readings.record("ada", OID, [finished(running[0])], AUDIT, limits=LIMITS)

    assert recorded
    assert (recorded.admitted, recorded.slots_left) == ((), True)

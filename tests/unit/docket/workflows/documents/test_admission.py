from dataclasses import replace
from datetime import timedelta

import pytest

from docket.domain.limits import reading_name
from docket.domain.orders.document import WAITING_FOR_SCAN, DocumentStatus
from docket.domain.orders.document_parts import DocumentParts
from docket.domain.orders.order import OrderStatus
from docket.table.documents import documents, readings
from docket.table.orders import usage
from docket.workflows.documents import admission
from docket.workflows.documents.customer_limits import customer_limits
from tests.make import (
    LIMITS,
    OID,
    OTHER_OID,
    THEN,
    a_read_document,
    a_reading_document,
    an_audit_context,
    an_order,
)
from tests.table_state import check_counters, event_names, save

pytestmark = pytest.mark.usefixtures("pipeline")

LATER = THEN + timedelta(minutes=5)
AUDIT = an_audit_context("reader", at=LATER)
PARTS = DocumentParts((0, 10, 20, 30))
RUNNING = a_reading_document("running.pdf")
WAITING = [replace(a_reading_document(f"{number}.pdf"), admitted_at=None) for number in range(12)]


def requested(queues, name="readings"):
    return [message["document_id"] for message in queues[name].receive_all()]


def test_a_document_is_requested_once_it_has_a_slot(queues):
    save(an_order(*WAITING[:3]), *WAITING[:3])

    for document in WAITING[:3]:
        admission.admit(document, AUDIT)

    assert requested(queues) == [document.id for document in WAITING[:2]]


def test_an_admission_that_is_repeated_is_requested_again(queues):
    save(an_order(WAITING[0]), WAITING[0])
    admission.admit(WAITING[0], AUDIT)

    admission.admit(WAITING[0], AUDIT)

    assert requested(queues) == [WAITING[0].id] * 2


def test_free_slots_go_to_the_documents_that_wait(queues):
    save(an_order(*WAITING), *WAITING)

    admission.admit_next("ada", AUDIT)
    admission.admit_next("ada", AUDIT)

    first, second = sorted(document.id for document in WAITING)[:2]
    assert requested(queues) == [first, second]
    assert usage.get("ada").in_flight == {reading_name(first, 1), reading_name(second, 1)}


def test_a_customer_with_readings_in_flight_gets_the_rest_of_the_share(queues):
    save(an_order(RUNNING, *WAITING[:3]), RUNNING, *WAITING[:3])

    admission.admit_next("ada", AUDIT)

    assert len(requested(queues)) == 1


def test_nothing_is_admitted_where_nothing_waits(queues):
    save(an_order(RUNNING), RUNNING)

    admission.admit_next("ada", AUDIT)
    admission.admit_next("eve", AUDIT)

    assert requested(queues) == []


def test_documents_that_the_index_lists_too_long_are_not_requested_again(queues, monkeypatch):
    stale = a_reading_document("stale.pdf", admitted_at=THEN + timedelta(minutes=1))
    gone = a_read_document("gone.pdf")
    save(an_order(stale, gone, WAITING[0]), stale, gone, WAITING[0])
    listed = [stale.id, gone.id, WAITING[0].id]
    monkeypatch.setattr(documents, "waiting", lambda *_, **__: listed)

    admission.admit_next("ada", AUDIT)

    assert requested(queues) == [WAITING[0].id]


def test_a_whole_reading_is_requested_again(queues):
    save(an_order(RUNNING), RUNNING)

    admission.request_again(RUNNING)

    assert requested(queues) == [RUNNING.id]


def test_readings_in_flight_are_requested_again_in_the_order_of_their_orders(queues):
    order_ids = [f"{OID[:-1]}{digit}" for digit in range(8)]
    running = [replace(RUNNING, id=RUNNING.id.replace(OID, order_id)) for order_id in order_ids]
    save(an_order(*running), *running)

    admission.request_in_flight("ada")

    assert requested(queues) == [document.id for document in running]


@pytest.mark.parametrize(
    "document", [WAITING[0], replace(WAITING[0], status_reason=WAITING_FOR_SCAN), a_read_document()]
)
def test_a_document_that_is_not_being_read_is_not_requested_again(queues, document):
    save(an_order(document), document)

    admission.request_again(document)

    assert requested(queues) == []


def split():
    save(an_order(RUNNING), RUNNING)
    progress = readings.split("ada", RUNNING.id, 1, PARTS, AUDIT, limits=LIMITS)
    assert progress
    return progress.document


def parts(queues):
    return [message.get("part") for message in queues["parts"].receive_all()]


def test_the_parts_in_flight_are_requested_again(queues):
    admission.request_again(split())

    assert parts(queues) == [0, 1]


def test_parts_that_wait_for_a_slot_are_not_requested(queues):
    document = split()
    progress = readings.finish_part("ada", document.id, 1, 0, AUDIT, limits=LIMITS)
    assert progress

    admission.request_again(progress.document)

    assert parts(queues) == [1, 2]


def test_a_document_without_a_part_in_flight_has_one_requested(queues):
    document = replace(RUNNING, parts=PARTS)
    save(an_order(document), document)

    admission.request_again(document)

    assert parts(queues) == [0]


def test_the_join_of_a_document_whose_parts_are_read_is_requested(queues):
    document = replace(RUNNING, parts=replace(PARTS, read=frozenset(range(3))))
    save(an_order(document), document)

    admission.request_again(document)

    assert parts(queues) == [None]


def test_the_documents_of_another_order_wait_for_the_same_slots(queues):
    save(an_order(RUNNING, WAITING[0]), RUNNING, WAITING[0])
    other = replace(WAITING[1], id=WAITING[1].id.replace(OID, OID.replace("J", "K")))
    save(an_order(other, id=other.order_id), other)
    usage_before = usage.get("ada").in_flight

    admission.admit_next("ada", AUDIT)

    assert len(usage.get("ada").in_flight) == LIMITS.share >= len(usage_before)


def of_the_next_order(document):
    return replace(document, id=document.id.replace(OID, OTHER_OID))


def test_waiting_documents_of_a_cancelled_order_end_unread_before_the_next_order(queues):
    cancelled = [replace(WAITING[0], id=f"{OID}-{n:04}") for n in range(60)]
    other = of_the_next_order(WAITING[1])
    save(an_order(other, id=OTHER_OID), other)
    save(an_order(*cancelled, status=OrderStatus.CANCELLED), *cancelled)

    admission.admit_next("ada", AUDIT)

    assert requested(queues) == [other.id]
    assert usage.get("ada").in_flight == {reading_name(other.id, 1)}
    ended = documents.of_order(OID, limit=100)
    assert {document.status for document in ended} == {DocumentStatus.UNREADABLE}
    assert all(document.status_reason == readings.ORDER_CANCELLED for document in ended)
    assert documents.waiting("ada", limit=10) == []
    assert event_names() == ["document_unreadable"] * 60
    check_counters()


def test_the_debt_of_a_waiting_document_of_a_cancelled_order_ends_it(queues):
    save(an_order(WAITING[0], status=OrderStatus.CANCELLED), WAITING[0])

    admission.admit(WAITING[0], AUDIT)

    (ended,) = documents.by_ids(OID, [WAITING[0].id])
    assert ended.status_reason == readings.ORDER_CANCELLED
    assert requested(queues) == []
    assert usage.get("ada").in_flight == frozenset()
    check_counters()


def test_a_document_that_waits_for_a_slot_does_not_end(queues):
    full = [a_reading_document(f"running {number}.pdf") for number in range(LIMITS.share)]
    save(an_order(*full, WAITING[0]), *full, WAITING[0])

    admission.admit(WAITING[0], AUDIT)

    assert documents.by_ids(OID, [WAITING[0].id]) == [WAITING[0]]
    assert requested(queues) == []


def test_an_order_beyond_the_limit_of_pages_does_not_hold_up_a_paid_order(queues):
    read = a_read_document("read.pdf", pages=customer_limits().unpaid_pages)
    waiting = [replace(WAITING[0], id=f"{OID}-{n:04}") for n in range(60)]
    paid = of_the_next_order(WAITING[1])
    save(an_order(paid, id=OTHER_OID, status=OrderStatus.COMPLETED), paid)
    save(an_order(read, *waiting), read, *waiting)

    admission.admit_next("ada", AUDIT)

    assert requested(queues) == [paid.id]
    assert len(documents.waiting("ada", limit=100)) == 60

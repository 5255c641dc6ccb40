from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch

import pytest

from docket.domain.limits import reading_name
from docket.domain.orders.document import (
    WAITING_FOR_SCAN,
    DocumentStatus,
    Outcome,
    UploadedFile,
)
from docket.domain.orders.document_parts import DocumentParts
from docket.domain.orders.finished_review import FinishedReview
from docket.domain.orders.order import OrderStatus
from docket.domain.payments.payment import PaymentStatus
from docket.domain.payments.pricing import DuplicateOf
from docket.domain.reason import CANCELLED_BY_CUSTOMER, Reason
from docket.domain.task import TaskKind
from docket.table import client, keys, tasks
from docket.table.documents import admissions, documents, readings
from docket.table.documents.readings import Finished
from docket.table.orders import analyses, orders, usage
from docket.table.orders.analyses import Analysis
from tests.make import (
    LIMITS,
    OID,
    OTHER_OID,
    THEN,
    a_document,
    a_payment,
    a_read_document,
    a_reading_document,
    an_audit_context,
    an_event,
    an_order,
)
from tests.table_state import (
    check_counters,
    event_names,
    get_order,
    get_payment,
    interrupted,
    item_at,
    save,
)

pytestmark = pytest.mark.usefixtures("table")

THIRD_OID = "01JD0000000000000000000002"
LATER = THEN + timedelta(minutes=5)
AUDIT = an_audit_context("reader", at=LATER)
FILE = UploadedFile(upload_number=1, version="v1")
READ = Outcome(reader_version="1", page_count=3, charged_pages=2, kind="invoice")
BROKEN = Outcome(reader_version="1", reason=Reason("password_protected"))
READ_PARTS = DocumentParts((0, 10, 20, 30))
NAMES = ("1.pdf", "2.pdf", "3.pdf")


def accept(*accepted, file=FILE, **options):
    uploads = {document.id: file for document in accepted}
    return readings.accept("ada", OID, uploads, AUDIT, limits=LIMITS, **options)


def finished(document, outcome=READ, attempt=1):
    analysis = Analysis(document_id=document.id, attempt=1, facts={"facts": []})
    also = () if outcome.reason else (analyses.put_analysis(OID, analysis),)
    return Finished(document_id=document.id, attempt=attempt, outcome=outcome, also=also)


def admit(document, at=LATER):
    return admissions.admit("ada", document.id, an_audit_context("reader", at=at), limits=LIMITS)


def resume(document, attempt=1):
    return readings.resume_after_scan("ada", document.id, attempt, AUDIT)


def stored_analysis(document):
    return analyses.of_document(OID, document.id)


def record(*results):
    recorded = readings.record("ada", OID, results, AUDIT)
    assert recorded
    return recorded.order, list(recorded.documents)


def split(document, parts=READ_PARTS):
    return parts_to_read(readings.split("ada", document.id, 1, parts, AUDIT, limits=LIMITS))


def finish_part(document, number):
    return parts_to_read(readings.finish_part("ada", document.id, 1, number, AUDIT, limits=LIMITS))


def parts_to_read(progress):
    """The document and the numbers of the parts to read now."""
    return progress and (progress.document, list(progress.parts))


def stored_document(document):
    return documents.get("ada", document.id)[1]


def in_flight():
    return usage.get("ada").in_flight


def test_an_uploaded_file_is_accepted_and_admitted():
    save(an_order(a_document()), a_document())

    (document,) = accept(a_document())

    assert (document.status, document.attempt, document.file) == (DocumentStatus.READING, 1, FILE)
    assert document.admitted_at == LATER
    assert stored_document(document) == document
    assert in_flight() == {reading_name(document.id, 1)}
    assert (get_order().version, get_order().revision) == (2, 0)
    check_counters()


def test_a_file_that_is_accepted_again_has_no_effect_and_the_same_answer():
    save(an_order(a_document()), a_document())
    first = accept(a_document())

    assert accept(a_document()) == first
    assert get_order().version == 2
    assert in_flight() == {reading_name(first[0].id, 1)}


def test_a_customer_has_at_most_their_share_of_the_slots():
    uploaded = [a_document(name) for name in NAMES]
    save(an_order(*uploaded), *uploaded)

    accepted = accept(*uploaded)

    assert len([document for document in accepted if document.admitted_at]) == LIMITS.share == 2
    (waits,) = [document for document in accepted if document.waits_for_admission]
    assert documents.waiting("ada", limit=10) == [waits.id]
    assert len(in_flight()) == 2


def test_uploads_that_arrive_at_the_same_time_do_not_exceed_the_share():
    uploaded = [a_document(name) for name in NAMES]
    save(an_order(*uploaded), *uploaded)

    with interrupted(lambda: accept(*uploaded[:2])):
        (document,) = accept(uploaded[2])

    assert document.waits_for_admission
    assert len(in_flight()) == 2


@pytest.mark.parametrize("status", [DocumentStatus.READY, DocumentStatus.UNREADABLE])
def test_a_file_that_was_read_is_still_the_documents(status):
    document = a_read_document(status=status)
    save(an_order(document, status=OrderStatus.COMPLETED), document)

    assert accept(document) == [document]
    assert get_order().version == 1


def test_a_second_file_of_the_same_ticket_is_not_accepted():
    save(an_order(a_document()), a_document())
    accept(a_document())

    assert accept(a_document(), file=UploadedFile(upload_number=1, version="v2")) == []
    assert stored_document(a_document()).file == FILE


def test_two_files_of_one_ticket_that_arrive_together_start_one_reading():
    save(an_order(a_document()), a_document())

    with interrupted(lambda: accept(a_document())):
        assert accept(a_document(), file=UploadedFile(upload_number=1, version="v2")) == []

    assert stored_document(a_document()).attempt == 1
    assert in_flight() == {reading_name(a_document().id, 1)}


def test_a_new_file_replaces_the_older_one_that_is_read_again():
    reading = a_reading_document(upload_number=2, attempt=2)
    save(an_order(reading), reading)
    newer = UploadedFile(upload_number=2, version="v2")

    (accepted,) = accept(reading, file=newer)

    assert (accepted.file, accepted.attempt) == (newer, 3)
    assert record(finished(reading, attempt=2))[1] == []
    record(finished(accepted, BROKEN, attempt=3))
    assert stored_document(reading).status is DocumentStatus.UNREADABLE
    assert in_flight() == frozenset()


@pytest.mark.parametrize(
    ("document", "fields", "file"),
    [
        (a_document(), {"status": OrderStatus.CANCELLED}, FILE),
        (a_document(), {"status": OrderStatus.COMPLETED}, FILE),
        (a_document(upload_number=2), {}, FILE),
        (a_read_document(), {}, UploadedFile(upload_number=1, version="v2")),
        (a_document(), {"user_id": "eve"}, FILE),
    ],
)
def test_an_unexpected_file_is_not_accepted(document, fields, file):
    save(an_order(document, **fields), document)

    assert accept(document, file=file) == []


def test_a_new_file_of_an_unreadable_document_moves_the_revision():
    unreadable = a_read_document(status=DocumentStatus.UNREADABLE, page_count=None, upload_number=2)
    other = a_read_document("other.pdf")
    save(an_order(unreadable, other, payment=a_payment()), unreadable, other)

    (document,) = accept(unreadable, file=UploadedFile(upload_number=2, version="v2"))

    assert (document.attempt, get_order().revision, get_order().in_progress) == (2, 1, 1)
    assert get_payment().status is PaymentStatus.TO_CANCEL
    check_counters()


def test_a_file_waits_for_its_scan_and_then_for_a_slot():
    save(an_order(a_document()), a_document())
    (document,) = accept(a_document(), scan=True)
    assert document.status_reason == WAITING_FOR_SCAN
    assert in_flight() == frozenset()

    resumed = resume(document)

    assert resumed.waits_for_admission
    assert get_order().version == 3
    assert resume(document) == resumed
    assert get_order().version == 3
    assert resume(document, attempt=2) is None
    assert admit(document).admitted_at == LATER


def test_a_waiting_document_is_admitted_when_a_slot_is_free():
    running = [a_reading_document(name) for name in NAMES[:2]]
    waits = a_reading_document("3.pdf", admitted_at=None)
    save(an_order(*running, waits), *running, waits)
    assert admit(waits) is None

    record(finished(running[0]))
    admitted = admit(waits)

    assert admitted.admitted_at == LATER
    assert admit(waits, at=THEN) == admitted
    assert documents.waiting("ada", limit=10) == []
    assert in_flight() == {reading_name(running[1].id, 1), reading_name(waits.id, 1)}


def test_two_admissions_at_the_same_time_take_one_slot_each():
    running = a_reading_document("1.pdf")
    waiting = [a_reading_document(name, admitted_at=None) for name in NAMES[1:]]
    save(an_order(running, *waiting), running, *waiting)

    with interrupted(lambda: admit(waiting[0])):
        assert admit(waiting[1]) is None

    assert len(in_flight()) == 2


def full(*waiting):
    """Two readings in flight, which are all that a customer may have, and documents that wait."""
    running = [a_reading_document(name) for name in NAMES[:2]]
    elsewhere = [document for document in waiting if document.order_id != OID]
    here = [document for document in waiting if document.order_id == OID]
    for document in elsewhere:
        save(an_order(document, id=document.order_id), document)
    save(an_order(*running, *here), *running, *here)
    return running


def waiting_document(name, order_id=OID):
    document = a_reading_document(name, admitted_at=None)
    return replace(document, id=document.id.replace(OID, order_id))


def record_and_admit(*results):
    recorded = readings.record("ada", OID, results, AUDIT, limits=LIMITS)
    assert recorded
    return recorded


def transactions():
    return patch.object(
        client.dynamodb(), "transact_write_items", wraps=client.dynamodb().transact_write_items
    )


@pytest.mark.parametrize("order_id", [OID, OTHER_OID])
def test_a_document_that_waits_gets_the_slot_with_the_result(order_id):
    waits = waiting_document("3.pdf", order_id)
    running = full(waits)

    with transactions() as written:
        recorded = record_and_admit(finished(running[0]))

    assert written.call_count == 1
    assert recorded.admitted == (replace(waits, admitted_at=LATER, reading_since=LATER),)
    assert not recorded.slots_left
    assert [document.id for document in recorded.documents] == [running[0].id]
    assert stored_document(waits) == recorded.admitted[0]
    assert in_flight() == {reading_name(running[1].id, 1), reading_name(waits.id, 1)}
    assert documents.waiting("ada", limit=10) == []
    assert recorded.order == get_order()
    assert event_names() == ["document_read"]
    check_counters()


def test_a_document_of_a_cancelled_order_gets_no_slot():
    cancelled, other = waiting_document("3.pdf", OTHER_OID), waiting_document("4.pdf", THIRD_OID)
    running = full(cancelled, other)
    orders.cancel("ada", OTHER_OID, an_event("cancelled"), reason=CANCELLED_BY_CUSTOMER)

    recorded = record_and_admit(finished(running[0]))

    assert [document.id for document in recorded.admitted] == [other.id]
    record(finished(running[1]))
    assert admit(cancelled) is None
    assert in_flight() == {reading_name(other.id, 1)}


def test_as_many_documents_as_slots_are_admitted_with_the_results():
    waiting = [waiting_document(f"{number}.pdf") for number in range(3, 6)]
    running = full(*waiting)

    recorded = record_and_admit(*(finished(document) for document in running))

    assert len(recorded.admitted) == len(in_flight()) == LIMITS.share
    assert len(documents.waiting("ada", limit=10)) == 1
    check_counters()


def test_slots_are_left_where_fewer_documents_wait():
    running = full(waiting_document("3.pdf"))

    recorded = record_and_admit(*(finished(document) for document in running))

    assert (len(recorded.admitted), recorded.slots_left) == (1, True)


def test_a_document_that_ends_or_waits_no_longer_is_not_admitted_with_a_result(monkeypatch):
    ends, stale = waiting_document("3.pdf"), a_read_document("4.pdf")
    running = full(ends, stale)
    listed = [ends.id, stale.id, ends.id.replace("3", "missing")]
    monkeypatch.setattr(documents, "waiting", lambda *_, **__: listed)

    recorded = record_and_admit(finished(running[0]), finished(ends, BROKEN))

    assert recorded.admitted == ()
    assert stored_document(ends).status is DocumentStatus.UNREADABLE


@pytest.mark.parametrize("meanwhile", ["slot", "removed"])
def test_a_result_is_recorded_without_an_admission_that_is_refused(meanwhile):
    """The document is no longer there, or another reading has the slot."""
    waits, other = waiting_document("3.pdf"), waiting_document("4.pdf")
    running = full(waits, other)

    def change():
        if meanwhile == "slot":
            record(finished(running[1]))
            admit(other)
        else:
            documents.remove("ada", waits.id, AUDIT)

    with interrupted(change):
        recorded = record_and_admit(finished(running[0]))

    assert recorded.admitted == ()
    assert recorded.slots_left
    assert stored_document(running[0]).status is DocumentStatus.READY
    assert reading_name(running[0].id, 1) not in in_flight()
    check_counters()


def test_results_and_admissions_fit_into_a_transaction():
    """More slots become free where a document ends of which many parts are read."""
    limits = replace(LIMITS, reader_slots=200)
    running = [a_reading_document(f"{n}.pdf") for n in range(10)]
    waiting = [waiting_document(f"{n}.pdf") for n in range(10, 40)]
    save(an_order(*running, *waiting), *running, *waiting)
    parts = {reading_name(running[0].id, 1, number): True for number in range(90)}
    used = item_at(keys.usage("ada"))
    client.write(client.Put(item=used | {"in_flight": used["in_flight"] | parts}, condition=None))
    results = [finished(document) for document in running]

    recorded = readings.record("ada", OID, results, AUDIT, limits=limits)

    assert recorded is not None
    assert (len(recorded.documents), len(recorded.admitted)) == (10, 20)
    assert recorded.slots_left
    assert len(in_flight()) == 20
    check_counters()


def test_a_removed_document_is_not_admitted():
    save(an_order())

    assert admissions.admit("ada", a_document().id, AUDIT, limits=LIMITS) is None


def test_a_result_is_recorded_with_its_counters_analysis_and_event():
    reading = a_reading_document()
    save(an_order(reading), reading)

    order, (document,) = record(finished(reading))

    assert (document.status, document.charged_pages) == (DocumentStatus.READY, 2)
    assert stored_document(document) == document
    assert order == get_order()
    assert (order.in_progress, order.readable, order.charged_pages) == (0, 1, 2)
    assert stored_analysis(document).attempt == 1
    assert event_names() == ["document_read"]
    assert in_flight() == frozenset()
    assert usage.get("ada").unpaid_pages == 2
    item = item_at(keys.document(OID, document.id))
    assert not {"GSI1PK", "GSI2PK", "GSI2SK"} & item.keys()
    check_counters()


def test_ten_results_are_recorded_in_one_transaction():
    batch = [a_reading_document(f"{n}.pdf") for n in range(10)]
    save(an_order(*batch), *batch)

    order, recorded = record(*(finished(document) for document in batch))

    assert len(recorded) == 10
    assert (order.in_progress, order.charged_pages, order.version) == (0, 20, 2)
    check_counters()


@pytest.mark.parametrize("attempt", [0, 2])
def test_a_result_of_another_reading_has_no_effect(attempt):
    reading = a_reading_document()
    save(an_order(reading), reading)

    assert record(finished(reading, attempt=attempt)) == (get_order(), [])
    assert event_names() == []


def test_a_result_that_is_recorded_again_has_no_effect():
    reading = a_reading_document()
    save(an_order(reading), reading)
    order, _ = record(finished(reading))

    assert record(finished(reading, BROKEN)) == (order, [])


def test_a_result_that_is_recorded_twice_at_the_same_time_counts_once():
    reading = a_reading_document()
    save(an_order(reading), reading)

    with interrupted(lambda: record(finished(reading))):
        assert record(finished(reading))[1] == []

    assert get_order().charged_pages == 2
    check_counters()


def test_a_result_of_a_removed_document_is_not_recorded():
    reading, other = a_reading_document(), a_reading_document("other.pdf")
    save(an_order(reading, other), reading, other)

    with interrupted(lambda: documents.remove("ada", reading.id, AUDIT)):
        _, recorded = record(finished(reading), finished(other))

    assert [document.id for document in recorded] == [other.id]
    assert analyses.of_document(OID, reading.id) is None
    assert readings.record("ada", "missing", [finished(reading)], AUDIT) is None
    check_counters()


def test_a_duplicate_costs_nothing():
    reading = a_reading_document()
    save(an_order(reading), reading)
    paid = DuplicateOf(order_id="other", document_id="other-1")

    order, (document,) = record(finished(reading, replace(READ, duplicate_of=paid)))

    assert (document.charged_pages, order.charged_pages, order.readable) == (0, 0, 1)
    assert document.duplicate_of == paid


def test_a_result_for_a_cancelled_order_makes_the_document_unreadable():
    reading = a_reading_document()
    save(an_order(reading, status=OrderStatus.CANCELLED), reading)

    _, (document,) = record(finished(reading))

    assert document.status_reason == Reason("order_cancelled")
    assert analyses.of_document(OID, document.id) is None


def test_the_last_result_of_a_paid_order_completes_it():
    batch = [a_reading_document(name) for name in NAMES[:2]]
    paid = a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN, promised_at=LATER)
    save(an_order(*batch, payment=paid, status=OrderStatus.PROCESSING), *batch)
    record(finished(batch[0]))
    assert get_order().status is OrderStatus.PROCESSING

    order, _ = record(finished(batch[1]))

    assert (order.status, order.analysed_at) == (OrderStatus.COMPLETED, LATER)
    assert order == get_order()
    assert "paid" in event_names()
    assert tasks.get(OID, TaskKind.CONTENT, OID) is not None
    assert usage.get("ada").unpaid_orders == 0
    assert "GSI2PK" not in item_at(keys.order("ada", OID))
    check_counters()


def test_two_last_results_at_the_same_time_complete_the_order_once():
    batch = [a_reading_document(name) for name in NAMES[:2]]
    paid = a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN, promised_at=LATER)
    save(an_order(*batch, payment=paid, status=OrderStatus.PROCESSING), *batch)

    with interrupted(lambda: record(finished(batch[0]))):
        order, _ = record(finished(batch[1]))

    assert order.status is OrderStatus.COMPLETED
    assert event_names().count("paid") == 1
    check_counters()


def test_a_paid_order_keeps_its_charged_pages():
    reading = a_reading_document(page_count=3, charged_pages=3, attempt=2)
    paid = a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN)
    save(an_order(reading, payment=paid, status=OrderStatus.COMPLETED), reading)

    order, (document,) = record(finished(reading, attempt=2))

    assert (document.charged_pages, order.charged_pages, order.revision) == (3, 3, 0)


def test_a_split_document_is_read_in_as_many_parts_as_there_are_slots():
    reading = a_reading_document()
    save(an_order(reading), reading)

    document, numbers = split(reading)

    assert numbers == [0, 1]
    assert stored_document(document).parts == READ_PARTS
    assert in_flight() == {reading_name(document.id, 1, 0), reading_name(document.id, 1, 1)}
    assert get_order().version == 2
    assert split(reading) == (document, [])


def test_a_finished_part_makes_room_for_the_next():
    reading = a_reading_document()
    save(an_order(reading), reading)
    split(reading)

    document, numbers = finish_part(reading, 1)

    assert numbers == [2]
    assert stored_document(document) == document
    assert document.parts.read == {1}
    assert in_flight() == {reading_name(document.id, 1, 0), reading_name(document.id, 1, 2)}
    assert finish_part(reading, 1) == (document, [])
    assert finish_part(reading, 0)[1] == []
    assert finish_part(reading, 2)[0].parts.unread == ()
    assert in_flight() == frozenset()


def test_parts_that_finish_at_the_same_time_are_both_recorded():
    reading = a_reading_document()
    save(an_order(reading), reading)
    split(reading)

    with interrupted(lambda: finish_part(reading, 0)):
        document, _ = finish_part(reading, 1)

    assert document.parts.unread == (2,)


def test_of_two_last_parts_that_finish_at_the_same_time_one_finds_no_part_unread():
    reading = a_reading_document()
    save(an_order(reading), reading)
    split(reading)
    finish_part(reading, 0)

    with interrupted(lambda: finish_part(reading, 1)):
        document, parts = finish_part(reading, 2)

    assert (document.parts.unread, parts) == ((), [])


def test_a_reading_that_ends_while_a_part_of_it_is_recorded_keeps_no_slot():
    reading = a_reading_document()
    save(an_order(reading), reading)
    split(reading)
    later = an_audit_context("reader", at=LATER + timedelta(seconds=1))

    with interrupted(lambda: readings.finish_part("ada", reading.id, 1, 0, later, limits=LIMITS)):
        record(finished(reading, BROKEN))

    assert in_flight() == frozenset()


def test_a_part_of_a_reading_that_has_ended_has_no_effect():
    save(an_order(a_read_document()), a_read_document())

    assert split(a_read_document()) is None
    assert finish_part(a_read_document(), 0) is None


def test_a_document_is_read_again():
    failed = a_read_document(status=DocumentStatus.UNREADABLE, page_count=None, retriable=True)
    other = a_read_document("other.pdf")
    save(an_order(failed, other, payment=a_payment()), failed, other)

    def again():
        ids = [failed.id, other.id]
        version = str(other.reader_version)
        return readings.read_again("ada", OID, ids, AUDIT, reader_version=version, limits=LIMITS)

    (document,) = again()

    assert (document.status, document.attempt) == (DocumentStatus.READING, 2)
    assert (get_order().revision, get_order().in_progress) == (1, 1)
    assert get_payment().status is PaymentStatus.TO_CANCEL
    assert event_names() == ["reading_repeated"]
    assert again() == []
    check_counters()


def test_a_finished_review_is_opened_by_another_reading():
    failed = a_read_document(status=DocumentStatus.UNREADABLE, page_count=None, retriable=True)
    review = FinishedReview(finished_at=THEN, user_id="ada")
    order = an_order(failed, status=OrderStatus.COMPLETED, payment=a_payment(), review=review)
    save(order, failed)

    readings.read_again("ada", OID, [failed.id], AUDIT, reader_version="8", limits=LIMITS)

    assert get_order().review is None
    assert sorted(event_names()) == ["reading_repeated", "review_reopened"]


def test_an_order_that_is_cancelled_meanwhile_accepts_no_file():
    save(an_order(a_document()), a_document())

    def cancel():
        orders.cancel("ada", OID, an_event("cancelled"), reason=CANCELLED_BY_CUSTOMER)

    with interrupted(cancel):
        assert accept(a_document()) == []

    assert stored_document(a_document()).status is DocumentStatus.AWAITING_UPLOAD


def test_a_document_of_a_cancelled_order_is_not_read_again():
    old = a_read_document(reader_version="old")
    save(an_order(old, status=OrderStatus.CANCELLED), old)

    started = readings.read_again("ada", OID, [old.id], AUDIT, reader_version="new", limits=LIMITS)

    assert started == []
    assert stored_document(old) == old
    assert in_flight() == frozenset()

"""The effects of results on an order, also when their messages are lost, late or repeated."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from botocore.exceptions import ClientError

from analysis import READER_VERSION
from docket.domain.limits import reading_name
from docket.domain.orders.document import DocumentStatus
from docket.domain.orders.document_parts import DocumentParts
from docket.domain.orders.order import OrderStatus
from docket.domain.payments.payment import PaymentStatus
from docket.domain.payments.pricing import DuplicateOf
from docket.domain.reason import CANCELLED_BY_CUSTOMER, Reason
from docket.domain.task import TaskKind
from docket.gateways import s3
from docket.gateways.queues import ResultMessage
from docket.table import client, keys, tasks
from docket.table.client import Update
from docket.table.documents import documents
from docket.table.orders import analyses, contents, orders, usage
from docket.table.orders.contents import Content
from docket.workflows.documents import results
from docket.workflows.documents.facts.reviewed_facts import marks
from tests import table_state
from tests.due_debts import owed
from tests.make import (
    OID,
    THEN,
    a_payment,
    a_read_document,
    a_reading_document,
    an_audit_context,
    an_event,
    an_order,
)
from tests.reading import a_result
from tests.table_state import check_counters, event_names, get_order, interrupted, save

pytestmark = pytest.mark.usefixtures("pipeline")

LATER = THEN + timedelta(minutes=5)
AUDIT = an_audit_context("reader", at=LATER)
DOCUMENT = a_reading_document()
NAMES = ("1.pdf", "2.pdf", "3.pdf")
BOUNDARIES = (0, 10, 20, 30)
BYTES, WORDS = "b" * 64, "c" * 64


def put_analysis(document, *, key_facts=None, **fields):
    """Put what the reader puts beside the whole result."""
    facts = a_result(**fields).facts_dict()
    analysis = {
        **({"key_facts": key_facts} if key_facts else {}),
        "facts": facts,
        "marks": [mark.to_dict() for mark in marks(facts)],
        "page_images": [[0, 12, 17]],
        "page_count": 3,
        "charged_pages": 2,
    }
    s3.put_analysis(document.id, document.attempt, json.dumps(analysis).encode())


def of_no_facts(**fields):
    """A result without facts of the form that is expected, but for these fields."""
    facts = a_result().facts_dict()
    usual = {"facts": facts, "marks": [], "page_images": [], "page_count": 1, "charged_pages": 1}
    return json.dumps(usual | fields).encode()


def a_message(document=DOCUMENT, status="read", **fields):
    usual = {
        "user_id": "ada",
        "document_id": document.id,
        "attempt": document.attempt,
        "status": status,
        "reader_version": READER_VERSION,
    }
    return ResultMessage(**{**usual, **fields})


def read(document=DOCUMENT, **fields):
    put_analysis(document)
    return a_message(document, **fields)


def unreadable(document=DOCUMENT, **fields):
    return a_message(document, "unreadable", reason=Reason("password_protected"), **fields)


def split(document=DOCUMENT, **fields):
    return a_message(document, "split", boundaries=BOUNDARIES, **fields)


def part_read(number, document=DOCUMENT, **fields):
    return a_message(document, "part_read", part=number, **fields)


def record(*messages, **options):
    results.record(messages, AUDIT, **options)


def stored(document=DOCUMENT):
    return documents.get("ada", document.id)[1]


def requested_parts(queues):
    return [message.get("part") for message in queues["parts"].receive_all()]


def in_flight():
    return usage.get("ada").in_flight


def test_a_read_document_is_ready_and_priced():
    save(an_order(DOCUMENT), DOCUMENT)

    record(read())

    document = stored()
    assert (document.status, document.page_count, document.charged_pages) == (
        DocumentStatus.READY,
        3,
        2,
    )
    assert (document.kind, document.reader_version) == ("invoice", READER_VERSION)
    assert get_order().charged_pages == 2
    assert event_names() == ["document_read"]
    assert in_flight() == frozenset()
    check_counters()


def test_the_facts_and_the_pages_with_images_are_stored():
    save(an_order(DOCUMENT), DOCUMENT)

    record(read(bytes_sha256=BYTES, result_sha256=WORDS))

    analysis = analyses.of_document(OID, DOCUMENT.id)
    assert analysis is not None
    assert analysis.attempt == DOCUMENT.attempt
    assert analysis.facts == a_result().facts_dict()
    assert [page_image.page for page_image in analysis.page_images] == [0]
    assert (analysis.hashes, analysis.readable_pages) == ((BYTES, WORDS), 2)


def test_a_warning_that_quotes_facts_is_not_shown_before_payment():
    save(an_order(DOCUMENT), DOCUMENT)
    disagreement = {"code": "page_disagrees", "params": {"printed": "1,158.70 EUR"}}
    blurred = {"code": "hard_to_read", "params": {"pages": "1"}}
    unknown = {"code": "script_not_read", "params": {"pages": "2"}}
    put_analysis(DOCUMENT, warnings=(disagreement, blurred, unknown))

    record(a_message())

    assert stored().warnings == (
        Reason("hard_to_read", {"pages": "1"}),
        Reason("script_not_read", {"pages": "2"}),
    )


def test_an_unreadable_document_has_the_readers_reason():
    save(an_order(DOCUMENT), DOCUMENT)

    record(unreadable())

    assert stored().status is DocumentStatus.UNREADABLE
    assert stored().explanation == Reason("password_protected")
    assert not stored().can_be_read_again(READER_VERSION)
    assert event_names() == ["document_unreadable"]


def test_a_failed_reading_may_be_repeated():
    save(an_order(DOCUMENT), DOCUMENT)

    record(a_message(status="failed", reason=Reason("not_read")))

    assert stored().explanation == Reason("not_read")
    assert stored().can_be_read_again(READER_VERSION)


KEY_FACTS = {
    "facts": {
        "date": {"normalised": "2026-11-02", "page": None},
        "gross": {"normalised": {"minor": 1, "currency": None}, "page": 0, "value": "0.01"},
    },
    "line_items": None,
}


def test_the_key_facts_of_a_result_are_stored_with_the_document():
    save(an_order(DOCUMENT), DOCUMENT)
    put_analysis(DOCUMENT, key_facts=KEY_FACTS)

    record(a_message())

    assert (stored().key_facts, stored().read_attempt) == (KEY_FACTS, DOCUMENT.attempt)


@pytest.mark.parametrize("gross", [{}, {"normalised": {"minor": "1"}, "page": 0}, 1])
def test_key_facts_of_another_form_are_not_stored(gross):
    save(an_order(DOCUMENT), DOCUMENT)
    put_analysis(DOCUMENT, key_facts={"facts": {"gross": gross}, "line_items": None})

    record(a_message())

    assert (stored().key_facts, stored().explanation) == (None, Reason("not_read"))


@pytest.mark.parametrize(
    "stored_by_the_reader",
    [
        b"not json",
        b"{}",
        b'{"facts": {}, "marks": [], "page_images": [], "page_count": 1, "charged_pages": 1}',
        of_no_facts(page_images=[[0]]),
        of_no_facts(charged_pages=0),
        of_no_facts(marks=[{"id": "ab", "repeats": False, "doubtful": True}]),
    ],
)
def test_a_result_of_another_form_may_be_read_again_and_does_not_stop_the_others(
    stored_by_the_reader, caplog
):
    other = a_reading_document("other.pdf")
    save(an_order(DOCUMENT, other), DOCUMENT, other)
    s3.put_analysis(DOCUMENT.id, 1, stored_by_the_reader)

    record(a_message(), read(other))

    assert stored().explanation == Reason("not_read")
    assert stored().can_be_read_again(READER_VERSION)
    assert stored(other).status is DocumentStatus.READY
    assert "a result of another form" in caplog.text


def test_ten_results_of_an_order_are_recorded_in_one_transaction():
    batch = [a_reading_document(f"{number}.pdf") for number in range(10)]
    save(an_order(*batch), *batch)

    record(*(read(document) for document in batch))

    assert (get_order().version, get_order().in_progress) == (2, 0)
    check_counters()


def test_of_two_results_of_a_document_the_first_counts():
    save(an_order(DOCUMENT), DOCUMENT)

    record(unreadable(), read())

    assert stored().status is DocumentStatus.UNREADABLE
    assert event_names() == ["document_unreadable"]


@pytest.mark.parametrize("attempt", [1, 3])
def test_the_result_of_another_reading_has_no_effect(attempt):
    """Its objects may be erased already, so nothing is loaded for it."""
    document = replace(DOCUMENT, attempt=2)
    save(an_order(document), document)

    record(
        a_message(attempt=attempt),
        split(attempt=attempt),
        part_read(0, attempt=attempt),
    )

    assert stored() == document
    assert event_names() == []


def test_an_outdated_result_does_not_hide_the_present_one():
    document = replace(DOCUMENT, attempt=2)
    save(an_order(document), document)

    record(read(document), unreadable(attempt=1))
    assert stored().status is DocumentStatus.READY


def test_an_outdated_result_before_the_present_one_has_no_effect():
    document = replace(DOCUMENT, attempt=2)
    save(an_order(document), document)

    record(unreadable(attempt=1), read(document))

    assert stored().status is DocumentStatus.READY
    assert event_names() == ["document_read"]


def test_repeated_and_late_results_have_no_effect(queues, capsys):
    save(an_order(DOCUMENT), DOCUMENT)
    record(read())
    before, document = get_order(), stored()

    record(read(), unreadable(), split(), part_read(1))
    record(read(), repeated=True)

    assert (get_order(), stored()) == (before, document)
    assert event_names() == ["document_read"]
    assert capsys.readouterr().out.count('"DocumentRead":[1.0]') == 1
    assert requested_parts(queues) == []


def test_the_result_of_a_removed_document_is_dropped():
    """Its objects are left to the task that erases them."""
    other = a_read_document("other.pdf")
    save(an_order(DOCUMENT, other), DOCUMENT, other)
    message = read()
    documents.remove("ada", DOCUMENT.id, AUDIT)
    before = get_order()

    record(message, split(), part_read(0))

    assert get_order() == before
    assert analyses.of_document(OID, DOCUMENT.id) is None
    assert s3.analysis(DOCUMENT.id, DOCUMENT.attempt)


def finish_erasure():
    erasure = tasks.get(OID, TaskKind.ERASE, DOCUMENT.id)
    assert erasure is not None
    tasks.finish(erasure)


def test_what_a_late_reading_wrote_is_to_be_erased():
    other = a_read_document("other.pdf")
    save(an_order(DOCUMENT, other), DOCUMENT, other)
    documents.remove("ada", DOCUMENT.id, AUDIT)
    (erasure,) = owed(AUDIT.at)
    finish_erasure()

    record(read())
    assert owed(AUDIT.at) == [erasure]
    finish_erasure()
    record(part_read(0))

    assert owed(AUDIT.at) == [erasure]


def test_a_repeated_result_owes_no_erasure():
    save(an_order(DOCUMENT), DOCUMENT)

    record(read())
    record(read())

    assert not any(key.startswith("TASK#erase") for key in owed())


def test_a_document_removed_while_its_result_is_recorded_stays_removed():
    other = a_read_document("other.pdf")
    save(an_order(DOCUMENT, other), DOCUMENT, other)

    with interrupted(lambda: documents.remove("ada", DOCUMENT.id, AUDIT)):
        record(read())

    assert documents.by_ids(OID, [DOCUMENT.id]) == []
    assert analyses.of_document(OID, DOCUMENT.id) is None


def test_of_the_result_of_a_missing_order_only_its_erasure_is_stored():
    record(read(), unreadable(user_id="eve"))

    [item] = table_state.stored()
    assert item["SK"].startswith("TASK#erase")


def test_the_result_for_another_customer_is_dropped():
    save(an_order(DOCUMENT), DOCUMENT)

    record(read(user_id="eve"))

    assert stored() == DOCUMENT


def test_a_result_whose_object_cannot_be_loaded_is_left_to_the_queue():
    save(an_order(DOCUMENT), DOCUMENT)

    with pytest.raises(ClientError):
        record(a_message())

    assert stored().status is DocumentStatus.READING


def test_the_document_of_a_cancelled_order_is_unreadable():
    save(an_order(DOCUMENT), DOCUMENT)
    orders.cancel("ada", OID, an_event("cancelled"), reason=CANCELLED_BY_CUSTOMER)

    record(read())

    assert stored().explanation == Reason("order_cancelled")
    assert analyses.of_document(OID, DOCUMENT.id) is None


def test_the_last_result_completes_a_paid_order_once(capsys):
    paid = a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN, promised_at=LATER)
    order = an_order(DOCUMENT, status=OrderStatus.PROCESSING, payment=paid)
    save(order, DOCUMENT)

    record(read())
    record(read(), repeated=True)

    assert get_order().status is OrderStatus.COMPLETED
    assert event_names().count("paid") == 1
    assert capsys.readouterr().out.count('"OrderPaid":[1.0]') == 1


def test_a_reading_of_a_completed_order_does_not_count_as_a_payment(capsys):
    paid = a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN)
    repeated = replace(a_read_document(reader_version="0"), attempt=2, charged_pages=1)
    document = repeated.read_again(THEN).admitted(THEN)
    save(an_order(document, status=OrderStatus.COMPLETED, payment=paid), document)

    record(read(document))

    assert (stored().page_count, stored().charged_pages) == (3, 1)
    assert stored().reader_version == READER_VERSION
    assert "OrderPaid" not in capsys.readouterr().out


def test_a_failed_repetition_keeps_the_earlier_result_and_its_objects(capsys):
    document = a_read_document(reader_version="0").read_again(THEN).admitted(THEN)
    save(an_order(document), document)

    record(unreadable(document))

    assert (stored().status, stored().page_count) == (DocumentStatus.READY, 1)
    assert event_names() == ["reading_again_failed"]
    assert "DocumentUnreadable" in capsys.readouterr().out


PAID = DuplicateOf(order_id="earlier", document_id="earlier-1")


@pytest.mark.parametrize("paid_hash", [BYTES, WORDS])
def test_a_content_that_was_paid_for_is_offered_at_nothing(paid_hash):
    save(an_order(DOCUMENT), DOCUMENT)
    contents.record_paid(Content(user_id="ada", sha256=paid_hash, paid=PAID))

    record(read(bytes_sha256=BYTES, result_sha256=WORDS))

    assert (stored().duplicate_of, stored().charged_pages) == (PAID, 0)
    assert (stored().page_count, get_order().charged_pages) == (3, 0)


def test_another_customers_content_is_charged():
    save(an_order(DOCUMENT), DOCUMENT)
    contents.record_paid(Content(user_id="eve", sha256=BYTES, paid=PAID))

    record(read(bytes_sha256=BYTES))

    assert (stored().duplicate_of, stored().charged_pages) == (None, 2)


def test_a_document_that_is_read_again_is_no_duplicate_of_itself():
    document = a_read_document(reader_version="0").read_again(THEN).admitted(THEN)
    save(an_order(document), document)
    same = DuplicateOf(order_id=OID, document_id=document.id)
    contents.record_paid(Content(user_id="ada", sha256=BYTES, paid=same))
    contents.record_paid(Content(user_id="ada", sha256=WORDS, paid=PAID))

    record(read(document, bytes_sha256=BYTES))
    assert stored().duplicate_of is None


def test_a_split_document_has_as_many_parts_requested_as_there_are_slots(queues):
    save(an_order(DOCUMENT), DOCUMENT)

    record(split())

    assert stored().parts == DocumentParts(BOUNDARIES)
    assert requested_parts(queues) == [0, 1]
    assert in_flight() == {reading_name(DOCUMENT.id, 1, number) for number in (0, 1)}


def test_a_part_that_is_read_requests_the_next(queues):
    save(an_order(DOCUMENT), DOCUMENT)
    record(split())
    requested_parts(queues)

    record(part_read(1))

    assert stored().explanation == Reason("reading_in_parts", {"done": 1, "total": 3})
    assert requested_parts(queues) == [2]


def test_the_last_part_requests_the_join(queues):
    save(an_order(DOCUMENT), DOCUMENT)
    record(split())
    requested_parts(queues)

    record(part_read(2), part_read(0), part_read(1))

    messages = queues["parts"].receive_all()
    assert [message.get("part") for message in messages] == [None]
    assert messages[0]["boundaries"] == list(BOUNDARIES)
    record(read())
    assert stored().status is DocumentStatus.READY
    assert in_flight() == frozenset()


def test_two_last_parts_that_are_recorded_at_the_same_time_request_the_join(queues):
    save(an_order(DOCUMENT), DOCUMENT)
    record(split())
    record(part_read(0))
    requested_parts(queues)

    with interrupted(lambda: record(part_read(1))):
        record(part_read(2))

    assert None in requested_parts(queues)


def test_repeated_parts_request_nothing_more(queues):
    save(an_order(DOCUMENT), DOCUMENT)
    record(split())
    record(part_read(0))
    requested_parts(queues)

    record(part_read(0), split())

    assert requested_parts(queues) == []


@pytest.mark.parametrize(
    ("results_before", "lost"), [([], [0, 1]), ([0], [1, 2]), ([0, 1, 2], [None])]
)
def test_what_followed_from_a_result_is_requested_again_when_it_is_delivered_again(
    queues, results_before, lost
):
    """The first time, the function may have ended before it had sent the messages."""
    save(an_order(DOCUMENT), DOCUMENT)
    for message in (split(), *(part_read(number) for number in results_before)):
        record(message)
    requested_parts(queues)

    record(message, repeated=True)

    assert requested_parts(queues) == lost


def test_the_parts_of_a_cancelled_order_end_the_reading(queues):
    save(an_order(DOCUMENT), DOCUMENT)
    record(split())
    requested_parts(queues)
    orders.cancel("ada", OID, an_event("cancelled"), reason=CANCELLED_BY_CUSTOMER)

    record(part_read(0))
    record(part_read(1))

    assert requested_parts(queues) == []
    assert stored().explanation == Reason("order_cancelled")
    assert in_flight() == frozenset()
    assert event_names().count("document_unreadable") == 1


def test_a_released_slot_admits_the_next_waiting_document(queues):
    running = [a_reading_document(name) for name in NAMES[:2]]
    waits = [replace(a_reading_document(name), admitted_at=None) for name in ("3.pdf", "4.pdf")]
    save(an_order(*running, *waits), *running, *waits)
    first, second = sorted(waits, key=lambda document: document.id)

    record(read(running[0]))

    (message,) = queues["readings"].receive_all()
    assert message["document_id"] == first.id
    assert len(in_flight()) == 2
    record(read(running[1]))
    assert [m["document_id"] for m in queues["readings"].receive_all()] == [second.id]


def test_documents_that_are_added_later_wait_for_a_slot(queues):
    """A customer's other order does not get more slots."""
    running = [a_reading_document(name) for name in NAMES[:2]]
    waits = replace(a_reading_document(NAMES[2]), admitted_at=None)
    save(an_order(*running, waits), *running, waits)

    record(part_read(0, running[0]))

    assert queues["readings"].receive_all() == []


def test_the_results_of_a_removed_document_admit_the_next(queues):
    """The removal has released its slots."""
    running, waits = a_reading_document("1.pdf"), replace(DOCUMENT, admitted_at=None)
    save(an_order(running, waits), running, waits)
    documents.remove("ada", running.id, AUDIT)

    record(read(running))

    assert [m["document_id"] for m in queues["readings"].receive_all()] == [waits.id]


@pytest.mark.parametrize("late", [unreadable(), part_read(0), split()])
def test_a_late_result_releases_the_slots_that_its_reading_still_holds(queues, late):
    """A slot that is taken as the reading ends may be missing in what its end has read."""
    ended, other = a_read_document(), a_reading_document("other.pdf")
    waiting = a_reading_document("waiting.pdf", admitted_at=None)
    save(an_order(ended, other, waiting), ended, other, waiting)
    slots = {reading_name(ended.id, 1, 2): True, reading_name(other.id, 1): True}
    client.update(
        Update(key=keys.usage("ada"), condition="attribute_exists(PK)", set={("in_flight",): slots})
    )

    record(late)

    assert in_flight() == {reading_name(other.id, 1), reading_name(waiting.id, 1)}
    assert [message["document_id"] for message in queues["readings"].receive_all()] == [waiting.id]

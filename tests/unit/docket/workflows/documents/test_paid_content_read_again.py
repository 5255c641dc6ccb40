"""Content that was paid for stays so when another version of the reader finds other words."""

import json
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta

import pytest

from analysis import READER_VERSION
from docket.domain.orders.document import DocumentStatus, document_id
from docket.domain.payments.pricing import DuplicateOf
from docket.gateways import s3
from docket.runtime.clock import now
from docket.table.documents import documents
from docket.table.orders import analyses, contents, orders
from docket.workflows.documents.facts.reviewed_facts import marks
from functions.events import on_result
from tests.due_debts import owed, settle_due
from tests.dynamodb_faults import lost_replies
from tests.fakes import signed
from tests.lambda_events import Context, sqs_event
from tests.make import OID, OTHER_OID, a_reading_document, an_order
from tests.make_calls import call
from tests.pipeline import failed
from tests.reading import a_result
from tests.table_state import event_names, interrupted, save

pytestmark = pytest.mark.usefixtures("service", "fast_clock")

BYTES, COPY_BYTES, NEW_BYTES = "a" * 64, "b" * 64, "c" * 64
WORDS, NEWER_WORDS, OTHER_WORDS, NEW_WORDS = ("1" * 64, "2" * 64, "3" * 64, "4" * 64)
EVERY = (BYTES, COPY_BYTES, NEW_BYTES, WORDS, NEWER_WORDS, OTHER_WORDS, NEW_WORDS)
OLD_READER = "0"
CHARGED = a_reading_document("invoice.pdf")
COPY = a_reading_document("copy.pdf", id=document_id(OTHER_OID, "copy"))
NEW = a_reading_document("new.pdf", id=document_id(OTHER_OID, "new"))
TASK = f"TASK#content#{OID}"
PAID = DuplicateOf(order_id=OID, document_id=CHARGED.id)


@pytest.fixture
def fast_clock(monkeypatch):
    """Retries do not pause."""
    monkeypatch.setattr("time.sleep", lambda _: None)


def result(document, *hashes, reader_version=READER_VERSION):
    """The result of the document's present reading, as the reader sends it."""
    attempt = stored(document).attempt
    facts = a_result().facts_dict()
    analysis = {
        "facts": facts,
        "marks": [mark.to_dict() for mark in marks(facts)],
        "page_images": [],
        "page_count": 1,
        "charged_pages": 1,
    }
    s3.put_analysis(document.id, attempt, json.dumps(analysis).encode())
    message = {
        "v": 1,
        "user_id": "ada",
        "document_id": document.id,
        "attempt": attempt,
        "status": "read",
        "reader_version": reader_version,
        "bytes_sha256": hashes[0],
        "result_sha256": hashes[1],
    }
    return json.dumps(message)


def deliver(*results, receive_count=1):
    event = sqs_event(*results, receive_count=receive_count)
    assert failed(on_result.handler(event, Context())) == []


def record(document, *hashes, reader_version=READER_VERSION):
    deliver(result(document, *hashes, reader_version=reader_version))


def request_again(order_id):
    """Request the analysis again, which reads what an older reader has read."""
    assert call("analyses/create", {}, order_id=order_id).status < 300


def read_again(document, *hashes):
    request_again(document.order_id)
    assert stored(document).status is DocumentStatus.READING
    record(document, *hashes)


def settle_all():
    settle_due(now() + timedelta(minutes=1))


def pay(stripe, order_id):
    """Pay an order, and let workers do what it owes then. Returns the id of its intent."""
    payment_intent_id = call("payments/create_intent", order_id=order_id).json["payment_intent_id"]
    stripe.pay(payment_intent_id)
    body = {"payment_id": payment_intent_id}
    assert call("payments/confirm", body, order_id=order_id).status == 200
    settle_all()
    return payment_intent_id


def refund(stripe, payment_intent_id):
    stripe.sdk.v1.refunds.create({"payment_intent": payment_intent_id})
    event = stripe.newest_event("charge.refunded")
    reply = call("payments/webhook", event, as_user=None, headers=signed(event))
    assert reply.json["effect"]


def losing(replies):
    return lost_replies(replies) if replies else nullcontext()


def stored(document):
    return documents.by_ids(document.order_id, [document.id])[0]


def hashes_of(document):
    analysis = analyses.of_document(document.order_id, document.id)
    assert analysis is not None
    return analysis.hashes


def paid_hashes():
    return contents.paid("ada", EVERY)


@pytest.fixture
def paid(stripe):
    """A paid order, whose document an older reader has read. Returns the id of its intent."""
    save(an_order(CHARGED), CHARGED)
    record(CHARGED, BYTES, WORDS, reader_version=OLD_READER)
    payment_intent_id = pay(stripe, OID)
    assert paid_hashes() == {BYTES: PAID, WORDS: PAID}
    return payment_intent_id


@pytest.fixture
def paid_with_copy(paid, stripe):
    """A second paid order, in which a copy with the same words is free."""
    save(an_order(COPY, NEW, id=OTHER_OID), COPY, NEW)
    record(COPY, COPY_BYTES, WORDS, reader_version=OLD_READER)
    record(NEW, NEW_BYTES, OTHER_WORDS)
    assert stored(COPY).duplicate_of == PAID
    pay(stripe, OTHER_OID)
    return paid


def warnings_of_copy():
    reply = call("analyses/get", order_id=OTHER_OID).json
    (document,) = [d for d in reply["result"]["documents"] if d["document_id"] == COPY.id]
    return [warning["code"] for warning in document["warnings"]]


def test_a_document_that_is_free_by_its_words_stays_open(paid_with_copy):
    read_again(COPY, COPY_BYTES, NEWER_WORDS)

    assert "payment_returned" not in warnings_of_copy()


def test_a_copy_stays_open_when_the_paid_document_is_read_again(paid_with_copy):
    read_again(CHARGED, BYTES, NEWER_WORDS)
    settle_all()

    assert "payment_returned" not in warnings_of_copy()


def test_a_free_document_of_an_unpaid_order_stays_free(paid):
    save(an_order(COPY, id=OTHER_OID), COPY)
    record(COPY, COPY_BYTES, WORDS, reader_version=OLD_READER)

    read_again(COPY, COPY_BYTES, NEWER_WORDS)

    assert (stored(COPY).duplicate_of, stored(COPY).charged_pages) == (PAID, 0)


def test_nothing_is_paid_for_after_the_refund_of_what_was_read_again(paid_with_copy, stripe):
    read_again(CHARGED, BYTES, NEWER_WORDS)
    settle_all()

    refund(stripe, paid_with_copy)
    settle_all()

    assert PAID not in paid_hashes().values()
    assert "payment_returned" in warnings_of_copy()


def test_a_refund_before_the_worker_has_recorded_the_new_content_removes_all(paid, stripe):
    read_again(CHARGED, BYTES, NEWER_WORDS)
    refund(stripe, paid)

    settle_all()

    assert paid_hashes() == {}


def test_a_copy_that_is_read_after_another_reading_is_free(paid):
    read_again(CHARGED, BYTES, NEWER_WORDS)
    settle_all()
    save(an_order(COPY, id=OTHER_OID), COPY)

    record(COPY, COPY_BYTES, NEWER_WORDS)

    assert stored(COPY).duplicate_of == PAID


def test_a_copy_that_was_charged_is_free_when_the_paid_document_is_read_again(paid):
    save(an_order(COPY, id=OTHER_OID), COPY)
    record(COPY, COPY_BYTES, NEWER_WORDS)
    assert stored(COPY).charged_pages == 1

    read_again(CHARGED, BYTES, NEWER_WORDS)
    settle_all()

    assert (stored(COPY).duplicate_of, stored(COPY).charged_pages) == (PAID, 0)


def test_a_refund_while_another_reading_is_recorded_removes_all(paid, stripe):
    request_again(OID)
    message = result(CHARGED, BYTES, NEWER_WORDS)

    with interrupted(lambda: refund(stripe, paid)):
        deliver(message)
    settle_all()

    assert hashes_of(CHARGED) == (BYTES, WORDS, NEWER_WORDS)
    assert paid_hashes() == {}


@pytest.mark.parametrize("lost", [0, 1, 2])
def test_another_reading_has_one_effect_after_lost_replies_and_repeated_deliveries(paid, lost):
    request_again(OID)
    message = result(CHARGED, BYTES, NEWER_WORDS)
    with losing(lost):
        deliver(message)
    deliver(message, receive_count=2)

    assert hashes_of(CHARGED) == (BYTES, WORDS, NEWER_WORDS)
    assert event_names().count("document_read") == 2
    assert owed(now()).count(TASK) == 1
    with losing(lost):
        settle_all()
    settle_all()
    assert paid_hashes() == dict.fromkeys([BYTES, WORDS, NEWER_WORDS], PAID)
    assert TASK not in owed()


def test_another_reading_with_the_same_words_owes_nothing(paid):
    read_again(CHARGED, BYTES, WORDS)

    assert hashes_of(CHARGED) == (BYTES, WORDS)
    assert TASK not in owed()


def test_another_reading_of_a_free_document_records_nothing_as_paid(paid_with_copy):
    read_again(COPY, COPY_BYTES, NEWER_WORDS)

    assert f"TASK#content#{OTHER_OID}" not in owed()
    assert NEWER_WORDS not in paid_hashes()


def test_another_reading_of_an_unpaid_order_owes_nothing(stripe):
    save(an_order(CHARGED), CHARGED)
    record(CHARGED, BYTES, WORDS, reader_version=OLD_READER)

    read_again(CHARGED, BYTES, NEWER_WORDS)

    assert TASK not in owed()
    pay(stripe, OID)
    assert paid_hashes() == dict.fromkeys([BYTES, WORDS, NEWER_WORDS], PAID)


def test_another_reading_after_a_refund_records_nothing_as_paid(paid, stripe):
    refund(stripe, paid)
    settle_all()

    read_again(CHARGED, BYTES, NEWER_WORDS)

    assert TASK not in owed()
    assert not orders.get("ada", OID).is_paid
    assert paid_hashes() == {}


def test_another_file_has_none_of_the_earlier_hashes(stripe):
    """A form that was not used may replace the file while the earlier one is read again."""
    save(an_order(CHARGED), CHARGED)
    record(CHARGED, BYTES, WORDS, reader_version=OLD_READER)

    read_again(CHARGED, COPY_BYTES, NEWER_WORDS)

    assert hashes_of(CHARGED) == (COPY_BYTES, NEWER_WORDS)


def test_documents_of_an_order_that_are_read_again_together_owe_one_task(stripe):
    second = replace(CHARGED, id=document_id(OID, "second"))
    save(an_order(CHARGED, second), CHARGED, second)
    record(CHARGED, BYTES, WORDS, reader_version=OLD_READER)
    record(second, COPY_BYTES, OTHER_WORDS, reader_version=OLD_READER)
    pay(stripe, OID)
    request_again(OID)

    deliver(result(CHARGED, BYTES, NEWER_WORDS), result(second, COPY_BYTES, NEW_WORDS))

    assert owed(now()).count(TASK) == 1
    settle_all()
    every = {BYTES, COPY_BYTES, WORDS, OTHER_WORDS, NEWER_WORDS, NEW_WORDS}
    assert set(paid_hashes()) == every

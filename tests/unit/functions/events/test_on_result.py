import json
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from moto.dynamodb.models import DynamoDBBackend

from docket.domain.errors import ConcurrentChange, TableUnavailable
from docket.domain.orders.correction import Correction, Statement, Verdict
from docket.domain.orders.document import DocumentStatus
from docket.gateways import s3
from docket.runtime import config
from docket.runtime.logging import HandlerFailed
from docket.table import client
from docket.table.documents import corrections, documents, readings
from docket.table.orders import analyses, orders, usage
from docket.workflows.documents.facts.reviewed_facts import fact_ids, marks
from functions.events import on_result
from tests.lambda_events import Context, sqs_event
from tests.make import OID, OTHER_OID, THEN, a_document, a_reading_document, a_scan, an_order
from tests.make_calls import call
from tests.pipeline import failed
from tests.reading import a_gross_fact, a_result
from tests.table_state import check_counters, event_names, save

pytestmark = pytest.mark.usefixtures("pipeline")

FIRST, SECOND = (a_reading_document(name) for name in ("1.pdf", "2.pdf"))
JSON = {"accept": "application/json"}
ELSEWHERE = replace(FIRST, id=FIRST.id.replace(OID, OTHER_OID))


@pytest.fixture
def order(pipeline):
    save(an_order(FIRST, SECOND), FIRST, SECOND)


@pytest.fixture
def two_orders(order):
    save(an_order(ELSEWHERE, id=OTHER_OID), ELSEWHERE)


def body(document, **fields):
    usual = {
        "v": 1,
        "user_id": "ada",
        "document_id": document.id,
        "attempt": 1,
        "status": "unreadable",
        "reader_version": "7",
        "reason": {"code": "damaged", "params": {}},
    }
    return json.dumps({**usual, **fields})


def read(document, *, facts=()):
    short_form = a_result().facts_dict() | {"facts": list(facts)}
    analysis = {
        "facts": short_form,
        "marks": [mark.to_dict() for mark in marks(short_form)],
        "page_images": [],
        "page_count": 2,
        "charged_pages": 2,
    }
    s3.put_analysis(document.id, 1, json.dumps(analysis).encode())
    return body(document, status="read", reason=None)


def process(*bodies, context=None, receive_count=1):
    """Process messages. Returns the ids of those that failed."""
    event = sqs_event(*bodies, receive_count=receive_count)
    return failed(on_result.handler(event, context or Context()))


def status(document):
    return documents.get("ada", document.id)[1].status


@pytest.mark.parametrize("box", [[0.1, 0.2, 0.3, 0.4], [0.1, 0.21, 0.3, 0.4]])
def test_a_repeated_reading_counts_the_facts_that_were_reviewed(pipeline, box):
    before = a_gross_fact() | {"confidence": 0.6}
    fact = before | {"box": box}
    document = a_reading_document("1.pdf", review_version=1)
    save(an_order(document), document)
    read(document, facts=[fact])
    accepted = Correction(
        fact_id=fact_ids([before])[0],
        verdict=Verdict.ACCEPTED,
        read=before,
        stated=Statement.of(before),
        user_id="ada",
        at=THEN,
    )
    client.write(corrections.put_write(document.id, accepted))

    assert process(body(document, status="read", reason=None)) == []

    order = orders.get("ada", OID)
    assert (order.doubtful, order.reviewed) == (1, 1)
    check_counters()


@pytest.mark.usefixtures("two_orders")
def test_the_results_of_a_batch_are_recorded_with_one_transaction_for_each_order():
    assert process(read(FIRST), body(ELSEWHERE), body(SECOND)) == []

    assert [status(d) for d in (FIRST, SECOND, ELSEWHERE)] == [
        DocumentStatus.READY,
        DocumentStatus.UNREADABLE,
        DocumentStatus.UNREADABLE,
    ]
    assert [orders.get("ada", order_id).version for order_id in (OID, OTHER_OID)] == [2, 2]


@pytest.mark.usefixtures("two_orders")
def test_the_results_of_a_failed_order_are_all_delivered_again(monkeypatch):
    record = readings.record

    def fail_for_one(user_id, order_id, *arguments, **options):
        if order_id == OID:
            raise OSError("connection lost")
        return record(user_id, order_id, *arguments, **options)

    monkeypatch.setattr(readings, "record", fail_for_one)

    assert process(body(FIRST), body(ELSEWHERE), body(SECOND)) == ["0", "2"]

    assert status(ELSEWHERE) is DocumentStatus.UNREADABLE
    monkeypatch.undo()


@pytest.mark.usefixtures("two_orders")
def test_a_conflict_is_tried_again_until_shortly_before_the_timeout(monkeypatch):
    """So it does not count towards the dead-letter queue."""
    monkeypatch.setattr("time.sleep", lambda _: None)
    record, conflicts = readings.record, iter([True] * 4)

    def conflict(*arguments, **options):
        if next(conflicts, False):
            raise ConcurrentChange
        return record(*arguments, **options)

    monkeypatch.setattr(readings, "record", conflict)

    assert process(body(FIRST), body(ELSEWHERE)) == []


@pytest.mark.usefixtures("order")
def test_a_conflict_that_lasts_is_delivered_again(monkeypatch):
    monkeypatch.setattr("time.sleep", lambda _: None)

    def conflict(*_, **__):
        raise ConcurrentChange

    monkeypatch.setattr(readings, "record", conflict)

    with pytest.raises(HandlerFailed):
        process(body(FIRST), context=Context(seconds=8, seconds_a_look=1))

    assert status(FIRST) is DocumentStatus.READING


@pytest.mark.parametrize(
    "unknown", ["not json", body(SECOND, v=0), body(SECOND, v=2), body(SECOND, surprise=1)]
)
@pytest.mark.usefixtures("order")
def test_a_message_of_an_unknown_form_fails_alone(unknown):
    """Results of an order may be recorded in any order, so it does not hold up the others."""
    assert process(unknown, body(FIRST)) == ["0"]

    assert status(FIRST) is DocumentStatus.UNREADABLE
    assert status(SECOND) is DocumentStatus.READING


def test_a_recorded_result_lets_a_waiting_document_of_the_customer_be_read(queues):
    waiting = a_reading_document("waiting.pdf", admitted_at=None)
    save(an_order(FIRST, waiting), FIRST, waiting)

    assert process(body(FIRST)) == []

    (record,) = queues["readings"].deliver()
    assert json.loads(record["body"])["document_id"] == waiting.id
    assert documents.get("ada", waiting.id)[1].admitted_at


def test_a_reading_that_was_admitted_and_not_requested_is_requested_with_the_next_delivery(queues):
    waiting = a_reading_document("waiting.pdf", admitted_at=None)
    save(an_order(FIRST, waiting), FIRST, waiting)
    process(body(FIRST))
    queues["readings"].receive_all()  # as if the function had ended before it sent this

    assert process(body(FIRST), receive_count=1) == []
    assert queues["readings"].receive_all() == []
    assert process(body(FIRST), receive_count=2) == []

    (message,) = queues["readings"].receive_all()
    assert message["document_id"] == waiting.id


def test_the_result_of_a_missing_order_is_dropped():
    assert process(body(FIRST)) == []


def test_the_slots_of_recorded_documents_go_to_those_that_wait(queues):
    waits = [replace(a_reading_document(name), admitted_at=None) for name in ("3.pdf", "4.pdf")]
    save(an_order(FIRST, SECOND, *waits), FIRST, SECOND, *waits)

    assert process(body(FIRST), body(SECOND)) == []

    requested = [message["document_id"] for message in queues["readings"].receive_all()]
    assert requested == sorted(document.id for document in waits)


def test_a_result_that_is_delivered_again_requests_the_parts_in_flight_again(queues):
    save(an_order(FIRST), FIRST)
    split = body(FIRST, status="split", reason=None, boundaries=[0, 10, 20, 30])
    assert process(split) == []
    assert len(queues["parts"].receive_all()) == 2

    assert process(split) == []
    assert queues["parts"].receive_all() == []
    assert process(split, receive_count=2) == []
    assert len(queues["parts"].receive_all()) == 2


def test_parts_are_requested_whose_split_was_saved_before_the_reply_was_lost(queues, monkeypatch):
    save(an_order(FIRST), FIRST)
    split, lost = readings.split, iter([True])

    def lose_the_reply(*arguments, **options):
        progress = split(*arguments, **options)
        if next(lost, False):
            raise TableUnavailable
        return progress

    monkeypatch.setattr(readings, "split", lose_the_reply)

    assert process(body(FIRST, status="split", reason=None, boundaries=[0, 10, 20, 30])) == []

    assert len(queues["parts"].receive_all()) == 2


@pytest.fixture
def uploaded(pipeline, bucket, monkeypatch):
    """An order with an uploaded scan of five pages, where a part has at most two pages."""
    monkeypatch.setenv("DOCKET_READER_PAGES_AT_ONCE", "2")
    config._load.cache_clear()
    document = a_document("long.pdf")
    save(an_order(document), document)
    return bucket.upload(document.id, a_scan(*(f"Sheet {number} of five" for number in range(5))))


@pytest.fixture
def stubbed(uploaded, stub_scanner):
    return stub_scanner(5)


def test_a_long_scan_is_read_in_parts_from_its_upload_to_its_quote(uploaded, deliveries):
    deliveries.run(uploaded)

    _, document = documents.get("ada", uploaded.document_id)
    assert (document.status, document.charged_pages) == (DocumentStatus.READY, 5)
    analysis = analyses.of_document(OID, document.id)
    assert analysis is not None
    assert [page_image.page for page_image in analysis.page_images] == list(range(5))
    preview = call("documents/get", document_id=document.id, headers=JSON).json["pages"]
    assert [page["number"] for page in preview] == [1, 2, 3, 4, 5]
    assert event_names() == ["document_read"]
    assert usage.get("ada").in_flight == frozenset()
    check_counters()


@pytest.mark.usefixtures("stubbed")
def test_every_message_delivered_twice_has_the_same_outcome(uploaded, queues, deliveries):
    deliveries.upload(uploaded, uploaded)
    while any(queue.waiting() for queue in queues.values()):
        deliveries.read()
        records = queues["results"].deliver()
        if records:
            event = {"Records": [*records, *records]}
            assert failed(on_result.handler(event, Context())) == []
            assert failed(on_result.handler(event, Context())) == []

    assert documents.get("ada", uploaded.document_id)[1].charged_pages == 5
    assert event_names() == ["document_read"]
    check_counters()


@pytest.mark.usefixtures("atomic", "stubbed")
def test_the_parts_of_a_document_that_are_recorded_at_the_same_time_are_joined(
    uploaded, queues, deliveries, monkeypatch
):
    """Its group has one writer at a time, but a writer that was given up may still run."""
    monkeypatch.setenv("DOCKET_READER_SLOTS", "6")
    config._load.cache_clear()
    deliveries.upload(uploaded)
    deliveries.read()
    deliveries.record()
    deliveries.read()
    parts = queues["results"].deliver()
    assert len(parts) == 3
    serialize_updates(monkeypatch)

    with ThreadPoolExecutor(6) as threads:
        list(
            threads.map(
                lambda record: on_result.handler({"Records": [record]}, Context()), [*parts, *parts]
            )
        )
    deliveries.run()

    assert documents.get("ada", uploaded.document_id)[1].charged_pages == 5
    assert event_names() == ["document_read"]


def serialize_updates(monkeypatch):
    """Serialise updates of an item, as DynamoDB does and moto does not."""
    lock, update = threading.Lock(), DynamoDBBackend.update_item

    def update_alone(*arguments, **keywords):
        with lock:
            return update(*arguments, **keywords)

    monkeypatch.setattr(DynamoDBBackend, "update_item", update_alone)

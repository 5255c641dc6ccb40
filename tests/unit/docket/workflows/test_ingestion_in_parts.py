"""Long documents: split, read in parallel, joined once, whatever happens to the messages."""

import itertools
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from moto.dynamodb.models import DynamoDBBackend

from analysis import READER_VERSION, Outline, Page, ReaderFailed, Result, Unreadable
from docket.domain.document import DocumentParts, DocumentStatus
from docket.domain.order import READING_CHECK, READING_DEADLINE
from docket.domain.reason import CANCELLED_BY_CUSTOMER, Reason
from docket.gateways import queues, s3
from docket.gateways.s3 import Upload
from docket.runtime import config
from docket.table import analyses, documents, events, orders
from docket.workflows import debts, ingestion
from tests.make import OID, THEN, a_document, a_scan, an_audit_context, an_event, an_order

pytestmark = pytest.mark.usefixtures("service")

LATER = THEN + timedelta(minutes=5)
DOCUMENT, OTHER = a_document("long.pdf"), a_document("other.pdf")
PAGES = 5
FIRST, SECOND, THIRD = RANGES = [range(1), range(1, 3), range(3, 5)]
SCAN = a_scan(*(f"Sheet number {number} of the scan" for number in range(1, PAGES + 1)))


@pytest.fixture(autouse=True)
def order(service, monkeypatch):
    """An order with a document of five scanned pages, where a part has at most two pages."""
    monkeypatch.setenv("DOCKET_READER_PAGES_AT_ONCE", "2")
    config._load.cache_clear()
    order = an_order(documents=(DOCUMENT, OTHER))
    orders.create_order(order, an_event("opened"))


class StubReader:
    """A reader without OCR: it records the requested pages and fails where a test says so."""

    def __init__(self):
        self.requests = []
        self.failures = {}

    def outline(self, *_, **__):
        return Outline(kind_of_file="pdf", page_count=PAGES, needs_ocr=tuple(range(PAGES)))

    def read(self, _data, *_, pages=None, skip_failed_pages=False, **__):
        pages = range(PAGES) if pages is None else pages
        self.requests.append((pages, skip_failed_pages))
        if pages in self.failures:
            raise self.failures[pages]
        return Result(
            reader_version=READER_VERSION,
            kind_of_file="pdf",
            page_count=PAGES,
            pages=tuple(
                Page(number=n, width=595, height=842, source="ocr", confidence=0.9) for n in pages
            ),
        )


@pytest.fixture
def stub_reader(monkeypatch):
    stub_reader = StubReader()
    monkeypatch.setattr(ingestion, "outline", stub_reader.outline)
    monkeypatch.setattr(ingestion, "read", stub_reader.read)
    monkeypatch.setattr(ingestion, "previews", lambda *_, **__: iter(()))
    return stub_reader


def upload(bucket, document=DOCUMENT, data=SCAN):
    return Upload("ada", document.id, bucket.upload(document.id, data))


def deliver(*messages, receive_count=1):
    """Process messages of the queue, as `on_upload` does."""
    for message in messages:
        for job in queues.parse_message(json.dumps(message)):
            ingestion.process(
                job.upload, job.part, order_id=OID, at=LATER, receive_count=receive_count
            )


def start_in_parts(bucket, queue):
    """Upload a document. Returns S3's message and the messages of its parts."""
    uploaded = upload(bucket)
    queues.read_again(uploaded)
    (message,) = queue.receive_all()
    deliver(message)
    return message, queue.receive_all()


def get_document(document=DOCUMENT):
    return orders.get("ada", OID).document(document.id)


def event_names():
    return [event.name for event in events.of_order(OID) if event.name != "opened"]


def requested_ranges(stub_reader):
    return [pages for pages, _ in stub_reader.requests]


def test_a_scan_read_in_parts_has_the_result_of_one_read_whole(bucket, queue, monkeypatch):
    message, parts = start_in_parts(bucket, queue)
    assert len(parts) == 3
    assert get_document().status is DocumentStatus.READING
    deliver(*parts)
    monkeypatch.setenv("DOCKET_READER_PAGES_AT_ONCE", "12")
    config._load.cache_clear()
    at_once = upload(bucket, OTHER)
    ingestion.process(at_once, order_id=OID, at=LATER)

    joined, whole = get_document(), get_document(OTHER)
    assert joined.status is whole.status is DocumentStatus.READY
    assert (joined.page_count, joined.charged_pages) == (PAGES, PAGES)
    in_parts = analyses.of_document(OID, DOCUMENT.id)
    together = analyses.of_document(OID, OTHER.id)
    assert in_parts is not None
    assert together is not None
    assert in_parts.facts == together.facts
    assert in_parts.page_images == together.page_images
    assert [page_image.page for page_image in in_parts.page_images] == list(range(PAGES))
    read = s3.result(DOCUMENT.id, joined.version or "")
    assert read is not None
    assert read == s3.result(OTHER.id, whole.version or "")
    assert "Sheet number 5" in read["pages"][4]["lines"][0]["text"]
    assert len(bucket.names(f"results/{DOCUMENT.id}")) == 1 + 2 * PAGES
    assert message["Records"]


def test_a_short_document_is_read_whole(bucket, queue, stub_reader, monkeypatch):
    monkeypatch.setenv("DOCKET_READER_PAGES_AT_ONCE", str(PAGES))
    config._load.cache_clear()

    start_in_parts(bucket, queue)

    assert requested_ranges(stub_reader) == [range(PAGES)]
    assert get_document().status is DocumentStatus.READY


def test_a_document_without_an_outline_is_read_whole(bucket, queue):
    uploaded = upload(bucket, data=SCAN[:200])

    ingestion.process(uploaded, order_id=OID, at=LATER)

    assert queue.receive_all() == []
    assert get_document().status is DocumentStatus.UNREADABLE
    assert get_document().status_reason


@pytest.mark.parametrize("places", list(itertools.permutations(range(3))))
def test_parts_are_joined_once_in_any_order(bucket, queue, stub_reader, places):
    _, parts = start_in_parts(bucket, queue)

    deliver(*(parts[place] for place in places))

    assert get_document().status is DocumentStatus.READY
    assert get_document().charged_pages == PAGES
    assert event_names() == ["document_read"]


def test_repeated_and_late_messages_are_processed_once(bucket, queue, stub_reader):
    message, parts = start_in_parts(bucket, queue)

    deliver(parts[0], parts[0], parts[1], parts[0], parts[2], parts[2], parts[1], message)

    assert requested_ranges(stub_reader) == RANGES
    assert get_document().status is DocumentStatus.READY
    assert event_names() == ["document_read"]
    assert queue.receive_all() == []


def test_a_repeated_s3_message_requests_the_missing_parts(bucket, queue, stub_reader):
    message, parts = start_in_parts(bucket, queue)
    deliver(parts[1])

    deliver(message)

    assert queue.receive_all() == [parts[0], parts[2]]


def test_parts_whose_messages_were_not_sent_are_requested_by_a_repeated_s3_message(
    bucket, queue, stub_reader, monkeypatch
):
    uploaded = upload(bucket)
    queues.read_again(uploaded)
    (message,) = queue.receive_all()
    send = queues._sqs().send_message_batch

    def send_only_the_first(*, QueueUrl, Entries):  # noqa: N803 - the names of SQS
        send(QueueUrl=QueueUrl, Entries=Entries[:1])
        return {"Failed": [{"Id": "1", "SenderFault": False, "Code": "InternalError"}]}

    with monkeypatch.context() as patch:
        patch.setattr(queues._sqs(), "send_message_batch", send_only_the_first)
        with pytest.raises(queues.Unsent):
            deliver(message)
    first = queue.receive_all()
    deliver(*first, message, *queue.receive_all())

    assert len(first) == 1
    assert get_document().status is DocumentStatus.READING
    deliver(*queue.receive_all())
    assert get_document().status is DocumentStatus.READY
    assert event_names() == ["document_read"]


def test_the_sweeper_requests_a_part_whose_message_was_lost(bucket, queue, stub_reader):
    _, parts = start_in_parts(bucket, queue)
    deliver(parts[0], parts[2])

    debts.sweep(an_audit_context("sweeper", LATER + READING_CHECK))
    deliver(*queue.receive_all())
    lost = queue.receive_all()
    deliver(*lost)

    assert lost == [parts[1]]
    assert get_document().status is DocumentStatus.READY


def test_a_document_without_parts_fails_at_the_deadline_and_can_be_retried(
    bucket, queue, stub_reader
):
    start_in_parts(bucket, queue)

    debts.sweep(an_audit_context("sweeper", LATER + READING_DEADLINE))

    document = get_document()
    assert document.explanation == Reason("not_read_in_time")
    assert document.parts is None
    documents.read_again(orders.get("ada", OID), document, an_event("reading_repeated"))
    deliver(*queue.receive_all())
    queues.read_again(Upload("ada", document.id, document.version or ""))
    deliver(*queue.receive_all())
    deliver(*queue.receive_all())
    assert get_document().status is DocumentStatus.READY


def test_a_part_that_was_not_recorded_is_read_again(bucket, queue, stub_reader, monkeypatch):
    _, parts = start_in_parts(bucket, queue)
    with monkeypatch.context() as patch:
        patch.setattr(documents, "finish_part", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            deliver(parts[0])

    deliver(*parts)

    assert requested_ranges(stub_reader) == [FIRST, *RANGES]
    assert get_document().charged_pages == PAGES
    assert event_names() == ["document_read"]


def test_a_failed_join_is_repeated_by_the_message_of_the_last_part(
    bucket, queue, stub_reader, monkeypatch
):
    _, parts = start_in_parts(bucket, queue)
    deliver(parts[0], parts[1])
    with monkeypatch.context() as patch:
        patch.setattr(s3, "part", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            deliver(parts[2])
    assert get_document().status is DocumentStatus.READING

    deliver(parts[2])

    assert len(stub_reader.requests) == 3
    assert get_document().status is DocumentStatus.READY
    assert event_names() == ["document_read"]


def test_the_sweeper_repeats_a_failed_join(bucket, queue, stub_reader, monkeypatch):
    _, parts = start_in_parts(bucket, queue)
    with monkeypatch.context() as patch:
        patch.setattr(ingestion, "_join", lambda *_: 1 / 0)
        deliver(parts[0], parts[1])
        with pytest.raises(ZeroDivisionError):
            deliver(parts[2])

    debts.sweep(an_audit_context("sweeper", LATER + READING_CHECK))
    deliver(*queue.receive_all())

    assert get_document().status is DocumentStatus.READY
    assert event_names() == ["document_read"]


def test_only_one_of_two_concurrent_joins_has_an_effect(
    bucket, queue, stub_reader, monkeypatch, capsys
):
    _, parts = start_in_parts(bucket, queue)
    deliver(parts[0], parts[1])
    put_result = s3.put_result

    def deliver_last_part(*stored):
        monkeypatch.setattr(s3, "put_result", put_result)
        deliver(parts[2])
        put_result(*stored)

    monkeypatch.setattr(s3, "put_result", deliver_last_part)
    deliver(parts[2])

    assert get_document().charged_pages == PAGES
    assert event_names() == ["document_read"]
    assert capsys.readouterr().out.count('"DocumentRead":[1.0]') == 1


@pytest.mark.usefixtures("atomic")
def test_parts_read_in_parallel_are_joined_once(bucket, queue, stub_reader, monkeypatch):
    _, parts = start_in_parts(bucket, queue)
    serialize_updates(monkeypatch)

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(deliver, [*parts, *parts]))

    assert get_document().charged_pages == PAGES
    assert event_names() == ["document_read"]


def serialize_updates(monkeypatch):
    """Serialise updates of an item, as DynamoDB does and moto does not."""
    lock, update = threading.Lock(), DynamoDBBackend.update_item

    def update_alone(*arguments, **named):
        with lock:
            return update(*arguments, **named)

    monkeypatch.setattr(DynamoDBBackend, "update_item", update_alone)


@pytest.mark.parametrize("pages", RANGES)
def test_an_unreadable_part_is_listed_and_the_others_are_read(bucket, queue, stub_reader, pages):
    _, parts = start_in_parts(bucket, queue)
    stub_reader.failures[pages] = Unreadable("took_too_long")

    deliver(*parts)

    document = get_document()
    assert document.status is DocumentStatus.READY
    assert (document.page_count, document.charged_pages) == (PAGES, PAGES - len(pages))
    stored = analyses.of_document(OID, DOCUMENT.id)
    assert stored is not None
    assert stored.facts["partial"]
    assert stored.facts["unread"] == [
        {"page": page, "code": "took_too_long", "params": {}} for page in pages
    ]


def test_a_document_without_a_readable_part_is_unreadable(bucket, queue, stub_reader):
    _, parts = start_in_parts(bucket, queue)
    for pages in RANGES:
        stub_reader.failures[pages] = Unreadable("took_too_long")

    deliver(*parts)

    assert get_document().status is DocumentStatus.UNREADABLE
    assert get_document().explanation == Reason("took_too_long")
    assert get_document().charged_pages == 0


def test_failed_pages_of_a_part_are_skipped_at_the_last_attempt(bucket, queue, stub_reader):
    _, parts = start_in_parts(bucket, queue)
    stub_reader.failures[SECOND] = ReaderFailed("ZeroDivisionError")

    for receive_count in (1, 2):
        with pytest.raises(ReaderFailed):
            deliver(parts[1], receive_count=receive_count)
    del stub_reader.failures[SECOND]
    deliver(parts[1], receive_count=3)

    assert stub_reader.requests == [(SECOND, False), (SECOND, False), (SECOND, True)]
    assert get_document().parts.unread == (0, 2)


def test_parts_of_a_removed_document_are_not_read(bucket, queue, stub_reader):
    _, parts = start_in_parts(bucket, queue)
    deliver(parts[0])
    documents.remove("ada", DOCUMENT.id, an_event("document_removed"), order_id=OID)

    deliver(*parts)

    assert len(stub_reader.requests) == 1
    assert [document.id for document in orders.get("ada", OID).documents] == [OTHER.id]
    assert analyses.of_order(OID) == []


def test_a_document_removed_during_its_last_part_is_not_joined(
    bucket, queue, stub_reader, monkeypatch
):
    _, parts = start_in_parts(bucket, queue)
    deliver(parts[0], parts[1])

    def remove_document(*_):
        documents.remove("ada", DOCUMENT.id, an_event("document_removed"), order_id=OID)

    monkeypatch.setattr(s3, "put_part", remove_document)
    deliver(parts[2])

    assert [document.id for document in orders.get("ada", OID).documents] == [OTHER.id]
    assert bucket.names("results/") == []


def test_parts_of_a_replaced_version_are_not_read(bucket, queue, stub_reader):
    _, parts = start_in_parts(bucket, queue)
    debts.sweep(an_audit_context("sweeper", LATER + READING_DEADLINE))
    second = upload(bucket, data=SCAN + b"\n")
    ingestion.process(second, order_id=OID, at=LATER)

    deliver(*parts)

    assert stub_reader.requests == []
    assert get_document().parts.read == frozenset()
    deliver(*queue.receive_all())
    assert get_document().version == second.version
    assert get_document().status is DocumentStatus.READY


def test_parts_of_a_cancelled_order_are_not_read(bucket, queue, stub_reader):
    message, parts = start_in_parts(bucket, queue)
    deliver(parts[0])
    cancel()

    deliver(*parts, message)

    assert len(stub_reader.requests) == 1
    assert get_document().status is DocumentStatus.UNREADABLE
    assert get_document().explanation == Reason("order_cancelled")
    assert event_names().count("document_unreadable") == 1


def test_a_repeated_s3_message_of_a_cancelled_order_is_not_read(bucket, queue, stub_reader):
    message, _ = start_in_parts(bucket, queue)
    cancel()

    deliver(message)

    assert stub_reader.requests == []
    assert queue.receive_all() == []
    assert get_document().explanation == Reason("order_cancelled")


def cancel():
    orders.cancel(orders.get("ada", OID), an_event("cancelled"), reason=CANCELLED_BY_CUSTOMER)


def test_a_file_that_is_missing_for_its_parts_has_one_event(bucket, queue, stub_reader):
    _, parts = start_in_parts(bucket, queue)
    s3.discard(Upload("ada", DOCUMENT.id, get_document().version or ""))

    deliver(*parts)

    assert get_document().explanation == Reason("file_missing")
    assert event_names() == ["document_unreadable"]


def test_an_unknown_part_is_ignored(bucket, queue, stub_reader):
    start_in_parts(bucket, queue)
    uploaded = Upload("ada", DOCUMENT.id, get_document().version or "")

    ingestion.process(uploaded, 99, order_id=OID, at=LATER)
    ingestion.process(Upload("ada", OTHER.id, "v1"), 0, order_id=OID, at=LATER)
    ingestion.process(Upload("eve", DOCUMENT.id, uploaded.version), 0, order_id=OID, at=LATER)

    assert stub_reader.requests == []
    assert get_document().parts == DocumentParts.of(PAGES, range(PAGES), most=2)


def test_the_explanation_counts_the_finished_parts(bucket, queue, stub_reader):
    _, parts = start_in_parts(bucket, queue)

    deliver(parts[1])

    assert get_document().explanation == Reason("reading_in_parts", {"done": 1, "total": 3})


def test_parts_are_stored_under_a_prefix_of_their_own(bucket, queue, stub_reader):
    _, parts = start_in_parts(bucket, queue)

    deliver(*parts)

    version = get_document().version
    stored = [f"parts/{DOCUMENT.id}/{version}/{pages}.json" for pages in ("0-1", "1-3", "3-5")]
    assert bucket.names("parts/") == stored


def test_a_document_whose_outline_fails_is_read_whole_at_the_last_attempt(
    bucket, queue, stub_reader, monkeypatch
):
    uploaded = upload(bucket)

    def fail(*_, **__):
        raise ReaderFailed("ZeroDivisionError")

    monkeypatch.setattr(ingestion, "outline", fail)

    with pytest.raises(ReaderFailed):
        ingestion.process(uploaded, order_id=OID, at=LATER)
    ingestion.process(uploaded, order_id=OID, at=LATER, receive_count=3)

    assert stub_reader.requests == [(range(PAGES), True)]
    assert get_document().status is DocumentStatus.READY

"""Long documents: divided, read side by side, joined once, whatever becomes of the messages."""

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
    """A document of five pages to OCR is waited for, where two at most are read at once."""
    monkeypatch.setenv("DOCKET_READER_PAGES_AT_ONCE", "2")
    config._load.cache_clear()
    order = an_order(documents=(DOCUMENT, OTHER))
    orders.create_order(order, an_event("opened"))


class Desk:
    """What reads, without OCR: which pages it was asked for, and what it says to that."""

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
def desk(monkeypatch):
    desk = Desk()
    monkeypatch.setattr(ingestion, "outline", desk.outline)
    monkeypatch.setattr(ingestion, "read", desk.read)
    monkeypatch.setattr(ingestion, "previews", lambda *_, **__: iter(()))
    return desk


def upload(bucket, document=DOCUMENT, data=SCAN):
    return Upload("ada", document.id, bucket.upload(document.id, data))


def deliver(*messages, receive_count=1):
    """The queue hands them over, as `on_upload` takes them."""
    for message in messages:
        for job in queues.parse_message(json.dumps(message)):
            ingestion.process(
                job.upload, job.part, order_id=OID, at=LATER, receive_count=receive_count
            )


def begin(bucket, queue):
    """A document is uploaded. S3's message, and those of its parts."""
    arrived = upload(bucket)
    queues.read_again(arrived)
    (message,) = queue.receive_all()
    deliver(message)
    return message, queue.receive_all()


def the_document(document=DOCUMENT):
    return orders.get("ada", OID).document(document.id)


def what_happened():
    return [event.what for event in events.of_order(OID) if event.what != "opened"]


def ranges(desk):
    return [pages for pages, _ in desk.requests]


def test_a_scan_read_in_parts_is_what_it_is_when_read_at_once(bucket, queue, monkeypatch):
    message, parts = begin(bucket, queue)
    assert len(parts) == 3
    assert the_document().status is DocumentStatus.READING
    deliver(*parts)
    monkeypatch.setenv("DOCKET_READER_PAGES_AT_ONCE", "12")
    config._load.cache_clear()
    at_once = upload(bucket, OTHER)
    ingestion.process(at_once, order_id=OID, at=LATER)

    joined, whole = the_document(), the_document(OTHER)
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


def test_what_is_not_long_is_read_at_once(bucket, queue, desk, monkeypatch):
    monkeypatch.setenv("DOCKET_READER_PAGES_AT_ONCE", str(PAGES))
    config._load.cache_clear()

    begin(bucket, queue)

    assert ranges(desk) == [range(PAGES)]
    assert the_document().status is DocumentStatus.READY


def test_what_cannot_be_outlined_is_read_at_once_and_says_why_it_cannot_be(bucket, queue):
    arrived = upload(bucket, data=SCAN[:200])

    ingestion.process(arrived, order_id=OID, at=LATER)

    assert queue.receive_all() == []
    assert the_document().status is DocumentStatus.UNREADABLE
    assert the_document().status_reason


@pytest.mark.parametrize("places", list(itertools.permutations(range(3))))
def test_parts_are_joined_once_in_whatever_order_they_come(bucket, queue, desk, places):
    _, parts = begin(bucket, queue)

    deliver(*(parts[place] for place in places))

    assert the_document().status is DocumentStatus.READY
    assert the_document().charged_pages == PAGES
    assert what_happened() == ["document_read"]


def test_messages_that_come_twice_and_late_are_read_once(bucket, queue, desk):
    message, parts = begin(bucket, queue)

    deliver(parts[0], parts[0], parts[1], parts[0], parts[2], parts[2], parts[1], message)

    assert ranges(desk) == RANGES
    assert the_document().status is DocumentStatus.READY
    assert what_happened() == ["document_read"]
    assert queue.receive_all() == []


def test_s3s_message_that_comes_again_asks_for_the_parts_that_are_missing(bucket, queue, desk):
    message, parts = begin(bucket, queue)
    deliver(parts[1])

    deliver(message)

    assert queue.receive_all() == [parts[0], parts[2]]


def test_parts_whose_messages_were_not_all_sent_are_asked_for_when_s3s_comes_again(
    bucket, queue, desk, monkeypatch
):
    arrived = upload(bucket)
    queues.read_again(arrived)
    (message,) = queue.receive_all()
    send = queues._sqs().send_message_batch

    def takes_the_first(*, QueueUrl, Entries):  # noqa: N803 - as SQS spells them
        send(QueueUrl=QueueUrl, Entries=Entries[:1])
        return {"Failed": [{"Id": "1", "SenderFault": False, "Code": "InternalError"}]}

    with monkeypatch.context() as broken:
        broken.setattr(queues._sqs(), "send_message_batch", takes_the_first)
        with pytest.raises(queues.Unsent):
            deliver(message)
    first = queue.receive_all()
    deliver(*first, message, *queue.receive_all())

    assert len(first) == 1
    assert the_document().status is DocumentStatus.READING
    deliver(*queue.receive_all())
    assert the_document().status is DocumentStatus.READY
    assert what_happened() == ["document_read"]


def test_a_part_whose_message_was_lost_is_asked_for_by_the_sweeper(bucket, queue, desk):
    _, parts = begin(bucket, queue)
    deliver(parts[0], parts[2])

    debts.sweep(an_audit_context("sweeper", LATER + READING_CHECK))
    deliver(*queue.receive_all())
    lost = queue.receive_all()
    deliver(*lost)

    assert lost == [parts[1]]
    assert the_document().status is DocumentStatus.READY


def test_a_document_whose_parts_never_come_is_given_up_and_may_be_read_again(bucket, queue, desk):
    begin(bucket, queue)

    debts.sweep(an_audit_context("sweeper", LATER + READING_DEADLINE))

    document = the_document()
    assert document.explanation == Reason("not_read_in_time")
    assert document.parts is None
    documents.read_again(orders.get("ada", OID), document, an_event("reading_repeated"))
    deliver(*queue.receive_all())
    queues.read_again(Upload("ada", document.id, document.version or ""))
    deliver(*queue.receive_all())
    deliver(*queue.receive_all())
    assert the_document().status is DocumentStatus.READY


def test_a_part_that_breaks_off_before_the_table_knows_is_read_again(
    bucket, queue, desk, monkeypatch
):
    _, parts = begin(bucket, queue)
    with monkeypatch.context() as broken:
        broken.setattr(documents, "finish_part", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            deliver(parts[0])

    deliver(*parts)

    assert ranges(desk) == [FIRST, *RANGES]
    assert the_document().charged_pages == PAGES
    assert what_happened() == ["document_read"]


def test_one_that_breaks_off_before_it_has_joined_joins_when_its_message_comes_again(
    bucket, queue, desk, monkeypatch
):
    _, parts = begin(bucket, queue)
    deliver(parts[0], parts[1])
    with monkeypatch.context() as broken:
        broken.setattr(s3, "part", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            deliver(parts[2])
    assert the_document().status is DocumentStatus.READING

    deliver(parts[2])

    assert len(desk.requests) == 3
    assert the_document().status is DocumentStatus.READY
    assert what_happened() == ["document_read"]


def test_where_all_was_read_and_nobody_joined_the_sweeper_has_it_joined(
    bucket, queue, desk, monkeypatch
):
    _, parts = begin(bucket, queue)
    with monkeypatch.context() as broken:
        broken.setattr(ingestion, "_join", lambda *_: 1 / 0)
        deliver(parts[0], parts[1])
        with pytest.raises(ZeroDivisionError):
            deliver(parts[2])

    debts.sweep(an_audit_context("sweeper", LATER + READING_CHECK))
    deliver(*queue.receive_all())

    assert the_document().status is DocumentStatus.READY
    assert what_happened() == ["document_read"]


def test_of_two_that_join_at_once_one_has_an_effect(bucket, queue, desk, monkeypatch, capsys):
    _, parts = begin(bucket, queue)
    deliver(parts[0], parts[1])
    put_result = s3.put_result

    def meanwhile(*stored):
        monkeypatch.setattr(s3, "put_result", put_result)
        deliver(parts[2])
        put_result(*stored)

    monkeypatch.setattr(s3, "put_result", meanwhile)
    deliver(parts[2])

    assert the_document().charged_pages == PAGES
    assert what_happened() == ["document_read"]
    assert capsys.readouterr().out.count('"DocumentRead":[1.0]') == 1


@pytest.mark.usefixtures("atomic")
def test_parts_that_are_read_side_by_side_are_joined_once(bucket, queue, desk, monkeypatch):
    _, parts = begin(bucket, queue)
    one_by_one(monkeypatch)

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(deliver, [*parts, *parts]))

    assert the_document().charged_pages == PAGES
    assert what_happened() == ["document_read"]


def one_by_one(monkeypatch):
    """Updates of an item one after the other, as DynamoDB makes them; moto's are not."""
    lock, update = threading.Lock(), DynamoDBBackend.update_item

    def alone(*arguments, **named):
        with lock:
            return update(*arguments, **named)

    monkeypatch.setattr(DynamoDBBackend, "update_item", alone)


@pytest.mark.parametrize("pages", RANGES)
def test_a_part_that_cannot_be_read_leaves_the_others_and_says_so(bucket, queue, desk, pages):
    _, parts = begin(bucket, queue)
    desk.failures[pages] = Unreadable("took_too_long")

    deliver(*parts)

    document = the_document()
    assert document.status is DocumentStatus.READY
    assert (document.page_count, document.charged_pages) == (PAGES, PAGES - len(pages))
    stored = analyses.of_document(OID, DOCUMENT.id)
    assert stored is not None
    assert stored.facts["partial"]
    assert stored.facts["unread"] == [
        {"page": page, "code": "took_too_long", "params": {}} for page in pages
    ]


def test_a_document_of_which_no_part_can_be_read_says_why(bucket, queue, desk):
    _, parts = begin(bucket, queue)
    for pages in RANGES:
        desk.failures[pages] = Unreadable("took_too_long")

    deliver(*parts)

    assert the_document().status is DocumentStatus.UNREADABLE
    assert the_document().explanation == Reason("took_too_long")
    assert the_document().charged_pages == 0


def test_a_part_that_our_own_code_fails_on_comes_again_and_is_forgiven_the_last_time(
    bucket, queue, desk
):
    _, parts = begin(bucket, queue)
    desk.failures[SECOND] = ReaderFailed("ZeroDivisionError")

    for receive_count in (1, 2):
        with pytest.raises(ReaderFailed):
            deliver(parts[1], receive_count=receive_count)
    del desk.failures[SECOND]
    deliver(parts[1], receive_count=3)

    assert desk.requests == [(SECOND, False), (SECOND, False), (SECOND, True)]
    assert the_document().parts.unread == (0, 2)


def test_the_parts_of_a_document_that_was_removed_are_not_read(bucket, queue, desk):
    _, parts = begin(bucket, queue)
    deliver(parts[0])
    documents.remove("ada", DOCUMENT.id, an_event("document_removed"), order_id=OID)

    deliver(*parts)

    assert len(desk.requests) == 1
    assert [document.id for document in orders.get("ada", OID).documents] == [OTHER.id]
    assert analyses.of_order(OID) == []


def test_a_document_that_is_removed_while_its_last_part_is_read_is_not_joined(
    bucket, queue, desk, monkeypatch
):
    _, parts = begin(bucket, queue)
    deliver(parts[0], parts[1])

    def removed_meanwhile(*_):
        documents.remove("ada", DOCUMENT.id, an_event("document_removed"), order_id=OID)

    monkeypatch.setattr(s3, "put_part", removed_meanwhile)
    deliver(parts[2])

    assert [document.id for document in orders.get("ada", OID).documents] == [OTHER.id]
    assert bucket.names("results/") == []


def test_the_parts_of_a_version_that_was_replaced_are_not_read(bucket, queue, desk):
    _, parts = begin(bucket, queue)
    debts.sweep(an_audit_context("sweeper", LATER + READING_DEADLINE))
    second = upload(bucket, data=SCAN + b"\n")
    ingestion.process(second, order_id=OID, at=LATER)

    deliver(*parts)

    assert desk.requests == []
    assert the_document().parts.read == frozenset()
    deliver(*queue.receive_all())
    assert the_document().version == second.version
    assert the_document().status is DocumentStatus.READY


def test_when_the_order_is_cancelled_no_further_part_is_read_and_the_document_says_why(
    bucket, queue, desk
):
    message, parts = begin(bucket, queue)
    deliver(parts[0])
    cancel()

    deliver(*parts, message)

    assert len(desk.requests) == 1
    assert the_document().status is DocumentStatus.UNREADABLE
    assert the_document().explanation == Reason("order_cancelled")
    assert what_happened().count("document_unreadable") == 1


def test_what_is_asked_for_again_after_its_order_was_cancelled_is_not_read(bucket, queue, desk):
    message, _ = begin(bucket, queue)
    cancel()

    deliver(message)

    assert desk.requests == []
    assert queue.receive_all() == []
    assert the_document().explanation == Reason("order_cancelled")


def cancel():
    orders.cancel(orders.get("ada", OID), an_event("cancelled"), reason=CANCELLED_BY_CUSTOMER)


def test_a_file_that_is_gone_before_its_parts_are_read_is_told_once(bucket, queue, desk):
    _, parts = begin(bucket, queue)
    s3.discard(Upload("ada", DOCUMENT.id, the_document().version or ""))

    deliver(*parts)

    assert the_document().explanation == Reason("file_missing")
    assert what_happened() == ["document_unreadable"]


def test_a_part_that_there_is_none_of_is_left_behind(bucket, queue, desk):
    begin(bucket, queue)
    arrived = Upload("ada", DOCUMENT.id, the_document().version or "")

    ingestion.process(arrived, 99, order_id=OID, at=LATER)
    ingestion.process(Upload("ada", OTHER.id, "v1"), 0, order_id=OID, at=LATER)
    ingestion.process(Upload("eve", DOCUMENT.id, arrived.version), 0, order_id=OID, at=LATER)

    assert desk.requests == []
    assert the_document().parts == DocumentParts.of(PAGES, range(PAGES), most=2)


def test_how_far_it_has_come_is_told_while_it_is_read(bucket, queue, desk):
    _, parts = begin(bucket, queue)

    deliver(parts[1])

    assert the_document().explanation == Reason("reading_in_parts", {"done": 1, "total": 3})


def test_what_is_kept_of_parts_is_apart_from_what_is_kept_for_good(bucket, queue, desk):
    _, parts = begin(bucket, queue)

    deliver(*parts)

    version = the_document().version
    stored = [f"parts/{DOCUMENT.id}/{version}/{pages}.json" for pages in ("0-1", "1-3", "3-5")]
    assert bucket.names("parts/") == stored


def test_what_our_own_code_cannot_outline_is_read_at_once_the_last_time(
    bucket, queue, desk, monkeypatch
):
    arrived = upload(bucket)

    def broken(*_, **__):
        raise ReaderFailed("ZeroDivisionError")

    monkeypatch.setattr(ingestion, "outline", broken)

    with pytest.raises(ReaderFailed):
        ingestion.process(arrived, order_id=OID, at=LATER)
    ingestion.process(arrived, order_id=OID, at=LATER, receive_count=3)

    assert desk.requests == [(range(PAGES), True)]
    assert the_document().status is DocumentStatus.READY

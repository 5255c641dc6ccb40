import json

import pytest

from docket.domain.errors import ConcurrentChange
from docket.domain.orders.document import DocumentStatus
from docket.domain.orders.order import OrderStatus
from docket.domain.reason import CANCELLED_BY_CUSTOMER
from docket.domain.task import TaskKind
from docket.gateways import s3
from docket.runtime.logging import HandlerFailed
from docket.table import tasks
from docket.table.documents import documents, readings
from docket.table.orders import orders
from functions.events import on_upload
from tests.lambda_events import Context, s3_notification, sqs_event
from tests.make import OID, a_document, a_reading_document, an_event, an_order
from tests.pipeline import failed
from tests.table_state import save

DOCUMENT, OTHER = a_document("a.pdf"), a_document("b.pdf")


@pytest.fixture(autouse=True)
def order(pipeline):
    save(an_order(DOCUMENT, OTHER), DOCUMENT, OTHER)


def stored(document=DOCUMENT):
    return documents.get("ada", document.id)[1]


def process(*bodies, context=None):
    """Process messages. Returns the ids of those that failed."""
    texts = [body if isinstance(body, str) else json.dumps(body) for body in bodies]
    return failed(on_upload.handler(sqs_event(*texts), context or Context()))


def requested(queues):
    return [message["document_id"] for message in queues["readings"].receive_all()]


def test_the_uploads_of_a_batch_are_accepted(bucket, queues):
    uploads = [bucket.upload(document.id) for document in (DOCUMENT, OTHER)]

    assert process(*map(s3_notification, uploads)) == []

    assert [stored(document).file for document in (DOCUMENT, OTHER)] == [
        upload.file for upload in uploads
    ]
    assert sorted(requested(queues)) == sorted([DOCUMENT.id, OTHER.id])
    assert orders.get("ada", OID).version == 2


def test_no_byte_of_a_file_is_loaded(bucket, monkeypatch):
    monkeypatch.setattr(s3, "content", lambda _: pytest.fail("a file was loaded"))

    assert process(s3_notification(bucket.upload(DOCUMENT.id))) == []

    assert stored().status is DocumentStatus.READING


def test_a_file_that_is_replaced_while_it_is_read_is_to_be_erased(bucket):
    reading = a_reading_document("c.pdf", upload_number=2)
    save(an_order(reading), reading)

    assert process(s3_notification(bucket.upload(reading.id, upload_number=2))) == []

    assert stored(reading).attempt == 2
    assert tasks.get(OID, TaskKind.ERASE, reading.id)


def test_a_repeated_message_changes_nothing(bucket):
    message = s3_notification(bucket.upload(DOCUMENT.id))
    process(message)
    before = orders.get("ada", OID)

    assert process(message, message) == []

    assert orders.get("ada", OID) == before


def test_an_upload_to_a_cancelled_order_is_erased(bucket, queues):
    orders.cancel("ada", OID, an_event("cancelled"), reason=CANCELLED_BY_CUSTOMER)

    assert process(s3_notification(bucket.upload(DOCUMENT.id))) == []

    assert bucket.versions(DOCUMENT.id) == []
    assert requested(queues) == []
    assert orders.get("ada", OID).status is OrderStatus.CANCELLED


@pytest.mark.parametrize(
    "key",
    [
        "results/x/y",
        "uploads/ada",
        f"uploads/ada/{DOCUMENT.id}",
        f"uploads/ada/{OID}/{DOCUMENT.id}/one",
        "%F0%9F",
    ],
)
def test_a_key_that_is_not_an_uploads_is_ignored(bucket, key):
    body = {"Records": [{"s3": {"object": {"key": key, "versionId": "v1"}}}]}

    assert process(body) == []
    assert stored().status is DocumentStatus.AWAITING_UPLOAD


def test_the_test_event_of_s3_is_accepted():
    assert process({"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "documents"}) == []


def test_a_failed_order_is_reported_and_the_others_are_processed(bucket, monkeypatch):
    unexpected = bucket.upload("01JX0000000000000000000000-1", user_id="eve")
    good = bucket.upload(DOCUMENT.id)

    def fail(_):
        raise OSError("connection lost")

    with monkeypatch.context() as patch:
        patch.setattr(s3, "discard", fail)
        assert process(s3_notification(unexpected), s3_notification(good)) == ["0"]

    assert stored().status is DocumentStatus.READING
    assert process(s3_notification(unexpected)) == []
    assert bucket.versions(unexpected.document_id, user_id="eve") == []


@pytest.mark.parametrize("body", ["not json", "7", '{"Records": [{}]}'])
def test_a_malformed_message_fails(body):
    with pytest.raises(HandlerFailed):
        process(body)


def test_a_malformed_message_does_not_hold_up_the_others(bucket):
    assert process("not json", s3_notification(bucket.upload(DOCUMENT.id))) == ["0"]

    assert stored().status is DocumentStatus.READING


def test_a_conflict_is_tried_again_and_not_delivered_again(bucket, monkeypatch):
    monkeypatch.setattr("time.sleep", lambda _: None)
    accept, conflicts = readings.accept, iter([True, True])

    def conflict(*arguments, **options):
        if next(conflicts, False):
            raise ConcurrentChange
        return accept(*arguments, **options)

    monkeypatch.setattr(readings, "accept", conflict)

    assert process(s3_notification(bucket.upload(DOCUMENT.id))) == []

    assert stored().status is DocumentStatus.READING

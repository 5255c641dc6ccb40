import json

import pytest
from pydantic import ValidationError

from docket.gateways import queues
from docket.gateways.queues import ReadRequest
from docket.gateways.s3 import Upload, upload_of

UPLOAD = Upload("ada", "order-document", "v1")


def parse(message):
    return queues.parse_message(json.dumps(message))


def test_a_repeated_request_has_the_form_of_an_s3_message(queue):
    queues.read_again(UPLOAD)

    (message,) = queue.receive_all()
    (record,) = message["Records"]
    stored = record["s3"]["object"]
    assert upload_of(stored["key"], stored["versionId"]) == UPLOAD
    assert parse(message) == [ReadRequest(UPLOAD)]


def test_every_part_has_a_message_of_its_own(queue):
    queues.read_parts(UPLOAD, range(23))

    messages = queue.receive_all()

    assert [parse(message) for message in messages] == [[ReadRequest(UPLOAD, n)] for n in range(23)]


def test_a_message_that_sqs_rejects_is_an_error(queue, monkeypatch):
    failed = [{"Id": "0", "SenderFault": False, "Code": "InternalError"}]
    monkeypatch.setattr(queues._sqs(), "send_message_batch", lambda **_: {"Failed": failed})

    with pytest.raises(queues.Unsent):
        queues.read_parts(UPLOAD, [0])


def test_an_s3_message_is_parsed_with_its_url_encoded_key():
    stored = {"key": "uploads/ada%2B/order-document", "versionId": "v1", "size": 7}
    message = {"Records": [{"eventName": "ObjectCreated:Post", "s3": {"object": stored}}]}

    assert parse(message) == [ReadRequest(Upload("ada+", "order-document", "v1"))]


def test_a_message_without_a_document_requests_nothing():
    stored = {"key": "results/x", "versionId": "v1"}

    assert parse({"Records": [{"s3": {"object": stored}}]}) == []
    assert parse({"Event": "s3:TestEvent"}) == []


@pytest.mark.parametrize("part", [-1, "two", 0.5])
def test_a_message_with_an_invalid_part_is_rejected(part):
    stored = {"key": "uploads/ada/order-document", "versionId": "v1"}

    with pytest.raises(ValidationError):
        parse({"Records": [{"s3": {"object": stored}, "part": part}]})

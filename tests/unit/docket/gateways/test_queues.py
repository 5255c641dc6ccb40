import json

import pytest
from pydantic import ValidationError

from docket.gateways import queues
from docket.gateways.queues import ReadRequest
from docket.gateways.s3 import Upload, upload_of

UPLOAD = Upload("ada", "order-document", "v1")


def asked_by(message):
    return queues.parse_message(json.dumps(message))


def test_what_is_to_be_read_again_is_said_as_s3_says_it(queue):
    queues.read_again(UPLOAD)

    (message,) = queue.receive_all()
    (record,) = message["Records"]
    named = record["s3"]["object"]
    assert upload_of(named["key"], named["versionId"]) == UPLOAD
    assert asked_by(message) == [ReadRequest(UPLOAD)]


def test_each_part_is_asked_for_in_a_message_of_its_own_however_many_there_are(queue):
    queues.read_parts(UPLOAD, range(23))

    messages = queue.receive_all()

    assert [asked_by(message) for message in messages] == [
        [ReadRequest(UPLOAD, n)] for n in range(23)
    ]


def test_what_the_queue_does_not_take_is_an_error(queue, monkeypatch):
    failed = [{"Id": "0", "SenderFault": False, "Code": "InternalError"}]
    monkeypatch.setattr(queues._sqs(), "send_message_batch", lambda **_: {"Failed": failed})

    with pytest.raises(queues.Unsent):
        queues.read_parts(UPLOAD, [0])


def test_what_s3_says_names_the_version_and_what_it_spells_its_own_way():
    stored = {"key": "uploads/ada%2B/order-document", "versionId": "v1", "size": 7}
    message = {"Records": [{"eventName": "ObjectCreated:Post", "s3": {"object": stored}}]}

    assert asked_by(message) == [ReadRequest(Upload("ada+", "order-document", "v1"))]


def test_what_names_no_document_asks_for_nothing():
    stored = {"key": "results/x", "versionId": "v1"}

    assert asked_by({"Records": [{"s3": {"object": stored}}]}) == []
    assert asked_by({"Event": "s3:TestEvent"}) == []


@pytest.mark.parametrize("part", [-1, "two", 0.5])
def test_what_is_no_part_is_no_message(part):
    stored = {"key": "uploads/ada/order-document", "versionId": "v1"}

    with pytest.raises(ValidationError):
        asked_by({"Records": [{"s3": {"object": stored}, "part": part}]})

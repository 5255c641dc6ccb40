import json
from dataclasses import replace

import pytest
from pydantic import ValidationError

from docket.domain.orders.document_parts import DocumentParts
from docket.domain.reason import Reason
from docket.gateways.queues import (
    MAX_MESSAGE_BYTES,
    MAX_PARTS,
    ReadingMessage,
    ResultMessage,
    Unsent,
    _sqs,
    parse_reading,
    parse_result,
    parse_uploads,
    report_result,
    request_readings,
)
from docket.gateways.s3 import Upload
from docket.schemas.documents import MAX_NAME_LENGTH
from tests.fakes import upload_key
from tests.make import OID, a_document, a_reading_document

DOCUMENT = a_reading_document(sha256="a" * 64)
IN_PARTS = replace(DOCUMENT, parts=DocumentParts((0, 12, 24)))
READING = ReadingMessage.of(DOCUMENT)
RESULT = ResultMessage(
    user_id="ada",
    document_id=DOCUMENT.id,
    attempt=1,
    status="failed",
    reader_version="7",
    reason=Reason("not_read", {"pages": 3}),
)


def bodies(queue):
    return [record["body"] for record in queue.deliver()]


def notification(key, version="v1"):
    stored = {"key": key, "versionId": version, "size": 7}
    return {"Records": [{"eventName": "ObjectCreated:Post", "s3": {"object": stored}}]}


def test_a_reading_is_requested_with_what_the_reader_needs(queues):
    request_readings([READING])

    (body,) = bodies(queues["readings"])
    assert parse_reading(body) == READING
    assert DOCUMENT.file
    assert READING.upload == Upload.of(DOCUMENT, DOCUMENT.file)
    assert (READING.filename, READING.sha256) == (DOCUMENT.filename, DOCUMENT.sha256)
    assert bodies(queues["parts"]) == []


def test_parts_and_their_join_have_a_queue_of_their_own(queues):
    messages = [ReadingMessage.of(IN_PARTS, part) for part in (0, 1, None)]

    request_readings(messages)

    assert [parse_reading(body) for body in bodies(queues["parts"])] == messages
    assert bodies(queues["readings"]) == []
    assert messages[0].parts == IN_PARTS.parts


def test_a_customer_is_the_group_of_their_readings(queues):
    request_readings([READING])

    (record,) = queues["readings"].deliver()
    assert record["attributes"]["MessageGroupId"] == "ada"


def test_more_messages_than_one_call_takes_are_sent(queues):
    request_readings([ReadingMessage.of(IN_PARTS, number) for number in range(23)])

    assert [parse_reading(body).part for body in bodies(queues["parts"])] == list(range(23))


def test_a_message_that_sqs_rejects_is_an_error(queues, monkeypatch):
    failed = [{"Id": "0", "SenderFault": False, "Code": "InternalError"}]
    monkeypatch.setattr(_sqs(), "send_message_batch", lambda **_: {"Failed": failed})

    with pytest.raises(Unsent):
        request_readings([READING])
    with pytest.raises(Unsent):
        report_result(RESULT, reading_id="1")


def test_a_result_is_in_the_group_of_its_order(queues):
    report_result(RESULT, reading_id="1")

    (record,) = queues["results"].deliver()
    assert parse_result(record["body"]) == RESULT
    assert record["attributes"]["MessageGroupId"] == OID


def test_a_reading_that_is_delivered_twice_has_one_result(queues):
    report_result(RESULT, reading_id="1")
    report_result(RESULT, reading_id="1")

    assert len(bodies(queues["results"])) == 1


def test_the_result_of_a_reading_that_is_requested_again_is_not_dropped(queues):
    report_result(RESULT, reading_id="1")
    report_result(RESULT, reading_id="2")

    assert len(bodies(queues["results"])) == 2


@pytest.mark.parametrize("name", ["n" * MAX_NAME_LENGTH, "請" * MAX_NAME_LENGTH])
def test_the_longest_messages_are_short_enough(queues, name):
    boundaries = tuple(range(1500, 1500 + MAX_PARTS + 1))
    content_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    document = replace(
        DOCUMENT, filename=name, content_type=content_type, parts=DocumentParts(boundaries)
    )

    request_readings([ReadingMessage.of(document, MAX_PARTS - 1)])
    report_result(
        replace(RESULT, status="split", boundaries=boundaries, bytes_sha256="a" * 64),
        reading_id="1",
    )

    (reading,), (result,) = bodies(queues["parts"]), bodies(queues["results"])
    assert MAX_MESSAGE_BYTES / 2 < len(reading.encode()) <= MAX_MESSAGE_BYTES
    assert len(result.encode()) <= MAX_MESSAGE_BYTES


def test_a_message_that_is_too_long_is_not_sent(queues):
    with pytest.raises(ValueError, match="too long"):
        request_readings([replace(READING, filename="n" * MAX_MESSAGE_BYTES)])

    assert bodies(queues["readings"]) == []


def test_a_document_without_a_file_cannot_be_read():
    with pytest.raises(ValueError, match="no file"):
        ReadingMessage.of(a_document())


VALID_READING = {
    "v": 1,
    "user_id": "ada",
    "document_id": DOCUMENT.id,
    "attempt": 1,
    "upload_number": 1,
    "version": "v1",
    "filename": "a.pdf",
    "content_type": "application/pdf",
}
VALID_RESULT = {
    "v": 1,
    "user_id": "ada",
    "document_id": DOCUMENT.id,
    "attempt": 1,
    "reader_version": "7",
    "status": "read",
}


def test_the_hash_of_a_result_is_known_by_its_previous_name():
    message = parse_result(json.dumps({**VALID_RESULT, "words_sha256": "a" * 64}))

    assert message.result_sha256 == "a" * 64


def test_messages_of_this_form_are_known(queues):
    assert parse_reading(json.dumps(VALID_READING)).attempt == 1
    assert parse_result(json.dumps(VALID_RESULT)).status == "read"
    request_readings([READING])
    report_result(RESULT, reading_id="1")
    for name in ("readings", "results"):
        assert [body["v"] for body in queues[name].receive_all()] == [1]


@pytest.mark.parametrize(
    "fields",
    [
        {"v": 0},
        {"v": 2},
        {"v": "1"},
        {"attempt": 0},
        {"attempt": "1"},
        {"attempt": 1.5},
        {"upload_number": 0},
        {"version": ""},
        {"part": -1},
        {"boundaries": [0, -1]},
        {"boundaries": list(range(MAX_PARTS + 2))},
        {"sha256": "no hash"},
        {"surprise": 1},
        {"user_id": None},
    ],
)
def test_a_request_of_another_form_is_refused(fields):
    with pytest.raises(ValidationError):
        parse_reading(json.dumps({**VALID_READING, **fields}))


@pytest.mark.parametrize(
    "fields",
    [
        {"v": 0},
        {"v": 2},
        {"status": "unknown"},
        {"status": "unreadable"},
        {"status": "failed"},
        {"status": "split"},
        {"status": "split", "boundaries": [0]},
        {"status": "part_read"},
        {"page_count": 3},
        {"result_sha256": "A" * 64},
        {"result_sha256": "a" * 64, "words_sha256": "a" * 64},
        {"headline": "what the document says"},
    ],
)
def test_a_result_of_another_form_is_refused(fields):
    with pytest.raises(ValidationError):
        parse_result(json.dumps({**VALID_RESULT, **fields}))


@pytest.mark.parametrize("body", ["", "7", "null", "[]", "not json", "{}"])
def test_what_is_no_message_is_refused(body):
    for parse in (parse_reading, parse_result):
        with pytest.raises(ValidationError):
            parse(body)


@pytest.mark.parametrize(
    ("status", "ends"),
    [
        ("read", True),
        ("unreadable", True),
        ("failed", True),
        ("split", False),
        ("part_read", False),
    ],
)
def test_a_result_ends_a_reading_or_not(status, ends):
    complete = replace(RESULT, boundaries=(0, 5, 9), part=1)

    assert replace(complete, status=status).ends_reading == ends


def test_an_s3_message_is_parsed_with_its_url_encoded_key():
    key = upload_key("order-document", "ada%2B", upload_number=12)

    (upload,) = parse_uploads(json.dumps(notification(key)))

    assert upload == Upload(
        user_id="ada+", document_id="order-document", upload_number=12, version="v1"
    )


def test_a_message_without_an_upload_names_none():
    assert parse_uploads(json.dumps(notification("results/x"))) == []
    assert parse_uploads(json.dumps({"Event": "s3:TestEvent"})) == []


@pytest.mark.parametrize("body", ["not json", "7", '{"Records": [{}]}'])
def test_a_malformed_message_of_s3_is_refused(body):
    with pytest.raises(ValidationError):
        parse_uploads(body)

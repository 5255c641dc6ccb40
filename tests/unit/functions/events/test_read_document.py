import json

import pytest

from analysis import ReaderFailed
from docket.gateways.queues import ReadingMessage, ResultMessage, parse_result
from docket.runtime import config
from docket.runtime.logging import HandlerFailed
from docket.workflows.documents import reading
from functions.events import read_document
from tests.lambda_events import Context, sqs_event
from tests.make import OID, a_pdf, a_reading_document, a_scan
from tests.pipeline import failed

DOCUMENT = a_reading_document("a.pdf")


@pytest.fixture(autouse=True)
def stage(reader_stage, queues, monkeypatch):
    """The reader's stage has no table."""
    monkeypatch.delenv("DOCKET_TABLE")
    config._load.cache_clear()


@pytest.fixture
def message(bucket):
    """Upload a file. Returns the body of the message that requests a reading of it."""

    def message(data, **fields):
        upload = bucket.upload(DOCUMENT.id, data)
        document = a_reading_document("a.pdf", file=upload.file)
        return json.dumps({**json.loads(body_of(ReadingMessage.of(document))), **fields})

    return message


def body_of(requested):
    fields = (
        "user_id",
        "document_id",
        "attempt",
        "upload_number",
        "version",
        "filename",
        "content_type",
    )
    return json.dumps({name: getattr(requested, name) for name in fields})


def process(*bodies, **options):
    """Process messages. Returns the ids of those that failed."""
    event = sqs_event(*bodies, **options)
    return failed(read_document.handler(event, Context()))


def results(queues) -> list[ResultMessage]:
    return [parse_result(record["body"]) for record in queues["results"].deliver()]


def test_a_document_is_read_and_its_result_reported(queues, message):
    assert process(message(a_pdf("Invoice 7"))) == []

    (record,) = queues["results"].deliver()
    result = parse_result(record["body"])
    assert (result.document_id, result.status) == (DOCUMENT.id, "read")
    assert record["attributes"]["MessageGroupId"] == OID


def test_a_long_scan_is_split_read_in_parts_and_joined(queues, message, monkeypatch):
    monkeypatch.setenv("DOCKET_READER_PAGES_AT_ONCE", "1")
    config._load.cache_clear()
    body = message(a_scan("Sheet one of two", "Sheet two of two"))

    process(body)
    (split,) = results(queues)
    assert (split.status, split.boundaries) == ("split", (0, 1, 2))

    in_parts = {**json.loads(body), "boundaries": [0, 1, 2]}
    messages = [{**in_parts, "part": 0}, {**in_parts, "part": 1}, in_parts]
    assert process(*map(json.dumps, messages), first_id=1) == []
    assert [result.status for result in results(queues)] == ["part_read"] * 2 + ["read"]


def test_a_message_that_is_delivered_twice_is_reported_twice_alike(queues, message):
    body = message(a_pdf("Invoice 7"))

    process(body)
    process(body, first_id=1)

    first, second = results(queues)
    assert first == second
    assert first.status == "read"


def test_a_failure_is_delivered_again_and_at_last_reported(queues, message, monkeypatch):
    """The message itself then waits in the dead-letter queue, for a person to look at."""
    skipped = []

    def fail(*_, skip_failed_pages, **__):
        skipped.append(skip_failed_pages)
        raise ReaderFailed("ZeroDivisionError")

    monkeypatch.setattr(reading, "read", fail)
    body = message(a_pdf("Invoice 7"))

    for receive_count in (1, 2):
        with pytest.raises(HandlerFailed):
            process(body, receive_count=receive_count)
        assert results(queues) == []
    with pytest.raises(HandlerFailed):
        process(body, receive_count=3)

    assert skipped == [False, False, True]
    (result,) = results(queues)
    assert result.status == "failed"
    assert result.reason
    assert result.reason.code == "not_read"


def test_a_failed_message_is_reported_and_the_others_are_processed(queues, message):
    assert process("not json", message(b"no document")) == ["0"]

    assert [result.status for result in results(queues)] == ["unreadable"]


@pytest.mark.parametrize("fields", [{"v": 0}, {"v": 2}, {"attempt": 0}])
def test_a_message_of_an_unknown_form_waits_for_another_release(queues, message, fields):
    with pytest.raises(HandlerFailed):
        process(message(b"no document", **fields))

    assert results(queues) == []


@pytest.fixture
def refused_sandbox(patch_child):
    """The system refuses the filter of system calls to the reader's child process."""
    patch_child(
        "from tests.unit.analysis import attacks\nattacks.refuse_filters(['prctl', 'seccomp'])\n"
    )


@pytest.mark.usefixtures("refused_sandbox")
def test_a_required_sandbox_that_is_refused_fails_every_try_and_is_counted(queues, message, capsys):
    body = message(a_pdf("Invoice 7"))

    for receive_count in (1, 2, 3):
        with pytest.raises(HandlerFailed):
            process(body, receive_count=receive_count)

    assert [result.status for result in results(queues)] == ["failed"]
    assert capsys.readouterr().out.count('"SandboxUnavailable":[1.0]') == 3


@pytest.mark.usefixtures("refused_sandbox")
def test_by_best_effort_a_document_is_read_without_the_sandbox_and_counted(
    queues, message, monkeypatch, capsys
):
    monkeypatch.setenv("DOCKET_READER_SANDBOX", "best_effort")
    config._load.cache_clear()

    assert process(message(a_pdf("Invoice 7"))) == []

    assert [result.status for result in results(queues)] == ["read"]
    assert capsys.readouterr().out.count('"SandboxUnavailable":[1.0]') == 1


def test_a_document_that_is_read_in_the_sandbox_is_not_counted(message, capsys):
    process(message(a_pdf("Invoice 7")))

    assert "SandboxUnavailable" not in capsys.readouterr().out


def test_an_incomplete_seal_is_counted_and_the_document_is_read(
    queues, message, monkeypatch, capsys
):
    reading.seal.cache_clear()
    monkeypatch.setattr(reading, "seal_process", lambda: frozenset(["dumpable", "environment"]))

    assert process(message(a_pdf("Invoice 7"))) == []

    assert [result.status for result in results(queues)] == ["read"]
    metrics = capsys.readouterr().out
    assert "ReaderStaysDumpable" in metrics
    assert "ReaderEnvironmentReadable" in metrics

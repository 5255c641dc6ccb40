"""The messages of each queue are counted, their changes are shown, and when the dispatch ran."""

from datetime import UTC, datetime, timedelta

import boto3
import pytest
from moto import mock_aws

from local import queues
from local.queues import LOG_GROUP, Depth, Watch, depths, last_dispatch
from tests.unit.local.test_stack import endpoints

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.fixture
def session():
    with mock_aws():
        yield boto3.Session(
            aws_access_key_id="test", aws_secret_access_key="test", region_name="us-east-1"
        )


def test_messages_are_counted_by_queue_and_state(session):
    sqs = session.client("sqs")
    readings, dead = (
        sqs.create_queue(QueueName=name)["QueueUrl"] for name in ("readings", "dead-letters")
    )
    for number in range(3):
        sqs.send_message(QueueUrl=readings, MessageBody=str(number))
    sqs.receive_message(QueueUrl=readings, MaxNumberOfMessages=1)
    sqs.send_message(QueueUrl=dead, MessageBody="failed five times")
    running = endpoints(queues={"readings": readings}, dead_letters={"readings": dead})

    assert list(depths(sqs, running)) == [Depth("readings", waiting=2, in_flight=1, dead=1)]


def test_a_change_of_the_queues_is_shown_once(session, monkeypatch):
    monkeypatch.setattr(queues, "owner", lambda: session)
    sqs = session.client("sqs")
    monkeypatch.setattr(queues, "last_dispatch", lambda *_, at: "The dispatch ran 1 s ago.")
    url = sqs.create_queue(QueueName="watched")["QueueUrl"]
    dead = sqs.create_queue(QueueName="watched-dead-letters")["QueueUrl"]
    watch = Watch(endpoints(queues={"watched": url}, dead_letters={"watched": dead}, emulator=None))

    before = watch.change()
    sqs.send_message(QueueUrl=url, MessageBody="1")
    changes = [watch.change(), watch.change()]
    sqs.delete_queue(QueueUrl=url)

    assert before is None
    assert changes == ["Queues: watched 1 waiting. The dispatch ran 1 s ago.", None]
    assert watch.change() is None  # the emulator has ended


def test_the_last_dispatch_is_the_newest_event_of_its_log(session):
    logs = session.client("logs")
    logs.create_log_group(logGroupName=LOG_GROUP)

    assert last_dispatch(logs, at=NOW) == "The dispatch has not run yet."

    for stream, ago in (("first", 70), ("second", 10)):
        logs.create_log_stream(logGroupName=LOG_GROUP, logStreamName=stream)
        time = int((datetime.now(UTC) - timedelta(seconds=ago)).timestamp() * 1000)
        logs.put_log_events(
            logGroupName=LOG_GROUP,
            logStreamName=stream,
            logEvents=[{"timestamp": time, "message": "dispatched"}],
        )

    assert last_dispatch(logs, at=datetime.now(UTC)) == "The dispatch ran 10 s ago."


def test_without_a_running_service_it_prints_that(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(queues, "RUN_FILE", tmp_path / "run.json")

    assert queues.main() == 1
    assert "make run" in capsys.readouterr().err

"""`make queues` counts the messages of each queue, and shows when the dispatch ran."""

from datetime import UTC, datetime, timedelta

import boto3
import pytest
from moto import mock_aws

from local import queues
from local.queues import LOG_GROUP, depths, last_dispatch
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

    head, line = depths(sqs, running)

    assert head.split() == ["waiting", "in", "flight", "dead", "letters"]
    assert line.split() == ["readings", "2", "1", "1"]


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

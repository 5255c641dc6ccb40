"""The queues of a stage, and how messages are moved where SQS does it by itself."""

import boto3
import pytest
from botocore.exceptions import ClientError

from docket.gateways import queue_operations
from tests.emulated_aws import REGION


@pytest.fixture
def queue(table):
    sqs = boto3.client("sqs", region_name=REGION)
    url = sqs.create_queue(QueueName="docket-test-uploads-dead-letters")["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="{}")
    yield queue_operations.queues("test")[0]
    sqs.delete_queue(QueueUrl=url)


def test_a_queue_counts_its_messages(queue):
    assert (queue.waiting, queue.in_flight) == (1, 0)
    assert queue.has_dead_letters
    assert queue_operations.queues("other") == []


def test_sqs_moves_the_messages_by_itself(queue, monkeypatch):
    requests = []
    monkeypatch.setattr(
        queue_operations._sqs(), "start_message_move_task", lambda **fields: requests.append(fields)
    )

    assert queue_operations.move_back(queue) is None
    assert requests == [{"SourceArn": queue.arn}]


def test_a_refused_move_is_an_error(queue, monkeypatch):
    def refuse(**fields):
        raise ClientError({"Error": {"Code": "AccessDenied"}}, "StartMessageMoveTask")

    monkeypatch.setattr(queue_operations._sqs(), "start_message_move_task", refuse)

    with pytest.raises(ClientError):
        queue_operations.move_back(queue)

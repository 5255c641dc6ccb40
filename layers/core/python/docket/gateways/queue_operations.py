"""SQS for the operator: the queues of a stage, and moving dead letters back."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from docket.runtime import aws

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageTypeDef

_UNSUPPORTED = {"InvalidAction", "UnsupportedOperation", "NotImplemented"}
_FIFO = ".fifo"


@dataclass(frozen=True, kw_only=True)
class Queue:
    """A queue and its approximate numbers of messages: to be received, and being worked on."""

    name: str
    url: str
    arn: str
    waiting: int
    in_flight: int

    @property
    def has_dead_letters(self) -> bool:
        """Whether it is the dead-letter queue of another queue."""
        return "dead-letters" in self.name


@cache
def _sqs() -> "SQSClient":
    client: SQSClient = aws.client("sqs", read_seconds=20)
    return client


def queues(stage: str) -> list[Queue]:
    """All queues of a stage, by name."""
    pages = _sqs().get_paginator("list_queues").paginate(QueueNamePrefix=f"docket-{stage}-")
    urls = [url for page in pages for url in page.get("QueueUrls", [])]
    return sorted((_queue(url) for url in urls), key=lambda queue: queue.name)


def move_back(dead_letters: Queue) -> int | None:
    """Move the messages of a dead-letter queue back to where they came from.

    Returns how many were moved, or None if SQS moves them by itself from now on. Where SQS does not
    offer that, each message is sent before it is deleted: an interruption leaves a duplicate, which
    is harmless.
    """
    try:
        _sqs().start_message_move_task(SourceArn=dead_letters.arn)
    except ClientError as error:
        if error.response["Error"]["Code"].rpartition(".")[2] not in _UNSUPPORTED:
            raise
    else:
        return None
    (source,) = _sqs().list_dead_letter_source_queues(QueueUrl=dead_letters.url)["queueUrls"]
    return sum(_send_back(message, dead_letters.url, source) for message in _messages(dead_letters))


def _messages(queue: Queue) -> Iterator["MessageTypeDef"]:
    """The messages that the queue has now; not those that arrive meanwhile."""
    for _ in range(queue.waiting):
        reply = _sqs().receive_message(
            QueueUrl=queue.url, MaxNumberOfMessages=1, MessageSystemAttributeNames=["All"]
        )
        yield from reply.get("Messages", [])


def _send_back(message: "MessageTypeDef", dead_letters: str, source: str) -> int:
    group: dict[str, Any] = {}
    if source.endswith(_FIFO):
        group = {
            "MessageGroupId": message["Attributes"]["MessageGroupId"],
            # With its own id SQS would take it for the one it has delivered.
            "MessageDeduplicationId": f"redriven-{message['MessageId']}",
        }
    _sqs().send_message(QueueUrl=source, MessageBody=message["Body"], **group)
    _sqs().delete_message(QueueUrl=dead_letters, ReceiptHandle=message["ReceiptHandle"])
    return 1


def _queue(url: str) -> Queue:
    attributes = _sqs().get_queue_attributes(
        QueueUrl=url,
        AttributeNames=[
            "QueueArn",
            "ApproximateNumberOfMessages",
            "ApproximateNumberOfMessagesNotVisible",
        ],
    )["Attributes"]
    return Queue(
        name=url.rpartition("/")[2],
        url=url,
        arn=attributes["QueueArn"],
        waiting=int(attributes["ApproximateNumberOfMessages"]),
        in_flight=int(attributes["ApproximateNumberOfMessagesNotVisible"]),
    )

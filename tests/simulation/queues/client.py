"""The twin of boto3's SQS client: its calls, replies, errors and faults."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from botocore.exceptions import ClientError

from tests.simulation.faults import Fault
from tests.simulation.queues.queue import InvalidReceipt, Message, Queue, Sending
from tests.simulation.sdk import Connection, Refusals, error

MAX_ENTRIES = 10
MAX_BYTES = 1024 * 1024
QUEUE_URL = "https://sqs.test/000000000000/"
QUEUE_ARN = "arn:aws:sqs:eu-central-1:000000000000:"


class QueueClient:
    """SQS's client, for these queues."""

    def __init__(self, queues: Iterable[Queue], connection: Connection) -> None:
        self._queues = {queue_url(queue): queue for queue in queues}
        self._connection = connection

    def send_message(self, **request: Any) -> dict[str, Any]:
        def send(queue: Queue) -> dict[str, Any]:
            return self._send("SendMessage", queue, request)

        return self._call("SendMessage", request, send)

    def send_message_batch(self, **request: Any) -> dict[str, Any]:
        return self._batch(
            "SendMessageBatch",
            request,
            lambda queue, entry: self._send("SendMessageBatch", queue, entry),
        )

    def receive_message(self, **request: Any) -> dict[str, Any]:
        limit = request.get("MaxNumberOfMessages", 1)

        def receive(queue: Queue) -> dict[str, Any]:
            if not 1 <= limit <= MAX_ENTRIES:
                raise _invalid("ReceiveMessage", "MaxNumberOfMessages must be between 1 and 10")
            messages = queue.receive(limit, request.get("VisibilityTimeout"))
            return {"Messages": [_as_response(message) for message in messages]} if messages else {}

        return self._call("ReceiveMessage", request, receive)

    def delete_message(self, **request: Any) -> dict[str, Any]:
        return self._call("DeleteMessage", request, lambda queue: _delete(queue, request))

    def change_message_visibility(self, **request: Any) -> dict[str, Any]:
        def change(queue: Queue) -> dict[str, Any]:
            try:
                queue.change_visibility(request["ReceiptHandle"], request["VisibilityTimeout"])
            except InvalidReceipt:
                raise error(
                    "ChangeMessageVisibility",
                    "MessageNotInflight",
                    "The message referred to isn't in flight.",
                ) from None
            return {}

        return self._call("ChangeMessageVisibility", request, change)

    def get_queue_attributes(self, **request: Any) -> dict[str, Any]:
        requested = request.get("AttributeNames", [])

        def attributes(queue: Queue) -> dict[str, Any]:
            visible, in_flight, delayed = queue.counts()
            values = {
                "ApproximateNumberOfMessages": str(visible),
                "ApproximateNumberOfMessagesNotVisible": str(in_flight),
                "ApproximateNumberOfMessagesDelayed": str(delayed),
                "VisibilityTimeout": str(round(queue.settings.visibility_seconds)),
                "QueueArn": QUEUE_ARN + queue.settings.name,
            }
            names = values if "All" in requested else requested
            return {"Attributes": {name: values[name] for name in names}}

        return self._call("GetQueueAttributes", request, attributes)

    def start_message_move_task(self, **request: Any) -> dict[str, Any]:
        """Move the messages of a dead-letter queue back to the queue they came from."""
        by_arn = {QUEUE_ARN + queue.settings.name: queue for queue in self._queues.values()}

        def move(dead_letters: Queue) -> dict[str, Any]:
            sources = [q for q in self._queues.values() if q.dead_letters is dead_letters]
            dead_letters.redrive(sources[0])
            return {"TaskHandle": dead_letters.settings.name}

        queue = by_arn[request["SourceArn"]]
        return self._call("StartMessageMoveTask", {"QueueUrl": queue_url(queue)}, move)

    def get_paginator(self, method: str) -> "QueueListing":
        """The pages of a listing: only that of queues is known."""
        assert method == "list_queues"
        return QueueListing([*self._queues], self._connection)

    def _send(self, operation: str, queue: Queue, entry: Mapping[str, Any]) -> dict[str, Any]:
        body: str = entry["MessageBody"]
        sending = _sending(operation, queue, entry)
        message_id, number = queue.send(sending)
        reply = {"MessageId": message_id, "MD5OfMessageBody": _md5(body)}
        return reply | ({"SequenceNumber": f"{number:020d}"} if queue.settings.fifo else {})

    def _batch(
        self,
        operation: str,
        request: Mapping[str, Any],
        effect: Callable[[Queue, Mapping[str, Any]], dict[str, Any]],
    ) -> dict[str, Any]:
        entries: Sequence[Mapping[str, Any]] = request["Entries"]

        def send(queue: Queue) -> dict[str, Any]:
            _check_entries(operation, entries)
            successful, failed = [], []
            for entry in entries:
                try:
                    if self._connection.faults.fires(Fault.ENTRY_FAILED, f"sqs.{operation}"):
                        raise error(operation, "InternalError", "try again", status=500)
                    successful.append({"Id": entry["Id"], **effect(queue, entry)})
                except ClientError as refusal:
                    details = refusal.response["Error"]
                    status = refusal.response["ResponseMetadata"]["HTTPStatusCode"]
                    failed.append({"Id": entry["Id"], "SenderFault": status < 500, **details})
            reply: dict[str, Any] = {"Successful": successful} if successful else {}
            return reply | ({"Failed": failed} if failed else {})

        return self._call(operation, request, send)

    def _call(
        self,
        operation: str,
        request: Mapping[str, Any],
        effect: Callable[[Queue], dict[str, Any]],
    ) -> dict[str, Any]:
        def answer() -> dict[str, Any]:
            queue = self._queues.get(request["QueueUrl"])
            if queue is None:
                raise error(
                    operation,
                    "AWS.SimpleQueueService.NonExistentQueue",
                    "The specified queue does not exist.",
                )
            return {**effect(queue), "ResponseMetadata": {"HTTPStatusCode": 200}}

        return self._connection.call(operation, answer, _outages(operation))


class QueueListing:
    """The listing of all queues whose names begin alike."""

    def __init__(self, urls: Sequence[str], connection: Connection) -> None:
        self._urls, self._connection = urls, connection

    def paginate(self, **request: Any) -> Iterator[dict[str, Any]]:
        """One page; without `QueueUrls` if there is no such queue."""
        prefix = QUEUE_URL + request["QueueNamePrefix"]
        found = [url for url in self._urls if url.startswith(prefix)]
        reply: dict[str, Any] = {"QueueUrls": found} if found else {}
        yield self._connection.call("ListQueues", lambda: reply, _outages("ListQueues"))


def queue_url(queue: Queue) -> str:
    """The address of a queue."""
    return QUEUE_URL + queue.settings.name


def attributes_of(message: Message) -> dict[str, str]:
    """The attributes that SQS gives to a received message."""
    attributes = {
        "ApproximateReceiveCount": str(message.receive_count),
        "SentTimestamp": str(message.sent_at // 1000),
        "ApproximateFirstReceiveTimestamp": str(message.first_received_at // 1000),
        "SenderId": "AIDATEST",
    }
    if message.group:
        attributes["MessageGroupId"] = message.group
    if message.deduplication_id:
        attributes["MessageDeduplicationId"] = message.deduplication_id
        attributes["SequenceNumber"] = f"{message.number:020d}"
    return attributes


def _sending(operation: str, queue: Queue, entry: Mapping[str, Any]) -> Sending:
    body: str = entry["MessageBody"]
    group, deduplication_id = entry.get("MessageGroupId"), entry.get("MessageDeduplicationId")
    if not body or len(body.encode()) > MAX_BYTES:
        raise _invalid(operation, "One or more parameters are invalid. Reason: message length")
    if queue.settings.fifo:
        if not group:
            raise error(
                operation,
                "MissingParameter",
                "The request must contain the parameter MessageGroupId.",
            )
        if not deduplication_id and queue.settings.content_based_deduplication:
            deduplication_id = hashlib.sha256(body.encode()).hexdigest()
        if not deduplication_id:
            raise _invalid(
                operation,
                "The queue should either have ContentBasedDeduplication enabled or "
                "MessageDeduplicationId provided explicitly",
            )
        if entry.get("DelaySeconds"):
            raise _invalid(operation, "DelaySeconds is invalid for a message of a FIFO queue")
    return Sending(
        body=body,
        attributes=entry.get("MessageAttributes", {}),
        group=group,
        deduplication_id=deduplication_id,
        delay_seconds=entry.get("DelaySeconds"),
    )


def _delete(queue: Queue, request: Mapping[str, Any]) -> dict[str, Any]:
    try:
        queue.delete(request["ReceiptHandle"])
    except InvalidReceipt:
        raise error(
            "DeleteMessage", "ReceiptHandleIsInvalid", "The receipt handle isn't valid.", status=400
        ) from None
    return {}


def _check_entries(operation: str, entries: Sequence[Mapping[str, Any]]) -> None:
    code = ""
    if not entries:
        code = "EmptyBatchRequest"
    elif len(entries) > MAX_ENTRIES:
        code = "TooManyEntriesInBatchRequest"
    elif len({entry["Id"] for entry in entries}) < len(entries):
        code = "BatchEntryIdsNotDistinct"
    elif sum(len(entry.get("MessageBody", "").encode()) for entry in entries) > MAX_BYTES:
        code = "BatchRequestTooLong"
    if code:
        raise error(operation, f"AWS.SimpleQueueService.{code}", "The batch is invalid.")


def _as_response(message: Message) -> dict[str, Any]:
    description: dict[str, Any] = {
        "MessageId": message.id,
        "ReceiptHandle": message.receipt,
        "MD5OfBody": _md5(message.body),
        "Body": message.body,
        "Attributes": attributes_of(message),
    }
    return description | ({"MessageAttributes": message.attributes} if message.attributes else {})


def _md5(body: str) -> str:
    return hashlib.md5(body.encode(), usedforsecurity=False).hexdigest()


def _invalid(operation: str, message: str) -> ClientError:
    return error(operation, "InvalidParameterValue", message)


@cache
def _outages(operation: str) -> Refusals:
    return (
        (
            Fault.SERVER_ERROR,
            lambda: error(operation, "InternalFailure", "Internal failure", status=500),
        ),
        (
            Fault.THROTTLED,
            lambda: error(operation, "RequestThrottled", "Too many requests"),
        ),
    )

"""A queue that invokes a function, as Lambda's event source mapping does.

A message of a failed batch, or one that the function reports, stays in flight until its visibility
times out, and is then received again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.simulation.clock import SECOND
from tests.simulation.queues.client import QUEUE_ARN, attributes_of
from tests.simulation.queues.queue import InvalidReceipt, Message, Queue
from tests.simulation.world import Run, World

type Handler = Callable[[dict[str, Any], Any], Any]


@dataclass(kw_only=True)
class FunctionContext:
    """The context that Lambda gives to a handler."""

    world: World
    function_name: str
    ends_at: int
    memory_limit_in_mb: int = 1024
    aws_request_id: str = "00000000-0000-4000-8000-000000000000"

    @property
    def invoked_function_arn(self) -> str:
        return f"arn:aws:lambda:eu-central-1:000000000000:function:{self.function_name}"

    def get_remaining_time_in_millis(self) -> int:
        return max(0, (self.ends_at - self.world.clock.microseconds) // 1000)


@dataclass(kw_only=True)
class Mapping:
    """Invokes `handler` with batches of a queue's messages, at most `max_concurrency` at a time."""

    world: World
    queue: Queue
    name: str
    handler: Handler
    batch_size: int = 10
    max_concurrency: int = 10
    timeout_seconds: float = 60
    report_batch_item_failures: bool = True

    def __post_init__(self) -> None:
        self.running = 0
        self._planned: set[int | None] = set()
        self.queue.listeners.append(self._expect)

    def _expect(self, at: int) -> None:
        """Poll the queue at this time."""
        now = self.world.clock.microseconds
        at = max(at, now)
        if at not in self._planned:
            self._planned.add(at)
            self.world.after((at - now) / SECOND, lambda: self._poll(at))

    def _poll(self, planned: int | None = None) -> None:
        self._planned.discard(planned)
        while self.running < self.max_concurrency:
            messages = self.queue.receive(self.batch_size)
            if not messages:
                return
            self._invoke(messages)

    def _invoke(self, messages: Sequence[Message]) -> None:
        self.running += 1
        receipts = {message.id: message.receipt for message in messages}
        event = {"Records": [self._record(message) for message in messages]}
        ends_at = self.world.clock.microseconds + round(self.timeout_seconds * SECOND)
        context = FunctionContext(world=self.world, function_name=self.name, ends_at=ends_at)

        def done(run: Run) -> None:
            self.running -= 1
            for message_id in self._succeeded(run, list(receipts)):
                self._delete(receipts[message_id])
            self._poll()

        self.world.start(
            self.name,
            lambda: self.handler(event, context),
            done=done,
            timeout_seconds=self.timeout_seconds,
        )

    def _succeeded(self, run: Run, messages: list[str]) -> list[str]:
        """The messages that are deleted: all, those that are not reported, or none."""
        if run.raised is not None:
            return []
        if not self.report_batch_item_failures or not run.reply:
            return messages
        try:
            failed = {item["itemIdentifier"] for item in run.reply.get("batchItemFailures") or ()}
        except (AttributeError, KeyError, TypeError):
            return []  # a reply of another form fails the whole batch, as an unknown id does
        return [message for message in messages if message not in failed] * (
            failed <= set(messages)
        )

    def _delete(self, receipt: str) -> None:
        try:
            self.queue.delete(receipt)
        except InvalidReceipt:
            return  # its visibility timed out: it will be received again

    def _record(self, message: Message) -> dict[str, Any]:
        return {
            "messageId": message.id,
            "receiptHandle": message.receipt,
            "body": message.body,
            "attributes": attributes_of(message),
            "messageAttributes": message.attributes,
            "md5OfBody": "",
            "eventSource": "aws:sqs",
            "eventSourceARN": QUEUE_ARN + self.queue.settings.name,
            "awsRegion": "eu-central-1",
        }

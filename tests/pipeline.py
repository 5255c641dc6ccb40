"""The pipeline of uploads in process: the handlers of its functions, and their queues."""

from typing import Any

from docket.gateways.s3 import Upload
from functions.events import on_result, on_upload, read_document
from tests.fakes import Queue
from tests.lambda_events import Context, s3_notification, sqs_event


class Pipeline:
    """Deliver messages as Lambda's event sources do, with this context."""

    def __init__(self, queues: dict[str, Queue], context: Context | None = None) -> None:
        self._queues, self._context = queues, context or Context()

    def upload(
        self, *uploads: Upload, event_name: str = "ObjectCreated:Post", receive_count: int = 1
    ) -> list[str]:
        """Deliver the notifications of S3 in one batch. Returns the ids of those that failed."""
        bodies = [s3_notification(upload, event_name) for upload in uploads]
        return failed(
            on_upload.handler(sqs_event(*bodies, receive_count=receive_count), self._context)
        )

    def read(self, *, receive_count: int | None = None) -> list[str]:
        """Deliver what is requested from the reader, one message at a time, as it was sent.

        Returns the ids of the messages that failed.
        """
        records = [r for name in ("readings", "parts") for r in self._queues[name].deliver()]
        failures = []
        for record in records:
            if receive_count:
                record["attributes"]["ApproximateReceiveCount"] = str(receive_count)
            failures += failed(read_document.handler({"Records": [record]}, self._context))
        return failures

    def record(self) -> list[str]:
        """Deliver the results in one batch. Returns the ids of those that failed."""
        records = self._queues["results"].deliver()
        if not records:
            return []
        return failed(on_result.handler({"Records": records}, self._context))

    def run(self, *uploads: Upload) -> None:
        """Deliver the notifications, and then all messages until none is left."""
        if uploads:
            assert self.upload(*uploads) == []
        while any(queue.waiting() for queue in self._queues.values()):
            assert self.read() == []
            assert self.record() == []


def failed(answer: dict[str, Any]) -> list[str]:
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]

"""readings, parts → here → results: read an uploaded document, or a part of it.

It handles files that may be hostile, so it has no access to the table.
"""

from collections.abc import Sequence
from typing import Any

from aws_lambda_powertools import Logger

from docket.gateways import queues
from docket.gateways.queues import ReadingMessage
from docket.runtime import batch, cold_start
from docket.runtime.batch import Delivery
from docket.runtime.logging import handler_errors
from docket.workflows.documents import reading

cold_start.resume_gc()
logger = Logger()


def handler(event: dict[str, Any], context: Any) -> Any:
    """Read what each message requests. A failed message is delivered again."""
    with handler_errors("no document could be read"):
        reading.seal()
        return batch.process(
            event,
            context,
            parse=lambda body: [queues.parse_reading(body)],
            group=lambda message: (message.document_id, message.attempt, message.part),
            act=_read,
        )


def _read(deliveries: Sequence[Delivery[ReadingMessage]]) -> None:
    for delivery in deliveries:
        logger.append_keys(document_id=delivery.message.document_id, part=delivery.message.part)
        try:
            result = reading.process(delivery.message, receive_count=delivery.receive_count)
        except Exception:
            if reading.is_last(
                delivery.receive_count
            ):  # the message then waits in the dead-letter queue
                queues.report_result(
                    reading.failed(delivery.message), reading_id=delivery.message_id
                )
            raise
        queues.report_result(result, reading_id=delivery.message_id)

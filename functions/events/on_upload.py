"""S3 -> SQS -> here: read an uploaded document, or a part of it."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from docket.domain.document import order_of
from docket.gateways import queues
from docket.runtime import cold_start
from docket.runtime.clock import now
from docket.runtime.logging import handler_errors
from docket.workflows import ingestion

cold_start.resume_gc()
logger = Logger()
processor = BatchProcessor(event_type=EventType.SQS)


def handler(event: dict[str, Any], context: Any) -> Any:
    """Process each message. A failed one is delivered again, or goes to the dead-letter queue."""
    with handler_errors("no message could be processed"):
        ingestion.seal()
        return process_partial_response(event, _process, processor, context)


def _process(record: SQSRecord) -> None:
    with handler_errors("a message could not be processed"):
        receive_count = int(record.attributes.approximate_receive_count)
        for job in queues.parse_message(record.body):
            document_id = job.upload.document_id
            logger.append_keys(document_id=document_id, part=job.part)
            ingestion.process(
                job.upload,
                job.part,
                order_id=order_of(document_id),
                at=now(),
                receive_count=receive_count,
            )

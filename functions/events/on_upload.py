"""S3 -> SQS -> here: a document has arrived, or is to be read again. Read it."""

from typing import Any
from urllib.parse import unquote_plus

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from docket import reading
from docket.clock import now
from docket.domain.document import order_of
from docket.gateways.files import upload_of

logger = Logger()
processor = BatchProcessor(event_type=EventType.SQS)


def handler(event: dict[str, Any], context: Any) -> Any:
    """Read what each message names; a message that fails comes again, and then goes aside."""
    return process_partial_response(event, _take, processor, context)


def _take(record: SQSRecord) -> None:
    # S3's first message, sent when it is told of the queue, has no records.
    for each in record.json_body.get("Records", []):
        named = each["s3"]["object"]
        upload = upload_of(unquote_plus(named["key"]), named["versionId"])
        if upload:
            logger.append_keys(document_id=upload.document_id)
            reading.take(upload, order_id=order_of(upload.document_id), at=now())

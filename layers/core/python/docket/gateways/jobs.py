"""SQS: what is to be read, said in the words of S3, so that one queue has one kind of message."""

import json
from functools import cache
from typing import TYPE_CHECKING

import boto3

from docket import config
from docket.aws import waits
from docket.gateways.files import UPLOADS, Upload

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


@cache
def _sqs() -> "SQSClient":
    client: SQSClient = boto3.client("sqs", config=waits(5))
    return client


def read_again(upload: Upload) -> None:
    """Ask for a stored version to be read, as S3 does when it comes."""
    record = {
        "eventSource": "docket",
        "s3": {
            "object": {
                "key": f"{UPLOADS}{upload.user_id}/{upload.document_id}",
                "versionId": upload.version,
            }
        },
    }
    _sqs().send_message(
        QueueUrl=config.read(config.Jobs).queue_url, MessageBody=json.dumps({"Records": [record]})
    )

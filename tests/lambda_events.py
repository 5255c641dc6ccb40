"""Events and contexts as Lambda passes them to a function."""

import json
from typing import Any
from urllib.parse import quote_plus

from docket.gateways.s3 import Upload
from tests.fakes import upload_key


class Context:
    """Lambda's context, with this time left. Each look at the time takes `seconds_a_look`."""

    def __init__(self, seconds: float = 30.0, *, seconds_a_look: float = 0.0) -> None:
        self._left, self._seconds_a_look = seconds, seconds_a_look

    def get_remaining_time_in_millis(self) -> int:
        self._left -= self._seconds_a_look
        return int(self._left * 1000)


def sqs_event(*bodies: str, receive_count: int = 1, first_id: int = 0) -> dict[str, Any]:
    """A batch of messages of a queue, whose ids are consecutive numbers."""
    return {
        "Records": [
            {
                "messageId": str(number),
                "body": body,
                "eventSource": "aws:sqs",
                "attributes": {"ApproximateReceiveCount": str(receive_count)},
            }
            for number, body in enumerate(bodies, first_id)
        ]
    }


def s3_notification(upload: Upload, event_name: str = "ObjectCreated:Post") -> str:
    """The message that S3 documents, without the fields that are the same in all."""
    key = upload_key(upload.document_id, upload.user_id, upload.upload_number)
    record = {
        "eventVersion": "2.3",
        "eventSource": "aws:s3",
        "eventName": event_name,
        "s3": {
            "s3SchemaVersion": "1.0",
            "bucket": {"name": "documents", "arn": "arn:aws:s3:::documents"},
            "object": {
                "key": quote_plus(key, safe="/"),
                "eTag": "d41d8cd98f00b204e9800998ecf8427e",
                "versionId": upload.version,
            },
        },
    }
    return json.dumps({"Records": [record]})

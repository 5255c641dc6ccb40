"""SQS: messages about what is to be read, in the format of S3's event notifications.

Docket's own messages have the same format, and may also name a part: a page range of a long
document.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import batched
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_plus

from pydantic import BaseModel, ConfigDict, Field

from docket.gateways.s3 import UPLOADS, Upload, upload_of
from docket.runtime import aws, config
from docket.runtime.snapshot import before_snapshot

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


_MAX_BATCH = 10
"""Maximum number of messages in one call of SQS."""


class Unsent(Exception):
    """SQS rejected a message; the text has its id and the reason."""


@before_snapshot
@cache
def _sqs() -> "SQSClient":
    client: SQSClient = aws.client("sqs", read_seconds=5)
    return client


@dataclass(frozen=True)
class ReadRequest:
    """A stored version to be read, or one part (from 0) of it."""

    upload: Upload
    part: int | None = None


class _Read(BaseModel):
    """The parsed fields of a message; all others are ignored."""

    model_config = ConfigDict(defer_build=True)


class _Object(_Read):
    key: str
    version_id: str = Field(alias="versionId")


class _Stored(_Read):
    object: _Object


class _Record(_Read):
    s3: _Stored
    part: int | None = Field(default=None, ge=0)


class _Message(_Read):
    """The test message that S3 sends when the notification is configured has no records."""

    records: list[_Record] = Field(default=[], alias="Records")


def parse_message(message: str) -> list[ReadRequest]:
    """The requests in a message of the queue. Raises `ValidationError` for a malformed one."""
    requests = []
    for record in _Message.model_validate_json(message).records:
        s3_object = record.s3.object
        upload = upload_of(unquote_plus(s3_object.key), s3_object.version_id)
        if upload:
            requests.append(ReadRequest(upload, record.part))
    return requests


def read_again(upload: Upload) -> None:
    """Request that a stored version is read, as S3 does after an upload."""
    _send([ReadRequest(upload)])


def read_parts(upload: Upload, numbers: Iterable[int]) -> None:
    """Request that those parts of a stored version are read, with a message for each."""
    _send([ReadRequest(upload, number) for number in numbers])


def _send(requests: list[ReadRequest]) -> None:
    """Raises `Unsent` if a message was rejected; sending all again duplicates the others."""
    for batch in batched(requests, _MAX_BATCH, strict=False):
        entries: list[Any] = [
            {"Id": str(number), "MessageBody": json.dumps({"Records": [_record(request)]})}
            for number, request in enumerate(batch)
        ]
        reply = _sqs().send_message_batch(
            QueueUrl=config.read(config.Queue).queue_url, Entries=entries
        )
        if reply.get("Failed"):
            raise Unsent(reply["Failed"])


def _record(request: ReadRequest) -> dict[str, Any]:
    s3_object = {
        "key": f"{UPLOADS}{request.upload.user_id}/{request.upload.document_id}",
        "versionId": request.upload.version,
    }
    record: dict[str, Any] = {"eventSource": "docket", "s3": {"object": s3_object}}
    return record if request.part is None else {**record, "part": request.part}

"""SQS: requests of readings, and their results.

    S3's notification ─► uploads     parse_uploads
    ReadingMessage    ─► readings    first look at a document, and those read in one go
                      ─► parts       page ranges of a long document, and their join
    ResultMessage     ─► results     FIFO: one group for each order
    ExportMessage     ─► exports     the next archive of an account's export
    ReportMessage     ─► reports     a report of an order

Messages hold names and numbers, never the content of a document. Every message may arrive twice,
late or in any order: an attempt, a part and an upload have numbers that are used once. `v` is the
form of a message. A reader of messages knows the form of the previous release too, so that a
deployment loses none; a form that it does not know is refused, and waits for the next release.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import batched
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self
from urllib.parse import unquote_plus

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import AliasChoices, BaseModel, ConfigDict, Field, TypeAdapter
from pydantic.dataclasses import dataclass

from docket.domain.language import Language
from docket.domain.orders.document import Document, order_of
from docket.domain.orders.document_parts import DocumentParts
from docket.domain.orders.report import (
    DoubtfulFacts,
    Report,
    ReportFormat,
    ReportOptions,
    ReportTable,
)
from docket.domain.reason import Reason
from docket.gateways.s3 import Upload, upload_of
from docket.runtime import aws, config
from docket.runtime.logging import log_failure
from docket.runtime.snapshot import before_snapshot

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

MAX_MESSAGE_BYTES = 4096
MAX_PARTS = 500
"""The parts of a document. The boundaries of so many fit into a message."""

_MAX_BATCH = 10
"""Maximum number of messages in one call of SQS."""

_STRICT = ConfigDict(strict=True, extra="forbid", defer_build=True)

type _Id = Annotated[str, Field(min_length=1, max_length=128)]
type _Number = Annotated[int, Field(ge=1)]
type _Count = Annotated[int, Field(ge=0)]
type _Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
type _Boundaries = Annotated[tuple[_Count, ...], Field(max_length=MAX_PARTS + 1)]
type Status = Literal["read", "unreadable", "failed", "split", "part_read"]


class Unsent(Exception):
    """SQS rejected a message; the text has its id and the reason."""


@before_snapshot
@cache
def _sqs() -> "SQSClient":
    client: SQSClient = aws.client("sqs", read_seconds=5)
    return client


@dataclass(frozen=True, kw_only=True, config=_STRICT)
class ReadingMessage:
    """A file to be read as the reading `attempt` of a document.

    With `boundaries` the document is read in parts: `part` is the number of the one to read, and
    without it the parts are to be joined.
    """

    v: Literal[1] = 1
    user_id: _Id
    document_id: _Id
    attempt: _Number
    upload_number: _Number
    version: _Id
    filename: str
    content_type: str
    sha256: _Sha256 | None = None
    boundaries: _Boundaries = ()
    part: _Count | None = None

    @classmethod
    def of(cls, document: Document, part: int | None = None) -> Self:
        """The message for a document that is being read, for its part, or for its join.

        `part` counts from 0; None: the whole document, or the join of its parts. Raises
        `ValueError` for one without a file.
        """
        if document.file is None:
            raise ValueError("the document has no file")
        return cls(
            user_id=document.user_id,
            document_id=document.id,
            attempt=document.attempt,
            upload_number=document.file.upload_number,
            version=document.file.version,
            filename=document.filename,
            content_type=document.content_type,
            sha256=document.sha256,
            boundaries=document.parts.boundaries if document.parts else (),
            part=part,
        )

    @property
    def upload(self) -> Upload:
        return Upload(
            user_id=self.user_id,
            document_id=self.document_id,
            upload_number=self.upload_number,
            version=self.version,
        )

    @property
    def parts(self) -> DocumentParts | None:
        """The parts of the document, none of them read; None if it is read whole."""
        return DocumentParts(self.boundaries) if self.boundaries else None


@dataclass(frozen=True, kw_only=True, config=_STRICT)
class ResultMessage:
    """The result of a reading message.

    `read` and `unreadable` end the reading; `failed` too, and it may be repeated. What was read is
    in the bucket, under the document's id and attempt. `split` has the `boundaries` of the parts to
    read, `part_read` the number of the part. The hashes identify the content: `bytes_sha256` is of
    the file, `result_sha256` of everything that it states, whatever program saved it.
    """

    v: Literal[1] = 1
    user_id: _Id
    document_id: _Id
    attempt: _Number
    status: Status
    reader_version: _Id
    reason: Reason | None = None
    boundaries: _Boundaries = ()
    part: _Count | None = None
    bytes_sha256: _Sha256 | None = None
    result_sha256: _Sha256 | None = Field(
        default=None, validation_alias=AliasChoices("result_sha256", "words_sha256")
    )
    """The second name is that of the previous form."""

    def __post_init__(self) -> None:
        complete = {
            "read": True,
            "unreadable": self.reason is not None,
            "failed": self.reason is not None,
            "split": len(self.boundaries) > 1,
            "part_read": self.part is not None,
        }
        if not complete[self.status]:
            raise ValueError("the result lacks a field that its status requires")

    @property
    def order_id(self) -> str:
        return order_of(self.document_id)

    @property
    def ends_reading(self) -> bool:
        """Whether the attempt sends no other result: not after `split` and `part_read`."""
        return self.status in ("read", "unreadable", "failed")

    @property
    def hashes(self) -> tuple[str, ...]:
        """The hashes of the content, of its bytes first."""
        return tuple(sha256 for sha256 in (self.bytes_sha256, self.result_sha256) if sha256)


@dataclass(frozen=True, kw_only=True, config=_STRICT)
class ExportMessage:
    """An export whose next archive is to be made."""

    v: Literal[1] = 1
    user_id: _Id
    export_id: _Id


@dataclass(frozen=True, kw_only=True, config=_STRICT)
class ReportMessage:
    """A report that is to be made."""

    v: Literal[1] = 1
    user_id: _Id
    order_id: _Id
    report_id: _Id
    form: ReportFormat
    language: Language
    table: ReportTable
    doubtful: DoubtfulFacts

    @classmethod
    def of(cls, report: Report) -> Self:
        return cls(
            user_id=report.user_id,
            order_id=report.order_id,
            report_id=report.id,
            form=report.options.form,
            language=report.options.language,
            table=report.options.table,
            doubtful=report.options.doubtful,
        )

    @property
    def options(self) -> ReportOptions:
        return ReportOptions(
            form=self.form, language=self.language, table=self.table, doubtful=self.doubtful
        )


_REPORT: TypeAdapter[ReportMessage] = TypeAdapter(ReportMessage)
_EXPORT: TypeAdapter[ExportMessage] = TypeAdapter(ExportMessage)
_READING: TypeAdapter[ReadingMessage] = TypeAdapter(ReadingMessage)
_RESULT: TypeAdapter[ResultMessage] = TypeAdapter(ResultMessage)


class _Notified(BaseModel):
    """The parsed fields of S3's message; all others are ignored."""

    model_config = ConfigDict(defer_build=True)


class _Object(_Notified):
    key: str
    version_id: str = Field(alias="versionId")


class _Stored(_Notified):
    object: _Object


class _Record(_Notified):
    s3: _Stored


class _Notification(_Notified):
    """The test message that S3 sends when the notification is configured has no records."""

    records: list[_Record] = Field(default=[], alias="Records")


def parse_uploads(body: str) -> list[Upload]:
    """The uploads that a notification of S3 is about, because they were stored or tagged.

    Raises `ValidationError` for a malformed one. Keys that are not of uploads are left out.
    """
    objects = [record.s3.object for record in _Notification.model_validate_json(body).records]
    found = (upload_of(unquote_plus(stored.key), stored.version_id) for stored in objects)
    return [upload for upload in found if upload]


def parse_reading(body: str) -> ReadingMessage:
    """Raises `ValidationError` for a malformed message, or one of an unknown form."""
    return _READING.validate_json(body)


def parse_result(body: str) -> ResultMessage:
    """Raises `ValidationError` for a malformed message, or one of an unknown form."""
    return _RESULT.validate_json(body)


def parse_export(body: str) -> ExportMessage:
    """Raises `ValidationError` for a malformed message, or one of an unknown form."""
    return _EXPORT.validate_json(body)


def parse_report(body: str) -> ReportMessage:
    """Raises `ValidationError` for a malformed message, or one of an unknown form."""
    return _REPORT.validate_json(body)


def request_report(message: ReportMessage) -> None:
    """Request a report from its worker. Raises `Unsent`.

    The customer is the group, as of readings.
    """
    body = _body(_REPORT.dump_json(message))
    url = config.read(config.ReportQueue).reports_queue_url
    _send(url, [{"MessageBody": body, "MessageGroupId": message.user_id}])


def try_request_report(message: ReportMessage) -> None:
    """Request a report if SQS can be reached. If not, its debt does later."""
    try:
        request_report(message)
    except (BotoCoreError, ClientError, Unsent) as error:
        log_failure("the worker of a report was not called", error, report_id=message.report_id)


def request_archive(message: ExportMessage) -> None:
    """Request the next archive of an export. Raises `Unsent`."""
    url = config.read(config.ExportQueue).exports_queue_url
    _send(url, [{"MessageBody": _body(_EXPORT.dump_json(message))}])


def try_request_archive(message: ExportMessage) -> None:
    """Request the next archive of an export if SQS can be reached. If not, its debt does later."""
    try:
        request_archive(message)
    except (BotoCoreError, ClientError, Unsent) as error:
        log_failure("the worker of an export was not called", error, export_id=message.export_id)


def request_readings(messages: Sequence[ReadingMessage]) -> None:
    """Request readings. Raises `Unsent`; requesting all again duplicates the others.

    The customer is the group, by which SQS's fair queues deliver the messages of other customers
    first while one has many in flight.
    """
    settings = config.read(config.ReadingQueues)
    for url, in_parts in (
        (settings.readings_queue_url, False),
        (settings.parts_queue_url, True),
    ):
        _send(
            url,
            [
                {
                    "MessageBody": _body(_READING.dump_json(message, exclude_none=True)),
                    "MessageGroupId": message.user_id,
                }
                for message in messages
                if bool(message.boundaries) == in_parts
            ],
        )


def report_result(message: ResultMessage, *, reading_id: str) -> None:
    """Report the result of the reading message with that id of SQS. Raises `Unsent`.

    SQS drops a second result of one delivered message, but not that of a message that requests the
    same reading again, because the first result may have been lost.
    """
    _send(
        config.read(config.ResultQueue).results_queue_url,
        [
            {
                "MessageBody": _body(_RESULT.dump_json(message, exclude_none=True)),
                "MessageGroupId": message.order_id,
                "MessageDeduplicationId": reading_id,
            }
        ],
    )


def _send(url: str, messages: Sequence[Mapping[str, str]]) -> None:
    for batch in batched(messages, _MAX_BATCH, strict=False):
        entries: list[Any] = [
            {"Id": str(number), **message} for number, message in enumerate(batch)
        ]
        reply = _sqs().send_message_batch(QueueUrl=url, Entries=entries)
        if reply.get("Failed"):
            raise Unsent(reply["Failed"])


def _body(message: bytes) -> str:
    if len(message) > MAX_MESSAGE_BYTES:
        raise ValueError("the message is too long")
    return message.decode()

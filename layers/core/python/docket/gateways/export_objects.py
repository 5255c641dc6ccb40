"""S3: the archives of exports, and the stored files that they contain, as streams."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import IO, TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from docket.domain.accounts.export import Archive, Export
from docket.domain.orders.document import Document
from docket.gateways import object_keys
from docket.gateways.s3 import DOWNLOAD_URL_LIFETIME
from docket.runtime import aws, config
from docket.runtime.snapshot import before_snapshot

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

CHUNK_BYTES = 1024 * 1024

_ABSENT = ("NoSuchKey", "NoSuchVersion", "AccessDenied")
"""S3 answers 403 for an absent object to a caller that may not list the bucket."""


class NotStored(Exception):
    """S3 has no such object, or denied access to it."""


@before_snapshot
@cache
def _s3() -> "S3Client":
    client: S3Client = aws.s3_client(read_seconds=60)
    return client


def uploaded_file(document: Document) -> Iterator[bytes]:
    """The file of a document, in chunks. Raises `NotStored`."""
    file = document.require_downloadable()
    return _chunks(
        _s3().get_object,
        Key=object_keys.upload(document.user_id, document.id, file.upload_number),
        VersionId=file.version,
    )


def result(document_id: str, attempt: int) -> Iterator[bytes]:
    """The whole result of a reading, in chunks. Raises `NotStored`."""
    return _chunks(_s3().get_object, Key=object_keys.result(document_id, attempt))


def _chunks(get_object: Callable[..., Any], **of: str) -> Iterator[bytes]:
    try:
        body = get_object(Bucket=_bucket(), **of)["Body"]
    except ClientError as error:
        if error.response["Error"]["Code"] in _ABSENT:
            raise NotStored from None
        raise
    chunks: Iterator[bytes] = body.iter_chunks(CHUNK_BYTES)
    return chunks


def put_archive(export: Export, archive: Archive, file: IO[bytes]) -> None:
    """Store an archive from the position of `file` on, in one call."""
    _s3().put_object(
        Bucket=_bucket(), Key=_key(export, archive), Body=file, ContentType="application/zip"
    )


def archive_url(export: Export, number: int) -> str:
    """A presigned URL of an archive (numbers from 1). Browsers save it by a name with its date."""
    of = f"-{number}-of-{len(export.archives)}" if len(export.archives) > 1 else ""
    name = f"docket-{export.requested_at:%Y-%m-%d}{of}.zip"
    return _s3().generate_presigned_url(
        "get_object",
        Params={
            "Bucket": _bucket(),
            "Key": _key(export, export.archives[number - 1]),
            "ResponseContentDisposition": f'attachment; filename="{name}"',
        },
        ExpiresIn=int(DOWNLOAD_URL_LIFETIME.total_seconds()),
    )


def _key(export: Export, archive: Archive) -> str:
    return object_keys.export_archive(export.user_id, export.id, archive.id)


def _bucket() -> str:
    return config.read(config.Bucket).bucket

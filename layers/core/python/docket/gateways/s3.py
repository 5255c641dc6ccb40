"""S3: presigned upload forms, presigned download URLs, and the objects themselves.

A document names the upload and the version that are its file, and the reading whose result it has;
what else is stored under its prefixes has no effect.
"""

import base64
import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote

from botocore.exceptions import BotoCoreError, ClientError

from docket.domain.errors import StorageUnreachable
from docket.domain.orders.document import Document, UploadedFile, order_of
from docket.domain.orders.presigned_post import PresignedPost
from docket.gateways import object_keys
from docket.gateways.stored_versions import Choose, StoredVersion
from docket.runtime import aws, config
from docket.runtime.snapshot import before_snapshot

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import ObjectIdentifierTypeDef

UPLOAD_FORM_LIFETIME = timedelta(minutes=15)
DOWNLOAD_URL_LIFETIME = timedelta(minutes=10)

_RESULTS_AT_ONCE = 10
"""The results that are read at the same time: as many as the SDK's client has connections."""

_ABSENT = ("NoSuchKey", "NoSuchVersion")
_REFUSED = "AccessDenied"
_EXISTS = "PreconditionFailed"


class AccessRefused(Exception):
    """S3 denied access to a version: a permission is missing, or the version is absent.

    S3 answers 403 for an absent object if the caller lacks `s3:ListBucket`. The functions that
    fetch files have no such permission, so they cannot distinguish the two.
    """


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A stored version of what was uploaded for a document."""

    user_id: str
    document_id: str
    upload_number: int
    version: str

    @classmethod
    def of(cls, document: Document, file: UploadedFile) -> Self:
        return cls(
            user_id=document.user_id,
            document_id=document.id,
            upload_number=file.upload_number,
            version=file.version,
        )

    @property
    def order_id(self) -> str:
        return order_of(self.document_id)

    @property
    def file(self) -> UploadedFile:
        return UploadedFile(upload_number=self.upload_number, version=self.version)


@before_snapshot
@cache
def _s3() -> "S3Client":
    client: S3Client = aws.s3_client(read_seconds=10)
    return client


def presigned_post(user_id: str, document: Document, *, at: datetime) -> PresignedPost:
    """An upload form for the current upload of a document.

    It accepts only this key, content type, size and, if declared, checksum.
    """
    fields = {"Content-Type": document.content_type}
    conditions: list[Any] = [
        {"Content-Type": document.content_type},
        ["content-length-range", document.size, document.size],
    ]
    if document.sha256:
        checksum = base64.b64encode(bytes.fromhex(document.sha256)).decode()
        checked = {
            "x-amz-checksum-algorithm": "SHA256",
            "x-amz-checksum-sha256": checksum,
        }
        fields |= checked
        conditions += [{name: value} for name, value in checked.items()]
    form = _s3().generate_presigned_post(
        _bucket(),
        object_keys.upload(user_id, document.id, document.upload_number),
        Fields=fields,
        Conditions=conditions,
        ExpiresIn=int(UPLOAD_FORM_LIFETIME.total_seconds()),
    )
    return PresignedPost(form["url"], form["fields"], at + UPLOAD_FORM_LIFETIME)


def put_upload(document: Document, content: bytes) -> None:
    """Put the file of a document's current upload, once. Raises `StorageUnreachable`."""
    key = object_keys.upload(document.user_id, document.id, document.upload_number)
    try:
        _put_if_absent(Key=key, Body=content, ContentType=document.content_type)
    except (BotoCoreError, ClientError) as error:
        raise StorageUnreachable from error


def download_url(user_id: str, document: Document) -> str:
    """A presigned URL for the document's version, valid for `DOWNLOAD_URL_LIFETIME`.

    Browsers save the file under the document's filename.
    """
    file = document.require_downloadable()
    return _s3().generate_presigned_url(
        "get_object",
        Params={
            "Bucket": _bucket(),
            "Key": object_keys.upload(user_id, document.id, file.upload_number),
            "VersionId": file.version,
            "ResponseContentType": document.content_type,
            "ResponseContentDisposition": _attachment(document.filename),
        },
        ExpiresIn=int(DOWNLOAD_URL_LIFETIME.total_seconds()),
    )


def page_image_url(document_id: str, attempt: int, page: int, size: str) -> str:
    """A presigned URL for a page image; `size` is `thumbnail` or `readable`."""
    return _s3().generate_presigned_url(
        "get_object",
        Params={
            "Bucket": _bucket(),
            "Key": object_keys.page_image(document_id, attempt, page, size),
        },
        ExpiresIn=int(DOWNLOAD_URL_LIFETIME.total_seconds()),
    )


def upload_of(key: str, version: str) -> Upload | None:
    """The upload that an object key and version denote; None if the key is not an upload's."""
    parts = object_keys.named_by(key)
    if parts is None:
        return None
    user_id, document_id, upload_number = parts
    return Upload(
        user_id=user_id, document_id=document_id, upload_number=upload_number, version=version
    )


def uploads_of(document: Document) -> list[Upload]:
    """The stored versions of what was uploaded with the document's current form, oldest first.

    None if the newest of them is a delete marker. A listing answers 200 for an absent key, so any
    403 is an error. HeadObject would answer 403 in both cases, without a body.
    """
    key = object_keys.upload(document.user_id, document.id, document.upload_number)
    page = _s3().list_object_versions(Bucket=_bucket(), Prefix=key)
    found = [version for version in page.get("Versions", []) if version["Key"] == key]
    if not any(version["IsLatest"] for version in found):
        return []
    return [
        Upload(
            user_id=document.user_id,
            document_id=document.id,
            upload_number=document.upload_number,
            version=version["VersionId"],
        )
        for version in reversed(found)
    ]


def content(upload: Upload) -> bytes | None:
    """The bytes of a stored version; None if it was deleted.

    Raises `AccessRefused`, which may also mean that it was deleted, and botocore's errors.
    """
    reply = _of_version(_s3().get_object, upload)
    return reply["Body"].read() if reply else None


def tags(upload: Upload) -> dict[str, str] | None:
    """The tags of a stored version; None if it was deleted. Raises as `content` does."""
    reply = _of_version(_s3().get_object_tagging, upload)
    return {tag["Key"]: tag["Value"] for tag in reply["TagSet"]} if reply else None


def _of_version[T](operation: Callable[..., T], upload: Upload) -> T | None:
    try:
        return operation(
            Bucket=_bucket(),
            Key=object_keys.upload(upload.user_id, upload.document_id, upload.upload_number),
            VersionId=upload.version,
        )
    except ClientError as error:
        if _is_missing(error):
            return None
        if error.response["Error"]["Code"] == _REFUSED:
            raise AccessRefused from None
        raise


def discard(upload: Upload) -> None:
    """Delete a version that no document expects. Idempotent."""
    _s3().delete_object(
        Bucket=_bucket(),
        Key=object_keys.upload(upload.user_id, upload.document_id, upload.upload_number),
        VersionId=upload.version,
    )


def erase(user_id: str, document_id: str, choose: Choose = lambda stored: stored) -> int:
    """Delete versions of a document's objects: uploads, results, page images and parts.

    `choose` is called with each page of the listing, and returns those that are deleted: all,
    without it. Idempotent. Returns how many versions and delete markers were deleted; 0 means that
    there is none. Raises `StorageUnreachable`.
    """
    return erase_under(object_keys.prefixes(user_id, document_id), choose)


def erase_under(prefixes: Sequence[str], choose: Choose = lambda stored: stored) -> int:
    """Delete versions of the objects under `prefixes`, as `erase` does."""
    try:
        return sum(_erase(prefix, choose) for prefix in prefixes)
    except (BotoCoreError, ClientError) as error:
        raise StorageUnreachable from error


def _erase(prefix: str, choose: Choose) -> int:
    erased = 0
    for page in (
        _s3().get_paginator("list_object_versions").paginate(Bucket=_bucket(), Prefix=prefix)
    ):
        stored = [
            StoredVersion(key=listed["Key"], version=listed["VersionId"], is_marker=is_marker)
            for is_marker, versions in (
                (False, page.get("Versions", [])),
                (True, page.get("DeleteMarkers", [])),
            )
            for listed in versions
        ]
        chosen = choose(stored) if stored else []
        _delete_versions([{"Key": version.key, "VersionId": version.version} for version in chosen])
        erased += len(chosen)
    return erased


def _delete_versions(versions: "list[ObjectIdentifierTypeDef]") -> None:
    if not versions:
        return
    reply = _s3().delete_objects(Bucket=_bucket(), Delete={"Objects": versions, "Quiet": True})
    if reply.get("Errors"):  # S3 answers 200 even if it could not delete some objects
        raise StorageUnreachable


def put_page_image(document_id: str, attempt: int, page: int, size: str, webp: bytes) -> None:
    """Put a page image, once for a reading; `size` is `thumbnail` or `readable`."""
    _put_if_absent(
        Key=object_keys.page_image(document_id, attempt, page, size),
        Body=webp,
        ContentType="image/webp",
        CacheControl="private, max-age=86400, immutable",
    )


def put_result(document_id: str, attempt: int, result: bytes) -> bool:
    """Put the whole result of a reading, as JSON: every line of text with its box.

    Only the first result of a reading is stored, so that a message that is delivered again, perhaps
    to a newer reader, cannot change what a customer has paid for. Returns whether it is the first.
    """
    key = object_keys.result(document_id, attempt)
    return _put_if_absent(Key=key, Body=result, ContentType="application/json")


def result(document_id: str, attempt: int) -> dict[str, Any] | None:
    """The whole result of a reading; None if there is none."""
    body = _object(object_keys.result(document_id, attempt))
    return json.loads(body) if body else None


def results(readings: Sequence[tuple[str, int]]) -> list[dict[str, Any] | None]:
    """The results of readings, each a document's id and the attempt, in their order.

    They are read in parallel. The first failure, in that order, is raised.
    """
    _s3()  # the threads share it, and must not make one each
    with ThreadPoolExecutor(max_workers=_RESULTS_AT_ONCE) as threads:
        return list(threads.map(lambda reading: result(*reading), readings))


def put_analysis(document_id: str, attempt: int, analysis: bytes) -> None:
    """Put the part of a result that the table stores, as JSON, once for a reading."""
    key = object_keys.analysis(document_id, attempt)
    _put_if_absent(Key=key, Body=analysis, ContentType="application/json")


def analysis(document_id: str, attempt: int) -> bytes:
    """The part of a result that the table stores. Raises botocore's `ClientError` without one."""
    reply = _s3().get_object(Bucket=_bucket(), Key=object_keys.analysis(document_id, attempt))
    return reply["Body"].read()


def put_part(document_id: str, attempt: int, pages: range, part: bytes) -> None:
    """Put the result of a page range, as JSON. The bucket deletes it after a day."""
    _s3().put_object(
        Bucket=_bucket(),
        Key=object_keys.part(document_id, attempt, pages),
        Body=part,
        ContentType="application/json",
    )


def part(document_id: str, attempt: int, pages: range) -> dict[str, Any]:
    """The stored result of a page range. Raises `AccessRefused` if there is none."""
    try:
        reply = _s3().get_object(
            Bucket=_bucket(), Key=object_keys.part(document_id, attempt, pages)
        )
    except ClientError as error:
        if _is_missing(error) or error.response["Error"]["Code"] == _REFUSED:
            raise AccessRefused from None
        raise
    part: dict[str, Any] = json.load(reply["Body"])
    return part


def page_image(document_id: str, attempt: int, page: int, size: str) -> bytes | None:
    """A page image as WebP; None if the page has none."""
    return _object(object_keys.page_image(document_id, attempt, page, size))


def put_report(order_id: str, name: str, content_type: str, report: bytes) -> None:
    """Put a report, which the bucket deletes after a day."""
    key = object_keys.report(order_id, name)
    _s3().put_object(Bucket=_bucket(), Key=key, Body=report, ContentType=content_type)


def report_url(order_id: str, name: str, *, filename: str) -> str:
    """A presigned URL for a stored report. Browsers save it as `filename`."""
    return _s3().generate_presigned_url(
        "get_object",
        Params={
            "Bucket": _bucket(),
            "Key": object_keys.report(order_id, name),
            "ResponseContentDisposition": _attachment(filename),
        },
        ExpiresIn=int(DOWNLOAD_URL_LIFETIME.total_seconds()),
    )


def _attachment(name: str) -> str:
    """The header by which browsers save a file under a name, which may have any characters."""
    ascii_name = name.encode("ascii", "replace").decode().translate({ord('"'): "'", ord("\\"): "_"})
    return f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}"


def _put_if_absent(**request: Any) -> bool:
    """Put an object, and tell whether there was none. An earlier try may have put one."""
    try:
        _s3().put_object(Bucket=_bucket(), IfNoneMatch="*", **request)
    except ClientError as error:
        if error.response["Error"]["Code"] != _EXISTS:
            raise
        return False
    return True


def _object(key: str) -> bytes | None:
    try:
        response = _s3().get_object(Bucket=_bucket(), Key=key)
    except ClientError as error:
        if _is_missing(error):
            return None
        raise
    return response["Body"].read()


def _is_missing(error: ClientError) -> bool:
    """Whether S3 answers that the object or its version is absent."""
    return error.response["Error"]["Code"] in _ABSENT


def _bucket() -> str:
    return config.read(config.Bucket).bucket

"""S3 for the operator: the names and versions of what the bucket has, without any content."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from docket.gateways.object_keys import PARTS, RESULTS, UPLOADS
from docket.runtime import aws, config

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_DOCUMENT_SEGMENT = {UPLOADS: 3, RESULTS: 1, PARTS: 1}
"""Which segment of a key is the document's id."""


@dataclass(frozen=True, kw_only=True)
class StoredObject:
    """A version of an object of a document, or a delete marker."""

    prefix: str
    document_id: str
    key: str
    version: str
    stored_at: datetime
    is_latest: bool
    is_deleted: bool

    @property
    def names(self) -> tuple[str, ...]:
        """The segments of the key after the document's id."""
        return tuple(self.key.split("/")[_DOCUMENT_SEGMENT[self.prefix] + 1 :])


@cache
def _s3() -> "S3Client":
    client: S3Client = aws.client("s3", read_seconds=20, s3={"addressing_style": "virtual"})
    return client


def of_documents(prefix: str, name: str = "") -> Iterator[StoredObject]:
    """Every version under `uploads/`, `results/` or `parts/`, or those whose keys go on so."""
    pages = (
        _s3()
        .get_paginator("list_object_versions")
        .paginate(Bucket=config.read(config.Bucket).bucket, Prefix=f"{prefix}{name}")
    )
    for page in pages:
        for is_deleted, versions in (
            (False, page.get("Versions", [])),
            (True, page.get("DeleteMarkers", [])),
        ):
            for version in versions:
                segments = [*version["Key"].split("/"), "", "", ""]
                yield StoredObject(
                    prefix=prefix,
                    document_id=segments[_DOCUMENT_SEGMENT[prefix]],
                    key=version["Key"],
                    version=version["VersionId"],
                    stored_at=version["LastModified"],
                    is_latest=version["IsLatest"],
                    is_deleted=is_deleted,
                )

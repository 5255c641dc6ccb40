"""The twin of boto3's S3 client: its calls, replies, errors and faults."""

import io
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

from botocore.exceptions import ClientError, ReadTimeoutError

from tests.simulation.bucket import presigned
from tests.simulation.bucket.bucket import Bucket, Version
from tests.simulation.clock import EPOCH
from tests.simulation.faults import Fault
from tests.simulation.sdk import Connection, Refusals, error

PAGE = 1000
LIFETIME_SECONDS = 3600
_HEADERS = ("CacheControl", "ContentDisposition")
_TO_PUT = {"Bucket", "Key", "Body", "ContentType", "Metadata", "Tagging", "IfNoneMatch", *_HEADERS}
_TO_GET = {"Bucket", "Key", "VersionId"}
_TO_LIST = {"Bucket", "Prefix", "MaxKeys", "KeyMarker", "VersionIdMarker", "ContinuationToken"}


class BucketClient:
    """S3's client, for one bucket.

    `may_list` is whether the caller may list the bucket: without that permission S3 answers 403 in
    place of 404. Listing versions is another permission, which every caller has here.
    """

    def __init__(
        self, bucket: Bucket, connection: Connection, may_list: Callable[[], bool] = lambda: True
    ) -> None:
        self._bucket, self._connection, self._may_list = bucket, connection, may_list

    def put_object(self, **request: Any) -> dict[str, Any]:
        def put() -> dict[str, Any]:
            newest = self._bucket.newest(request["Key"])
            if "IfNoneMatch" in request and newest and not newest.is_marker:
                raise error("PutObject", "PreconditionFailed", "a version exists", status=412)
            version = self._bucket.put(
                request["Key"],
                _bytes(request.get("Body", b"")),
                content_type=request.get("ContentType", "binary/octet-stream"),
                metadata=request.get("Metadata"),
                tags=dict(parse_qsl(request.get("Tagging", ""))),
                headers={name: request[name] for name in _HEADERS if name in request},
            )
            return {"ETag": version.etag, "VersionId": version.id}

        return self._call("PutObject", request, put, _TO_PUT)

    def get_object(self, **request: Any) -> dict[str, Any]:
        def get() -> dict[str, Any]:
            version = self._found("GetObject", request)
            broken = self._connection.faults.fires(Fault.BODY_LOST, "s3.GetObject")
            body = _BrokenBody() if broken else _Body(version.body)
            return {**_description(version), "Body": body}

        return self._call("GetObject", request, get, _TO_GET)

    def head_object(self, **request: Any) -> dict[str, Any]:
        def head() -> dict[str, Any]:
            try:
                return _description(self._found("HeadObject", request))
            except ClientError as refusal:  # a reply to HEAD has no body, so no code either
                status = refusal.response["ResponseMetadata"]["HTTPStatusCode"]
                text = {403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed"}[status]
                raise error("HeadObject", str(status), text, status=status) from None

        return self._call("HeadObject", request, head, _TO_GET)

    def delete_object(self, **request: Any) -> dict[str, Any]:
        return self._call("DeleteObject", request, lambda: _deleted(self._bucket, request), _TO_GET)

    def delete_objects(self, **request: Any) -> dict[str, Any]:
        objects = request["Delete"]["Objects"]
        quiet = request["Delete"].get("Quiet", False)

        def delete() -> dict[str, Any]:
            if not 1 <= len(objects) <= PAGE:
                raise error("DeleteObjects", "MalformedXML", "1 to 1000 objects are allowed")
            done, failed = [], []
            for item in objects:
                if self._connection.faults.fires(Fault.OBJECTS_NOT_DELETED, "s3.DeleteObjects"):
                    failed.append({**item, "Code": "InternalError", "Message": "try again"})
                else:
                    done.append(_deletion(item, _deleted(self._bucket, item)))
            reply: dict[str, Any] = {} if quiet or not done else {"Deleted": done}
            return reply | ({"Errors": failed} if failed else {})

        return self._call("DeleteObjects", request, delete, {"Bucket", "Delete"})

    def list_object_versions(self, **request: Any) -> dict[str, Any]:
        def listing() -> dict[str, Any]:
            versions = list(self._bucket.versions(request.get("Prefix", "")))
            if marker := request.get("KeyMarker"):
                versions = _after(versions, marker, request.get("VersionIdMarker"))
            page = versions[: request.get("MaxKeys", PAGE)]
            reply: dict[str, Any] = {"IsTruncated": len(page) < len(versions)}
            if reply["IsTruncated"]:
                reply |= {"NextKeyMarker": page[-1].key, "NextVersionIdMarker": page[-1].id}
            for name, markers in (("Versions", False), ("DeleteMarkers", True)):
                listed = [v for v in page if v.is_marker is markers]
                if listed:
                    reply[name] = [self._entry(version) for version in listed]
            return reply

        return self._call("ListObjectVersions", request, listing, _TO_LIST)

    def list_objects_v2(self, **request: Any) -> dict[str, Any]:
        def listing() -> dict[str, Any]:
            self._check_listing("ListObjectsV2")
            after = request.get("ContinuationToken", "")
            objects = [
                version
                for version in self._bucket.versions(request.get("Prefix", ""))
                if self._bucket.is_newest(version) and not version.is_marker
                if version.key > after
            ]
            page = objects[: request.get("MaxKeys", PAGE)]
            reply: dict[str, Any] = {
                "KeyCount": len(page),
                "IsTruncated": len(page) < len(objects),
            }
            if reply["IsTruncated"]:
                reply["NextContinuationToken"] = page[-1].key
            if page:
                reply["Contents"] = [_contents(version) for version in page]
            return reply

        return self._call("ListObjectsV2", request, listing, _TO_LIST)

    def get_object_tagging(self, **request: Any) -> dict[str, Any]:
        def get() -> dict[str, Any]:
            version = self._found("GetObjectTagging", request)
            tags = [{"Key": name, "Value": value} for name, value in version.tags.items()]
            return {"TagSet": tags, "VersionId": version.id}

        return self._call("GetObjectTagging", request, get, _TO_GET)

    def put_object_tagging(self, **request: Any) -> dict[str, Any]:
        def put() -> dict[str, Any]:
            version = self._found("PutObjectTagging", request)
            tags = {tag["Key"]: tag["Value"] for tag in request["Tagging"]["TagSet"]}
            self._bucket.tag(version, tags)
            return {"VersionId": version.id}

        return self._call("PutObjectTagging", request, put, {*_TO_GET, "Tagging"})

    def generate_presigned_post(self, bucket: str, key: str, **options: Any) -> dict[str, Any]:
        """A form, made without a call."""
        assert bucket == self._bucket.name
        return presigned.post_form(
            self._bucket,
            key,
            options.get("Fields") or {},
            options.get("Conditions") or [],
            options.get("ExpiresIn", LIFETIME_SECONDS),
        )

    def generate_presigned_url(self, method: str, **options: Any) -> str:
        """An address to get an object, made without a call."""
        parameters = dict(options["Params"])
        assert (method, parameters.pop("Bucket")) == ("get_object", self._bucket.name)
        lifetime = options.get("ExpiresIn", LIFETIME_SECONDS)
        return presigned.address(self._bucket, parameters, lifetime)

    def get_paginator(self, method: str) -> "Paginator":
        """All pages of a listing."""
        return Paginator(getattr(self, method))

    def _found(self, operation: str, request: Mapping[str, Any]) -> Version:
        """The version that a request names. Raises S3's errors."""
        key, version_id = request["Key"], request.get("VersionId")
        if version_id is None:
            version = self._bucket.newest(key)
            if version is None or version.is_marker:
                raise self._missing(operation, "NoSuchKey")
            return version
        version = self._bucket.version(key, version_id)
        if version is None:
            raise self._missing(operation, "NoSuchVersion")
        if version.is_marker:
            raise error(operation, "MethodNotAllowed", "it is a delete marker", status=405)
        return version

    def _missing(self, operation: str, code: str) -> ClientError:
        if not self._may_list():
            return error(operation, "AccessDenied", "Access Denied", status=403)
        return error(operation, code, "The specified object does not exist", status=404)

    def _check_listing(self, operation: str) -> None:
        if not self._may_list():
            raise error(operation, "AccessDenied", "Access Denied", status=403)

    def _entry(self, version: Version) -> dict[str, Any]:
        entry = {
            "Key": version.key,
            "VersionId": version.id,
            "IsLatest": self._bucket.is_newest(version),
            "LastModified": _stored_at(version),
        }
        size = {} if version.is_marker else {"Size": len(version.body), "ETag": version.etag}
        return entry | size

    def _call(
        self,
        operation: str,
        request: Mapping[str, Any],
        effect: Callable[[], dict[str, Any]],
        parameters: set[str],
    ) -> dict[str, Any]:
        if unknown := request.keys() - parameters:
            raise NotImplementedError(f"{operation}: {', '.join(sorted(unknown))}")

        def answer() -> dict[str, Any]:
            if request["Bucket"] != self._bucket.name:
                raise error(operation, "NoSuchBucket", "The bucket does not exist", status=404)
            return {**effect(), "ResponseMetadata": {"HTTPStatusCode": 200}}

        return self._connection.call(operation, answer, _outages(operation))


class _Body(io.BytesIO):
    """A body, as botocore's `StreamingBody`."""

    def iter_chunks(self, size: int) -> Iterator[bytes]:
        """Its parts of this size."""
        while chunk := self.read(size):
            yield chunk


class _BrokenBody(_Body):
    """A body that does not arrive: the SDK repeats calls, but no reading of bodies."""

    def read(self, _size: int | None = -1) -> bytes:
        raise ReadTimeoutError(endpoint_url="https://s3.test")


class Paginator:
    """Calls a listing until it is not truncated."""

    def __init__(self, method: Callable[..., dict[str, Any]]) -> None:
        self._method = method

    def paginate(self, **request: Any) -> Iterator[dict[str, Any]]:
        """The pages."""
        while True:
            page = self._method(**request)
            yield page
            if not page["IsTruncated"]:
                return
            if "NextContinuationToken" in page:
                request["ContinuationToken"] = page["NextContinuationToken"]
            else:
                request["KeyMarker"] = page["NextKeyMarker"]
                request["VersionIdMarker"] = page["NextVersionIdMarker"]


def _deleted(bucket: Bucket, item: Mapping[str, Any]) -> dict[str, Any]:
    if version_id := item.get("VersionId"):
        version = bucket.delete_version(item["Key"], version_id)
        marker = {"DeleteMarker": True} if version and version.is_marker else {}
        return {"VersionId": version_id, **marker}
    return {"DeleteMarker": True, "VersionId": bucket.mark_deleted(item["Key"]).id}


def _deletion(item: Mapping[str, Any], reply: Mapping[str, Any]) -> dict[str, Any]:
    """The entry of a deletion in the reply to `delete_objects`."""
    entry: dict[str, Any] = dict(item)
    if "DeleteMarker" in reply:
        entry |= {"DeleteMarker": True, "DeleteMarkerVersionId": reply["VersionId"]}
    return entry


def _after(versions: list[Version], key: str, version_id: str | None) -> list[Version]:
    for position, version in enumerate(versions):
        if version.key > key:
            return versions[position:]
        if version_id and version.key == key and version.id == version_id:
            return versions[position + 1 :]
    return []


def _description(version: Version) -> dict[str, Any]:
    return {
        "ContentLength": len(version.body),
        "ContentType": version.content_type,
        "ETag": version.etag,
        "LastModified": _stored_at(version),
        "Metadata": dict(version.metadata),
        "VersionId": version.id,
        **version.headers,
    }


def _contents(version: Version) -> dict[str, Any]:
    return {
        "Key": version.key,
        "Size": len(version.body),
        "ETag": version.etag,
        "LastModified": _stored_at(version),
    }


def _stored_at(version: Version) -> Any:
    return EPOCH + timedelta(seconds=version.stored_at // 1_000_000)


def _bytes(body: Any) -> bytes:
    if isinstance(body, str):
        return body.encode()
    return body if isinstance(body, bytes) else bytes(body.read())


@cache
def _outages(operation: str) -> Refusals:
    return (
        (
            Fault.SERVER_ERROR,
            lambda: error(operation, "InternalError", "We encountered an error", status=500),
        ),
        (
            Fault.THROTTLED,
            lambda: error(operation, "SlowDown", "Please reduce your request rate", status=503),
        ),
        (
            Fault.ACCESS_DENIED,
            lambda: error(operation, "AccessDenied", "Access Denied", status=403),
        ),
    )

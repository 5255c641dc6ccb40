"""Presigned forms and addresses: made by the client's twin, and acted on by customers.

Signatures are those of a key that only the twin knows: a form or address that was changed is
refused. A form's policy is checked as S3 does.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from tests.simulation.bucket.bucket import Bucket, Version

_KEY = b"the twin's key"
_UNCHECKED = {"policy", "x-amz-signature", "file"}
_CHECKSUM = "x-amz-checksum-sha256"


class Refused(Exception):
    """S3 refuses an upload or a download. `code` is S3's."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code


def post_form(
    bucket: Bucket,
    key: str,
    fields: Mapping[str, str],
    conditions: Sequence[Any],
    lifetime_seconds: int,
) -> dict[str, Any]:
    """The address and the fields of a presigned form."""
    expiration = bucket.clock.now() + timedelta(seconds=lifetime_seconds)
    policy = {
        "expiration": expiration.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "conditions": [*conditions, {"bucket": bucket.name}, {"key": key}],
    }
    policy_text = base64.b64encode(json.dumps(policy).encode()).decode()
    return {
        "url": _address(bucket),
        "fields": {
            **fields,
            "key": key,
            "policy": policy_text,
            "x-amz-signature": _signature(policy_text),
        },
    }


def customer_uploads(bucket: Bucket, form: Mapping[str, Any], body: bytes) -> Version:
    """A customer sends a form with a file. Raises `Refused`."""
    fields: dict[str, str] = dict(form["fields"])
    if not hmac.compare_digest(fields.get("x-amz-signature", ""), _signature(fields["policy"])):
        raise Refused("SignatureDoesNotMatch", "the policy was changed")
    policy = json.loads(base64.b64decode(fields["policy"]))
    if bucket.clock.true_time() > datetime.fromisoformat(policy["expiration"]).timestamp():
        raise Refused("AccessDenied", "Policy expired")
    _check_conditions(policy["conditions"], {**fields, "bucket": bucket.name}, len(body))
    checksum = base64.b64encode(hashlib.sha256(body).digest()).decode()
    if fields.get(_CHECKSUM, checksum) != checksum:
        raise Refused("BadDigest", "the checksum is that of another file")
    metadata = {
        name.removeprefix("x-amz-meta-"): value
        for name, value in fields.items()
        if name.startswith("x-amz-meta-")
    }
    return bucket.put(
        fields["key"],
        body,
        content_type=fields.get("Content-Type", "binary/octet-stream"),
        metadata=metadata,
        event="ObjectCreated:Post",
    )


def address(bucket: Bucket, parameters: Mapping[str, str], lifetime_seconds: int) -> str:
    """A presigned address to get an object."""
    expires = round(bucket.clock.time()) + lifetime_seconds
    query = {name: value for name, value in sorted(parameters.items()) if name != "Key"}
    text = urlencode({**query, "expires": str(expires)})
    unsigned = f"{_address(bucket)}/{quote(parameters['Key'])}?{text}"
    return f"{unsigned}&signature={_signature(unsigned)}"


def customer_downloads(bucket: Bucket, url: str) -> bytes:
    """A customer opens a presigned address. Raises `Refused`."""
    unsigned, _, signature = url.rpartition("&signature=")
    if not hmac.compare_digest(signature, _signature(unsigned)):
        raise Refused("SignatureDoesNotMatch", "the address was changed")
    parts = urlsplit(unsigned)
    query = dict(parse_qsl(parts.query))
    if bucket.clock.true_time() > int(query["expires"]):
        raise Refused("AccessDenied", "Request has expired")
    key = parts.path.removeprefix("/")
    version_id = query.get("VersionId")
    version = bucket.version(key, version_id) if version_id else bucket.newest(key)
    if version is None or version.is_marker:
        raise Refused("NoSuchVersion" if version_id else "NoSuchKey", "it is not there")
    return version.body


def _check_conditions(conditions: Sequence[Any], fields: dict[str, str], size: int) -> None:
    checked = set(_UNCHECKED)
    for condition in conditions:
        if isinstance(condition, dict):
            ((name, expected),) = condition.items()
            holds = fields.get(name) == expected
        elif condition[0] == "content-length-range":
            _check_size(condition, size)
            continue
        else:
            operator, field_name, expected = condition
            name = field_name.removeprefix("$")
            value = fields.get(name, "")
            holds = value.startswith(expected) if operator == "starts-with" else value == expected
        if not holds:
            raise Refused("AccessDenied", f"Policy Condition failed: {condition}")
        checked.add(name)
    for name in fields:
        if name not in checked and not name.startswith("x-ignore-"):
            raise Refused("AccessDenied", f"Extra input fields: {name}")


def _check_size(condition: Sequence[Any], size: int) -> None:
    _, least, most = condition
    if size < least:
        raise Refused("EntityTooSmall", f"smaller than {least}")
    if size > most:
        raise Refused("EntityTooLarge", f"larger than {most}")


def _address(bucket: Bucket) -> str:
    return f"https://{bucket.name}.s3.test"


def _signature(text: str) -> str:
    return hmac.new(_KEY, text.encode(), hashlib.sha256).hexdigest()

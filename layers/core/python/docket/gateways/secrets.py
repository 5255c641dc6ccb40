"""Secrets Manager: values that must not be in a template or an environment variable."""

import json
import time
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from docket.runtime import aws
from docket.runtime.snapshot import before_snapshot

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

CACHE_SECONDS = 300
"""How long a value is cached. A rotated key is in use after this time."""

_cache: dict[str, tuple[float, dict[str, str]]] = {}


@before_snapshot
@cache
def _client() -> "SecretsManagerClient":
    client: SecretsManagerClient = aws.client("secretsmanager", read_seconds=3)
    return client


def store(arn: str, fields: Mapping[str, str]) -> None:
    """Replace the fields of the secret. Only the operator may."""
    _client().put_secret_value(SecretId=arn, SecretString=json.dumps(dict(fields)))
    _cache.pop(arn, None)


def secret(arn: str, *, max_age_seconds: float = CACHE_SECONDS) -> dict[str, str]:
    """The fields of the secret, at most `max_age_seconds` old."""
    fetched_at, fields = _cache.get(arn, (0.0, {}))
    if not fields or time.monotonic() - fetched_at > max_age_seconds:
        fields = json.loads(_client().get_secret_value(SecretId=arn)["SecretString"])
        _cache[arn] = (time.monotonic(), fields)
    return fields

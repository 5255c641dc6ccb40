"""The AWS clients, with one session and short timeouts, because a customer is waiting."""

from functools import cache
from typing import Any

import boto3
from botocore.config import Config


def client(service: str, *, read_seconds: float, **options: Any) -> Any:
    """A boto3 client with `client_config(read_seconds, **options)`."""
    make: Any = _session().client
    return make(service, config=client_config(read_seconds, **options))


def s3_client(*, read_seconds: float) -> Any:
    """A client of S3 that signs for the bucket's regional host, `<bucket>.s3.<region>.<suffix>`.

    Presigned URLs must have the origin that the site's Content-Security-Policy names. By default
    botocore signs for the global host in most regions. An endpoint given by its IP address (an
    emulator's) gets path style in any case.
    """
    return client(
        "s3",
        read_seconds=read_seconds,
        signature_version="s3v4",
        s3={"addressing_style": "virtual", "us_east_1_regional_endpoint": "regional"},
    )


def client_config(read_seconds: float, *, max_attempts: int = 4, **options: Any) -> Config:
    """Client settings: connect within one second, read within `read_seconds`, then retry.

    `options` are further arguments of botocore's `Config`.
    """
    return Config(
        connect_timeout=1,
        read_timeout=read_seconds,
        retries={"mode": "standard", "max_attempts": max_attempts},
        **options,
    )


@cache
def _session() -> boto3.Session:
    """One session for each process, so that all clients share service data and credentials."""
    return boto3.Session()

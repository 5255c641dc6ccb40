"""AWS's clients: all of one session, and how long we wait, since somebody is waiting for us."""

from functools import cache
from typing import Any

import boto3
from botocore.config import Config


def client(service: str, *, read_seconds: float, **options: Any) -> Any:
    """The service's client, made with `client_config(read_seconds, **more)`."""
    make: Any = _session().client
    return make(service, config=client_config(read_seconds, **options))


def client_config(read_seconds: float, *, max_attempts: int = 4, **options: Any) -> Config:
    """A client's settings: one second to connect, so many to be answered, and so many tries.

    `options` is what else botocore's `Config` takes.
    """
    return Config(
        connect_timeout=1,
        read_timeout=read_seconds,
        retries={"mode": "standard", "max_attempts": max_attempts},
        **options,
    )


@cache
def _session() -> boto3.Session:
    """One a process: what it has read of AWS's services and of our credentials, all clients use."""
    return boto3.Session()

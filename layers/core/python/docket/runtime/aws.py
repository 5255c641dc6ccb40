"""AWS's clients: all of one session, and how long we wait, since somebody is waiting for us."""

from functools import cache
from typing import Any

import boto3
from botocore.config import Config


def client(service: str, *, read_seconds: float, **more: Any) -> Any:
    """The service's client, made with `waits(read_seconds, **more)`."""
    make: Any = _session().client
    return make(service, config=waits(read_seconds, **more))


def waits(read_seconds: float, *, tries: int = 4, **more: Any) -> Config:
    """A client's settings: one second to connect, so many to be answered, and so many tries.

    `more` is what else botocore's `Config` takes.
    """
    return Config(
        connect_timeout=1,
        read_timeout=read_seconds,
        retries={"mode": "standard", "max_attempts": tries},
        **more,
    )


@cache
def _session() -> boto3.Session:
    """One a process: what it has read of AWS's services and of our credentials, all clients use."""
    return boto3.Session()

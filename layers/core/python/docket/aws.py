"""How long we wait for AWS: somebody is waiting for us."""

from typing import Any

from botocore.config import Config


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

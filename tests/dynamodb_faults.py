"""Faults between the SDK and DynamoDB, so that the SDK's own retries are tested too."""

import io
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from botocore.awsrequest import AWSResponse
from botocore.exceptions import ReadTimeoutError

from docket.runtime import aws
from docket.table import client

WRITES = {"UpdateItem", "TransactWriteItems"}


@contextmanager
def lost_replies(
    times: int = 1, *, skipped: int = 0, meanwhile: Callable[[], object] = lambda: None
) -> Iterator[list[str]]:
    """Lose the replies of the first writes after their effect. Yields the operations sent.

    The replies to the first `skipped` writes arrive. `meanwhile` is called after each lost one.

    moto applies a transaction again for the same `ClientRequestToken`; DynamoDB does not.
    """
    sent: list[str] = []

    def lose(request: Any, **_: Any) -> None:
        operation = request.headers["X-Amz-Target"].decode().partition(".")[2]
        if operation in WRITES:
            sent.append(operation)
            if skipped < len(sent) <= skipped + times:
                meanwhile()
                raise ReadTimeoutError(endpoint_url=request.url)

    with _hooked(lose):
        yield sent


@contextmanager
def before_write(action: Callable[[], object], *, number: int = 1) -> Iterator[None]:
    """Act as a concurrent request does: just before the write of that number is sent."""
    sent = 0

    def interrupt(request: Any, **_: Any) -> None:
        nonlocal sent
        operation = request.headers["X-Amz-Target"].decode().partition(".")[2]
        if operation in WRITES:
            sent += 1
            if sent == number:
                action()

    with _hooked(interrupt, first=True):
        yield
    assert sent >= number, "there was no such write"


class _Body(io.BytesIO):
    def stream(self, *_: Any, **__: Any) -> Iterator[bytes]:
        yield self.read()


@contextmanager
def refusals(
    code: str,
    reasons: Sequence[dict[str, Any]] = (),
    *,
    status: int = 400,
    times: int = 1000,
) -> Iterator[list[str]]:
    """Reject the first calls with a code, without effect. Yields the operations sent."""
    sent: list[str] = []

    def refuse(request: Any, **_: Any) -> AWSResponse | None:
        sent.append(request.headers["X-Amz-Target"].decode().partition(".")[2])
        if len(sent) > times:
            return None
        body: dict[str, Any] = {"__type": f"com.amazonaws.dynamodb.v20120810#{code}"}
        if reasons:
            body["CancellationReasons"] = list(reasons)
        headers: Any = {"content-type": "application/x-amz-json-1.0"}
        return AWSResponse(request.url, status, headers, _Body(json.dumps(body).encode()))

    with _hooked(refuse, first=True):
        yield sent


@contextmanager
def _hooked(handler: Any, *, first: bool = False) -> Iterator[None]:
    """Call `handler` with each request before moto (`first`) or after it.

    The client is a new one, because the quota of retries belongs to the client.
    """
    fresh: Any = aws.client("dynamodb", read_seconds=3)
    register = fresh.meta.events.register_first if first else fresh.meta.events.register_last
    register("before-send", handler)  # as moto's handler is: a longer name would come first
    with patch.object(client, "dynamodb", return_value=fresh), patch("time.sleep"):
        yield

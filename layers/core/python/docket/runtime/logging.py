"""Log failures: the types of the exceptions and where they were raised, but not their text.

The text of an exception may contain an item of the table, an email address, a file name or a
document's content. Therefore neither the project nor its libraries log a message or a value. The
Lambda runtime logs the text of an exception that leaves a handler, so only `HandlerFailed` may
leave one.
"""

import logging
import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any

from aws_lambda_powertools import Logger

QUIET_LIBRARIES = ("boto3", "botocore", "s3transfer", "stripe", "urllib3")
"""Loggers of libraries that log URLs of objects and the error texts of other services."""

_ERROR_CODE = re.compile(r"[A-Za-z_.]{1,80}")
_PATH_PARTS = 3

logger = Logger()
for _library in QUIET_LIBRARIES:
    logging.getLogger(_library).setLevel(logging.CRITICAL)


class HandlerFailed(Exception):
    """An invocation failed. It has no text, because the runtime logs it; details are in the log."""


def log_failure(message: str, error: BaseException, **fields: str | int | None) -> None:
    """Log `error` at level ERROR. `fields` are ids and counts only."""
    extra: dict[str, Any] = {**fields, "failure": describe(error)}
    logger.error(message, extra=extra)


def describe(error: BaseException) -> list[dict[str, Any]]:
    """The chain of exceptions, the last first: type, stable code if it has one, code locations."""
    described: list[dict[str, Any]] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        kind = type(current)
        described.append(
            {
                "type": f"{kind.__module__}.{kind.__qualname__}",
                "code": _code(current),
                "frames": _frames(current),
            }
        )
        hidden = None if current.__suppress_context__ else current.__context__
        current = current.__cause__ or hidden
    return described


@contextmanager
def handler_errors(message: str) -> Iterator[None]:
    """Log an exception raised inside, and raise `HandlerFailed` instead."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - its text must not reach the runtime
        log_failure(message, error)
        raise HandlerFailed from None


def _code(error: BaseException) -> str | None:
    """The code of a Docket or AWS error; never a text.

    A Docket code is an attribute of the exception's class, so no instance can replace it with a
    text.
    """
    own_code = getattr(type(error), "code", None)
    if isinstance(own_code, str):
        return own_code
    response = getattr(error, "response", None)  # botocore's ClientError
    details = response.get("Error") if isinstance(response, dict) else None
    code = details.get("Code") if isinstance(details, dict) else None
    return code if isinstance(code, str) and _ERROR_CODE.fullmatch(code) else None


def _frames(error: BaseException) -> list[str]:
    """The frames as `docket/table/client.py:150 write`, the outermost first."""
    return [
        f"{'/'.join(PurePath(frame.f_code.co_filename).parts[-_PATH_PARTS:])}:{line} "
        f"{frame.f_code.co_qualname}"
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]

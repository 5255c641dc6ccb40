"""How a failure is logged: which exceptions, and where they were raised. Never what they say.

The text of an exception may hold an item of the table, an address, a file's name or what a document
states. So neither a message nor a value is logged, by us or by the libraries below us; the Lambda
runtime logs the text of whatever leaves a handler, so nothing but `HandlerFailed` may leave one.
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
"""They log addresses of objects and the texts of other services' errors."""

_ERROR_CODE = re.compile(r"[A-Za-z_.]{1,80}")
_PATH_PARTS = 3

logger = Logger()
for _library in QUIET_LIBRARIES:
    logging.getLogger(_library).setLevel(logging.CRITICAL)


class HandlerFailed(Exception):
    """An invocation failed; the log says how. It carries nothing, since the runtime logs it."""


def log_failure(message: str, error: BaseException, **fields: str | int | None) -> None:
    """Log `error` as an error. `fields` are ids and counts only."""
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
def contained(message: str) -> Iterator[None]:
    """Log whatever is raised inside, and raise `HandlerFailed` in its place."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - its text may not reach the runtime, whatever it is
        log_failure(message, error)
        raise HandlerFailed from None


def _code(error: BaseException) -> str | None:
    """The code of one of our errors or of AWS; never a text.

    A code of ours is an attribute of the exception's class, so no instance can put a text there.
    """
    own_code = getattr(type(error), "code", None)
    if isinstance(own_code, str):
        return own_code
    response = getattr(error, "response", None)  # botocore's ClientError
    details = response.get("Error") if isinstance(response, dict) else None
    code = details.get("Code") if isinstance(details, dict) else None
    return code if isinstance(code, str) and _ERROR_CODE.fullmatch(code) else None


def _frames(error: BaseException) -> list[str]:
    """`docket/table/client.py:150 write`, the outermost first."""
    return [
        f"{'/'.join(PurePath(frame.f_code.co_filename).parts[-_PATH_PARTS:])}:{line} "
        f"{frame.f_code.co_qualname}"
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]

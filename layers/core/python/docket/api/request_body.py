"""The body of a request: JSON, said to be JSON, and not nested deeper than we read."""

import base64
import binascii
import json
from collections.abc import Iterable
from typing import Any, NoReturn

from aws_lambda_powertools.event_handler import content_types

from docket.api.request_headers import lower_case
from docket.domain import errors

DEEPEST = 50
"""How deep a body may be nested; Stripe's events, the deepest that come, have about ten levels."""


def with_readable_body(event: dict[str, Any]) -> dict[str, Any]:
    """The event, whose body, if there is one, is JSON and said to be. Raises `BadInput`."""
    body = event.get("body")
    if not body:
        return event
    headers = lower_case(event["headers"])
    kind = headers.get("content-type", "").split(";")[0].strip().lower()
    # Without a type as well: a page of another site can send a body without one, or with one of
    # a form's, and the browser does not ask us first.
    if kind != content_types.APPLICATION_JSON:
        _bad_body("wrong_content_type")
    try:
        text = base64.b64decode(body).decode() if event.get("isBase64Encoded") else body
        deep = _is_deep(json.loads(text))
    except (ValueError, binascii.Error):
        _bad_body("not_json")
    except RecursionError:
        deep = True
    if deep:
        _bad_body("nested_too_deeply")
    # The resolver knows the type in lower case only.
    return {**event, "headers": {**headers, "content-type": content_types.APPLICATION_JSON}}


def _is_deep(value: Any) -> bool:
    """Nested deeper than anything we take: deep enough, it breaks who reads it after us."""
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return False
    return True


def _inside(value: Any) -> Iterable[Any]:
    match value:
        case dict():
            return value.values()
        case list():
            return value
        case _:
            return ()


def _bad_body(code: str) -> NoReturn:
    raise errors.BadInput(errors.FieldProblem("body", code))

"""The body of a request: JSON with its content type and limited nesting."""

import base64
import binascii
import json
from collections.abc import Iterable
from typing import Any, NoReturn

from aws_lambda_powertools.event_handler import content_types

from docket.api.request_headers import lower_case
from docket.domain import errors

MAX_NESTING = 50
"""Maximum nesting of a body. Stripe's events, the deepest ones, have about ten levels."""


def with_readable_body(event: dict[str, Any]) -> dict[str, Any]:
    """The event, if it has no body or a body of JSON with that content type. Raises `BadInput`."""
    body = event.get("body")
    if not body:
        return event
    headers = lower_case(event["headers"])
    kind = headers.get("content-type", "").split(";")[0].strip().lower()
    # A body without a content type is refused too: a page of another site can send one, or one with
    # the content type of a form, without a CORS preflight.
    if kind != content_types.APPLICATION_JSON:
        _bad_body("wrong_content_type")
    try:
        text = base64.b64decode(body).decode() if event.get("isBase64Encoded") else body
        content = json.loads(text)
        deep = _is_deep(content)
    except (ValueError, binascii.Error):
        _bad_body("not_json")
    except RecursionError:
        deep = True
    if deep:
        _bad_body("nested_too_deeply")
    if isinstance(content, list):  # the resolver would take its only member for the body
        _bad_body("not_an_object")
    # The resolver finds the header only by its lower-case name.
    return {**event, "headers": {**headers, "content-type": content_types.APPLICATION_JSON}}


def _is_deep(value: Any) -> bool:
    """Whether the body is nested deeper than allowed; deep nesting makes parsers fail."""
    level = [value]
    for _ in range(MAX_NESTING):
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

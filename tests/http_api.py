"""The HTTP API in process, as a WSGI application: all that lies behind the distribution."""

import base64
import importlib
import os
import re
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, unquote

import jwt
from werkzeug.wrappers import Request

from infra.endpoint_spec import Identity
from infra.endpoints import ENDPOINTS
from tests.make_calls import EDGE_KEY

NOT_FOUND = "meta/not_found"
ROUTES = [(row, re.compile(re.sub(r"{\w+}", "[^/]+", row.path))) for row in ENDPOINTS]

type StartResponse = Callable[[str, list[tuple[str, str]]], object]


def application(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """Answer one request with the reply of the function of its route, or of the default route."""
    request = Request(environ)
    path = _raw_path(environ)
    row = next(
        (
            row
            for row, pattern in ROUTES
            if row.method == request.method and pattern.fullmatch(path)
        ),
        None,
    )
    event = _event(request, path)
    if row and row.has_authorizer(_identity()):
        event["requestContext"]["authorizer"] = _authorizer_context(event)
    reply = _function(row.name if row else NOT_FOUND)(event, None)
    body = reply.get("body") or ""
    headers = [*reply["headers"].items(), *(("Set-Cookie", c) for c in reply.get("cookies") or [])]
    status = HTTPStatus(reply["statusCode"])
    start_response(f"{status.value} {status.phrase}", headers)
    return [base64.b64decode(body) if reply.get("isBase64Encoded") else body.encode()]


def _identity() -> Identity:
    if os.environ["DOCKET_AUTHORIZER"] == "gateway":
        return "gateway"
    return "cognito" if os.environ["DOCKET_IDENTITY_PROVIDER"] == "cognito" else "jwt"


def _authorizer_context(event: dict[str, Any]) -> dict[str, Any]:
    """What the stage's authorizer adds to a request."""
    if os.environ["DOCKET_AUTHORIZER"] == "gateway":
        token = event["headers"]["authorization"].removeprefix("Bearer ")
        return {"jwt": {"claims": jwt.decode(token, options={"verify_signature": False})}}
    return {"lambda": _function("auth/authorize")(event, None)["context"]}


def _function(name: str) -> Any:
    return importlib.import_module(f"functions.{name.replace('/', '.')}").handler


def _raw_path(environ: dict[str, Any]) -> str:
    """The path, decoded like the gateway does: every escape except the percent sign's."""
    query = environ["REQUEST_URI"].partition("?")[0]
    return "%25".join(unquote(part) for part in query.split("%25"))


def _event(request: Request, path: str) -> dict[str, Any]:
    """The request in the gateway's payload format 2.0."""
    headers = {
        name.lower(): value
        for name, value in request.headers
        if name not in {"Cookie", "Accept-Encoding"}  # no client in process decompresses
    } | {"x-docket-edge": EDGE_KEY}
    data = request.get_data()
    event: dict[str, Any] = {
        "version": "2.0",
        "rawPath": path,
        "rawQueryString": request.query_string.decode("latin-1"),
        "headers": headers,
        "cookies": [f"{name}={value}" for name, value in request.cookies.items()],
        "requestContext": {
            "requestId": "request-1",
            "stage": "$default",
            "http": {"method": request.method, "path": path, "sourceIp": "203.0.113.7"},
        },
        **_body(data),
    }
    if query := parse_qs(event["rawQueryString"], keep_blank_values=True):
        event["queryStringParameters"] = {name: ",".join(values) for name, values in query.items()}
    return event


def _body(data: bytes) -> dict[str, Any]:
    """The fields of a body: text unchanged, anything else in Base64."""
    try:
        return {"body": data.decode(), "isBase64Encoded": False}
    except UnicodeDecodeError:
        return {"body": base64.b64encode(data).decode(), "isBase64Encoded": True}

"""Requests as the gateway sends them to the handlers of the endpoint table, and their replies."""

import importlib
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from docket.schemas.description import FILE
from infra.endpoints import ENDPOINTS
from infra.openapi.errors import codes_of

OF_EVERY_REPLY = {
    "cache-control",
    "content-encoding",
    "content-type",
    "content-security-policy",
    "strict-transport-security",
    "vary",
    "x-content-type-options",
}
"""Headers that follow from HTTP or hold for every reply; the description omits them."""

DESCRIPTION: dict[str, Any] = json.loads(FILE.read_text())
EDGE_KEY = "edge-key"
SITE_HOST = "docket.example.com"
"""What the distribution adds to each request: its key, and the host that the viewer called."""
_ROUTES = {row.name: row for row in ENDPOINTS}


class Reply:
    """A reply. Every reply has the request id, and every error the body of `ErrorResponse`."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.status: int = raw["statusCode"]
        self.headers: dict[str, str] = raw["headers"]
        self.cookies: list[str] = raw.get("cookies") or []
        self.body: str = raw.get("body") or ""
        assert self.headers["x-request-id"] == "request-1"
        if self.status >= 400:
            assert self.json.keys() - {"details"} == {"error", "code", "params", "request_id"}
            assert self.json["request_id"] == "request-1"

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def fields(self) -> list[str]:
        """The fields that an error names."""
        return [detail["field"] for detail in self.json["details"]]

    @property
    def refusal(self) -> tuple[int, str]:
        return self.status, self.json["code"]


def a_request(
    method: str,
    path: str,
    body: object = None,
    *,
    caller: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    query: Mapping[str, object] | None = None,
    cookies: tuple[str, ...] = (),
    source: str = "203.0.113.7",
) -> dict[str, Any]:
    """An event of the gateway, sent by the distribution. `body` is a text, or a value for JSON."""
    event: dict[str, Any] = {
        "version": "2.0",
        "rawPath": path,
        "rawQueryString": urlencode(query or {}),
        "headers": {
            "content-type": "application/json",
            "user-agent": "a test",
            "x-docket-edge": EDGE_KEY,
            "x-docket-site": SITE_HOST,
            **(headers or {}),
        },
        "requestContext": {
            "requestId": "request-1",
            "stage": "$default",
            "http": {"method": method, "path": path, "sourceIp": source},
        },
        "isBase64Encoded": False,
    }
    if query:
        event["queryStringParameters"] = {name: str(value) for name, value in query.items()}
    if body is not None:
        event["body"] = body if isinstance(body, str) else json.dumps(body)
    if cookies:
        event["cookies"] = list(cookies)
    if caller:
        event["requestContext"]["authorizer"] = {"lambda": dict(caller)}
    return event


def call(
    name: str,
    body: object = None,
    *,
    as_user: str | None = "ada",
    headers: Mapping[str, str] | None = None,
    query: Mapping[str, object] | None = None,
    **ids: str,
) -> Reply:
    """`call("orders/get", order_id=OID, as_user="eve")`; `as_user=None` sends no caller."""
    row = _ROUTES[name]
    caller = {"user_id": as_user, "session_id": "S1"} if as_user else None
    event = a_request(
        row.method, row.path.format(**ids), body, caller=caller, headers=headers, query=query
    )
    return send(name, event)


def send(name: str, event: dict[str, Any]) -> Reply:
    """The reply of a function to an event."""
    function = importlib.import_module(f"functions.{name.replace('/', '.')}")
    reply = Reply(function.handler(event, None))
    require_documented(name, event, reply)
    return reply


def require_documented(name: str, event: dict[str, Any], reply: Reply) -> None:
    """Assert that the description lists the reply's status, its headers and its error code."""
    row = _ROUTES.get(name)
    if row is None or event["requestContext"]["http"]["method"] != row.method:
        return
    if reply.status >= 400:
        documented = codes_of(row).get(str(reply.status), [])
        assert reply.json["code"] in documented, f"{name}: {reply.refusal} is not documented"
    responses = DESCRIPTION["paths"][row.path][row.method.lower()]["responses"]
    response = responses.get(str(reply.status), responses["default"])
    headers = {*reply.headers, *(["set-cookie"] if reply.cookies else [])}
    documented_headers = {header.lower() for header in response["headers"]}
    missing = {header.lower() for header in headers} - documented_headers - OF_EVERY_REPLY
    assert not missing, f"{name}: {missing} of {reply.status} is not documented"

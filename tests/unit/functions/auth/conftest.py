import json

import pytest

from functions.auth import register
from tests.unit.conftest import EDGE_KEY

PASSWORD = "seven purple bicycles"


class Reply:
    def __init__(self, raw):
        self.status = raw["statusCode"]
        self.headers = raw["headers"]
        self.cookies = raw.get("cookies") or []
        self.json = json.loads(raw["body"])

    @property
    def refresh_token(self):
        (cookie,) = self.cookies
        return cookie.partition("=")[2].partition(";")[0]


def an_event(
    method, path, body=None, *, caller=None, headers=None, cookies=(), source="203.0.113.7"
):
    event = {
        "version": "2.0",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"content-type": "application/json", "user-agent": "a test", **(headers or {})},
        "requestContext": {
            "requestId": "request-1",
            "stage": "$default",
            "http": {"method": method, "path": path, "sourceIp": source},
        },
        "isBase64Encoded": False,
    }
    if body is not None:
        event["body"] = body if isinstance(body, str) else json.dumps(body)
    if cookies:
        event["cookies"] = list(cookies)
    if caller:
        event["requestContext"]["authorizer"] = {"lambda": caller}
    return event


@pytest.fixture
def call():
    """Call a function as the gateway does: `call(module, "POST", "login", {...})`."""

    def called(module, method, name, body=None, **said):
        event = an_event(method, f"/api/v1/auth/{name}", body, **said)
        return Reply(module.handler(event, None))

    return called


@pytest.fixture
def through_distribution():
    """The headers our distribution adds for a viewer."""
    return lambda viewer: {"x-docket-edge": EDGE_KEY, "x-docket-viewer": viewer}


@pytest.fixture
def ada(call, either):
    """Somebody registered: the body that signs them in."""
    body = {"email": "ada@example.com", "password": PASSWORD}
    assert call(register, "POST", "register", {**body, "full_name": "Ada"}).status == 201
    return body

import json
from types import SimpleNamespace
from typing import Any, cast

import requests
from requests.adapters import BaseAdapter

from local import demo
from local.demo import Customer
from local.stack import Endpoints


class Api(BaseAdapter):
    """A service whose access tokens are valid for 15 minutes."""

    def __init__(self):
        self.tokens = ["first", "second"]
        self.authorizations = []

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        self.authorizations.append(request.headers.get("Authorization"))
        login = (request.path_url or "").endswith("/auth/login")
        body = {"access_token": self.tokens.pop(0), "expires_in": 900} if login else []
        response = requests.Response()
        response.status_code, response._content = 200, json.dumps(body).encode()
        return response

    def close(self):
        """There is nothing to close."""


def test_a_customer_logs_in_again_before_the_token_expires(monkeypatch):
    now = 1_000.0
    monkeypatch.setattr(demo, "time", SimpleNamespace(monotonic=lambda: now))
    api = Api()
    endpoints = SimpleNamespace(base="http://api.test", host="docket.test")
    customer = Customer(cast("Endpoints", endpoints))
    customer.session.mount("http://api.test", api)
    customer.login("ada@example.com", "a password")

    customer.call("listing", "GET", "/orders", expect=200)
    now += 899
    customer.call("listing", "GET", "/orders", expect=200)

    assert api.authorizations == [None, "Bearer first", None, "Bearer second"]

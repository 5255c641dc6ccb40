"""No number of calls tells whether an address has an account; `make bench-logins` times them."""

import pytest
from botocore.client import BaseClient

from docket.domain import rate_limits
from docket.runtime.clock import now
from functions.auth import forgot_password, login, register
from tests.unit.functions.conftest import ADA, PASSWORD

GUESS = {"password": "a guess nobody makes"}
DEVICE = (f"__Host-docket_device={'t' * 43}",)
REQUESTS = {
    "login": (login, "login", GUESS, ()),
    "login with the cookie of a device": (login, "login", GUESS, DEVICE),
    "forgot-password": (forgot_password, "forgot-password", {}, ()),
    "register": (register, "register", {"password": PASSWORD}, ()),
}


@pytest.fixture
def identity_provider(jwt_stage):
    """With a pool a registration makes other calls of the pool; see the table of differences."""


@pytest.fixture
def calls_of(call, monkeypatch):
    """Send a request. Returns its reply and the calls of the table and of the queues."""
    called = []
    make = vars(BaseClient)["_make_api_call"]

    def recorded(self, operation, arguments):
        parts = len(arguments.get("TransactItems", ()))
        called.append((self.meta.service_model.service_name, operation, parts))
        return make(self, operation, arguments)

    monkeypatch.setattr(BaseClient, "_make_api_call", recorded)

    def send(module, name, body, cookies):
        called.clear()
        reply = call(module, "POST", name, body, cookies=cookies)
        return reply, tuple(called)

    return send


@pytest.fixture
def low_limits(verifying, monkeypatch):
    for limit in ("NETWORK_LIMIT", "MAIL_LIMIT"):
        monkeypatch.setattr(rate_limits, limit, 2)
    at = now()  # the reply of a limit has the seconds that are left
    for module in (forgot_password, login, register):
        monkeypatch.setattr(module, "now", lambda: at)


@pytest.mark.parametrize("request_of", REQUESTS.values(), ids=REQUESTS)
@pytest.mark.parametrize("times", [1, 3], ids=["once", "above the limit"])
def test_a_known_and_an_unknown_address_need_the_same_calls(
    ada, low_limits, calls_of, request_of, times
):
    module, name, body, cookies = request_of

    def send(email):
        *_, (reply, calls) = [
            calls_of(module, name, {**body, "email": email}, cookies) for _ in range(times)
        ]
        return reply.status, reply.body, calls

    known, unknown = send(ADA), send("nobody@example.com")

    assert known == unknown
    assert len(known[2]) > 1

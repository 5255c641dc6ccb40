import pytest
from hypothesis import HealthCheck, settings

from functions.auth import register
from tests.make_calls import Reply, a_request, require_documented

PASSWORD = "seven purple bicycles"

ARBITRARY_TEXT = settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
"""Settings of a property test with arbitrary texts; its examples share one table."""


class AuthReply(Reply):
    def cookie(self, name):
        (value,) = [cookie for cookie in self.cookies if cookie.startswith(f"{name}=")]
        return value.partition("=")[2].partition(";")[0]

    @property
    def refresh_token(self):
        return self.cookie("docket_refresh")

    @property
    def device_token(self):
        return self.cookie("docket_device")


@pytest.fixture
def call():
    """Call a function as the gateway does: `call(module, "POST", "login", {...})`."""

    def call_function(module, method, name, body=None, **fields):
        event = a_request(method, f"/api/v1/auth/{name}", body, **fields)
        reply = AuthReply(module.handler(event, None))
        require_documented(
            module.__name__.removeprefix("functions.").replace(".", "/"), event, reply
        )
        return reply

    return call_function


@pytest.fixture
def through_distribution():
    """The header that the distribution adds for a viewer."""
    return lambda viewer: {"x-docket-viewer": viewer}


@pytest.fixture
def ada(call, identity_provider):
    """The login request of a registered user."""
    body = {"email": "ada@example.com", "password": PASSWORD}
    assert call(register, "POST", "register", {**body, "full_name": "Ada"}).status == 201
    return body

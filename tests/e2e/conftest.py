"""A stack for the tests: emulator, Stripe double and deployment on free ports, without data.

`stack` has the identity provider that the environment variable `IDENTITY` names, jwt without it.
A test of `each_stack` runs with Cognito, too. The stacks that the collected tests need are deployed
in parallel when the first one is requested, and run until the session ends.
"""

import os
import secrets
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import expect

from infra.endpoint_spec import IdentityProvider
from local import chromium
from local.demo import Customer
from local.stack import Endpoints, running
from tests.e2e.timeouts import TIMEOUT_MS

API = "/api/v1"

PROVIDERS: dict[str, IdentityProvider] = {"": "jwt", "jwt": "jwt", "cognito": "cognito"}
IDENTITY = PROVIDERS[os.environ.get("IDENTITY", "")]
"""Where the accounts of `stack` are."""
EACH_STACK = "each_stack"

expect.set_options(timeout=TIMEOUT_MS)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A run with Cognito has only that stack."""
    if EACH_STACK in metafunc.fixturenames:
        identities = dict.fromkeys((IDENTITY, "cognito"))
        metafunc.parametrize(EACH_STACK, identities, indirect=True)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """The arguments that pytest-playwright starts its browser with."""
    return {
        "executable_path": chromium.path(),
        "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    }


@pytest.fixture(scope="session")
def deployments(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[IdentityProvider, Future[Endpoints]]]:
    """The stacks that the collected tests need, deployed in parallel."""
    needed: set[IdentityProvider] = {IDENTITY} | {
        PROVIDERS[str(item.callspec.params[EACH_STACK])]
        for item in request.session.items
        if isinstance(item, pytest.Function) and EACH_STACK in item.fixturenames
    }
    with ExitStack() as started, ThreadPoolExecutor() as threads:

        def start(identity_provider: IdentityProvider, state: Path) -> Endpoints:
            return started.enter_context(
                running(state, identity_provider=identity_provider, log=print)
            )

        # pytest's factory of temporary folders is not safe to call from several threads.
        folders = {provider: tmp_path_factory.mktemp(f"{provider}-stack") for provider in needed}
        yield {
            provider: threads.submit(start, provider, folder)
            for provider, folder in folders.items()
        }


@pytest.fixture(scope="session")
def stack(deployments: dict[IdentityProvider, Future[Endpoints]]) -> Endpoints:
    return deployments[IDENTITY].result()


@pytest.fixture
def each_stack(
    request: pytest.FixtureRequest, deployments: dict[IdentityProvider, Future[Endpoints]]
) -> Endpoints:
    """The stack, and another one with Cognito."""
    return deployments[request.param].result()


class Visitor:
    """An HTTP client of the site that keeps cookies like a browser."""

    def __init__(self, endpoints: Endpoints) -> None:
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers["Host"] = endpoints.host
        self._base = endpoints.base

    def call(self, method: str, path: str, **options: Any) -> requests.Response:
        options.setdefault("timeout", 60)
        return self.session.request(method, f"{self._base}{path}", allow_redirects=False, **options)

    def get(self, path: str, **options: Any) -> requests.Response:
        return self.call("GET", path, **options)

    def post(self, path: str, **options: Any) -> requests.Response:
        return self.call("POST", path, **options)


@pytest.fixture
def visitor(stack: Endpoints) -> Iterator[Visitor]:
    """A client that is not signed in."""
    visitor = Visitor(stack)
    yield visitor
    visitor.session.close()


def signed_in(endpoints: Endpoints) -> Customer:
    """A new customer, registered and signed in."""
    customer = Customer(endpoints)
    email, password = f"{secrets.token_hex(6)}@example.com", secrets.token_urlsafe(16)
    credentials = {"email": email, "password": password}
    customer.call("registering", "POST", "/auth/register", expect=201, body=credentials)
    customer.login(email, password)
    return customer


@pytest.fixture(scope="session")
def ada(stack: Endpoints) -> Iterator[Customer]:
    """The customer who owns the orders of the tests."""
    customer = signed_in(stack)
    yield customer
    customer.session.close()


@pytest.fixture(scope="session")
def eve(stack: Endpoints) -> Iterator[Customer]:
    """Another customer."""
    customer = signed_in(stack)
    yield customer
    customer.session.close()

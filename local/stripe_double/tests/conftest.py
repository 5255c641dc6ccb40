"""A Stripe double for each test, the unmodified SDK for it, and a receiver of its events."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import requests
import stripe

from local.stripe_double.double import StripeDouble
from local.stripe_double.session import Timing
from local.stripe_double.webhooks import Endpoint

WEBHOOK_SECRET = "whsec_of_the_tests"

QUICK = Timing(settle_seconds=0.05, delayed_seconds=600)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "stripe"


@pytest.fixture
def double(state: Path) -> Iterator[StripeDouble]:
    with StripeDouble(state, timing=QUICK, retry_after=0.02) as running:
        yield running


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as requests_session:
        yield requests_session


@pytest.fixture
def sdk(session: requests.Session) -> Callable[..., stripe.StripeClient]:
    """Creates clients of a double; they retry only if `retries` is given."""

    def client(
        double: StripeDouble, key: str | None = None, *, retries: int = 0, timeout: float = 5
    ) -> stripe.StripeClient:
        return stripe.StripeClient(
            key or double.secret_key,
            base_addresses={"api": double.url},
            max_network_retries=retries,
            http_client=stripe.RequestsClient(timeout=timeout, session=session),
        )

    return client


@pytest.fixture
def api(double: StripeDouble, sdk: Callable[..., stripe.StripeClient]) -> stripe.StripeClient:
    return sdk(double)


@pytest.fixture
def control(session: requests.Session, double: StripeDouble) -> Callable[..., Any]:
    """Calls an endpoint under /_double and returns its JSON."""

    def call(method: str, path: str, body: object = None) -> Any:
        payload = (body or {}) if method == "POST" else None
        response = session.request(method, f"{double.url}/_double/{path}", json=payload, timeout=5)
        response.raise_for_status()
        return response.json()

    return call


@dataclass
class Receiver:
    """Receives webhooks; responds with `statuses` in turn, then with 200."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    signatures: list[str] = field(default_factory=list)

    @property
    def endpoint(self) -> Endpoint:
        return Endpoint(self.url, WEBHOOK_SECRET)

    @property
    def types(self) -> list[str]:
        return [json.loads(body)["type"] for body in list(self.bodies)]

    def waits_for(self, number: int) -> None:
        """Wait until this number of requests has arrived."""
        eventually(lambda: len(self.bodies) >= number, f"{number} webhooks, got {self.types}")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver_state = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver_state.signatures.append(self.headers["Stripe-Signature"])
            receiver_state.bodies.append(body)
            status = receiver_state.statuses.pop(0) if receiver_state.statuses else 200
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Log nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        receiver_state.url = f"http://127.0.0.1:{server.server_port}/webhook"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield receiver_state
        server.shutdown()
        thread.join()


@pytest.fixture
def within() -> Callable[..., None]:
    return eventually


def eventually(condition: Callable[[], bool], description: str, seconds: float = 5) -> None:
    """Fail unless `condition` becomes true in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            pytest.fail(f"In {seconds} s there was no {description}")
        time.sleep(0.005)

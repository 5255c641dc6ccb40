"""A Stripe double of the test's own, the unmodified SDK for it, and a receiver of its events."""

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

from local.stripe_double.books import Timing
from local.stripe_double.server import StripeDouble
from local.stripe_double.webhooks import Endpoint

WEBHOOK_SECRET = "whsec_of_the_tests"

QUICK = Timing(settle=0.05, delayed=600)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "stripe"


@pytest.fixture
def double(state: Path) -> Iterator[StripeDouble]:
    with StripeDouble(state, timing=QUICK, retry_after=0.02) as running:
        yield running


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as opened:
        yield opened


@pytest.fixture
def sdk(session: requests.Session) -> Callable[..., stripe.StripeClient]:
    """Makes clients of a double; they do not repeat what failed unless told to."""

    def client(
        double: StripeDouble, key: str | None = None, *, retries: int = 0, patience: float = 5
    ) -> stripe.StripeClient:
        return stripe.StripeClient(
            key or double.secret_key,
            base_addresses={"api": double.url},
            max_network_retries=retries,
            http_client=stripe.RequestsClient(timeout=patience, session=session),
        )

    return client


@pytest.fixture
def api(double: StripeDouble, sdk: Callable[..., stripe.StripeClient]) -> stripe.StripeClient:
    return sdk(double)


@pytest.fixture
def control(session: requests.Session, double: StripeDouble) -> Callable[..., Any]:
    """Turns something under /_double and returns the answer."""

    def turn(method: str, path: str, body: object = None) -> Any:
        said = (body or {}) if method == "POST" else None
        response = session.request(method, f"{double.url}/_double/{path}", json=said, timeout=5)
        response.raise_for_status()
        return response.json()

    return turn


@dataclass
class Receiver:
    """Takes webhooks, and answers with the statuses it was told to, then with 200."""

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
        """Until so many requests have come."""
        eventually(lambda: len(self.bodies) >= number, f"{number} webhooks, got {self.types}")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    taken = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            taken.signatures.append(self.headers["Stripe-Signature"])
            taken.bodies.append(body)
            status = taken.statuses.pop(0) if taken.statuses else 200
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        taken.url = f"http://127.0.0.1:{server.server_port}/webhook"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield taken
        server.shutdown()
        thread.join()


@pytest.fixture
def within() -> Callable[..., None]:
    return eventually


def eventually(claim: Callable[[], bool], what: str, seconds: float = 5) -> None:
    """Fail unless `claim` becomes true in time."""
    end = time.monotonic() + seconds
    while not claim():
        if time.monotonic() > end:
            pytest.fail(f"In {seconds} s there was no {what}")
        time.sleep(0.005)

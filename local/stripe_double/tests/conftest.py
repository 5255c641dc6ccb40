"""A Stripe double for each test, the unmodified SDK for it, and a receiver of its events."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Any

import pytest
import requests
import stripe

from local.stripe_double.double import StripeDouble
from local.stripe_double.in_process import InProcessDouble
from local.stripe_double.state.session import Timing
from local.stripe_double.webhooks import Endpoint

WEBHOOK_SECRET = "whsec_of_the_tests"
DAY = 24 * 60 * 60

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


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - for the ids of tests


@dataclass
class Clock:
    """A clock that only a test moves."""

    now: float = 1_800_000_000

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@dataclass
class Shop:
    """A shop with the SDK and a double in the same process, without sockets and threads."""

    clock: Clock = field(default_factory=Clock)
    sent: list[dict[str, Any]] = field(default_factory=list)
    """The events of the webhooks that arrived."""
    signatures: list[str] = field(default_factory=list)
    status: int = 200
    """What the shop responds to a webhook; 0 for no response."""

    def __post_init__(self) -> None:
        self.double = InProcessDouble(
            clock=self.clock,
            sleep=self.clock.sleep,
            random=seeded(1),
            timing=Timing(settle_seconds=60, delayed_seconds=3 * DAY),
            post=self._receive,
            webhook=Endpoint("https://shop.test/webhook", WEBHOOK_SECRET),
            longest_pause=DAY,
        )
        self.sdk = stripe.StripeClient(
            self.double.secret_key, http_client=self.double.http_client(timeout=4)
        )

    def _receive(self, _: str, body: bytes, signature: str) -> tuple[int, str]:
        if not self.status:
            raise ConnectionRefusedError
        self.signatures.append(signature)
        if self.status == HTTPStatus.OK:
            self.sent.append(json.loads(body))
        return self.status, ""

    def act(self, path: str, **body: Any) -> Any:
        """Act as a person, a bank or Stripe does: `act("refunds/re_1/fail")`."""
        return self.double.control.answer("POST", f"/_double/{path}", body)

    def pay(self, method: str = "pm_card_visa", **params: Any) -> stripe.PaymentIntent:
        """Pay an intent with a test method."""
        params = {"amount": 1000, "currency": "eur", "payment_method": method} | params
        return self.sdk.v1.payment_intents.create(
            {**params, "confirm": True, "return_url": "https://shop.test/"}  # type: ignore[typeddict-item]  # made of parts
        )

    def types(self) -> list[str]:
        """The types of the events so far, the oldest first."""
        return [event.type for event in reversed(self.sdk.v1.events.list({"limit": 100}).data)]

    def pass_seconds(self, seconds: float) -> None:
        """Run what becomes due in these seconds, each at its time."""
        end = self.clock.now + seconds
        while (due := self.double.next_due()) is not None and due <= end:
            self.clock.now = max(self.clock.now, due)
            self.double.run_due()
        self.clock.now = end


@pytest.fixture
def shop() -> Iterator[Shop]:
    running = Shop()
    yield running
    running.double.close()

"""The connection to Stripe: the faults of a life between Stripe's SDK and a double in this process.

The SDK itself repeats what failed, with the same idempotency key; its pauses pass virtual time.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import stripe

from tests.simulation.aws import SimulatedAws
from tests.simulation.faults import Fault
from tests.simulation.sdk import Refusals

SLOW_SECONDS = (1.0, 10.0)

_ID = re.compile(r"[a-z]{2,6}_\w+")
"""An id of Stripe's, such as `pi_3N`: the longer words before an underscore are resources."""

type Reply = tuple[Any, int, Mapping[str, str]]
"""The body, the status and the headers."""


class StripeTransport(stripe.HTTPClient):
    """The `http_client` of a `StripeClient`; `double` is that of a double without faults."""

    name: ClassVar[str] = "simulation"

    def __init__(self, aws: SimulatedAws, double: stripe.HTTPClient) -> None:
        super().__init__()
        self._double = double
        self.after: Callable[[], None] = lambda: None
        """Is called after each call that may have changed something at the double."""
        self.overtake: Callable[[str], None] = lambda payment_intent_id: None
        """Lets something happen to a payment while an answer about it is under way."""
        self._connection = aws.connection(
            "stripe", unreachable=_no_connection, timed_out=_no_connection
        )

    def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None,
        post_data: Any = None,
        **options: Any,
    ) -> Reply:
        """One attempt; the SDK makes more of them."""
        place = f"stripe.{method.upper()} {resource_of(url)}"

        def effect() -> Reply:
            reply = self._double.request(method, url, headers, post_data, **options)
            if method.lower() != "get":
                self.after()
            elif overtaken := self._overtaken(place, url):
                self.overtake(overtaken)
                self._connection.clock.sleep(self._connection.random.uniform(*SLOW_SECONDS))
            return reply

        try:
            return self._connection.attempt(place, effect, _REFUSALS)
        except _Refused as refused:
            return refused.reply

    def _overtaken(self, place: str, url: str) -> str | None:
        """The payment of which an answer is old when it arrives; None if it is not."""
        (intent,) = parse_qs(urlsplit(url).query).get("payment_intent", [None])
        is_old = intent and self._connection.faults.fires(Fault.ANSWER_OVERTAKEN, place)
        return intent if is_old else None

    def close(self) -> None:
        """There is no connection."""

    def _sleep_time_seconds(self, num_retries: int) -> float:
        """Pass the SDK's pause, and leave it none."""
        pause = min(self.INITIAL_DELAY * 2 ** (num_retries - 1), self.MAX_DELAY)
        self._connection.clock.sleep(pause * self._connection.random.uniform(0.5, 1))
        return 0


class _Refused(Exception):
    """Stripe refuses a call before any effect."""

    def __init__(self, status: int, kind: str, code: str) -> None:
        super().__init__(code)
        body = {"error": {"type": kind, "code": code, "message": code}}
        self.reply: Reply = (json.dumps(body), status, {"request-id": "req_refused"})


_REFUSALS: Refusals = (
    (Fault.SERVER_ERROR, lambda: _Refused(500, "api_error", "server_error")),
    (Fault.THROTTLED, lambda: _Refused(429, "invalid_request_error", "rate_limit")),
    (Fault.CONFLICT, lambda: _Refused(409, "idempotency_error", "idempotency_key_in_use")),
)


def _no_connection() -> Exception:
    failure: Any = stripe.APIConnectionError  # its constructor has no types
    error: Exception = failure("no reply", should_retry=True)
    return error


def resource_of(url: str) -> str:
    """The path of a call, without ids: the place of its faults."""
    parts = urlsplit(url).path.split("/")
    return "/".join(part if not _ID.fullmatch(part) else "{id}" for part in parts)

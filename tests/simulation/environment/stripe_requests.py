"""The way of a life's requests to the double: API keys, saved errors, and refunds refused."""

import json
from collections.abc import Callable, Mapping
from typing import Any, ClassVar
from urllib.parse import parse_qs

import stripe

from local.stripe_double import InProcessDouble
from tests.simulation.aws import SimulatedAws
from tests.simulation.faults import Fault
from tests.simulation.stripe_transport import Reply, resource_of


class Forwarding(stripe.HTTPClient):
    """Forwards each request. A subclass changes it, or answers it by itself."""

    def __init__(self, target: stripe.HTTPClient) -> None:
        super().__init__()
        self._target = target

    def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None,
        post_data: Any = None,
        **options: Any,
    ) -> Reply:
        """Answer a request."""
        answer = self.answer(method, url, headers or {}, post_data)
        if answer:
            return answer
        sent = self.forwarded(headers or {})
        reply: Reply = self._target.request(method, url, sent, post_data, **options)
        return reply

    def answer(
        self, method: str, url: str, headers: Mapping[str, str], post_data: Any
    ) -> Reply | None:
        """The reply to a request that is not forwarded."""
        return None

    def forwarded(self, headers: Mapping[str, str]) -> Mapping[str, str]:
        """The headers to forward."""
        return headers

    def close(self) -> None:
        """There is no connection."""


class SavedErrors(Forwarding):
    """The way to the double, which fails the first request of some idempotency keys.

    Stripe saves that 500, whether or not the request took effect, and repeats it to the same key
    for a day: https://docs.stripe.com/api/idempotent_requests.
    """

    name: ClassVar[str] = "saved errors"

    def __init__(
        self, double: InProcessDouble, direct: stripe.HTTPClient, aws: SimulatedAws
    ) -> None:
        super().__init__(direct)
        self._double, self._aws = double, aws
        self._keys: set[str] = set()

    def answer(
        self, method: str, url: str, headers: Mapping[str, str], post_data: Any
    ) -> Reply | None:
        """Save an error if the fault fires and the key is new."""
        key = headers.get("Idempotency-Key")
        if key and key not in self._keys:
            self._keys.add(key)
            place = f"stripe.{method.upper()} {resource_of(url)}"
            if self._aws.faults.fires(Fault.ERROR_SAVED, place):
                when = self._aws.random.choice(("before", "after"))
                self._double.faults.add({"calls": [{"kind": "stored_error", "when": when}]})
        return None


class ApiKeys(Forwarding):
    """The way to the double, which knows one key: others are accepted as long as they are valid."""

    name: ClassVar[str] = "keys"

    def __init__(self, double: stripe.HTTPClient, key: str, now: Callable[[], float]) -> None:
        super().__init__(double)
        self._key, self._now = key, now
        self._valid_until = {key: float("inf")}
        self.newest = key

    def roll(self, *, valid_seconds: float) -> None:
        """Have another key. The present one stays valid for that time."""
        self._valid_until[self.newest] = self._now() + valid_seconds
        self.newest = f"{self._key}_{len(self._valid_until)}"
        self._valid_until[self.newest] = float("inf")

    def answer(
        self, method: str, url: str, headers: Mapping[str, str], post_data: Any
    ) -> Reply | None:
        """Answer 401 to a key that is no longer valid."""
        sent = headers["Authorization"].removeprefix("Bearer ")
        if self._valid_until[sent] <= self._now():
            problem = {"type": "invalid_request_error", "code": "api_key_expired"}
            body = {"error": {**problem, "message": "Expired API Key provided"}}
            return json.dumps(body), 401, {"request-id": "req_expired"}
        return None

    def forwarded(self, headers: Mapping[str, str]) -> Mapping[str, str]:
        """With the key that the double knows."""
        return {**headers, "Authorization": f"Bearer {self._key}"}


class RefusedRefunds(Forwarding):
    """The way to the double, which refuses refunds of some payments, as Stripe does without a
    balance. It saves a refusal for the idempotency key.
    """

    name: ClassVar[str] = "refused refunds"

    def __init__(self, double: stripe.HTTPClient) -> None:
        super().__init__(double)
        self._keys: set[str] = set()
        self.left: dict[str, float] = {}
        """How many more refunds of a payment are refused."""

    def answer(
        self, method: str, url: str, headers: Mapping[str, str], post_data: Any
    ) -> Reply | None:
        """Refuse the request of a refund of those payments, and its repetitions."""
        is_refund = method.upper() == "POST" and resource_of(url) == "/v1/refunds"
        if is_refund and self._refuses(headers, post_data):
            problem = {"type": "invalid_request_error", "code": "balance_insufficient"}
            body = {"error": {**problem, "message": "Insufficient funds in your Stripe balance"}}
            return json.dumps(body), 400, {"request-id": "req_refused"}
        return None

    def _refuses(self, headers: Mapping[str, str], post_data: str) -> bool:
        key, (intent,) = headers["Idempotency-Key"], parse_qs(post_data)["payment_intent"]
        if key not in self._keys and not self.left.get(intent):
            return False
        if key not in self._keys:
            self._keys.add(key)
            self.left[intent] -= 1
        return True

"""Webhooks: events signed as Stripe signs them, and sent until the receiver accepts them."""

import hashlib
import hmac
import http.client
import json
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from local.stripe_double.errors import Json, invalid
from local.stripe_double.store import DELIVERED, GAVE_UP, WAITING, Delivery, Store

RESPONSE_SECONDS = 20
"""How long a receiver may take to respond."""

RETRY_SECONDS = 3 * 24 * 60 * 60
"""How long after the event a delivery is attempted again."""

MAX_PAUSE_SECONDS = 60
OK = range(200, 300)


@dataclass(frozen=True)
class Endpoint:
    """The receiver of events, and the secret they are signed with."""

    url: str
    secret: str

    def __post_init__(self) -> None:
        if not (_is_web_address(self.url) and isinstance(self.secret, str) and self.secret):
            raise invalid(f"Not a webhook endpoint: {self.url!r} with a secret of its own")


def _is_web_address(url: object) -> bool:
    try:
        parts = urlsplit(url) if isinstance(url, str) else None
        return bool(
            parts and parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        )
    except ValueError:  # an unclosed bracket, a port that is not a number
        return False


def signature(body: bytes, secret: str, at: int) -> str:
    """The `Stripe-Signature` header of a body sent at `at` (seconds)."""
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


class WebhookDispatcher:
    """Sends waiting deliveries one by one, in the order they are due; `step` is for a `Loop`.

    A delivery is recorded after the receiver has responded, so a delivery that a stop interrupts is
    sent again. While there is no endpoint, every delivery waits.
    """

    def __init__(
        self, store: Store, *, clock: Callable[[], float], first_pause_seconds: float
    ) -> None:
        self._store = store
        self._clock = clock
        self._first_pause_seconds = first_pause_seconds

    def endpoint(self) -> Endpoint | None:
        with self._store.transaction() as transaction:
            webhook = transaction.setting("webhook")
        return Endpoint(webhook["url"], webhook["secret"]) if webhook else None

    def send_to(self, endpoint: Endpoint) -> None:
        """Send events to this endpoint from now on, and the waiting ones at once."""
        with self._store.transaction() as transaction:
            transaction.set("webhook", {"url": endpoint.url, "secret": endpoint.secret})
            transaction.retry_now(self._clock())

    def step(self) -> float | None:
        endpoint = self.endpoint()
        if endpoint is None:
            return None
        with self._store.transaction() as transaction:
            delivery = transaction.next_delivery()
            event = transaction.object("event", delivery.event) if delivery else None
        if delivery is None or event is None:
            return None
        wait = delivery.due - self._clock()
        if wait > 0:
            return wait
        attempt = self._attempt(endpoint, event)
        self._record_attempt(delivery, event, attempt)
        return 0

    def _attempt(self, endpoint: Endpoint, event: Json) -> Json:
        started = self._clock()
        # The body is the same in every attempt, whatever the number of pending webhooks is.
        body = json.dumps(event | {"pending_webhooks": 1}, indent=2).encode()
        try:
            status, answer = _post(
                endpoint.url, body, signature(body, endpoint.secret, int(started))
            )
        except (OSError, http.client.HTTPException) as error:
            outcome: Json = {"status": None, "error": f"{type(error).__name__}: {error}"}
        else:
            outcome = {"status": status, "answer": answer}
        took = round(self._clock() - started, 3)
        return {"at": started, "url": endpoint.url, "seconds": took, **outcome}

    def _record_attempt(self, delivery: Delivery, event: Json, attempt: Json) -> None:
        now = self._clock()
        with self._store.transaction() as transaction:
            if attempt["status"] in OK:
                transaction.record_attempt(delivery, attempt, state=DELIVERED, due=now)
                transaction.put(event | {"pending_webhooks": 0})
                return
            pause = min(self._first_pause_seconds * 2 ** len(delivery.attempts), MAX_PAUSE_SECONDS)
            over = now + pause > event["created"] + RETRY_SECONDS
            transaction.record_attempt(
                delivery, attempt, state=GAVE_UP if over else WAITING, due=now + pause
            )


def _post(url: str, body: bytes, signed: str) -> tuple[int, str]:
    """The status and the start of the body. A name under `.localhost` is this machine."""
    parts = urlsplit(url)
    host = str(parts.hostname)
    target = "127.0.0.1" if host == "localhost" or host.endswith(".localhost") else host
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(target, parts.port, timeout=RESPONSE_SECONDS)
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {
            "Host": parts.netloc,
            "Content-Type": "application/json; charset=utf-8",
            "Accept": "*/*",
            "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
            "Stripe-Signature": signed,
        }
        connection.request("POST", target, body=body, headers=headers)
        response = connection.getresponse()
        return response.status, response.read(2000).decode(errors="replace")
    finally:
        connection.close()

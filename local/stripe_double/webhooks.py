"""Events on their way: signed as Stripe signs them, and sent until they are taken."""

import hashlib
import hmac
import http.client
import json
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from local.stripe_double.errors import Json, invalid
from local.stripe_double.store import DELIVERED, GAVE_UP, WAITING, Delivery, Store

ANSWER_WITHIN = 20
"""Seconds a receiver has."""

TRIED_FOR = 3 * 24 * 60 * 60
"""Seconds after the event in which a delivery is tried again."""

LONGEST_PAUSE = 60
OK = range(200, 300)


@dataclass(frozen=True)
class Endpoint:
    """Where events go, and the secret they are signed with."""

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
    except ValueError:  # a bracket that is not closed, a port that is none
        return False


def signature(body: bytes, secret: str, at: int) -> str:
    """The `Stripe-Signature` header of a body sent at `at` (seconds)."""
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


class Postman:
    """Delivers what waits, one after the other in the order it is due; `step` is for a `Loop`.

    A delivery is written down as made only after the receiver has answered, so that one cut off
    by our own end is made again. While there is no endpoint, everything waits.
    """

    def __init__(self, store: Store, *, clock: Callable[[], float], first_pause: float) -> None:
        self._store = store
        self._clock = clock
        self._first_pause = first_pause

    def endpoint(self) -> Endpoint | None:
        with self._store.change() as change:
            kept = change.setting("webhook")
        return Endpoint(kept["url"], kept["secret"]) if kept else None

    def send_to(self, endpoint: Endpoint) -> None:
        """From now on everything goes there, and what waits goes at once."""
        with self._store.change() as change:
            change.set("webhook", {"url": endpoint.url, "secret": endpoint.secret})
            change.hurry(self._clock())

    def step(self) -> float | None:
        endpoint = self.endpoint()
        if endpoint is None:
            return None
        with self._store.change() as change:
            delivery = change.next_delivery()
            event = change.object("event", delivery.event) if delivery else None
        if delivery is None or event is None:
            return None
        wait = delivery.due - self._clock()
        if wait > 0:
            return wait
        attempt = self._attempt(endpoint, event)
        self._write_down(delivery, event, attempt)
        return 0

    def _attempt(self, endpoint: Endpoint, event: Json) -> Json:
        started = self._clock()
        # The same bytes every time, whatever is known of other attempts.
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

    def _write_down(self, delivery: Delivery, event: Json, attempt: Json) -> None:
        now = self._clock()
        with self._store.change() as change:
            if attempt["status"] in OK:
                change.attempted(delivery, attempt, state=DELIVERED, due=now)
                change.put(event | {"pending_webhooks": 0})
                return
            pause = min(self._first_pause * 2 ** len(delivery.attempts), LONGEST_PAUSE)
            over = now + pause > event["created"] + TRIED_FOR
            change.attempted(delivery, attempt, state=GAVE_UP if over else WAITING, due=now + pause)


def _post(url: str, body: bytes, signed: str) -> tuple[int, str]:
    """The status and the first of the body; names under `.localhost` are this machine."""
    parts = urlsplit(url)
    host = str(parts.hostname)
    here = "127.0.0.1" if host == "localhost" or host.endswith(".localhost") else host
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(here, parts.port, timeout=ANSWER_WITHIN)
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

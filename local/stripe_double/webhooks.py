"""Webhooks: events signed as Stripe signs them, and sent until the receiver accepts them."""

import hashlib
import hmac
import http.client
import json
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from local.stripe_double.errors import Json, invalid
from local.stripe_double.state.store import DELIVERED, GAVE_UP, WAITING, Delivery, Store

RESPONSE_SECONDS = 20
"""How long a receiver may take to respond."""

RETRY_SECONDS = 3 * 24 * 60 * 60
"""How long after the event a delivery is attempted again."""

LONGEST_PAUSE_SECONDS = 60
"""The pause between two attempts doubles, up to this."""
LONGEST_OVERLAP_SECONDS = 24 * 60 * 60
"""How long a rolled secret may stay valid (docs.stripe.com/webhooks: "roll signing secrets")."""

OK = range(200, 300)
"""The statuses by which a receiver accepts an event."""

type Post = Callable[[str, bytes, str], tuple[int, str]]
"""Sends a body with its signature to an address; the status of the response and its body. Raises
`OSError` or `HTTPException` if there is no response.
"""


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


def signature(body: bytes, secret: str, at: int, *others: str) -> str:
    """The `Stripe-Signature` header of a body sent at `at` (seconds), with one signature for each
    secret that is valid.
    """
    signed = f"{at}.".encode() + body
    digests = (
        hmac.new(key.encode(), signed, hashlib.sha256).hexdigest() for key in (secret, *others)
    )
    return ",".join([f"t={at}", *(f"v1={digest}" for digest in digests)])


class WebhookDispatcher:
    """Sends waiting deliveries one by one, in the order they are due; `step` is for a `Loop`.

    A delivery is recorded after the receiver has responded, so a delivery that a stop interrupts is
    sent again. While there is no endpoint, every delivery waits.
    """

    def __init__(
        self,
        store: Store,
        *,
        clock: Callable[[], float],
        first_pause_seconds: float,
        longest_pause_seconds: float = LONGEST_PAUSE_SECONDS,
        post: Post,
    ) -> None:
        self._store = store
        self._clock = clock
        self._first_pause_seconds = first_pause_seconds
        self._longest_pause_seconds = longest_pause_seconds
        self._post = post

    def endpoint(self) -> Endpoint | None:
        """Where events are sent; None if no endpoint is set."""
        with self._store.transaction() as transaction:
            webhook = transaction.setting("webhook")
        return Endpoint(webhook["url"], webhook["secret"]) if webhook else None

    def send_to(self, endpoint: Endpoint) -> None:
        """Send events to this endpoint from now on, and the waiting ones at once."""
        with self._store.transaction() as transaction:
            transaction.set("webhook", {"url": endpoint.url, "secret": endpoint.secret})
            transaction.retry_now(self._clock())

    def roll_secret(self, secret: str, *, overlap_seconds: float = 0) -> None:
        """Sign with a new secret, and until the end of the overlap also with the one before."""
        if not 0 <= overlap_seconds <= LONGEST_OVERLAP_SECONDS:
            raise invalid("The old secret stays valid for at most 24 hours.")
        with self._store.transaction() as transaction:
            webhook = transaction.setting("webhook")
            if not webhook:
                raise invalid("There is no webhook endpoint.")
            old = {"secret": webhook["secret"], "until": self._clock() + overlap_seconds}
            endpoint = Endpoint(webhook["url"], secret)
            transaction.set("webhook", {"url": endpoint.url, "secret": secret, "old": old})

    def next_due(self) -> float | None:
        """When the next delivery is due; None if there is none, or no endpoint."""
        with self._store.transaction() as transaction:
            delivery = transaction.next_delivery() if transaction.setting("webhook") else None
        return delivery.due if delivery else None

    def step(self) -> float | None:
        """Send the first delivery if it is due. Returns the seconds until the next step."""
        with self._store.transaction() as transaction:
            webhook = transaction.setting("webhook")
            delivery = transaction.next_delivery() if webhook else None
            if delivery is None:
                return None
            wait = delivery.due - self._clock()
            if wait > 0:
                return wait
            event = transaction.object("event", delivery.event)
        self._send(webhook, delivery, event)
        return 0

    def send(self, delivery: Delivery) -> None:
        """Send a delivery now."""
        with self._store.transaction() as transaction:
            webhook = transaction.setting("webhook")
            event = transaction.object("event", delivery.event)
        if not webhook:
            raise invalid("There is no webhook endpoint.")
        self._send(webhook, delivery, event)

    def _send(self, webhook: Json, delivery: Delivery, event: Json | None) -> None:
        if event is None:
            raise LookupError(f"No event {delivery.event}")
        self._record_attempt(delivery, event, self._attempt(webhook, event))

    def _attempt(self, webhook: Json, event: Json) -> Json:
        started = self._clock()
        # The body is the same in every attempt, whatever the number of pending webhooks is.
        body = json.dumps(event | {"pending_webhooks": 1}).encode()
        old = webhook.get("old")
        others = [old["secret"]] if old and old["until"] > started else []
        signed = signature(body, webhook["secret"], int(started), *others)
        try:
            status, answer = self._post(webhook["url"], body, signed)
        except (OSError, http.client.HTTPException) as error:
            outcome: Json = {"status": None, "error": f"{type(error).__name__}: {error}"}
        else:
            outcome = {"status": status, "answer": answer}
        took = round(self._clock() - started, 3)
        return {"at": started, "url": webhook["url"], "seconds": took, **outcome}

    def _record_attempt(self, delivery: Delivery, event: Json, attempt: Json) -> None:
        now = self._clock()
        with self._store.transaction() as transaction:
            if attempt["status"] in OK:
                transaction.record_attempt(delivery, attempt, state=DELIVERED, due=now)
                transaction.put(event | {"pending_webhooks": 0})
                return
            pause = min(
                self._first_pause_seconds * 2 ** len(delivery.attempts),
                self._longest_pause_seconds,
            )
            over = now + pause > event["created"] + RETRY_SECONDS
            transaction.record_attempt(
                delivery, attempt, state=GAVE_UP if over else WAITING, due=now + pause
            )


def post_over_http(url: str, body: bytes, signed: str) -> tuple[int, str]:
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

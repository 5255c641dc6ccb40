"""/v1: whose key it is, which resource is meant, and what an idempotency key repeats."""

import base64
import binascii
import hashlib
import hmac
import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from local.stripe_double import disputes, intents, refunds, resources
from local.stripe_double.books import API_VERSION, Books, new_id, random_text
from local.stripe_double.errors import Json, StripeError, invalid, unauthorized
from local.stripe_double.params import Params, decode
from local.stripe_double.shapes import public_intent
from local.stripe_double.store import Change, KeptReply, Store

KEYS_ARE_KEPT = 24 * 60 * 60
"""Seconds after which an idempotency key may be used anew."""

LONGEST_KEY = 255

type Caller = Literal["server", "browser"]
type Handler = Callable[..., Json]


@dataclass(frozen=True)
class Route:
    """A method and a path, and whether a publishable key is enough for it."""

    method: str
    path: re.Pattern[str]
    handler: Handler
    browser: bool = False


def _route(method: str, path: str, handler: Handler, *, browser: bool = False) -> Route:
    return Route(method, re.compile(path.replace("{id}", r"([\w-]+)")), handler, browser)


ROUTES = (
    _route("POST", "/v1/payment_intents", intents.create),
    _route("GET", "/v1/payment_intents", intents.listed),
    _route("GET", "/v1/payment_intents/{id}", intents.retrieve, browser=True),
    _route("POST", "/v1/payment_intents/{id}", intents.update),
    _route("POST", "/v1/payment_intents/{id}/confirm", intents.confirm, browser=True),
    _route("POST", "/v1/payment_intents/{id}/cancel", intents.cancel),
    _route("POST", "/v1/payment_intents/{id}/challenge", intents.challenge, browser=True),
    _route("POST", "/v1/payment_methods", resources.create_payment_method, browser=True),
    _route("GET", "/v1/payment_methods/{id}", resources.retrieve_payment_method),
    _route("POST", "/v1/refunds", refunds.create),
    _route("GET", "/v1/refunds", refunds.listed),
    _route("GET", "/v1/refunds/{id}", refunds.retrieve),
    _route("GET", "/v1/disputes", disputes.listed),
    _route("GET", "/v1/disputes/{id}", disputes.retrieve),
    _route("POST", "/v1/disputes/{id}", disputes.update),
    _route("POST", "/v1/disputes/{id}/close", disputes.close),
    _route("GET", "/v1/charges", resources.list_charges),
    _route("GET", "/v1/charges/{id}", resources.retrieve_charge),
    _route("POST", "/v1/customers", resources.create_customer),
    _route("GET", "/v1/customers/{id}", resources.retrieve_customer),
    _route("GET", "/v1/events", resources.list_events),
    _route("GET", "/v1/events/{id}", resources.retrieve_event),
)


@dataclass(frozen=True)
class Call:
    """One HTTP request to /v1; header names in lower case."""

    method: str
    path: str
    query: str
    body: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Reply:
    """What is answered."""

    status: int
    body: Json
    headers: dict[str, str] = field(default_factory=dict)


class Api:
    """Answers calls; `books_for` opens the books on a transaction of the store."""

    def __init__(
        self,
        store: Store,
        *,
        secret_key: str,
        publishable_key: str,
        clock: Callable[[], float],
        books_for: Callable[[Change, str | None, str | None], Books],
    ) -> None:
        self._store = store
        self._secret_key = secret_key
        self._publishable_key = publishable_key
        self._clock = clock
        self._books_for = books_for
        self._in_flight: set[str] = set()
        self._lock = threading.Lock()

    def answer(self, call: Call, pause: Callable[[], None] = lambda: None) -> Reply:
        """Do what is asked, at most once for each idempotency key.

        `pause` runs while the key is taken and before anything is done, to make calls overlap.
        """
        request_id = f"req_{random_text(14)}"
        headers = {
            "Request-Id": request_id,
            "Stripe-Version": call.headers.get("stripe-version", API_VERSION),
        }
        key = call.headers.get("idempotency-key") if call.method == "POST" else None
        if key:
            headers["Idempotency-Key"] = key
        try:
            asked = decode(call.query) | decode(call.body)
            caller = self._caller(call, asked.pop("key", None))
            with self._only_one(key):
                pause()
                reply = self._once(call, asked, caller, key, request_id)
        except StripeError as error:
            reply = Reply(error.status, error.body())
        return Reply(reply.status, reply.body, headers | reply.headers)

    def _caller(self, call: Call, in_the_form: object) -> Caller:
        key = _bearer(call.headers.get("authorization", "")) or in_the_form
        if not isinstance(key, str) or not key:
            raise unauthorized(
                "You did not provide an API key. You need to provide your API key in the "
                "Authorization header, using Bearer auth (e.g. 'Authorization: Bearer "
                "YOUR_SECRET_KEY')."
            )
        if hmac.compare_digest(key.encode(), self._secret_key.encode()):
            return "server"
        if hmac.compare_digest(key.encode(), self._publishable_key.encode()):
            return "browser"
        raise unauthorized(f"Invalid API Key provided: {key[:8]}{'*' * 8}{key[-4:]}")

    @contextmanager
    def _only_one(self, key: str | None) -> Iterator[None]:
        if key is None:
            yield
            return
        if len(key) > LONGEST_KEY:
            raise invalid(f"Idempotency keys can have up to {LONGEST_KEY} characters.")
        with self._lock:
            if key in self._in_flight:
                raise StripeError(
                    409,
                    "invalid_request_error",
                    "There is currently another in-progress request using this Idempotent Key "
                    "(that probably means you submitted twice, and the other request is still "
                    f"going through): {key}. Please try again later.",
                    code="idempotency_key_in_use",
                )
            self._in_flight.add(key)
        try:
            yield
        finally:
            with self._lock:
                self._in_flight.remove(key)

    def _once(
        self, call: Call, asked: Json, caller: Caller, key: str | None, request_id: str
    ) -> Reply:
        now = self._clock()
        fingerprint = _fingerprint(call, asked)
        with self._store.change() as change:
            kept = change.reply(key, since=now - KEYS_ARE_KEPT) if key else None
            if kept is not None:
                if kept.fingerprint != fingerprint:
                    raise StripeError(
                        400,
                        "idempotency_error",
                        "Keys for idempotent requests can only be used with the same parameters "
                        f"they were first used with. Try using a key other than '{key}' if you "
                        "meant to execute a different request.",
                    )
                replayed = {"Idempotent-Replayed": "true", "Original-Request": kept.request_id}
                return Reply(kept.status, kept.body, replayed)
            books = self._books_for(change, request_id, key)
            reply, is_kept = self._do(books, call, asked, caller)
            if key and is_kept:
                kept = KeptReply(fingerprint, reply.status, reply.body, request_id)
                change.keep_reply(key, now, kept)
            return reply

    def _do(self, books: Books, call: Call, asked: Json, caller: Caller) -> tuple[Reply, bool]:
        failed: StripeError | None = None
        try:
            with books.change.unless_refused():
                try:
                    body = self._handle(books, call, asked, caller)
                except StripeError as error:
                    if not error.took_effect:
                        raise
                    failed = error
        except StripeError as error:
            failed = error
        if failed is None:
            return Reply(200, body), True
        return Reply(failed.status, _seen_by(caller, failed.body())), failed.kept

    def _handle(self, books: Books, call: Call, asked: Json, caller: Caller) -> Json:
        route, ids = _find(call)
        if caller == "browser":
            if not route.browser:
                raise unauthorized(
                    "This API call cannot be made with a publishable API key. Please use a secret "
                    "API key.",
                    code="secret_key_required",
                )
            _check_client_secret(books, asked, ids)
        params = Params({name: value for name, value in asked.items() if name != "client_secret"})
        expand = params.texts("expand") or []
        body = route.handler(books, params, *ids)
        return _seen_by(caller, books.expanded(body, expand))


def _bearer(header: str) -> str | None:
    scheme, _, value = header.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value).decode().partition(":")[0]
        except (binascii.Error, UnicodeDecodeError):
            return None
    return None


def _find(call: Call) -> tuple[Route, tuple[str, ...]]:
    for route in ROUTES:
        match = route.path.fullmatch(call.path)
        if match and route.method == call.method:
            return route, match.groups()
    raise StripeError(
        404,
        "invalid_request_error",
        f"Unrecognized request URL ({call.method}: {call.path}): this double does not play it.",
    )


def _check_client_secret(books: Books, asked: Json, ids: tuple[str, ...]) -> None:
    """A browser may touch only the intent whose client secret it holds."""
    if not ids:
        return
    given = asked.get("client_secret")
    if not isinstance(given, str) or not given:
        raise unauthorized(
            "A PaymentIntent can only be used with a publishable key together with its "
            "client_secret."
        )
    intent = books.get(ids[0], "payment_intent", param="intent")
    if not hmac.compare_digest(given.encode(), intent["client_secret"].encode()):
        raise invalid(
            "The client_secret provided does not match the client_secret associated with the "
            "PaymentIntent.",
            param="client_secret",
        )


def _seen_by(caller: Caller, body: Json) -> Json:
    """The reply as the caller may see it: for a browser, an intent without our own notes."""
    if caller == "server":
        return body
    if body.get("object") == "payment_intent":
        return public_intent(body)
    error: Any = body.get("error")
    if error and "payment_intent" in error:
        return {"error": error | {"payment_intent": public_intent(error["payment_intent"])}}
    return body


def _fingerprint(call: Call, asked: Json) -> str:
    same = json.dumps([call.method, call.path, asked], sort_keys=True)
    return hashlib.sha256(same.encode()).hexdigest()


def server_error() -> Reply:
    """Stripe's 500."""
    error = StripeError(
        500,
        "api_error",
        "An unknown error occurred. If this persists, please contact us.",
    )
    return Reply(500, error.body(), {"Request-Id": new_id("req")})


def rate_limited() -> Reply:
    """Stripe's 429."""
    error = StripeError(
        429,
        "invalid_request_error",
        "Request rate limit exceeded. Learn more about rate limits here "
        "https://stripe.com/docs/rate-limits.",
        code="rate_limit",
    )
    return Reply(429, error.body(), {"Request-Id": new_id("req")})

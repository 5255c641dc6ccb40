"""/v1: API keys, routes, and idempotency."""

import base64
import binascii
import hashlib
import hmac
import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from local.stripe_double.errors import Json, StripeError, invalid, unauthorized
from local.stripe_double.objects import disputes, intents, refunds, resources
from local.stripe_double.objects.serializers import public_intent
from local.stripe_double.params import Params, decode
from local.stripe_double.state.ids import Ids
from local.stripe_double.state.session import API_VERSION, Session
from local.stripe_double.state.store import Store, StoredReply, Transaction, encode

KEY_LIFETIME_SECONDS = 24 * 60 * 60
"""Stripe stores the response to an idempotency key for a day."""

MAX_KEY_LENGTH = 255
"""Characters of an idempotency key that Stripe accepts."""

type Caller = Literal["server", "browser"]
type Handler = Callable[..., Json]


@dataclass(frozen=True)
class Route:
    """A method and a path; `browser` if a publishable key is enough."""

    method: str
    path: re.Pattern[str]
    handler: Handler
    browser: bool = False


def _route(method: str, path: str, handler: Handler, *, browser: bool = False) -> Route:
    return Route(method, re.compile(path.replace("{id}", r"([\w-]+)")), handler, browser)


ROUTES = (
    _route("POST", "/v1/payment_intents", intents.create),
    _route("GET", "/v1/payment_intents", intents.list_page),
    _route("GET", "/v1/payment_intents/{id}", intents.retrieve, browser=True),
    _route("POST", "/v1/payment_intents/{id}", intents.update),
    _route("POST", "/v1/payment_intents/{id}/confirm", intents.confirm, browser=True),
    _route("POST", "/v1/payment_intents/{id}/cancel", intents.cancel),
    _route("POST", "/v1/payment_intents/{id}/challenge", intents.challenge, browser=True),
    _route("POST", "/v1/payment_methods", resources.create_payment_method, browser=True),
    _route("GET", "/v1/payment_methods/{id}", resources.retrieve_payment_method),
    _route("POST", "/v1/refunds", refunds.create),
    _route("GET", "/v1/refunds", refunds.list_page),
    _route("GET", "/v1/refunds/{id}", refunds.retrieve),
    _route("POST", "/v1/refunds/{id}", refunds.update),
    _route("POST", "/v1/refunds/{id}/cancel", refunds.cancel),
    _route("GET", "/v1/disputes", disputes.list_page),
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
    """The response."""

    status: int
    body: Json
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The body in JSON."""
        return encode(self.body)


class Api:
    """Executes calls; `session_for` makes a session of a transaction of the store."""

    def __init__(
        self,
        store: Store,
        *,
        secret_key: str,
        publishable_key: str,
        clock: Callable[[], float],
        ids: Ids,
        session_for: Callable[[Transaction, str | None, str | None], Session],
    ) -> None:
        self._store = store
        self._secret_key = secret_key
        self._publishable_key = publishable_key
        self._clock = clock
        self._ids = ids
        self._session_for = session_for
        self._keys_in_use: set[str] = set()
        self._lock = threading.Lock()

    def answer(
        self,
        call: Call,
        pause: Callable[[], object] = lambda: None,
        *,
        failing: Literal["before", "after"] | None = None,
    ) -> Reply:
        """Execute the call, at most once for each idempotency key.

        `pause` runs while the key is in use and before anything is executed, to make calls overlap.
        `failing`: execution has begun and ends in a 500, before or after the effect; Stripe saves
        that 500 and repeats it to the same key (docs.stripe.com/api/idempotent_requests).
        """
        request_id = f"req_{self._ids.text(14)}"
        headers = {
            "Request-Id": request_id,
            "Stripe-Version": call.headers.get("stripe-version", API_VERSION),
        }
        key = call.headers.get("idempotency-key") if call.method == "POST" else None
        if key:
            headers["Idempotency-Key"] = key
        try:
            fields = decode(call.query) | decode(call.body)
            caller = self._caller(call, fields.pop("key", None))
            with self._key_in_use(key):
                pause()
                reply = self._answer_once(
                    call, fields, caller, key=key, request_id=request_id, failing=failing
                )
        except StripeError as error:
            reply = Reply(error.status, error.body())
        return Reply(reply.status, reply.body, headers | reply.headers)

    def _caller(self, call: Call, form_key: object) -> Caller:
        key = _bearer(call.headers.get("authorization", "")) or form_key
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
    def _key_in_use(self, key: str | None) -> Iterator[None]:
        if key is None:
            yield
            return
        if len(key) > MAX_KEY_LENGTH:
            raise invalid(f"Idempotency keys can have up to {MAX_KEY_LENGTH} characters.")
        with self._lock:
            if key in self._keys_in_use:
                raise StripeError(
                    409,
                    "invalid_request_error",
                    "There is currently another in-progress request using this Idempotent Key "
                    "(that probably means you submitted twice, and the other request is still "
                    f"going through): {key}. Please try again later.",
                    code="idempotency_key_in_use",
                )
            self._keys_in_use.add(key)
        try:
            yield
        finally:
            with self._lock:
                self._keys_in_use.remove(key)

    def _answer_once(
        self,
        call: Call,
        fields: Json,
        caller: Caller,
        *,
        key: str | None,
        request_id: str,
        failing: Literal["before", "after"] | None,
    ) -> Reply:
        now = self._clock()
        fingerprint = _fingerprint(call, fields)
        with self._store.transaction() as transaction:
            stored = transaction.reply(key, since=now - KEY_LIFETIME_SECONDS) if key else None
            if stored is not None:
                if stored.fingerprint != fingerprint:
                    raise StripeError(
                        400,
                        "idempotency_error",
                        "Keys for idempotent requests can only be used with the same parameters "
                        f"they were first used with. Try using a key other than '{key}' if you "
                        "meant to execute a different request.",
                    )
                replayed = {"Idempotent-Replayed": "true", "Original-Request": stored.request_id}
                return Reply(stored.status, stored.body, replayed)
            session = self._session_for(transaction, request_id, key)
            if failing != "before":
                reply, is_stored = self._execute(session, call, fields, caller)
            if failing is not None:
                # The SDK does not repeat this call by itself: it would get the saved response.
                error, is_stored = self.server_error(), True
                reply = replace(error, headers={**error.headers, "Stripe-Should-Retry": "false"})
            if key and is_stored:
                stored = StoredReply(fingerprint, reply.status, reply.body, request_id)
                transaction.store_reply(key, now, stored)
            return reply

    def _execute(
        self, session: Session, call: Call, fields: Json, caller: Caller
    ) -> tuple[Reply, bool]:
        failed: StripeError | None = None
        try:
            with session.transaction.savepoint():
                try:
                    body = self._handle(session, call, fields, caller)
                except StripeError as error:
                    if not error.took_effect:
                        raise
                    failed = error
        except StripeError as error:
            failed = error
        if failed is None:
            return Reply(200, body), True
        return Reply(failed.status, _visible_to(caller, failed.body())), failed.stored

    def _handle(self, session: Session, call: Call, fields: Json, caller: Caller) -> Json:
        route, ids = _find(call)
        if caller == "browser":
            if not route.browser:
                raise unauthorized(
                    "This API call cannot be made with a publishable API key. Please use a secret "
                    "API key.",
                    code="secret_key_required",
                )
            _check_client_secret(session, fields, ids)
        params = Params({name: value for name, value in fields.items() if name != "client_secret"})
        expand = params.texts("expand") or []
        body = route.handler(session, params, *ids)
        return _visible_to(caller, session.expanded(body, expand))

    def server_error(self) -> Reply:
        """Stripe's 500."""
        error = StripeError(
            500,
            "api_error",
            "An unknown error occurred. If this persists, please contact us.",
        )
        return Reply(500, error.body(), {"Request-Id": self._ids.new("req")})

    def rate_limited(self) -> Reply:
        """Stripe's 429."""
        error = StripeError(
            429,
            "invalid_request_error",
            "Request rate limit exceeded. Learn more about rate limits here "
            "https://stripe.com/docs/rate-limits.",
            code="rate_limit",
        )
        return Reply(429, error.body(), {"Request-Id": self._ids.new("req")})

    def lock_timeout(self) -> Reply:
        """Stripe's 429 for an object that another request or Stripe itself changes."""
        error = StripeError(
            429,
            "invalid_request_error",
            "This object cannot be accessed right now because another API request or Stripe "
            "process is currently accessing it. If you see this error intermittently, retry the "
            "request.",
            code="lock_timeout",
        )
        return Reply(429, error.body(), {"Request-Id": self._ids.new("req")})


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
        f"Unrecognized request URL ({call.method}: {call.path}): this double does not support it.",
    )


def _check_client_secret(session: Session, fields: Json, ids: tuple[str, ...]) -> None:
    """A browser may use only the intent whose client secret it has."""
    if not ids:
        return
    client_secret = fields.get("client_secret")
    if not isinstance(client_secret, str) or not client_secret:
        raise unauthorized(
            "A PaymentIntent can only be used with a publishable key together with its "
            "client_secret."
        )
    intent = session.get(ids[0], "payment_intent", param="intent")
    if not hmac.compare_digest(client_secret.encode(), intent["client_secret"].encode()):
        raise invalid(
            "The client_secret provided does not match the client_secret associated with the "
            "PaymentIntent.",
            param="client_secret",
        )


def _visible_to(caller: Caller, body: Json) -> Json:
    """The body without what the caller may not see: for a browser, an intent's private fields."""
    if caller == "server":
        return body
    if body.get("object") == "payment_intent":
        return public_intent(body)
    error: Any = body.get("error")
    if error and "payment_intent" in error:
        return {"error": error | {"payment_intent": public_intent(error["payment_intent"])}}
    return body


def _fingerprint(call: Call, fields: Json) -> str:
    same = json.dumps([call.method, call.path, fields], sort_keys=True)
    return hashlib.sha256(same.encode()).hexdigest()

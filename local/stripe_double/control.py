"""/_double: what tests and people look at and turn, besides Stripe's own API.

    GET    /_double/health
    GET    /_double/webhook                              where events go
    POST   /_double/webhook                              {url, secret}
    GET    /_double/events                               newest first, each with its deliveries
    POST   /_double/events/{id}/resend                   deliver it once more
    GET    /_double/calls                                the API calls answered since the start
    GET    /_double/faults                               what is still to go wrong
    POST   /_double/faults                               see faults.py
    DELETE /_double/faults
    POST   /_double/payment_intents/{id}/authenticate    {outcome: complete | fail}: 3-D Secure
    POST   /_double/payment_intents/{id}/settle          the bank's answer, now
    POST   /_double/refunds/{id}/settle                  the same for a refund
    POST   /_double/refunds/{id}/cancel                  a pending refund is cancelled
    POST   /_double/disputes/{id}/decide                 {status}: how it ends
    GET    /_double/test_methods                         the cards, IBANs and names to pay with

Bodies are JSON with that content type: a page of another origin, which could not send it without
asking first, cannot turn anything here.
"""

import re
from collections.abc import Callable
from dataclasses import asdict

from local.stripe_double import disputes, intents, refunds
from local.stripe_double.books import Books
from local.stripe_double.errors import Json, StripeError, invalid
from local.stripe_double.faults import Faults
from local.stripe_double.methods import METHODS
from local.stripe_double.store import WAITING, Change, Store
from local.stripe_double.webhooks import Endpoint, Postman

SHOWN = 200
"""How many events are listed."""


class Control:
    """Answers /_double; each answer is JSON, refusals are `StripeError`."""

    def __init__(
        self,
        store: Store,
        *,
        faults: Faults,
        postman: Postman,
        clock: Callable[[], float],
        books_for: Callable[[Change, str | None, str | None], Books],
        calls: Callable[[], list[Json]],
    ) -> None:
        self._store = store
        self._faults = faults
        self._postman = postman
        self._clock = clock
        self._books_for = books_for
        self._calls = calls
        self._routes: list[tuple[str, str, Callable[..., object]]] = [
            ("GET", "/health", lambda _: {"status": "ok"}),
            ("GET", "/webhook", lambda _: self.webhook()),
            ("POST", "/webhook", self._set_webhook),
            ("GET", "/events", lambda _: self.events()),
            ("POST", r"/events/(\w+)/resend", self._resend),
            ("GET", "/calls", lambda _: self._calls()),
            ("GET", "/faults", lambda _: self._faults.state()),
            ("POST", "/faults", self._add_faults),
            ("DELETE", "/faults", self._clear_faults),
            ("POST", r"/payment_intents/(\w+)/authenticate", self._authenticate),
            ("POST", r"/payment_intents/(\w+)/settle", self._settle),
            ("POST", r"/refunds/(\w+)/settle", self._settle),
            ("POST", r"/refunds/(\w+)/cancel", self._cancel_refund),
            ("POST", r"/disputes/(\w+)/decide", self._decide_dispute),
            ("GET", "/test_methods", lambda _: [asdict(method) for method in METHODS]),
        ]

    def answer(self, method: str, path: str, body: Json) -> object:
        for wanted, pattern, handler in self._routes:
            match = re.fullmatch(f"/_double{pattern}", path)
            if match and wanted == method:
                return handler(body, *match.groups())
        raise StripeError(404, "invalid_request_error", f"Nothing answers {method} {path}.")

    def webhook(self) -> Json:
        """Where events go; the secret is not shown."""
        endpoint = self._postman.endpoint()
        return {"url": endpoint.url if endpoint else None}

    def events(self) -> list[Json]:
        """The newest events, each with its deliveries."""
        with self._store.change() as change:
            return [
                {
                    "id": event["id"],
                    "type": event["type"],
                    "created": event["created"],
                    "object": event["data"]["object"]["id"],
                    "deliveries": [asdict(delivery) for delivery in change.deliveries(event["id"])],
                }
                for event in change.newest("event", limit=SHOWN, where={})
            ]

    def _set_webhook(self, body: Json) -> Json:
        if body.keys() != {"url", "secret"}:
            raise invalid("A webhook is {url, secret}.")
        self._postman.send_to(Endpoint(body["url"], body["secret"]))
        return self.webhook()

    def _resend(self, _: Json, id_: str) -> Json:
        with self._store.change() as change:
            event = self._books_for(change, None, None).get(id_, "event")
            change.send(event["id"], WAITING, self._clock())
        return {"resent": id_}

    def _add_faults(self, body: Json) -> Json:
        self._faults.add(body)
        return self._faults.state()

    def _clear_faults(self, _: Json) -> Json:
        self._faults.clear()
        with self._store.change() as change:
            change.release_held(self._clock())
        return self._faults.state()

    def _authenticate(self, body: Json, id_: str) -> Json:
        if body.get("outcome") not in ("complete", "fail"):
            raise invalid("outcome is complete or fail", param="outcome")
        with self._store.change() as change:
            books = self._books_for(change, None, None)
            return intents.authenticate(books, id_, passed=body["outcome"] == "complete")

    def _settle(self, _: Json, id_: str) -> Json:
        with self._store.change() as change:
            promise = change.take_promise(due=float("inf"), of=id_)
            if promise is None:
                raise invalid(f"{id_} awaits nothing.")
            keep(self._books_for(change, None, None), promise)
        return {"settled": id_}

    def _cancel_refund(self, _: Json, id_: str) -> Json:
        with self._store.change() as change:
            if change.take_promise(due=float("inf"), of=id_) is None:
                raise invalid(f"{id_} awaits nothing.")
            refunds.keep_promise(self._books_for(change, None, None), refunds.CANCELS, id_)
        return {"cancelled": id_}

    def _decide_dispute(self, body: Json, id_: str) -> Json:
        with self._store.change() as change:
            books = self._books_for(change, None, None)
            return disputes.decide(books, id_, str(body.get("status")))


def keep(books: Books, promise: tuple[str, str]) -> None:
    """Let happen what was promised."""
    what, of = promise
    module = intents if of.startswith("pi_") else refunds
    module.keep_promise(books, what, of)

"""/_double: what tests and people inspect and control, besides Stripe's own API.

    GET    /_double/health
    GET    /_double/webhook                              where events are sent
    POST   /_double/webhook                              {url, secret}
    GET    /_double/events                               newest first, each with its deliveries
    POST   /_double/events/{id}/resend                   deliver it again
    GET    /_double/calls                                the API calls answered since the start
    GET    /_double/faults                               the faults that are set
    POST   /_double/faults                               see faults.py
    DELETE /_double/faults
    DELETE /_double/idempotency_keys                     forget them all, as Stripe does after a day
    POST   /_double/payment_intents/{id}/authenticate    {outcome: complete | fail}: 3-D Secure
    POST   /_double/payment_intents/{id}/settle          settle it now
    POST   /_double/refunds/{id}/settle                  the same for a refund
    POST   /_double/refunds/{id}/cancel                  a pending refund is cancelled
    POST   /_double/disputes/{id}/decide                 {status}: how it ends
    GET    /_double/test_methods                         the cards, IBANs and names to pay with

Bodies are JSON with that content type: a page of another origin would need a CORS preflight to send
one, so it cannot control anything here.
"""

import re
from collections.abc import Callable
from dataclasses import asdict

from local.stripe_double import charges, disputes, intents, refunds
from local.stripe_double.errors import Json, StripeError, invalid
from local.stripe_double.faults import Faults
from local.stripe_double.methods import METHODS
from local.stripe_double.session import Session
from local.stripe_double.store import WAITING, Store, Transaction
from local.stripe_double.webhooks import Endpoint, WebhookDispatcher

LISTED_EVENTS = 200
"""How many events are listed."""


class Control:
    """The control endpoints, in JSON. Raises `StripeError` for an invalid request."""

    def __init__(
        self,
        store: Store,
        *,
        faults: Faults,
        dispatcher: WebhookDispatcher,
        clock: Callable[[], float],
        session_for: Callable[[Transaction, str | None, str | None], Session],
        calls: Callable[[], list[Json]],
    ) -> None:
        self._store = store
        self._faults = faults
        self._dispatcher = dispatcher
        self._clock = clock
        self._session_for = session_for
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
            ("DELETE", "/idempotency_keys", self._expire_keys),
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
        raise StripeError(404, "invalid_request_error", f"Unknown: {method} {path}.")

    def webhook(self) -> Json:
        """Where events are sent, without the secret."""
        endpoint = self._dispatcher.endpoint()
        return {"url": endpoint.url if endpoint else None}

    def events(self) -> list[Json]:
        """The newest events, each with its deliveries."""
        with self._store.transaction() as transaction:
            return [
                {
                    "id": event["id"],
                    "type": event["type"],
                    "created": event["created"],
                    "object": event["data"]["object"]["id"],
                    "deliveries": [
                        asdict(delivery) for delivery in transaction.deliveries(event["id"])
                    ],
                }
                for event in transaction.newest("event", limit=LISTED_EVENTS, where={})
            ]

    def _set_webhook(self, body: Json) -> Json:
        if body.keys() != {"url", "secret"}:
            raise invalid("A webhook is {url, secret}.")
        self._dispatcher.send_to(Endpoint(body["url"], body["secret"]))
        return self.webhook()

    def _resend(self, _: Json, id_: str) -> Json:
        with self._store.transaction() as transaction:
            event = self._session_for(transaction, None, None).get(id_, "event")
            transaction.send(event["id"], WAITING, self._clock())
        return {"resent": id_}

    def _add_faults(self, body: Json) -> Json:
        self._faults.add(body)
        return self._faults.state()

    def _clear_faults(self, _: Json) -> Json:
        self._faults.clear()
        with self._store.transaction() as transaction:
            transaction.release_held(self._clock())
        return self._faults.state()

    def _expire_keys(self, _: Json) -> Json:
        with self._store.transaction() as transaction:
            transaction.delete_replies()
        return {"idempotency_keys": []}

    def _authenticate(self, body: Json, id_: str) -> Json:
        if body.get("outcome") not in ("complete", "fail"):
            raise invalid("outcome is complete or fail", param="outcome")
        with self._store.transaction() as transaction:
            session = self._session_for(transaction, None, None)
            return intents.authenticate(session, id_, passed=body["outcome"] == "complete")

    def _settle(self, _: Json, id_: str) -> Json:
        with self._store.transaction() as transaction:
            task = transaction.take_scheduled_task(due=float("inf"), object_id=id_)
            if task is None:
                raise invalid(f"{id_} has no scheduled task.")
            run_task(self._session_for(transaction, None, None), task)
        return {"settled": id_}

    def _cancel_refund(self, _: Json, id_: str) -> Json:
        with self._store.transaction() as transaction:
            if transaction.take_scheduled_task(due=float("inf"), object_id=id_) is None:
                raise invalid(f"{id_} has no scheduled task.")
            refunds.run_scheduled_task(
                self._session_for(transaction, None, None), refunds.CANCELS, id_
            )
        return {"cancelled": id_}

    def _decide_dispute(self, body: Json, id_: str) -> Json:
        with self._store.transaction() as transaction:
            session = self._session_for(transaction, None, None)
            return disputes.decide(session, id_, str(body.get("status")))


def run_task(session: Session, task: tuple[str, str]) -> None:
    """Run a scheduled task, given as its kind and the id of its object."""
    kind, object_id = task
    module = charges if object_id.startswith("pi_") else refunds
    module.run_scheduled_task(session, kind, object_id)

"""/_double: what tests and people inspect and control, besides Stripe's own API.

    GET    /_double/health
    GET    /_double/webhook                              where events are sent
    POST   /_double/webhook                              {url, secret}
    POST   /_double/webhook/roll                         {secret, overlap_seconds}: a new secret
    GET    /_double/events                               newest first, each with its deliveries
    POST   /_double/events/{id}/resend                   deliver it again
    POST   /_double/deliveries/{id}/send                 now, in whatever state it is
    POST   /_double/deliveries/{id}/hold                 until it is sent or released
    POST   /_double/deliveries/{id}/drop                 never
    POST   /_double/deliveries/release                   {order: [id…]}: those held; by default all,
                                                         the last first
    GET    /_double/calls                                the API calls answered since the start
    GET    /_double/faults                               the faults that are set
    POST   /_double/faults                               see faults.py
    DELETE /_double/faults
    DELETE /_double/idempotency_keys                     delete them all, as Stripe does after a day
    GET    /_double/test_methods                         the cards, IBANs and names to pay with

What people, banks and Stripe do (dashboard.py); each responds with the changed object:

    POST   /_double/payment_intents/{id}/authenticate    {outcome: complete | fail}: 3-D Secure
    POST   /_double/payment_intents/{id}/settle          {outcome: succeeds | fails, code,
                                                         decline_code, message}: a bank debit
    POST   /_double/payment_intents/{id}/cancel          {reason}
    POST   /_double/payment_intents/{id}/expire
    POST   /_double/payment_intents/{id}/refund          {amount, reason, outcome: at_once | pending
                                                         | fails_later}
    POST   /_double/payment_intents/{id}/dispute         {status, reason, amount}
    POST   /_double/refunds/{id}/settle                  as its test card says
    POST   /_double/refunds/{id}/fail                    {failure_reason}
    POST   /_double/refunds/{id}/cancel
    POST   /_double/refunds/{id}/reach_bank              it gets the bank's reference
    POST   /_double/disputes/{id}/decide                 {status}

Bodies are JSON with that content type: a page of another origin would need a CORS preflight to send
one, so it cannot control anything here.
"""

import re
from collections.abc import Callable
from dataclasses import asdict
from functools import partial

from local.stripe_double import dashboard
from local.stripe_double.errors import Json, StripeError, invalid
from local.stripe_double.objects import charges, disputes, refunds
from local.stripe_double.objects.methods import METHODS
from local.stripe_double.state.faults import Faults
from local.stripe_double.state.session import Session
from local.stripe_double.state.store import DROPPED, HELD, WAITING, Delivery, Store, Transaction
from local.stripe_double.webhooks import Endpoint, WebhookDispatcher

LISTED_EVENTS = 200
"""How many events are listed."""

ACTS: dict[str, Callable[[Session, Json, str], Json]] = {
    r"/payment_intents/(\w+)/authenticate": dashboard.authenticate,
    r"/payment_intents/(\w+)/settle": dashboard.settle_debit,
    r"/payment_intents/(\w+)/cancel": dashboard.cancel_intent,
    r"/payment_intents/(\w+)/expire": dashboard.expire_intent,
    r"/payment_intents/(\w+)/refund": dashboard.refund_intent,
    r"/payment_intents/(\w+)/dispute": dashboard.dispute_intent,
    r"/refunds/(\w+)/settle": dashboard.settle_refund,
    r"/refunds/(\w+)/fail": dashboard.fail_refund,
    r"/refunds/(\w+)/cancel": dashboard.cancel_refund,
    r"/refunds/(\w+)/reach_bank": dashboard.refund_reaches_bank,
    r"/disputes/(\w+)/decide": dashboard.decide_dispute,
}

TASKS = {
    "pi": charges.run_scheduled_task,
    "re": refunds.run_scheduled_task,
    "du": disputes.run_scheduled_task,
}
"""What runs the tasks of an object, by the prefix of its id."""


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
            ("POST", "/webhook/roll", self._roll),
            ("POST", r"/events/(\w+)/resend", self._resend),
            ("POST", r"/deliveries/(\d+)/send", self._send),
            ("POST", r"/deliveries/(\d+)/hold", partial(self._set_delivery, HELD)),
            ("POST", r"/deliveries/(\d+)/drop", partial(self._set_delivery, DROPPED)),
            ("POST", "/deliveries/release", self._release),
            ("GET", "/calls", lambda _: self._calls()),
            ("GET", "/faults", lambda _: self._faults.state()),
            ("POST", "/faults", self._add_faults),
            ("DELETE", "/faults", self._clear_faults),
            ("DELETE", "/idempotency_keys", self._expire_keys),
            ("GET", "/test_methods", lambda _: [asdict(method) for method in METHODS]),
            *(("POST", pattern, partial(self._act, act)) for pattern, act in ACTS.items()),
        ]

    def answer(self, method: str, path: str, body: Json) -> object:
        """The response's JSON. Raises `StripeError`, a 404 for an unknown path."""
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

    def _roll(self, body: Json) -> Json:
        secret, overlap = body.get("secret"), body.get("overlap_seconds", 0)
        if body.keys() - {"secret", "overlap_seconds"} or not isinstance(overlap, (int, float)):
            raise invalid("A roll is {secret, overlap_seconds}.")
        self._dispatcher.roll_secret(str(secret or ""), overlap_seconds=overlap)
        return self.webhook()

    def _send(self, _: Json, id_: str) -> Json:
        self._dispatcher.send(self._delivery(id_))
        return asdict(self._delivery(id_))

    def _set_delivery(self, state: str, _: Json, id_: str) -> Json:
        delivery = self._delivery(id_)
        with self._store.transaction() as transaction:
            transaction.put_delivery(delivery.id, state, delivery.due)
        return asdict(self._delivery(id_))

    def _delivery(self, id_: str) -> Delivery:
        with self._store.transaction() as transaction:
            delivery = transaction.delivery(int(id_))
        if delivery is None:
            raise invalid(f"No such delivery: {id_}")
        return delivery

    def _release(self, body: Json) -> Json:
        order = body.get("order")
        if order is not None and not (
            isinstance(order, list) and all(isinstance(id_, int) for id_ in order)
        ):
            raise invalid("order is a list of the ids of deliveries", param="order")
        with self._store.transaction() as transaction:
            return {"released": transaction.release_held(self._clock(), order)}

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

    def _act(self, act: Callable[[Session, Json, str], Json], body: Json, id_: str) -> Json:
        with self._store.transaction() as transaction:
            return act(self._session_for(transaction, None, None), body, id_)


def run_task(session: Session, task: tuple[str, str]) -> None:
    """Run a scheduled task, given as its kind and the id of its object."""
    kind, object_id = task
    run = TASKS[object_id.partition("_")[0]]
    run(session, kind, object_id)

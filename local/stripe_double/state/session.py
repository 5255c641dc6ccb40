"""One request's view of the stored objects, and the changes it makes to them."""

import copy
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from local.stripe_double.errors import Json, invalid, no_such
from local.stripe_double.state.faults import Faults
from local.stripe_double.state.ids import Ids
from local.stripe_double.state.store import Transaction

API_VERSION = "2026-10-28.endive"

KINDS = {
    "pi": "payment_intent",
    "ch": "charge",
    "pm": "payment_method",
    "re": "refund",
    "du": "dispute",
    "cus": "customer",
    "evt": "event",
}

EXPANDABLE = ("latest_charge", "payment_intent", "payment_method", "charge", "customer")


@dataclass(frozen=True, kw_only=True)
class Timing:
    """How long delayed changes take, in seconds."""

    settle_seconds: float = 3
    """From `processing` to the outcome; also for a refund that is pending or will fail."""
    delayed_seconds: float = 180
    """The same for the test payment methods whose outcome Stripe delays."""


@dataclass(frozen=True, kw_only=True)
class Session:
    """What one request reads and writes, the events it emits and the tasks it schedules."""

    transaction: Transaction
    now: float
    timing: Timing
    faults: Faults
    ids: Ids
    url: str
    """The double's own address, for the pages it redirects people to."""
    request_id: str | None = None
    idempotency_key: str | None = None

    @property
    def second(self) -> int:
        """The time in whole seconds, as Stripe's objects state it."""
        return int(self.now)

    def get(self, id_: str, kind: str, *, param: str = "id") -> Json:
        """The object, or Stripe's 404 naming `param`."""
        body = self.transaction.object(kind, id_)
        if body is None:
            raise no_such(kind, id_, param=param)
        return body

    def put(self, body: Json, *, note: str | None = None) -> Json:
        """Store an object, with a private note if one is given, and return it."""
        self.transaction.put(body, note=note)
        return body

    def emit(self, type_: str, subject: Json, *, previous: Json | None = None) -> None:
        """Record an event with the present state of `subject`, and queue its deliveries.

        `previous` holds the values before an update, sent as `data.previous_attributes`.
        """
        data: Json = {"object": subject}
        if previous is not None:
            data["previous_attributes"] = previous
        event: Json = {
            "id": self.ids.new("evt"),
            "object": "event",
            "api_version": API_VERSION,
            "created": self.second,
            "data": data,
            "livemode": False,
            "pending_webhooks": 1,
            "request": {"id": self.request_id, "idempotency_key": self.idempotency_key},
            "type": type_,
        }
        self.transaction.put(event, listed=self.now + self.faults.listing_delay_of_event())
        for state, wait in self.faults.deliveries_of_event():
            self.transaction.send(event["id"], state, self.now + wait)
        if self.faults.should_release_held():
            self.transaction.release_held(self.now)

    def schedule(self, seconds: float, kind: str, object_id: str) -> None:
        """Schedule a task of that kind on the object, in so many seconds."""
        self.transaction.add_scheduled_task(self.now + seconds, kind, object_id)

    def expanded(self, body: Json, paths: Iterable[str]) -> Json:
        """`body` with the objects at `paths` (`latest_charge`, `data.charge`) in place of ids."""
        expanded = body
        for path in paths:
            if expanded is body:
                expanded = copy.deepcopy(body)
            self._expand(expanded, path.split("."), path)
        return expanded

    def _expand(self, value: Any, steps: list[str], path: str) -> None:
        if isinstance(value, list):
            for item in value:
                self._expand(item, steps, path)
            return
        step, *rest = steps
        if not isinstance(value, dict) or step not in value:
            raise invalid(f"This property cannot be expanded ({path}).", param="expand")
        inner = value[step]
        if isinstance(inner, str):
            kind = KINDS.get(inner.partition("_")[0])
            if step not in EXPANDABLE or kind is None:
                raise invalid(f"This property cannot be expanded ({path}).", param="expand")
            inner = value[step] = self.get(inner, kind)
        if rest and inner is not None:
            self._expand(inner, rest, path)

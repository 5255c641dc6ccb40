"""What one request sees of the double's memory, and what it leaves there."""

import copy
import secrets
import string
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from local.stripe_double.errors import Json, invalid, no_such
from local.stripe_double.faults import Faults
from local.stripe_double.store import Change

API_VERSION = "2026-10-28.endive"

LETTERS = string.ascii_letters + string.digits

KINDS = {
    "pi": "payment_intent",
    "ch": "charge",
    "pm": "payment_method",
    "re": "refund",
    "dp": "dispute",
    "cus": "customer",
    "evt": "event",
}

EXPANDABLE = ("latest_charge", "payment_intent", "payment_method", "charge", "customer")


def new_id(prefix: str) -> str:
    """An id as Stripe's look: `pi_3…`."""
    return f"{prefix}_3{random_text(23)}"


def random_text(length: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(length))


@dataclass(frozen=True, kw_only=True)
class Timing:
    """How long things take by themselves, in seconds."""

    settle: float = 3
    """From `processing` to the outcome; also for a refund that is pending or will fail."""
    delayed: float = 180
    """The same for the test accounts whose outcome is delayed."""


@dataclass(frozen=True, kw_only=True)
class Books:
    """One request's view: the objects, and what it adds to them."""

    change: Change
    now: float
    timing: Timing
    faults: Faults
    url: str
    """Where the double is, for the pages it sends people to."""
    request_id: str | None = None
    idempotency_key: str | None = None

    @property
    def second(self) -> int:
        return int(self.now)

    def get(self, id_: str, kind: str, *, param: str = "id") -> Json:
        """The object, or Stripe's 404 naming `param`."""
        found = self.change.object(kind, id_)
        if found is None:
            raise no_such(kind, id_, param=param)
        return found

    def put(self, body: Json, *, note: str | None = None) -> Json:
        self.change.put(body, note=note)
        return body

    def emit(self, type_: str, subject: Json, *, previous: Json | None = None) -> None:
        """Record an event with a picture of `subject` as it is now, and send it on its way.

        `previous` holds the values before an update, as `data.previous_attributes`.
        """
        data: Json = {"object": copy.deepcopy(subject)}
        if previous is not None:
            data["previous_attributes"] = previous
        event: Json = {
            "id": new_id("evt"),
            "object": "event",
            "api_version": API_VERSION,
            "created": self.second,
            "data": data,
            "livemode": False,
            "pending_webhooks": 1,
            "request": {"id": self.request_id, "idempotency_key": self.idempotency_key},
            "type": type_,
        }
        self.put(event)
        for state, wait in self.faults.ways_of_an_event():
            self.change.send(event["id"], state, self.now + wait)
        if self.faults.held_back_enough():
            self.change.release_held(self.now)

    def promise(self, seconds: float, what: str, of: str) -> None:
        """Have `what` happen to the object `of` by itself, in so many seconds."""
        self.change.promise(self.now + seconds, what, of)

    def expanded(self, body: Json, paths: Iterable[str]) -> Json:
        """`body` with the objects at `paths` (`latest_charge`, `data.charge`) in place of ids."""
        body = copy.deepcopy(body)
        for path in paths:
            self._expand(body, path.split("."), path)
        return body

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

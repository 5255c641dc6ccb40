"""Faults that a test injects. They live in memory: a restart ends them."""

import threading
from collections.abc import Iterator
from dataclasses import MISSING, asdict, dataclass, fields
from typing import Any, Literal

from local.stripe_double.errors import Json, invalid
from local.stripe_double.state.store import DROPPED, HELD, WAITING

KINDS = ("error", "stored_error", "rate_limit", "lock_timeout", "timeout", "reset", "slow")


@dataclass(kw_only=True)
class CallFault:
    """A fault of the next `times` API calls whose path starts with `path`.

    `error` responds with 500 and `rate_limit` with 429; `timeout` sends nothing for `seconds` and
    then closes the connection; `reset` resets the connection; `slow` waits `seconds` and then goes
    on as usual. `when` is `before` the call takes effect, so that it never does, or `after`, so
    that only its response is lost: the same call with its idempotency key then receives it.
    `lock_timeout` responds with the 429 of an object that another request holds
    (docs.stripe.com/rate-limits, "Object lock timeouts"). `stored_error` responds with a 500 of the
    endpoint itself, which Stripe saves: the same call with its idempotency key receives it again
    for a day, whether or not it took effect.
    """

    kind: Literal["error", "stored_error", "rate_limit", "lock_timeout", "timeout", "reset", "slow"]
    when: Literal["before", "after"] = "before"
    times: int = 1
    seconds: float = 100
    path: str = "/v1/"
    method: str | None = None


@dataclass(kw_only=True)
class EventFaults:
    """Faults of the next events: the number of events that each applies to; `delay` is for all.

    `drop`: not sent, except by `resend`. `duplicate`: sent twice. `reorder`: held until this many
    have gathered, then sent in reverse order. `delay`: sent this many seconds later. `unlist`: in
    lists only after `unlist_seconds`, so that a later one may be there before it. Stripe does not
    promise that its list is complete up to the newest event.
    """

    drop: int = 0
    duplicate: int = 0
    reorder: int = 0
    delay: float = 0
    unlist: int = 0
    unlist_seconds: float = 60


def _parse[Fault: (CallFault, EventFaults)](kind: type[Fault], body: object) -> Fault:
    """A fault from JSON whose fields are of the right types; a missing one has its default."""
    if not isinstance(body, dict):
        raise invalid("A fault is an object.")
    types = dict.fromkeys(("seconds", "delay", "unlist_seconds"), (int, float))
    for field in fields(kind):
        default = field.default if field.default is not MISSING else ""
        allowed = types.get(field.name, (str if default is None else type(default),))
        value = body.get(field.name, default)
        if value is not None and (isinstance(value, bool) or not isinstance(value, allowed)):
            raise invalid(f"{field.name} can't be {value!r}", param=field.name)
    try:
        return kind(**body)
    except TypeError as error:
        raise invalid(f"Not a fault: {error}") from error


class Faults:
    """The faults that are set. Each use counts one down."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._calls: list[CallFault] = []
        self._events = EventFaults()
        self._released = False

    def add(self, body: Json) -> None:
        """Set faults: `{"calls": [CallFault…], "events": EventFaults}`; 400 for anything else."""
        if body.keys() - {"calls", "events"}:
            raise invalid("Faults are of calls and of events.")
        calls_body = body.get("calls", [])
        if not isinstance(calls_body, list):
            raise invalid("calls is a list.")
        calls = [_parse(CallFault, call) for call in calls_body]
        for call in calls:
            if call.kind not in KINDS or call.when not in ("before", "after"):
                raise invalid(f"A call can meet {', '.join(KINDS)}, before or after.")
        events = _parse(EventFaults, body["events"]) if "events" in body else None
        with self._lock:
            self._calls += calls
            if events is not None:
                self._events = events

    def clear(self) -> None:
        """Remove all faults, and release what is held back."""
        with self._lock:
            self._calls.clear()
            self._events = EventFaults()
            self._released = True

    def state(self) -> dict[str, Any]:
        """The faults that are left, in the form that `add` accepts."""
        with self._lock:
            return {
                "calls": [asdict(call) for call in self._calls],
                "events": asdict(self._events),
            }

    def next_for(self, method: str, path: str) -> CallFault | None:
        """The fault of this call, counted down; None if it has none."""
        with self._lock:
            for fault in self._calls:
                if path.startswith(fault.path) and fault.method in (None, method):
                    fault.times -= 1
                    if fault.times <= 0:
                        self._calls.remove(fault)
                    return fault
        return None

    def deliveries_of_event(self) -> Iterator[tuple[str, float]]:
        """The deliveries of a new event: the state of each, and its delay in seconds."""
        with self._lock:
            events = self._events
            if events.drop > 0:
                events.drop -= 1
                yield DROPPED, 0
                return
            state = WAITING
            if events.reorder > 0:
                events.reorder -= 1
                self._released = events.reorder == 0
                state = HELD
            yield state, events.delay
            if events.duplicate > 0:
                events.duplicate -= 1
                yield state, events.delay

    def listing_delay_of_event(self) -> float:
        """After how many seconds a new event is in lists."""
        with self._lock:
            if self._events.unlist <= 0:
                return 0
            self._events.unlist -= 1
            return self._events.unlist_seconds

    def should_release_held(self) -> bool:
        """Whether held events are to be sent now. True only once."""
        with self._lock:
            released, self._released = self._released, False
            return released

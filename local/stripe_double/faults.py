"""What can be made to go wrong, on purpose. Faults are not remembered: a restart ends them."""

import threading
from collections.abc import Iterator
from dataclasses import MISSING, asdict, dataclass, fields
from typing import Any, Literal

from local.stripe_double.errors import Json, invalid
from local.stripe_double.store import DROPPED, HELD, WAITING

KINDS = ("error", "rate_limit", "timeout", "reset", "slow")


@dataclass(kw_only=True)
class CallFault:
    """The next `times` API calls whose path starts with `path` go wrong.

    `error` answers 500 and `rate_limit` 429; `timeout` says nothing for `seconds` and then hangs
    up; `reset` breaks the connection off; `slow` waits `seconds` and then goes on as usual.
    `when` is whether that is `before` the call takes effect, so that it never does, or `after`, so
    that only its answer is lost: the same call repeated with its idempotency key then gets it.
    """

    kind: Literal["error", "rate_limit", "timeout", "reset", "slow"]
    when: Literal["before", "after"] = "before"
    times: int = 1
    seconds: float = 100
    path: str = "/v1/"
    method: str | None = None


@dataclass(kw_only=True)
class EventFaults:
    """What happens to events from now on, each to so many of them; `delay` to all.

    `drop`: never sent, unless by hand. `duplicate`: sent twice. `reorder`: held back until so many
    have gathered, then sent the last first. `delay`: sent that many seconds later.
    """

    drop: int = 0
    duplicate: int = 0
    reorder: int = 0
    delay: float = 0


def _read[Fault: (CallFault, EventFaults)](kind: type[Fault], asked: object) -> Fault:
    """A fault from JSON whose fields are of the right types; a missing one has its default."""
    if not isinstance(asked, dict):
        raise invalid("A fault is an object.")
    types = {"seconds": (int, float), "delay": (int, float)}
    for field in fields(kind):
        default = field.default if field.default is not MISSING else ""
        allowed = types.get(field.name, (str if default is None else type(default),))
        value = asked.get(field.name, default)
        if value is not None and (isinstance(value, bool) or not isinstance(value, allowed)):
            raise invalid(f"{field.name} can't be {value!r}", param=field.name)
    try:
        return kind(**asked)
    except TypeError as error:
        raise invalid(f"Not a fault: {error}") from error


class Faults:
    """The faults that are set, counted down as they strike."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._calls: list[CallFault] = []
        self._events = EventFaults()
        self._released = False

    def add(self, asked: Json) -> None:
        """Set faults: `{"calls": [CallFault…], "events": EventFaults}`; 400 for anything else."""
        if asked.keys() - {"calls", "events"}:
            raise invalid("Faults are of calls and of events.")
        given = asked.get("calls", [])
        if not isinstance(given, list):
            raise invalid("calls is a list.")
        calls = [_read(CallFault, call) for call in given]
        for call in calls:
            if call.kind not in KINDS or call.when not in ("before", "after"):
                raise invalid(f"A call can meet {', '.join(KINDS)}, before or after.")
        events = _read(EventFaults, asked["events"]) if "events" in asked else None
        with self._lock:
            self._calls += calls
            if events is not None:
                self._events = events

    def clear(self) -> None:
        with self._lock:
            self._calls.clear()
            self._events = EventFaults()
            self._released = True

    def state(self) -> dict[str, Any]:
        """What is still to strike."""
        with self._lock:
            return {
                "calls": [asdict(call) for call in self._calls],
                "events": asdict(self._events),
            }

    def strike(self, method: str, path: str) -> CallFault | None:
        """The fault this call meets, counted down; None: it goes well."""
        with self._lock:
            for fault in self._calls:
                if path.startswith(fault.path) and fault.method in (None, method):
                    fault.times -= 1
                    if fault.times <= 0:
                        self._calls.remove(fault)
                    return fault
        return None

    def ways_of_an_event(self) -> Iterator[tuple[str, float]]:
        """The deliveries a new event gets: the state of each, and in how many seconds."""
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

    def held_back_enough(self) -> bool:
        """Whether what was held back is to go out now; true once."""
        with self._lock:
            released, self._released = self._released, False
            return released

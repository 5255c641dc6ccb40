"""The schedule of a life: it fires when something is due, because else it has no effect."""

import heapq
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import Any

from infra.endpoints.events import DISPATCH
from tests.simulation.aws import SimulatedAws
from tests.simulation.clock import EPOCH, SECOND
from tests.simulation.faults import Fault
from tests.simulation.functions import Functions

QUIET_PERIOD_SECONDS = 300
"""How often the schedule fires after the faults: not each minute, so that a life costs less."""

type Key = tuple[str, str]


class Debts:
    """The items that owe something, by their due keys. `counts`: whether one of that key matters.

    Tasks that recur for ever do not.
    """

    def __init__(self, counts: Callable[[Key], bool]) -> None:
        self._counts = counts
        self._due: list[tuple[str, Key]] = []
        self._due_keys: dict[Key, str] = {}

    def follow(self, key: Key, item: Mapping[str, Any] | None) -> None:
        """Take a written item into account; None: it is deleted."""
        due = item.get("GSI2SK") if item else None
        if due and self._counts(key):
            self.owe(key, due)
        else:
            self.settle(key)

    def owe(self, key: Key, due: str) -> None:
        """Have something due that no item owes, by the due key that it would have."""
        self._due_keys[key] = due
        heapq.heappush(self._due, (due, key))

    def settle(self, key: Key) -> None:
        """Have it due no more."""
        self._due_keys.pop(key, None)

    def earliest(self) -> str | None:
        """The due time of the item that is due first, as its key has it; None: nothing is owed."""
        while self._due and self._due_keys.get(self._due[0][1]) != self._due[0][0]:
            heapq.heappop(self._due)
        return self._due[0][0].partition("#")[0] if self._due else None

    def owing(self) -> list[str]:
        """The items that owe something, by their keys."""
        return [f"{partition} {sort}" for partition, sort in self._due_keys]


class Schedule:
    """Fires in the minutes in which something is due, among the other events of the life."""

    def __init__(self, aws: SimulatedAws, functions: Functions, debts: Debts) -> None:
        self._aws, self._functions, self._debts = aws, functions, debts
        self.ticks, self._last_tick = 0, aws.clock.microseconds
        self._period_seconds = 60

    def slow_down(self) -> None:
        """Count from now on, and fire less often, because no faults are left."""
        self.ticks, self._period_seconds = 0, QUIET_PERIOD_SECONDS

    def step(self, *, until: int) -> bool:
        """Run the next event, or fire when something is due. Returns whether there was one."""
        world, clock = self._aws.world, self._aws.clock
        event = world.next_at()
        due = self._next_tick()
        if event is None and due is None:
            return False
        at = min(time for time in (event, due) if time is not None)
        if at > until:
            return False
        if due is not None and at == due:
            clock.move_to(due)
            self._tick()
            return True
        return world.step()

    def fire_later(self) -> None:
        """Fire in the next period though nothing is due."""
        clock = self._aws.clock
        clock.move_to(clock.microseconds + QUIET_PERIOD_SECONDS * SECOND)
        self._tick()

    def _next_tick(self) -> int | None:
        """The next minute at which the schedule finds something that is due.

        The schedule fires each minute, but without anything due it only lists Stripe's events,
        which a life does once in the end.
        """
        earliest = self._debts.earliest()
        if earliest is None:
            return None
        period = self._period_seconds
        number = max(_seconds(earliest), self._last_tick // SECOND) // period + 1
        return max(number * period * SECOND, self._aws.clock.microseconds)

    def _tick(self) -> None:
        """The schedule fires: sometimes twice, sometimes not."""
        self.ticks += 1
        self._last_tick = self._aws.clock.microseconds
        fires = self._aws.faults.fires
        if fires(Fault.TIMER_LOST, "schedule"):
            return
        times = 2 if fires(Fault.TIMER_DOUBLED, "schedule") else 1
        for _ in range(times):
            dispatch = partial(self._functions.handler(DISPATCH.name), {}, None)
            timeout = DISPATCH.timeout_seconds
            self._aws.world.invoke_async(DISPATCH.name, dispatch, timeout_seconds=timeout)


@lru_cache(maxsize=100)
def _seconds(due: str) -> int:
    """The whole seconds since 1970 of a due time."""
    return int((datetime.fromisoformat(due).astimezone(UTC) - EPOCH).total_seconds())

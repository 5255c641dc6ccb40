"""The scheduler of a life: events in the order of a seed, and handlers that overlap.

A handler runs as a coroutine of its own (a greenlet). Whenever it calls another system or sleeps,
it yields until that time has passed, so that any two handlers interleave at any of their calls.
There are no threads: the same seed always runs the same steps.
"""

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from greenlet import getcurrent, greenlet

from tests.simulation.clock import SECOND, Clock
from tests.simulation.faults import Crash, Fault, Faults

MAX_SKEW_SECONDS = 120
ASYNC_PAUSES_SECONDS = (60.0, 120.0)
"""Between the attempts of an asynchronous invocation."""


class TimedOut(BaseException):
    """The platform ends a function at its time limit. It is no `Exception`, like `Crash`."""


class Stuck(Exception):
    """Events are still pending after the time that was given for them."""


@dataclass
class Run:
    """One run of a handler. `outcome` is its reply, or what it raised."""

    name: str
    number: int
    ends_at: int
    skew_microseconds: int
    reply: Any = None
    raised: BaseException | None = None

    def __str__(self) -> str:
        return f"{self.name}#{self.number}"


class World:
    """The pending events of a life, and its steps so far."""

    def __init__(self, clock: Clock, faults: Faults, random: Random) -> None:
        self.clock, self.faults, self._random = clock, faults, random
        self._events: list[tuple[int, float, int, Callable[[], object]]] = []
        self._number = self._started = 0
        self._runs: dict[Any, Run] = {}
        self._closed = False
        self.max_skew_seconds: float = MAX_SKEW_SECONDS
        """How far the clock of a run may be wrong."""
        self.current: Run | None = None
        """The run that has control now."""
        self.steps: list[tuple[int, Run | None, str]] = []
        """What happened: the true time in microseconds, the run that had control, and a text."""
        self.crashes: list[Run] = []
        self.background = 0
        """How many pending events repeat for ever, such as schedules."""
        clock.wait = self._wait
        faults.who = lambda: self.current.name if self.current else ""

    def after(self, seconds: float, action: Callable[[], object]) -> None:
        """Call something when this time has passed. Events of the same time have no fixed order."""
        at = self.clock.microseconds + round(seconds * SECOND)
        self._push(at, action)

    def every(self, seconds: float, name: str, action: Callable[[], None]) -> None:
        """Call something repeatedly, as a schedule does: sometimes twice, sometimes not at all."""

        def fire() -> None:
            self.background -= 1
            self.every(seconds, name, action)
            if self.faults.fires(Fault.TIMER_LOST, name):
                return
            action()
            if self.faults.fires(Fault.TIMER_DOUBLED, name):
                self.after(self._random.uniform(0, seconds), action)

        self.background += 1
        self.after(seconds, fire)

    def start(
        self,
        name: str,
        handler: Callable[[], Any],
        *,
        done: Callable[[Run], None] = lambda run: None,
        timeout_seconds: float = 900,
    ) -> None:
        """Run a handler from now on. `done` gets the run when it has ended, in whatever way."""

        def begin() -> None:
            self._started += 1
            run = Run(name, self._started, self._at(timeout_seconds), self._skew(name))
            self.note(f"{run} begins")
            task = greenlet(lambda: _execute(run, handler))
            self._runs[task] = run
            self._resume(task, run, done)

        self.after(0, begin)

    def invoke_async(
        self, name: str, handler: Callable[[], Any], *, timeout_seconds: float = 900
    ) -> None:
        """Run a handler as Lambda does for a schedule: a failed run is repeated twice."""

        def attempt(pauses: Sequence[float]) -> None:
            def done(run: Run) -> None:
                if run.raised is not None and pauses:
                    self.after(pauses[0], lambda: attempt(pauses[1:]))

            self.start(name, handler, done=done, timeout_seconds=timeout_seconds)

        attempt(ASYNC_PAUSES_SECONDS)

    def call(self, name: str, handler: Callable[[], Any], *, timeout_seconds: float = 900) -> Run:
        """Run a handler to its end, and others meanwhile. For callers outside of all handlers."""
        runs: list[Run] = []
        self.start(name, handler, done=runs.append, timeout_seconds=timeout_seconds)
        while not runs and self.step():
            pass
        return runs[0]

    def step(self) -> bool:
        """Run the next event. Returns whether there was one."""
        if not self._events:
            return False
        at, _, _, action = heapq.heappop(self._events)
        self.clock.move_to(at)
        action()
        return True

    def next_at(self) -> int | None:
        """When the next event happens, in microseconds; None if none is pending."""
        return self._events[0][0] if self._events else None

    def run(self, seconds: float) -> None:
        """Run all events until this time has passed."""
        end = self._at(seconds)
        while self._events and self._events[0][0] <= end:
            self.step()
        self.clock.move_to(end)

    def run_dry(self, *, within_seconds: float) -> None:
        """Run all events until only schedules are pending. Raises `Stuck`."""
        end = self._at(within_seconds)
        while len(self._events) > self.background:
            if self._events[0][0] > end:
                raise Stuck(f"{len(self._events) - self.background} events are pending")
            self.step()

    def close(self) -> None:
        """End all handlers, so that none continues when its memory is collected."""
        self._closed = True
        for task in list(self._runs):
            task.throw(Crash("the life is over"))
        self._runs.clear()
        self._events.clear()

    def note(self, text: str) -> None:
        """Add a step to the story of the life; it names the run that has control."""
        self.steps.append((self.clock.microseconds, self.current, text))

    def story(self) -> str:
        """The steps of the life, one a line, with the seconds since its beginning."""
        begin = self.steps[0][0] if self.steps else 0
        return "\n".join(
            f"{(at - begin) / SECOND:12.3f} s  {f'{run}: ' if run else ''}{text}"
            for at, run, text in self.steps
        )

    def _resume(self, task: Any, run: Run, done: Callable[[Run], None]) -> None:
        """Continue a handler until it yields or ends."""
        self.clock.skew_microseconds = run.skew_microseconds
        self.current = run
        expired = self.clock.microseconds >= run.ends_at
        pause = task.throw(TimedOut) if expired else task.switch()
        self.clock.skew_microseconds = 0
        self.current = None
        if task.dead:
            del self._runs[task]
            self.note(f"{run} {'returns' if run.raised is None else type(run.raised).__name__}")
            if isinstance(run.raised, Crash | TimedOut):
                self.crashes.append(run)
            done(run)
        else:
            at = min(self.clock.microseconds + pause, run.ends_at)
            self._push(at, lambda: self._resume(task, run, done))

    def _wait(self, microseconds: int) -> None:
        """A sleep of a handler or of the life's driver; the others run meanwhile."""
        task = getcurrent()
        if self._closed:
            raise Crash("the life is over")
        if task in self._runs:
            task.parent.switch(microseconds)
        else:
            self.run(microseconds / SECOND)

    def _push(self, at: int, action: Callable[[], object]) -> None:
        self._number += 1
        heapq.heappush(self._events, (at, self._random.random(), self._number, action))

    def _at(self, seconds: float) -> int:
        return self.clock.microseconds + round(seconds * SECOND)

    def _skew(self, name: str) -> int:
        if not self.faults.fires(Fault.CLOCK_SKEW, name):
            return 0
        return round(self._random.uniform(-self.max_skew_seconds, self.max_skew_seconds) * SECOND)


def _execute(run: Run, handler: Callable[[], Any]) -> None:
    """Run a handler, and record its reply or what it raised, as the platform does."""
    try:
        run.reply = handler()
    except Crash as crash:
        run.raised = crash
    except TimedOut as timed_out:
        run.raised = timed_out
    except Exception as error:  # noqa: BLE001 - the platform catches whatever is raised
        run.raised = error

"""The double without a server: calls, tasks and deliveries run when a method is called."""

import secrets
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, TypedDict, Unpack

from local.stripe_double.api import Api, Call, Reply
from local.stripe_double.calls import Calls, NoReply
from local.stripe_double.control import Control, run_task
from local.stripe_double.errors import Json
from local.stripe_double.state.faults import Faults
from local.stripe_double.state.ids import Ids
from local.stripe_double.state.session import Session, Timing
from local.stripe_double.state.store import Store, Transaction
from local.stripe_double.webhooks import (
    LONGEST_PAUSE_SECONDS,
    Endpoint,
    Post,
    WebhookDispatcher,
    post_over_http,
)

if TYPE_CHECKING:
    import stripe

RECORDED_CALLS = 500
"""The last calls that are remembered for tests and people."""


class Options(TypedDict, total=False):
    """The options of a double."""

    secret_key: str
    publishable_key: str
    webhook: Endpoint | None
    timing: Timing
    retry_after: float
    """The first pause, in seconds, after a delivery that was not accepted. It doubles each time."""
    longest_pause: float
    clock: Callable[[], float]
    random: Random
    """Draws every id: with one seed and one clock two runs are equal."""
    sleep: Callable[[float], object]
    """Passes seconds of the clock."""
    post: Post
    """Sends a webhook; by default over HTTP."""


class InProcessDouble:
    """A double that a test or a simulation drives, under its own clock.

    `state` is the directory of its data; without it they are in memory.
    """

    url = "https://stripe.invalid"
    """The address of its pages; a redirect to 3-D Secure names it."""

    def __init__(self, state: Path | None = None, **options: Unpack[Options]) -> None:
        self.secret_key = options.get("secret_key", "sk_test_double")
        self.publishable_key = options.get("publishable_key", "pk_test_double")
        self.faults = Faults()
        self._timing = options.get("timing") or Timing()
        self._clock = clock = options.get("clock", time.time)
        self._sleep = options.get("sleep", time.sleep)
        self._ids = Ids(options.get("random") or secrets.SystemRandom())
        self._store = Store(state / "stripe.sqlite3" if state else None)
        self._dispatcher = WebhookDispatcher(
            self._store,
            clock=clock,
            first_pause_seconds=options.get("retry_after", 1),
            longest_pause_seconds=options.get("longest_pause", LONGEST_PAUSE_SECONDS),
            post=options.get("post", post_over_http),
        )
        webhook = options.get("webhook")
        if webhook is not None:
            self._dispatcher.send_to(webhook)
        self._recorded: deque[Json] = deque(maxlen=RECORDED_CALLS)
        self.api = Api(
            self._store,
            secret_key=self.secret_key,
            publishable_key=self.publishable_key,
            clock=clock,
            ids=self._ids,
            session_for=self._session,
        )
        self._calls = Calls(self.api, self.faults, wait=self.wait, record=self.record_call)
        self.control = Control(
            self._store,
            faults=self.faults,
            dispatcher=self._dispatcher,
            clock=clock,
            session_for=self._session,
            calls=lambda: list(self._recorded),
        )

    def answer(self, call: Call) -> Reply | NoReply:
        """Answer a call of Stripe's API, with the fault that is set for it."""
        return self._calls.answer(call)

    def http_client(self, *, timeout: float = 80, session: object = None) -> "stripe.HTTPClient":
        """The `http_client` of an SDK client that calls this double without a socket or session."""
        del session
        # The SDK takes half a second to import, and the program does without it.
        from local.stripe_double.direct import DirectClient  # noqa: PLC0415 - see above

        return DirectClient(self.answer, timeout=timeout, sleep=self._sleep)

    def next_due(self) -> float | None:
        """When the next task or delivery is due; None if none is waiting."""
        with self._store.transaction() as transaction:
            task = transaction.next_task_due()
        times = [due for due in (task, self._dispatcher.next_due()) if due is not None]
        return min(times, default=None)

    def run_due(self) -> int:
        """Run the tasks that are due, and send the deliveries that are. Returns their number."""
        number = 0
        while self.run_due_task():
            number += 1
        while self._dispatcher.step() == 0:
            number += 1
        return number

    def run_due_task(self) -> bool:
        """Run the first task that is due, if there is one."""
        with self._store.transaction() as transaction:
            task = transaction.take_scheduled_task(due=self._clock())
            if task is not None:
                run_task(self._session(transaction), task)
        return task is not None

    def clear(self, *, random: Random | None = None) -> None:
        """Delete everything, also the endpoint and the faults; draw the next ids from `random`."""
        self._ids.random = random or self._ids.random
        self._store.clear()
        self.faults.clear()
        self._recorded.clear()

    def close(self) -> None:
        """Close the state; nothing may be called any more."""
        self._store.close()

    def wait(self, seconds: float) -> None:
        """Pass the seconds of a slow call."""
        self._sleep(seconds)

    def record_call(self, method: str, path: str, status: int | None, note: str | None) -> None:
        """`status` is None where there was no response; `note` is the error or the fault."""
        self._recorded.append(
            {"at": self._clock(), "method": method, "path": path, "status": status, "note": note}
        )

    def _session(
        self,
        transaction: Transaction,
        request_id: str | None = None,
        idempotency_key: str | None = None,
    ) -> Session:
        return Session(
            transaction=transaction,
            now=self._clock(),
            timing=self._timing,
            faults=self.faults,
            ids=self._ids,
            url=self.url,
            request_id=request_id,
            idempotency_key=idempotency_key,
        )

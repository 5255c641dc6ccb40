"""The double as a whole: its store, API, control, deliveries and HTTP server."""

import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Self

from local.stripe_double import api, intents, page
from local.stripe_double.control import Control, run_task
from local.stripe_double.errors import Json, invalid
from local.stripe_double.faults import Faults
from local.stripe_double.loop import Loop
from local.stripe_double.server import LOOPBACK, Server
from local.stripe_double.session import Session, Timing
from local.stripe_double.store import Store, Transaction
from local.stripe_double.webhooks import Endpoint, WebhookDispatcher

RECORDED_CALLS = 500


class StripeDouble:
    """The whole double: it listens from `start` to `stop`, or inside a `with`.

    `state` is the directory of its data; `port` 0 chooses a free one. `retry_after` is the first
    pause, in seconds, after a delivery that was not accepted; it doubles up to a minute.
    """

    def __init__(
        self,
        state: Path,
        *,
        port: int = 0,
        secret_key: str = "sk_test_double",  # noqa: S107 - a test key of no real account
        publishable_key: str = "pk_test_double",
        webhook: Endpoint | None = None,
        timing: Timing | None = None,
        retry_after: float = 1,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.secret_key = secret_key
        self.publishable_key = publishable_key
        self.faults = Faults()
        self._timing = timing or Timing()
        self._clock = clock
        self._store = Store(state / "stripe.sqlite3")
        self._dispatcher = WebhookDispatcher(
            self._store, clock=clock, first_pause_seconds=retry_after
        )
        if webhook is not None:
            self._dispatcher.send_to(webhook)
        self._calls: deque[Json] = deque(maxlen=RECORDED_CALLS)
        self.api = api.Api(
            self._store,
            secret_key=secret_key,
            publishable_key=publishable_key,
            clock=clock,
            session_for=self._session,
        )
        self.control = Control(
            self._store,
            faults=self.faults,
            dispatcher=self._dispatcher,
            clock=clock,
            session_for=self._session,
            calls=lambda: list(self._calls),
        )
        self.ending = threading.Event()
        self._server = Server((LOOPBACK, port), self)
        self._listener = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )
        self._loops = (
            Loop("deliveries", self._dispatcher.step),
            Loop("tasks", self._run_due_tasks),
        )

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self._server.server_port}"

    def start(self) -> Self:
        self._listener.start()
        for loop in self._loops:
            loop.start()
        return self

    def stop(self) -> None:
        self.ending.set()
        self._server.shutdown()
        self._listener.join()
        self._server.close_connections()
        self._server.server_close()
        for loop in self._loops:
            loop.end()
        self._store.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def wake_loops(self) -> None:
        """Wake the loops, so that they look for due work now."""
        for loop in self._loops:
            loop.wake()

    def record_call(self, method: str, path: str, status: int | None, note: str | None) -> None:
        """`status` is None where there was no response; `note` is the error or the fault."""
        self._calls.append(
            {"at": self._clock(), "method": method, "path": path, "status": status, "note": note}
        )

    def home_page(self) -> str:
        """The page at /."""
        with self._store.transaction() as transaction:
            payments = transaction.newest("payment_intent", limit=50, where={})
            refunds = transaction.newest("refund", limit=50, where={})
        return page.home(
            payments=payments,
            refunds=refunds,
            events=self.control.events()[:50],
            webhook=self.control.webhook()["url"],
            faults=self.faults.state(),
        )

    def challenge_page(self, id_: str, query: dict[str, str]) -> str:
        """The bank's page, for an intent that was not confirmed in the browser."""
        with self._store.transaction() as transaction:
            intent = self._challenged(transaction, id_, query)
        return page.challenge(intent)

    def answer_challenge(self, id_: str, query: dict[str, str], *, passed: bool) -> str:
        """Answer the challenge. Returns the address to redirect the browser to."""
        with self._store.transaction() as transaction:
            intent = self._challenged(transaction, id_, query)
            back = intent["next_action"]["redirect_to_url"]["return_url"]
            intent = intents.authenticate(self._session(transaction), id_, passed=passed)
        outcome = "succeeded" if intent["status"] in ("succeeded", "processing") else "failed"
        joint = "&" if "?" in back else "?"
        return (
            f"{back}{joint}payment_intent={id_}"
            f"&payment_intent_client_secret={intent['client_secret']}&redirect_status={outcome}"
        )

    def _challenged(self, transaction: Transaction, id_: str, query: dict[str, str]) -> Json:
        intent = self._session(transaction).get(id_, "payment_intent", param="intent")
        action = intent["next_action"] or {}
        if query.get("client_secret") != intent["client_secret"] or "redirect_to_url" not in action:
            raise invalid("This PaymentIntent has no challenge.")
        return intent

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
            url=self.url,
            request_id=request_id,
            idempotency_key=idempotency_key,
        )

    def _run_due_tasks(self) -> float | None:
        with self._store.transaction() as transaction:
            task = transaction.take_scheduled_task(due=self._clock())
            if task is not None:
                run_task(self._session(transaction), task)
            due = transaction.next_task_due()
        if task is not None:
            self._loops[0].wake()
        return None if due is None else max(0, due - self._clock())

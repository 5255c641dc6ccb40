"""The double as a program: its HTTP server, its pages, and the threads that run due work."""

import threading
from pathlib import Path
from typing import Self, Unpack

from local.stripe_double import page
from local.stripe_double.errors import Json, invalid
from local.stripe_double.in_process import InProcessDouble, Options
from local.stripe_double.loop import Loop
from local.stripe_double.objects import intents
from local.stripe_double.server import LOOPBACK, Server
from local.stripe_double.state.store import Transaction


class StripeDouble(InProcessDouble):
    """The whole double: it listens from `start` to `stop`, or inside a `with`.

    `state` is the directory of its data; `port` 0 chooses a free one. The other options are those
    of `InProcessDouble`.
    """

    def __init__(self, state: Path, *, port: int = 0, **options: Unpack[Options]) -> None:
        super().__init__(state, **options)
        self._ending = threading.Event()
        self._server = Server((LOOPBACK, port), self)
        self.url = f"http://{LOOPBACK}:{self._server.server_port}"
        self._listener = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )
        self._loops = (
            Loop("deliveries", self._dispatcher.step),
            Loop("tasks", self._run_tasks),
        )

    def start(self) -> Self:
        """Accept connections, and run due work in threads. Returns itself."""
        self._listener.start()
        for loop in self._loops:
            loop.start()
        return self

    def stop(self) -> None:
        """Close all connections, end the threads and close the state."""
        self._ending.set()
        self._server.shutdown()
        self._listener.join()
        self._server.close_connections()
        self._server.server_close()
        for loop in self._loops:
            loop.end()
        self.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def wake_loops(self) -> None:
        """Wake the loops, so that they look for due work now."""
        for loop in self._loops:
            loop.wake()

    def wait(self, seconds: float) -> None:
        """Wait, but not longer than until `stop`."""
        self._ending.wait(seconds)

    def home_page(self) -> str:
        """The page at /."""
        with self._store.transaction() as transaction:
            payments = transaction.newest("payment_intent", limit=50, where={})
            refunds = transaction.newest("refund", limit=50, where={})
            disputes = transaction.newest("dispute", limit=50, where={})
        return page.home(
            payments=payments,
            refunds=refunds,
            disputed=disputes,
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

    def _run_tasks(self) -> float | None:
        if self.run_due_task():
            self._loops[0].wake()
        with self._store.transaction() as transaction:
            due = transaction.next_task_due()
        return None if due is None else max(0, due - self._clock())

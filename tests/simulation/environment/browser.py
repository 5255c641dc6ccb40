"""A customer's browser: tabs that wait, and requests that are repeated until there is a reply."""

import json
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import Any

from docket.domain.errors import ConcurrentChange
from tests.make_calls import EDGE_KEY, a_request
from tests.simulation.aws import SimulatedAws
from tests.simulation.environment.settings import queue_of
from tests.simulation.faults import Fault
from tests.simulation.functions import Functions
from tests.simulation.world import Run

REFUSED = (400, 401, 403, 405, 413, 415, 422)
"""The statuses of requests that no browser sends."""

ATTEMPTS = 3
PATIENCE_SECONDS = 29

type Doing = Generator[Any, Any]
"""What a tab does. It yields what it waits for: seconds, a document that is read, or requests."""

type Reply = tuple[int, Any]
"""The status, and the body from JSON. Status 0: there was no reply."""

NO_REPLY: Reply = (0, {})


@dataclass
class KnownDocument:
    """A document as the customer's browser has it."""

    id: str = ""
    forms: list[dict[str, Any]] = field(default_factory=list)
    deleted: bool = False


@dataclass
class KnownOrder:
    """An order as the customer's browser has it."""

    user: str
    place: int
    id: str = ""
    documents: dict[int, KnownDocument] = field(default_factory=dict)
    intents: list[str] = field(default_factory=list)


class Browser:
    """The tabs of all customers of a life."""

    def __init__(self, aws: SimulatedAws, functions: Functions, random: Random) -> None:
        self._aws, self._functions, self._random = aws, functions, random
        self._randoms: dict[Doing, Random] = {}
        """Each step draws from numbers of its own, so that it does the same without the others."""
        self.edge_key: Callable[[], str] = lambda: EDGE_KEY
        """What the distribution adds to a request."""
        self.problems: list[str] = []
        """Replies that no fault explains."""
        self.active = 0
        """How many tabs have not ended."""

    def _continue(self, doing: Doing, value: Any) -> None:
        """Go on with a tab until it waits: for a time, a document's result, or replies."""
        self._random = self._randoms.pop(doing, self._random)
        try:
            step = doing.send(value)
        except StopIteration:
            self.active -= 1
            return
        self._randoms[doing] = self._random
        if isinstance(step, float):
            self._aws.world.after(step, lambda: self._continue(doing, None))
            return
        if isinstance(step, str):
            self._when_read(step, lambda: self._continue(doing, None))
            return
        runs: list[Run] = []

        def done(run: Run) -> None:
            runs.append(run)
            if len(runs) == len(step):
                self._continue(doing, sorted(runs, key=lambda run: run.number))

        for user, name, event in step:
            self._aws.world.start(
                f"{name} by {user}",
                self._handler(name, event),
                done=done,
                timeout_seconds=PATIENCE_SECONDS,
            )

    def _handler(self, name: str, event: dict[str, Any]) -> Callable[[], Any]:
        """What serves a request."""
        return partial(self._functions.handler(name), event, None)

    def _when_read(self, document_id: str, act: Callable[[], None]) -> None:
        """Act when a result of the reading of a document is on its way, or after half a minute."""
        queue, acted = self._aws.queues[queue_of("results")], list[bool]()

        def once() -> None:
            if not acted:
                acted.append(True)
                act()

        def listen(_: int) -> None:
            sent = queue.messages.values()
            if not acted and any(document_id in message.body for message in sent):
                self._aws.world.after(0, once)

        queue.listeners.append(listen)
        self._aws.world.after(30, once)

    def _call(
        self,
        order: KnownOrder,
        name: str,
        *,
        body: Any = None,
        key: str = "",
        document: str = "",
        attempts: int = ATTEMPTS,
    ) -> Generator[Any, Any, list[Reply]]:
        """The replies to a request, repeated until one has a definite status."""
        replies: list[Reply] = []
        for attempt in range(attempts):
            if attempt:
                yield self._random.uniform(1, 5) * 3**attempt
            clicks = 2 if self._fires(Fault.DOUBLE_CLICK, name) else 1
            runs = yield [
                (order.user, name, self._event(order, name, body, key, document))
                for _ in range(clicks)
            ]
            replies += [_reply(run) for run in runs]
            if any(
                0 < status < 500 and _code(body) != ConcurrentChange.code
                for status, body in replies
            ):
                break
        if key and self._fires(Fault.KEY_REPLAY, name):
            yield self._random.uniform(0, 300)
            again = self._event(order, name, body, key, document)
            replies += [_reply(run) for run in (yield [(order.user, name, again)])]
        for status, reply in replies:
            if status in REFUSED and _code(reply) != "payment_not_confirmed":
                self.problems.append(f"{name} replied {status}: {reply}")
        return replies

    def _event(
        self, order: KnownOrder, name: str, body: Any, key: str, document: str
    ) -> dict[str, Any]:
        method, path = ROUTES[name]
        headers = {"x-docket-edge": self.edge_key()}
        return a_request(
            method,
            path.format(order=order.id, document=document),
            body,
            caller={"user_id": order.user, "session_id": "S1"},
            headers={**headers, "idempotency-key": key} if key else headers,
        )

    def _fires(self, fault: Fault, place: str) -> bool:
        return self._aws.faults.fires(fault, place)


ROUTES = {
    "orders/create": ("POST", "/api/v1/orders"),
    "orders/create_sample": ("POST", "/api/v1/orders/sample"),
    "orders/get": ("GET", "/api/v1/orders/{order}"),
    "orders/update_status": ("PUT", "/api/v1/orders/{order}/status"),
    "orders/add_document": ("POST", "/api/v1/orders/{order}/documents"),
    "documents/renew_upload": ("POST", "/api/v1/documents/{document}/upload"),
    "documents/delete": ("DELETE", "/api/v1/documents/{document}"),
    "analyses/create": ("POST", "/api/v1/analyses/orders/{order}/analysis"),
    "analyses/get": ("GET", "/api/v1/analyses/orders/{order}/analysis"),
    "payments/create_intent": ("POST", "/api/v1/payments/orders/{order}/payment-intent"),
    "payments/confirm": ("POST", "/api/v1/payments/orders/{order}/payment-confirm"),
}


def _code(body: Any) -> str:
    return str(body.get("code", "")) if isinstance(body, dict) else ""


def _reply(run: Run) -> Reply:
    if run.raised is not None:
        return NO_REPLY
    return run.reply["statusCode"], json.loads(run.reply.get("body") or "{}")

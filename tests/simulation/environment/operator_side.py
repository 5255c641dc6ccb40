"""The operator of a life, who runs the commands of `operations`."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from docket.domain.payments.refund import Refund
from operations import commands
from tests.simulation.aws import SimulatedAws
from tests.simulation.environment.settings import SETTINGS, STAGE
from tests.simulation.world import Run

SECONDS = 900
PAUSE_SECONDS = 90
ATTEMPTS = 3
SINCE, UNTIL = "2026-01-01", "2036-01-01"

MOST_REDRIVES = 3
"""Without faults, dead letters are settled by being moved back once."""


class OperatorSide:
    """Runs commands, as one person with credentials of the stage's account."""

    def __init__(self, aws: SimulatedAws, settings: Mapping[str, str] = SETTINGS) -> None:
        """`settings` are those of the functions, without the changes of the life."""
        self._aws, self._redriven = aws, 0
        self._acts: Counter[tuple[str, str]] = Counter()
        self.returned_outside: Counter[str] = Counter()
        """What was returned outside of Stripe, in minor units, by the payment."""
        self.returns_outside: set[str] = set()
        """The payments whose failed refunds are returned outside of Stripe."""
        aws.life.clients["lambda"] = _Functions(aws, settings)
        aws.life.clients["sts"] = _Identity()

    def begin(
        self,
        *arguments: str,
        attempts: int = ATTEMPTS,
        last: Callable[[Run], None] = lambda run: None,
    ) -> None:
        """Run a command from now on. The operator repeats one that ends by a fault.

        `last` gets the last run.
        """
        lines: list[str] = []

        def done(run: Run) -> None:
            if run.raised is None or attempts <= 1:
                last(run)
                return
            again = partial(self.begin, *arguments, attempts=attempts - 1, last=last)
            self._aws.world.after(PAUSE_SECONDS, again)

        def command() -> int:
            return commands.run([*arguments, "--stage", STAGE], lines.append)

        self._aws.world.start(_name(arguments), command, done=done, timeout_seconds=SECONDS)

    def refund(self, order_id: str, *options: str) -> None:
        """Refund an order's payment, unless money is just being returned outside of Stripe."""
        if not self._acts["acknowledge", order_id]:
            self._begin_on("refund", order_id, *options)

    def return_outside(self, refund: Refund, *, times: int) -> None:
        """Return a refund's money outside of Stripe, and record that, until it is recorded."""
        self.returned_outside[refund.payment_intent_id] += refund.money.amount
        self._aws.world.note(f"a person returns {refund.money.amount} of {refund.id}")
        for _ in range(times):
            self._begin_on("acknowledge", refund.order_id, refund.id)

    def acts_on(self, order_id: str) -> bool:
        """Whether a command is at work that returns money of an order, or records that."""
        return any(self._acts[command, order_id] for command in ("refund", "acknowledge"))

    def _begin_on(self, command: str, order_id: str, *more: str) -> None:
        self._acts[command, order_id] += 1

        def last(run: Run) -> None:
            self._acts[command, order_id] -= 1
            if run.raised is not None and command == "acknowledge":
                self._begin_on(command, order_id, *more)

        self.begin(command, order_id, *more, last=last)

    def run(self, *arguments: str) -> list[str]:
        """Run a command to its end, without faults. Returns what it prints."""
        lines: list[str] = []

        def command() -> int:
            return commands.run([*arguments, "--stage", STAGE], lines.append)

        run = self._aws.world.call(_name(arguments), command, timeout_seconds=SECONDS)
        if run.raised is not None:
            return [f"{_name(arguments)} raised {type(run.raised).__name__}"]
        return lines

    def dead_letters(self) -> list[tuple[str, int]]:
        """The queues that have dead letters, and how many."""
        return [
            (name, len(queue.messages))
            for name, queue in self._aws.queues.items()
            if queue.messages and queue.dead_letters is None
        ]

    def redrive_dead_letters(self) -> bool:
        """Move dead letters back to their queues, a few times. Returns whether there were any."""
        if self._redriven == MOST_REDRIVES or not self.dead_letters():
            return False
        self._redriven += 1
        self.run("redrive")
        return True

    def differences(self) -> list[str]:
        """What `reconcile` finds, of any time. Its last line is the number of differences."""
        *differences, _ = self.run("reconcile", "--since", SINCE, "--until", UNTIL)
        return differences


def _name(arguments: Sequence[str]) -> str:
    return f"operations {arguments[0]}"


class _Functions:
    """Lambda's client: one function, with the settings of the stage."""

    def __init__(self, aws: SimulatedAws, settings: Mapping[str, str]) -> None:
        self._aws, self._settings = aws, settings

    def get_paginator(self, method: str) -> "_Functions":
        """The only listing is that of functions."""
        assert method == "list_functions"
        return self

    def paginate(self) -> Iterator[dict[str, Any]]:
        """One page."""
        variables = {**self._settings, **self._aws.life.settings}
        name = f"docket-{STAGE}-events-settle-debt"
        yield {"Functions": [{"FunctionName": name, "Environment": {"Variables": variables}}]}


class _Identity:
    """The client of AWS's token service."""

    def get_caller_identity(self) -> dict[str, str]:
        """The operator."""
        return {"Arn": "arn:aws:sts::000000000000:assumed-role/operator/olga"}

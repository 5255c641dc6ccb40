"""`make demo-kills`: the demonstration, while a function is killed after each of its AWS calls.

    python -m local.demo_kills [FUNCTION …]

It starts a stack of its own. For each function, the first journey kills it after its first call,
the next after its second, until a journey ends before that call was made. Every journey must end
completed: a refund would be due two hours after the payment, longer than a journey waits. The last
line is JSON.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import requests

from infra.names import Names
from local.demo import StepError, journey
from local.killed_worker import DONE
from local.service import NotStartedError
from local.stack import Endpoints, Log, MissingError, owner, running, timed_log

FUNCTIONS = (
    "events/on_upload",
    "events/read_document",
    "events/on_result",
    "payments/webhook",
    "events/settle_debt",
)
"""Those that are killed if none is named. `events/dispatch` makes fifty calls, nearly all reads."""
MOST_CALLS = 60
"""More than a function makes in an invocation of the demonstration."""
VISIBILITY_SECONDS = 15
"""In place of the stage's minutes, after which a message is received again."""
FOLLOWING_SECONDS = {"events/settle_debt": 30.0, "events/dispatch": 15.0}
"""How long after the journey these may still be invoked."""
POLL_SECONDS = 0.5
"""The pause between two looks at the file that a kill leaves."""


@dataclass(frozen=True)
class Killed:
    """How a journey ended whose function was killed after that call."""

    function: str
    call: int
    outcome: str
    """The order's status, or the failed step."""

    @property
    def is_completed(self) -> bool:
        """Whether the order was completed in spite of the kill."""
        return self.outcome == "completed"


def kill_after_each_call(
    function: str, order: Path, run_journey: Callable[[], str], log: Log
) -> Iterator[Killed]:
    """Run a journey for each call of the function, until one ends without that call."""
    name = Names("local").function(function)
    for call in range(1, MOST_CALLS + 1):
        done = order.with_suffix(DONE)
        done.unlink(missing_ok=True)
        order.write_text(json.dumps({"function": name, "call": call}))
        try:
            outcome = run_journey()
        except StepError as error:
            outcome = str(error)
        if not _is_killed(done, FOLLOWING_SECONDS.get(function, 0.0)):
            order.unlink(missing_ok=True)
            log(f"{function}: call {call} was not made; the journey was {outcome}")
            return
        log(f"{function}: killed after call {call}; the journey was {outcome}")
        yield Killed(function, call, outcome)


def _is_killed(done: Path, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not done.exists() and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS)
    return done.exists()


def receive_soon(endpoints: Endpoints) -> None:
    """Let the messages of a killed function be received again within seconds."""
    sqs = owner().client("sqs", endpoint_url=endpoints.emulator)
    for url in endpoints.queues.values():
        attributes = {"VisibilityTimeout": str(VISIBILITY_SECONDS)}
        sqs.set_queue_attributes(QueueUrl=url, Attributes=attributes)


def main() -> int:
    """The exit status: 1 if a journey did not end completed, or the stack failed."""
    parser = argparse.ArgumentParser(prog="python -m local.demo_kills")
    parser.add_argument("functions", nargs="*", metavar="FUNCTION", help=", ".join(FUNCTIONS))
    chosen = parser.parse_args().functions or FUNCTIONS
    log = timed_log(lambda line: print(line, flush=True))
    with tempfile.TemporaryDirectory(prefix="docket-demo-") as folder:
        state, order = Path(folder), Path(folder) / "kill.json"
        try:
            with running(state, identity_provider="jwt", log=log, kill=order) as endpoints:
                receive_soon(endpoints)
                killed = [
                    it
                    for function in chosen
                    for it in kill_after_each_call(
                        function, order, partial(_journey, endpoints, function), log
                    )
                ]
        except (MissingError, NotStartedError, requests.RequestException) as error:
            print(f"The stack failed. {error}", file=sys.stderr)
            return 1
    failed = [it for it in killed if not it.is_completed]
    for it in failed:
        print(f"{it.function}, killed after call {it.call}: {it.outcome}", file=sys.stderr)
    calls = {name: sum(it.function == name for it in killed) for name in chosen}
    print(json.dumps({"kills": len(killed), "calls": calls, "failed": len(failed)}))
    return int(bool(failed))


def _journey(endpoints: Endpoints, function: str) -> str:
    """The status of a journey's order. Without the browser's confirmation, the webhook decides."""
    summary = journey(endpoints, lambda _: None, confirms=function != "payments/webhook")
    return str(summary["status"])


if __name__ == "__main__":
    sys.exit(main())

"""The messages in the running service's queues, and its last dispatch: `make queues`.

python -m local.queues
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypedDict

from botocore.exceptions import BotoCoreError, ClientError

from infra.endpoints.events import DISPATCH
from infra.names import Names
from local.stack import RUN_FILE, Endpoints, owner

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


class _Streams(TypedDict):
    logStreams: list[dict[str, int]]


class LogsClient(Protocol):
    """What is used of the client of CloudWatch Logs."""

    def describe_log_streams(self, *, logGroupName: str) -> _Streams: ...  # noqa: N803 - AWS's name


LOG_GROUP = Names("local").log_group(DISPATCH.name)


class Depth(NamedTuple):
    """The messages of a queue."""

    queue: str
    waiting: int
    in_flight: int
    dead: int


def main() -> int:
    """The exit status: 1 if no service is running."""
    endpoints = Endpoints.load(RUN_FILE)
    if endpoints is None:
        print("Nothing is running: `make run`.", file=sys.stderr)
        return 1
    account, url = owner(), endpoints.emulator
    print(f"{'':14}{'waiting':>9}{'in flight':>11}{'dead letters':>14}")
    for name, waiting, in_flight, dead in depths(
        account.client("sqs", endpoint_url=url), endpoints
    ):
        print(f"{name:14}{waiting:9}{in_flight:11}{dead:14}")
    print(last_dispatch(account.client("logs", endpoint_url=url), at=datetime.now(UTC)))
    return 0


def depths(sqs: "SQSClient", endpoints: Endpoints) -> Iterator[Depth]:
    """The messages that wait, are being processed, and are dead letters, of each queue."""
    for name, url in endpoints.queues.items():
        waiting, in_flight = _count(sqs, url)
        yield Depth(name, waiting, in_flight, sum(_count(sqs, endpoints.dead_letters[name])))


def _count(sqs: "SQSClient", url: str) -> tuple[int, int]:
    counts = sqs.get_queue_attributes(
        QueueUrl=url,
        AttributeNames=["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
    )["Attributes"]
    return (
        int(counts["ApproximateNumberOfMessages"]),
        int(counts["ApproximateNumberOfMessagesNotVisible"]),
    )


def last_dispatch(logs: LogsClient, *, at: datetime) -> str:
    """When the dispatch last wrote into its log, which each run does."""
    streams = logs.describe_log_streams(logGroupName=LOG_GROUP)["logStreams"]
    times = [stream["lastEventTimestamp"] for stream in streams if "lastEventTimestamp" in stream]
    if not times:
        return "The dispatch has not run yet."
    ago = at - datetime.fromtimestamp(max(times) / 1000, UTC)
    return f"The dispatch ran {ago.total_seconds():.0f} s ago."


class Watch:
    """The messages of the running service, whenever they have changed."""

    def __init__(self, endpoints: Endpoints) -> None:
        account, url = owner(), endpoints.emulator
        self._endpoints = endpoints
        self._sqs = account.client("sqs", endpoint_url=url)
        self._logs = account.client("logs", endpoint_url=url)
        self._shown = _EMPTY

    def change(self) -> str | None:
        """A line about the queues; None if they are as they were, or do not answer."""
        try:
            text = _described(depths(self._sqs, self._endpoints))
            if text == self._shown:
                return None
            dispatched = last_dispatch(self._logs, at=datetime.now(UTC))
        except (BotoCoreError, ClientError):
            return None
        self._shown = text
        return f"{text} {dispatched}"


_EMPTY = "The queues are empty."


def _described(found: Iterator[Depth]) -> str:
    """One sentence: only queues that hold messages are named."""
    texts = [
        f"{depth.queue} {', '.join(parts)}"
        for depth in found
        if (parts := [f"{number} {state}" for state, number in _states(depth) if number])
    ]
    return f"Queues: {'; '.join(texts)}." if texts else _EMPTY


def _states(depth: Depth) -> Iterator[tuple[str, int]]:
    yield "waiting", depth.waiting
    yield "in flight", depth.in_flight
    yield "dead letters", depth.dead


if __name__ == "__main__":
    sys.exit(main())

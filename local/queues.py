"""`make queues`: the messages in the running service's queues, and its last dispatch.

python -m local.queues
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol, TypedDict

from infra.endpoints.events import DISPATCH
from infra.names import Names
from local.run import RUN_FILE
from local.stack import Endpoints, owner

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


class _Streams(TypedDict):
    logStreams: list[dict[str, int]]


class LogsClient(Protocol):
    """What is used of the client of CloudWatch Logs."""

    def describe_log_streams(self, *, logGroupName: str) -> _Streams: ...  # noqa: N803 - AWS's name


LOG_GROUP = Names("local").log_group(DISPATCH.name)


def main() -> int:
    endpoints = Endpoints.load(RUN_FILE)
    if endpoints is None:
        print("Nothing is running: `make run`.", file=sys.stderr)
        return 1
    account, url = owner(), endpoints.emulator
    for line in depths(account.client("sqs", endpoint_url=url), endpoints):
        print(line)
    print(last_dispatch(account.client("logs", endpoint_url=url), at=datetime.now(UTC)))
    return 0


def depths(sqs: "SQSClient", endpoints: Endpoints) -> Iterator[str]:
    """A line for each queue: the messages that wait, are being processed, and are dead letters."""
    yield f"{'':14}{'waiting':>9}{'in flight':>11}{'dead letters':>14}"
    for name, url in endpoints.queues.items():
        waiting, in_flight = _count(sqs, url)
        dead = sum(_count(sqs, endpoints.dead_letters[name]))
        yield f"{name:14}{waiting:9}{in_flight:11}{dead:14}"


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


if __name__ == "__main__":
    sys.exit(main())

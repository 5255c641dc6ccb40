"""A batch of messages of a queue: process them in groups, and report those that failed.

Lambda deletes the messages that are not reported, and the queue delivers the others again.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from random import uniform
from typing import Any, Protocol

from docket.runtime.logging import log_failure

RESERVE_SECONDS = 5.0
"""Nothing is retried later than this before the function's timeout."""

_MAX_PAUSE_SECONDS = 2.0
_MAX_TRIES = 30


class BatchFailed(Exception):
    """Every message of a batch failed."""


class Context(Protocol):
    """What is used of Lambda's context."""

    def get_remaining_time_in_millis(self) -> int:
        """How long the function may still run."""


@dataclass(frozen=True, kw_only=True)
class Delivery[T]:
    """A message, the id that the queue gave it, and how often it has been delivered."""

    message: T
    message_id: str
    receive_count: int
    is_retried: bool = False
    """This function has tried to process it before, in this delivery."""

    @property
    def is_repeated(self) -> bool:
        """Whether an earlier try may have had an effect."""
        return self.is_retried or self.receive_count > 1


def process[T](
    event: dict[str, Any],
    context: Context,
    *,
    parse: Callable[[str], Sequence[T]],
    group: Callable[[T], Hashable],
    act: Callable[[Sequence[Delivery[T]]], None],
    retry: tuple[type[Exception], ...] = (),
) -> dict[str, Any]:
    """Call `act` with the messages of each group. Returns the ids of the messages that failed.

    The messages of a group keep their order, and fail together: `act` is repeatable. A message that
    cannot be parsed fails alone. What raises one of `retry` is tried again, after all other groups,
    until shortly before the timeout: another delivery would count towards the dead-letter queue.
    Raises `BatchFailed` if all messages failed.
    """
    groups: dict[Hashable, list[Delivery[T]]] = defaultdict(list)
    failed: set[str] = set()
    for record in event["Records"]:
        try:
            messages = parse(record["body"])
        except ValueError as error:  # pydantic's and JSON's errors are ValueErrors
            log_failure("a malformed message", error, message_id=record["messageId"])
            failed.add(record["messageId"])
            continue
        for message in messages:
            delivery = Delivery(
                message=message,
                message_id=record["messageId"],
                receive_count=int(record["attributes"]["ApproximateReceiveCount"]),
            )
            groups[group(message)].append(delivery)
    for of_group in _failing(list(groups.values()), act, retry=retry, context=context):
        failed |= {delivery.message_id for delivery in of_group}
    if failed and len(failed) == len(event["Records"]):
        raise BatchFailed
    identifiers = [record["messageId"] for record in event["Records"]]
    return {"batchItemFailures": [{"itemIdentifier": i} for i in identifiers if i in failed]}


def _failing[T](
    groups: list[list[Delivery[T]]],
    act: Callable[[Sequence[Delivery[T]]], None],
    *,
    retry: tuple[type[Exception], ...],
    context: Context,
) -> list[list[Delivery[T]]]:
    """The groups that failed for good."""
    failed = []
    again: list[tuple[list[Delivery[T]], Exception]] = []
    for attempt in range(_MAX_TRIES):
        again = []
        for of_group in groups:
            try:
                act(of_group)
            except retry as error:
                again.append((of_group, error))
            except Exception as error:  # noqa: BLE001 - one group must not stop the others
                log_failure("messages could not be processed", error)
                failed.append(of_group)
        if not again:
            return failed
        pause = uniform(0.5, 1) * min(_MAX_PAUSE_SECONDS, 0.05 * 2**attempt)  # noqa: S311 - spreads retries
        if context.get_remaining_time_in_millis() / 1000 - pause < RESERVE_SECONDS:
            break
        time.sleep(pause)
        groups = [
            [replace(delivery, is_retried=True) for delivery in of_group] for of_group, _ in again
        ]
    for of_group, last_error in again:
        log_failure("messages could not be processed in time", last_error)
        failed.append(of_group)
    return failed

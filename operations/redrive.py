"""`redrive`: move the messages of dead-letter queues back to where they came from."""

from collections.abc import Collection, Iterator

from docket.gateways import queue_operations
from docket.table import operator_acts
from operations.deployment import Operator


def redrive(names: Collection[str], operator: Operator) -> Iterator[str]:
    """Move back the dead letters of the queues with these names, or of all.

    Each message arrives once more, which is harmless: what it requests has been done, or is owed.
    """
    for queue in queue_operations.queues(operator.stage):
        is_named = not names or any(f"-{name}-" in queue.name for name in names)
        if not (queue.has_dead_letters and queue.waiting and is_named):
            continue
        facts: dict[str, str | int] = {"queue": queue.name, "messages": queue.waiting}
        operator_acts.record("redrive", facts, operator.audit())
        moved = queue_operations.move_back(queue)
        yield f"{queue.name}: " + (
            f"{queue.waiting} messages are being moved" if moved is None else f"{moved} moved"
        )

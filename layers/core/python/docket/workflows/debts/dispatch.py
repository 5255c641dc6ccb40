"""Send what is due to the queues of the workers, each minute, the longest due first.

A queue gets no more than its workers settle until the next minute: what is due later but matters as
much is then not behind a long queue, and a message is rarely older than the debt's next due time.
Duplicates are harmless, because the worker claims a debt before it settles it.
"""

import heapq
from collections.abc import Iterable, Iterator
from datetime import datetime

from docket.domain.debt import DebtClass
from docket.gateways import debt_queues
from docket.gateways.debt_queues import DebtMessage
from docket.runtime import metrics
from docket.table import debts, keys
from docket.table.debts import DueKey
from docket.workflows.debts.capacity import CAPACITY, Capacity

OLDEST = {
    DebtClass.MONEY: "OldestMoneyDebt",
    DebtClass.WORK: "OldestWorkDebt",
    DebtClass.HOUSEKEEPING: "OldestHousekeepingDebt",
    DebtClass.MAIL: "OldestMailDebt",
}
"""The metric of the time, in seconds, for which the oldest debt of each class has been due."""

CALLS = {keys.PAYMENTS: 2, keys.REFUNDS: 5, keys.UNHANDLED: 4}
"""The calls of Stripe that a debt needs, by the start of its sort key.

One needs more if the time of a debit's success is looked up, in up to ten pages. It is rare, and
the pace of the workers holds for it, too.
"""

EVENT_LIST = DebtMessage(pk=keys.stripe_cursor()["PK"], sk=keys.stripe_cursor()["SK"], due_key="")
"""The task that recurs each minute: to look for events whose webhook was lost."""


def dispatch(debt_class: DebtClass, *, at: datetime) -> int:
    """Send the debts of a class that are due. Returns how many were sent."""
    capacity = CAPACITY[debt_class]
    due = list(_oldest_first(debt_class, at=at, limit=capacity.debts))
    age = (at - due[0].since).total_seconds() if due else 0.0
    metrics.seconds(OLDEST[debt_class], age)
    waiting = debt_queues.waiting(debt_class)
    chosen = list(_within(due, _left(capacity, waiting)))
    messages = [DebtMessage(pk=d.key["PK"], sk=d.key["SK"], due_key=d.due_key) for d in chosen]
    if debt_class is DebtClass.MONEY:
        messages.insert(0, EVENT_LIST)
    return debt_queues.send(debt_class, messages)


def _oldest_first(debt_class: DebtClass, *, at: datetime, limit: int) -> Iterator[DueKey]:
    """Those of all shards, merged by age. Of the same age, those of each shard take turns."""
    shards = [
        enumerate(debts.due(debt_class, shard, by=at, limit=limit)) for shard in range(keys.SHARDS)
    ]
    merged = heapq.merge(*shards, key=lambda ranked: (ranked[1].since, ranked[0]))
    return (debt for _, debt in merged)


def _left(capacity: Capacity, waiting: int) -> Capacity:
    """What the workers can settle besides the messages that wait already."""
    debts_left = max(0, capacity.debts - waiting)
    return Capacity(debts=debts_left, calls=capacity.calls * debts_left // capacity.debts)


def _within(due: Iterable[DueKey], left: Capacity) -> Iterator[DueKey]:
    """The first debts that the capacity suffices for; those without a call are not limited."""
    debts_left, calls_left = left.debts, left.calls
    for debt in due:
        calls = _calls(debt)
        if calls > calls_left:
            continue
        if not debts_left:
            return
        debts_left, calls_left = debts_left - 1, calls_left - calls
        yield debt


def _calls(debt: DueKey) -> int:
    return next((calls for prefix, calls in CALLS.items() if debt.key["SK"].startswith(prefix)), 0)

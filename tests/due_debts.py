"""What is owed in the table, and workers that settle it, for the tests of debts."""

from datetime import datetime

from docket.domain.debt import DebtClass
from docket.table import debts, keys
from docket.table.debts import DueKey
from docket.workflows.debts.settle import settle
from tests.make import an_audit_context

FAR = datetime.fromisoformat("2099-01-01T00:00:00+00:00")


def due(at: datetime = FAR) -> list[DueKey]:
    """The debts of all classes and shards that are due by then, oldest first."""
    found = [
        debt
        for debt_class in DebtClass
        for shard in range(keys.SHARDS)
        for debt in debts.due(debt_class, shard, by=at, limit=100)
    ]
    return sorted(found, key=lambda debt: debt.due_key)


def owed(at: datetime = FAR) -> list[str]:
    """The sort keys of what is due by then."""
    return [debt.key["SK"] for debt in due(at)]


def settle_due(at: datetime) -> list[bool]:
    """Let a worker settle everything that is due at that time. Returns which of it succeeded."""
    return [settle(seen, an_audit_context("sweeper", at)) for seen in due(at)]


def next_check(sort_key: str) -> datetime:
    """When the debt of the item with that sort key is due."""
    (debt,) = [debt for debt in due() if debt.key["SK"] == sort_key]
    return debt.since

"""What is owed in the table, and workers that settle it, for the tests of debts."""

from datetime import datetime

from docket.table.debts import DueKey
from docket.workflows.debts.settle import settle
from tests.make import an_audit_context
from tests.table_state import stored

FAR = datetime.fromisoformat("2099-01-01T00:00:00+00:00")


def due(at: datetime = FAR) -> list[DueKey]:
    """The debts of all classes that are due by then, oldest first: one scan, as tests are small."""
    found = [
        DueKey(key={"PK": item["PK"], "SK": item["SK"]}, due_key=item["GSI2SK"])
        for item in stored()
        if "GSI2PK" in item
    ]
    return sorted(
        (debt for debt in found if debt.since <= at), key=lambda debt: (debt.since, debt.due_key)
    )


def owed(at: datetime = FAR) -> list[str]:
    """The sort keys of what is due by then."""
    return [debt.key["SK"] for debt in due(at)]


def owed_but_files() -> list[str]:
    """What is owed, without the erasure of files of cancelled orders, which waits for weeks."""
    return [sort_key for sort_key in owed() if not sort_key.startswith("TASK#files#")]


def settle_due(at: datetime) -> list[bool]:
    """Let a worker settle everything that is due at that time. Returns which of it succeeded."""
    return [settle(seen, an_audit_context("worker", at)) for seen in due(at)]


def next_check(sort_key: str) -> datetime:
    """When the debt of the item with that sort key is due."""
    (debt,) = [debt for debt in due() if debt.key["SK"] == sort_key]
    return debt.since

"""money, work, housekeeping → here: settle the debts that the dispatcher found due."""

from typing import Any

from docket.gateways import debt_queues, stripe_pace
from docket.runtime import cold_start
from docket.runtime.logging import handler_errors, log_failure
from docket.table.debts import DueKey
from docket.workflows.audit import audit_context
from docket.workflows.debts.capacity import WORKER_CALLS_A_SECOND
from docket.workflows.debts.settle import settle

RESERVE_MILLISECONDS = 30_000
"""A debt is settled only if this much time is left: Stripe's slowest responses take most of it."""

cold_start.resume_gc()


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Settle the debts of a batch. Messages that were not processed are delivered again."""
    with (
        handler_errors("no debt could be settled"),
        stripe_pace.paced(calls_a_second=WORKER_CALLS_A_SECOND),
    ):
        failed = [record for record in event["Records"] if not _is_done(record, context)]
    return {"batchItemFailures": [{"itemIdentifier": record["messageId"]} for record in failed]}


def _is_done(record: dict[str, Any], context: Any) -> bool:
    if context.get_remaining_time_in_millis() < RESERVE_MILLISECONDS:
        return False
    try:
        message = debt_queues.parse(record["body"])
        seen = DueKey(key={"PK": message.pk, "SK": message.sk}, due_key=message.due_key)
        settle(seen, audit_context("worker"))
    except Exception as error:  # noqa: BLE001 - one message must not stop the others
        log_failure("a message about a debt was not handled", error, message_id=record["messageId"])
        return False
    return True

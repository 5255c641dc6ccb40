"""mail → here: send the mails that are owed."""

from collections.abc import Sequence
from typing import Any

from docket.gateways import debt_queues
from docket.gateways.debt_queues import DebtMessage
from docket.runtime import cold_start
from docket.runtime.batch import Context, Delivery, process
from docket.runtime.logging import handler_errors
from docket.table import keys
from docket.table.debts import DueKey
from docket.workflows.accounts import mails
from docket.workflows.audit import audit_context
from docket.workflows.debts import claims

cold_start.resume_gc()


def handler(event: dict[str, Any], context: Context) -> dict[str, Any]:
    """Send the mails of a batch. Messages that were not processed are delivered again."""
    with handler_errors("no mail could be sent"):
        return process(
            event,
            context,
            parse=lambda body: [debt_queues.parse(body)],
            group=lambda message: message.sk,
            act=_send,
        )


def _send(deliveries: Sequence[Delivery[DebtMessage]]) -> None:
    for delivery in deliveries:
        message = delivery.message
        seen = DueKey(key={"PK": message.pk, "SK": message.sk}, due_key=message.due_key)
        claims.settle(seen, audit_context("worker"), kinds={keys.MAILS: mails.settle})

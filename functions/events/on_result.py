"""results → here: record the results of readings, one order at a time."""

from collections.abc import Sequence
from typing import Any

from docket.domain.errors import ConcurrentChange, TableUnavailable
from docket.gateways import queues
from docket.gateways.queues import ResultMessage
from docket.runtime import batch, cold_start
from docket.runtime.batch import Delivery
from docket.runtime.logging import handler_errors
from docket.workflows.audit import audit_context
from docket.workflows.documents import results

cold_start.resume_gc()


def handler(event: dict[str, Any], context: Any) -> Any:
    """Record the results of each order. A failed message is delivered again."""
    with handler_errors("no result could be recorded"):
        return batch.process(
            event,
            context,
            parse=lambda body: [queues.parse_result(body)],
            group=lambda message: (message.user_id, message.order_id),
            act=_record,
            retry=(ConcurrentChange, TableUnavailable),
        )


def _record(deliveries: Sequence[Delivery[ResultMessage]]) -> None:
    results.record(
        [delivery.message for delivery in deliveries],
        audit_context("reader"),
        repeated=any(delivery.is_repeated for delivery in deliveries),
    )

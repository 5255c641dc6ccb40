"""reports → here: make a report of an order."""

from collections.abc import Sequence
from typing import Any

from docket.gateways import queues
from docket.gateways.queues import ReportMessage
from docket.runtime import cold_start
from docket.runtime.batch import Context, Delivery, process
from docket.runtime.logging import handler_errors
from docket.workflows.orders import report_worker

cold_start.resume_gc()


def handler(event: dict[str, Any], context: Context) -> dict[str, Any]:
    """Make a report. A message that was not processed is delivered again."""

    def make(deliveries: Sequence[Delivery[ReportMessage]]) -> None:
        report_worker.make_report(deliveries[0].message)

    with handler_errors("no report could be made"):
        return process(
            event,
            context,
            parse=lambda body: [queues.parse_report(body)],
            group=lambda message: (message.order_id, message.report_id),
            act=make,
        )

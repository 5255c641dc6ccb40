"""exports → here: make the next archive of an account's export."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from docket.gateways import queues
from docket.gateways.queues import ExportMessage
from docket.runtime import clock, cold_start
from docket.runtime.batch import Context, Delivery, process
from docket.runtime.logging import handler_errors
from docket.workflows.accounts import export_worker

RESERVE = timedelta(minutes=4)
"""Left of the function's time when an archive ends, to finish the present item and to store it."""

cold_start.resume_gc()


def handler(event: dict[str, Any], context: Context) -> dict[str, Any]:
    """Make an archive. A message that was not processed is delivered again."""
    left = timedelta(milliseconds=context.get_remaining_time_in_millis())
    until = clock.now() + left - RESERVE

    def make(deliveries: Sequence[Delivery[ExportMessage]]) -> None:
        export_worker.make_archive(deliveries[0].message, until=until)

    with handler_errors("no archive could be made"):
        return process(
            event,
            context,
            parse=lambda body: [queues.parse_export(body)],
            group=lambda message: (message.user_id, message.export_id),
            act=make,
        )

"""The worker of reports.

A report has an object of its own for each request, and is offered only if its record was written.
So a worker that was interrupted, or that ran twice, leaves an object that the bucket deletes.
"""

from docket.domain.orders.report import ReportState
from docket.gateways import s3
from docket.gateways.queues import ReportMessage
from docket.runtime import clock, config
from docket.table.accounts import account_access
from docket.table.orders import orders, reports
from docket.workflows.orders import report as report_workflow


class _NotWanted(Exception):
    """Another worker has made the report meanwhile, or it was requested anew."""


def make_report(message: ReportMessage) -> None:
    """Make a report, and record the progress. Does nothing for one that is not being made.

    The report of an order that is not paid any more fails. So does one that is overdue: a worker
    that never ends records progress each time, which postpones the debt. What another worker has
    made meanwhile is not drawn once more. Nothing is made for an account that is closed: the object
    of a report that begins after a deletion has would be stored after the last sweep.
    """
    report = reports.find(message.order_id, message.options, at=clock.now())
    if report is None or report.id != message.report_id or report.state is not ReportState.MAKING:
        return
    if report.is_overdue(clock.now()):
        reports.record(report, report.failed(), at=clock.now())
        return
    if _is_closed(report.user_id):
        return
    order = orders.get(report.user_id, report.order_id)
    if not order.is_paid:
        reports.record(report, report.failed(), at=clock.now())
        return
    latest = report

    def record_progress(done: int, total: int) -> None:
        nonlocal latest
        at = clock.now()
        new = latest.with_progress(done, total, at=at)
        if not reports.record(latest, new, at=at):
            raise _NotWanted
        latest = new

    try:
        file = report_workflow.make(order, report.options, progress=record_progress)
    except _NotWanted:
        return
    s3.put_report(report.order_id, report.object_name, file.content_type, file.content)
    at = clock.now()
    ready = latest.ready(file.filename, at=at, free_documents=file.free_documents)
    reports.record(latest, ready, at=at)


def _is_closed(user_id: str) -> bool:
    """Whether the deletion of the account has begun. With the pool's sessions there is none."""
    if config.read(config.Identity).authorizer == "gateway":
        return False
    return account_access.find(user_id).is_closed

"""Reports that a worker makes: requested by a customer, and downloaded when they are ready.

    request ──► report (table), and a message ──► worker ──► the bucket, and the record
    debt, after 20 minutes ───────────────────────►│

The worker is `docket.workflows.orders.report_worker`, whose function alone has the packages that
draw reports.
"""

from datetime import datetime

from docket.domain.errors import NotPaid, ReportNotFound
from docket.domain.orders.order import Order
from docket.domain.orders.report import Report, ReportOptions, ReportState
from docket.gateways import queues, s3
from docket.gateways.queues import ReportMessage
from docket.runtime import clock
from docket.table import rate_limits
from docket.table.orders import reports
from docket.workflows.orders import paid_contents


def request(order: Order, options: ReportOptions, *, at: datetime) -> Report:
    """Request a report; the present one, if it is being made. Raises `NotPaid`, `TooManyTries`.

    A report that is ready is made anew: facts may have been corrected since.
    """
    if not order.is_paid:
        raise NotPaid
    rate_limits.count_report(order.user_id, at=at)
    report = Report.requested(clock.new_id(), order.user_id, order.id, options, at=at)
    stored = reports.request(report)
    if stored.id == report.id:
        queues.try_request_report(ReportMessage.of(stored))
    return stored


def find(order: Order, options: ReportOptions, *, at: datetime) -> Report:
    """The report that is being made, or can be downloaded. Raises `NotPaid`, `ReportNotFound`.

    One that shows a free document is not offered any more when the payment for that is returned.
    """
    if not order.is_paid:
        raise NotPaid
    report = reports.find(order.id, options, at=at)
    if report is None or not (report.state is ReportState.MAKING or report.is_offered(at)):
        raise ReportNotFound
    if paid_contents.unpaid(order, report.free_documents):
        raise ReportNotFound
    return report


def download_url(report: Report) -> str:
    """A presigned URL of a report that is ready."""
    return s3.report_url(report.order_id, report.object_name, filename=report.filename)

"""Debts of reports: one that was requested and not made."""

from docket.domain.debt import DebtClass, Due
from docket.domain.event import AuditContext
from docket.domain.orders.report import CHECK
from docket.gateways import queues
from docket.gateways.queues import ReportMessage
from docket.table.debts import Claim
from docket.table.orders import reports


def settle(claim: Claim, audit: AuditContext) -> Due | None:
    """Request the report again, or let one fail that is overdue. Returns the next check.

    Another message does no harm: a report is recorded once.
    """
    report = reports.from_item(claim.item)
    if report.is_overdue(audit.at):
        reports.record(report, report.failed(), at=audit.at)
    else:
        queues.request_report(ReportMessage.of(report))
    return Due(DebtClass.WORK, audit.at + CHECK)

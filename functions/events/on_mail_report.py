"""feedback → here: what SES reports about mails that were sent."""

from collections.abc import Sequence
from typing import Any

from docket.gateways import mail as ses
from docket.gateways.mail import Report
from docket.runtime import cold_start
from docket.runtime.batch import Context, Delivery, process
from docket.runtime.logging import handler_errors
from docket.workflows.accounts import mails
from docket.workflows.audit import audit_context

cold_start.resume_gc()


def handler(event: dict[str, Any], context: Context) -> dict[str, Any]:
    """Follow the reports of a batch. Messages that were not processed are delivered again."""
    with handler_errors("no report about a mail could be followed"):
        return process(
            event,
            context,
            parse=_reports,
            group=lambda report: report.mail_id,
            act=_follow,
        )


def _reports(body: str) -> list[Report]:
    report = ses.parse_report(body)
    return [report] if report else []


def _follow(deliveries: Sequence[Delivery[Report]]) -> None:
    for delivery in deliveries:
        mails.follow(delivery.message, audit_context("worker"))

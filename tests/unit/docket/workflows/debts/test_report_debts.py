from datetime import timedelta

import pytest

from docket.domain.debt import DebtClass
from docket.domain.orders.report import DEADLINE, Report, ReportOptions, ReportState
from docket.table import debts, keys
from docket.table.orders import reports
from docket.workflows.debts import report_debts
from tests.make import OID, THEN, an_audit_context

REPORT = Report.requested("R1", "ada", OID, ReportOptions(form="pdf"), at=THEN)


def settle(at):
    reports.request(REPORT)
    by = THEN + timedelta(days=1)
    (due,) = debts.due(DebtClass.WORK, keys.shard(OID), by=by, limit=1)
    claim = debts.reserve(due, until=by)
    assert claim
    report_debts.settle(claim, an_audit_context("worker", at=at))


@pytest.mark.usefixtures("table")
def test_a_report_is_requested_again(queues):
    settle(THEN + timedelta(minutes=20))

    (message,) = queues["reports"].receive_all()
    assert (message["report_id"], message["form"]) == ("R1", "pdf")


def test_an_overdue_report_fails(queues):
    settle(THEN + DEADLINE)

    report = reports.find(OID, REPORT.options, at=THEN)
    assert report
    assert report.state is ReportState.FAILED
    assert queues["reports"].receive_all() == []

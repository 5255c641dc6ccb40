from datetime import timedelta

import pytest

from docket.domain.orders.report import Report, ReportOptions
from docket.table.orders import reports
from tests.make import OID, THEN

pytestmark = pytest.mark.usefixtures("table")

OPTIONS = ReportOptions(form="pdf", language="de")
REPORT = Report.requested("R1", "ada", OID, OPTIONS, at=THEN)
LATER = THEN + timedelta(minutes=5)


def test_a_report_is_found_by_its_options_until_it_expires():
    reports.request(REPORT)
    ready = REPORT.ready("a.pdf", at=LATER)
    reports.record(REPORT, ready, at=LATER)

    assert reports.find(OID, OPTIONS, at=LATER) == ready
    assert reports.find(OID, OPTIONS, at=ready.expires_at) is None
    assert reports.find(OID, ReportOptions(form="pdf"), at=LATER) is None


def test_a_report_that_is_being_made_is_not_replaced():
    reports.request(REPORT)

    assert reports.request(Report.requested("R2", "ada", OID, OPTIONS, at=LATER)) == REPORT


@pytest.mark.parametrize("end", [REPORT.ready("a.pdf", at=LATER), REPORT.failed()])
def test_a_report_that_is_ready_or_failed_is_replaced(end):
    reports.request(REPORT)
    reports.record(REPORT, end, at=LATER)

    again = Report.requested("R2", "ada", OID, OPTIONS, at=LATER)
    assert reports.request(again) == again


def test_the_worker_of_an_earlier_request_records_nothing():
    reports.request(REPORT)
    reports.record(REPORT, REPORT.failed(), at=LATER)
    again = reports.request(Report.requested("R2", "ada", OID, OPTIONS, at=LATER))

    assert not reports.record(REPORT, REPORT.ready("a.pdf", at=LATER), at=LATER)
    assert reports.find(OID, OPTIONS, at=LATER) == again

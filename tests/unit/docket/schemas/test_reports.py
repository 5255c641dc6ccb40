from docket.domain.orders.report import ReportOptions
from docket.schemas.reports import CreateReportRequest


def test_the_language_is_the_requested_or_the_accepted_one():
    requested = CreateReportRequest(format="pdf", language="en")

    assert requested.options("de") == ReportOptions(form="pdf", language="en")
    assert CreateReportRequest(format="pdf").options("de").language == "de"

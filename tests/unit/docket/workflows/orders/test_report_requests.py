"""The rest of it is tested by its functions: tests/unit/functions/events/test_make_report.py."""

from dataclasses import replace

import pytest

from docket.domain import rate_limits
from docket.domain.errors import TooManyTries
from docket.domain.orders.order import OrderStatus
from docket.domain.orders.report import ReportOptions
from docket.gateways import queues as queue_gateway
from docket.gateways.queues import ReportMessage
from docket.runtime import config
from docket.table.orders import reports
from docket.workflows.orders import report_requests
from tests.make import OID, THEN, a_payment, an_order

PAID = an_order(payment=a_payment(), status=OrderStatus.COMPLETED, analysed_at=THEN)
OPTIONS = ReportOptions(form="csv", language="de", table="facts", doubtful="omit")


def test_a_request_stands_if_its_worker_cannot_be_called(queues, monkeypatch):
    monkeypatch.setenv("DOCKET_REPORTS_QUEUE_URL", f"{queues['reports'].url}-absent")
    config._load.cache_clear()

    report = report_requests.request(PAID, OPTIONS, at=THEN)

    assert reports.find(OID, OPTIONS, at=THEN) == report


def test_a_message_is_read_as_it_was_sent(queues):
    report = report_requests.request(PAID, OPTIONS, at=THEN)

    (record,) = queues["reports"].deliver()
    message = queue_gateway.parse_report(record["body"])
    assert message == ReportMessage.of(report)
    assert message.options == OPTIONS


def test_the_reports_of_a_customer_are_limited(queues, monkeypatch):
    monkeypatch.setattr(rate_limits, "REPORT_LIMIT", 2)
    for _ in range(2):
        report_requests.request(PAID, OPTIONS, at=THEN)

    with pytest.raises(TooManyTries) as refused:
        report_requests.request(PAID, ReportOptions(form="pdf"), at=THEN)

    assert refused.value.retry_after == rate_limits.left_of_window(THEN)
    assert reports.find(OID, ReportOptions(form="pdf"), at=THEN) is None
    other = replace(PAID, user_id="eve", id="01OTHER")
    assert report_requests.request(other, OPTIONS, at=THEN).user_id == "eve"
    later = THEN + rate_limits.WINDOW
    assert report_requests.request(PAID, ReportOptions(form="pdf"), at=later)

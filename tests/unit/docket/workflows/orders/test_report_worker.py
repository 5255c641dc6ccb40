"""The rest of it is tested by its function: tests/unit/functions/events/test_make_report.py."""

import pytest

from docket.domain.orders.order import OrderStatus
from docket.domain.orders.report import DEADLINE, Report, ReportOptions, ReportState
from docket.gateways import s3
from docket.gateways.queues import ReportMessage
from docket.runtime import clock
from docket.table.documents import corrections
from docket.table.orders import reports
from docket.workflows.orders import report as report_workflow
from docket.workflows.orders import report_worker
from tests.make import OID, THEN, a_payment, a_read_document, an_order
from tests.table_state import save, stored

REPORT = Report.requested("R1", "ada", OID, ReportOptions(form="pdf"), at=THEN)


@pytest.mark.usefixtures("jwt_stage", "bucket")
def test_a_report_that_was_requested_anew_is_not_made_for_the_earlier_message():
    reports.request(REPORT)
    before = stored()
    earlier = Report.requested("R0", "ada", OID, REPORT.options, at=THEN)

    report_worker.make_report(ReportMessage.of(earlier))

    assert stored() == before


@pytest.mark.usefixtures("jwt_stage", "bucket")
def test_a_report_whose_worker_never_ends_fails_at_its_deadline(monkeypatch):
    save(an_order(payment=a_payment(), status=OrderStatus.COMPLETED, analysed_at=THEN))
    late = Report.requested("R1", "ada", OID, REPORT.options, at=clock.now() - DEADLINE)
    reports.request(late)
    monkeypatch.setattr(report_workflow, "make", lambda *_, **__: pytest.fail("It is drawn"))

    report_worker.make_report(ReportMessage.of(late))

    report = reports.find(OID, REPORT.options, at=clock.now())
    assert report
    assert report.state is ReportState.FAILED


@pytest.mark.usefixtures("jwt_stage", "bucket")
def test_a_report_that_another_worker_has_made_is_not_drawn_again(monkeypatch):
    read = a_read_document("a.pdf")
    s3.put_result(read.id, 1, b'{"facts": [], "kind": "invoice"}')
    save(an_order(read, payment=a_payment(), status=OrderStatus.COMPLETED, analysed_at=THEN), read)
    requested = Report.requested("R1", "ada", OID, REPORT.options, at=clock.now())
    reports.request(requested)
    load = corrections.of_documents

    def made_meanwhile(*arguments):
        at = clock.now()
        reports.record(requested, requested.ready("a.pdf", at=at), at=at)
        return load(*arguments)

    monkeypatch.setattr(corrections, "of_documents", made_meanwhile)
    put = []
    monkeypatch.setattr(s3, "put_report", lambda *_: put.append("report"))

    report_worker.make_report(ReportMessage.of(requested))

    assert put == []

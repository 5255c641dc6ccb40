import json
from dataclasses import replace

import pytest
import requests
from botocore.exceptions import ClientError

from docket.domain.document import DocumentStatus
from docket.domain.errors import NotPaid
from docket.domain.order import OrderStatus
from docket.domain.reason import Reason
from docket.gateways import s3
from docket.table import analyses, client
from docket.table.analyses import Analysis
from docket.workflows import analysis as analysis_workflow
from docket.workflows import report as report_workflow
from tests.make import a_document, a_payment, a_read_document, an_order

FACT = {
    "name": "gross",
    "value": "=1+1",
    "normalised": {"minor": 11900, "currency": "eur"},
    "page": 0,
    "box": [0.1, 0.2, 0.3, 0.4],
    "confidence": 0.97,
    "source": "text",
}
READ = a_read_document("a.pdf")
READING = {
    "reader_version": "2",
    "kind_of_file": "pdf",
    "page_count": 1,
    "pages": [],
    "kind": "invoice",
    "kind_score": 0.9,
    "language": "en",
    "headline": "Invoice",
    "summary": [],
    "facts": [FACT],
    "tables": [],
    "line_items": [],
    "parties": [],
    "key_phrases": [],
    "warnings": [],
    "unread": [],
    "partial": False,
}


@pytest.fixture
def paid(bucket):
    """A paid order of a document that was read, and of one that could not be."""
    s3.put_result(READ.id, "v1", json.dumps(READING).encode())
    order = an_order(
        documents=(
            READ,
            a_document(
                "b.pdf",
                status=DocumentStatus.UNREADABLE,
                status_reason=Reason("password_protected"),
            ),
        ),
        payment=a_payment(),
        status=OrderStatus.COMPLETED,
    )
    client.write(
        analyses.put_analysis(order.id, Analysis(document_id=READ.id, version="v1", facts=READING))
    )
    return order


def fetched(address):
    return requests.get(address, timeout=5)


def test_the_json_holds_everything_that_was_read_and_what_was_not(paid):
    report = fetched(report_workflow.download_url(paid, "json"))

    assert report.headers["content-type"] == "application/json"
    assert f"docket-{paid.id}.json" in report.headers["content-disposition"]
    assert "11900" in report.text
    assert "protected by a password" in report.text


def test_a_cell_of_the_csv_is_never_a_formula(paid):
    report = fetched(report_workflow.download_url(paid, "csv"))

    cells = [cell for line in report.text.splitlines() for cell in line.split(",")]
    assert any("1+1" in cell for cell in cells)
    assert not any(cell.strip('"').startswith("=") for cell in cells)


def test_reports_of_two_languages_do_not_replace_each_other(paid):
    german = report_workflow.download_url(paid, "csv", "de")
    english = report_workflow.download_url(paid, "csv", "en")

    assert "document_id;filename" in fetched(german).text
    assert "document_id,filename" in fetched(english).text


def test_the_json_of_the_report_and_the_analysis_count_pages_alike(paid):
    (document, _) = fetched(report_workflow.download_url(paid, "json")).json()["documents"]
    shown = analysis_workflow.view(replace(paid, analysed_at=paid.created_at)).result.documents[0]

    assert [fact["page"] for fact in document["facts"]] == [1]
    assert [fact.page for fact in shown.facts] == [1]


def test_the_pdf_is_one(paid):
    report = fetched(report_workflow.download_url(paid, "pdf"))

    assert report.headers["content-type"] == "application/pdf"
    assert report.content.startswith(b"%PDF-")


def test_a_report_opens_when_the_order_is_paid_and_not_before(bucket):
    with pytest.raises(NotPaid):
        report_workflow.download_url(an_order(documents=(READ,)), "json")


def test_a_missing_page_image_is_not_fetched_from_s3(paid, monkeypatch):
    """S3 would refuse access: whoever may not list the bucket is not told that a key is absent."""
    get = s3._s3().get_object

    def refuse_pictures(**named):
        if named["Key"].endswith(".webp"):
            raise ClientError({"Error": {"Code": "AccessDenied"}}, "GetObject")
        return get(**named)

    monkeypatch.setattr(s3._s3(), "get_object", refuse_pictures)

    assert fetched(report_workflow.download_url(paid, "pdf")).content.startswith(b"%PDF-")

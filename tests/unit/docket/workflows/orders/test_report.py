import io
import json
from dataclasses import replace
from urllib.parse import unquote

import openpyxl
import pypdfium2 as pdfium
import pytest
import requests
from botocore.exceptions import ClientError
from PIL import Image

from analysis.consolidate import key_facts
from docket.domain.errors import NotPaid
from docket.domain.orders.document import DocumentStatus
from docket.domain.orders.order import OrderStatus
from docket.domain.orders.report import ReportOptions
from docket.domain.payments.pricing import DuplicateOf
from docket.domain.reason import Reason
from docket.gateways import object_keys, s3
from docket.table import client
from docket.table.orders import analyses, contents
from docket.table.orders.analyses import Analysis
from docket.table.orders.contents import Content
from docket.workflows.orders import analysis as analysis_workflow
from docket.workflows.orders import report as report_workflow
from tests.make import OID, OTHER_OID, THEN, a_document, a_payment, a_read_document, an_order
from tests.reading import a_gross_fact
from tests.table_state import save

FACT = a_gross_fact("=1+1")
READ = a_read_document("a.pdf", key_facts=key_facts({"facts": [FACT]}))
RESULT = {
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
PAGE = {
    "number": 0,
    "width": 595,
    "height": 842,
    "source": "text",
    "confidence": 1.0,
    "lines": [],
}


@pytest.fixture
def paid_order(bucket):
    """A paid order with a document that was read and an unreadable one."""
    s3.put_result(READ.id, 1, json.dumps(RESULT).encode())
    locked = a_document(
        "b.pdf", status=DocumentStatus.UNREADABLE, status_reason=Reason("password_protected")
    )
    order = an_order(
        READ, locked, payment=a_payment(), status=OrderStatus.COMPLETED, analysed_at=THEN
    )
    save(order, READ, locked)
    client.write(
        analyses.put_analysis(order.id, Analysis(document_id=READ.id, attempt=1, facts=RESULT))
    )
    return order


def an_image():
    content = io.BytesIO()
    Image.new("RGB", (59, 84), "white").save(content, "WEBP")
    return content.getvalue()


@pytest.fixture
def drawn(bucket):
    """A paid order whose document has an image of its page."""
    result = {**RESULT, "pages": [PAGE], "page_images": [[0, 59, 84]]}
    s3.put_result(READ.id, 1, json.dumps(result).encode())
    s3.put_page_image(READ.id, 1, 0, "readable", an_image())
    order = an_order(READ, payment=a_payment(), status=OrderStatus.COMPLETED, analysed_at=THEN)
    save(order, READ)
    return order


def url_of(order, form, **options):
    return report_workflow.download_url(order, ReportOptions(form=form, **options))


def fetch(url):
    return requests.get(url, timeout=5)


def test_the_json_report_has_facts_and_unreadable_documents(paid_order):
    report = fetch(url_of(paid_order, "json"))

    assert report.headers["content-type"] == "application/json"
    assert 'filename="November.json"' in report.headers["content-disposition"]
    assert "11900" in report.text
    assert "protected by a password" in report.text


def test_a_report_of_samples_has_that_as_its_title(paid_order):
    sample = replace(paid_order, title="", is_sample=True, payment=None)

    report = fetch(url_of(sample, "json"))
    german = fetch(url_of(sample, "pdf", language="de"))

    assert report.json()["order"]["title"] == "Sample documents"
    assert report.json()["order"]["is_sample"] is True
    assert 'filename="Beispieldokumente.pdf"' in german.headers["content-disposition"]
    for page in pdfium.PdfDocument(german.content):
        assert "Beispieldokumente" in page.get_textpage().get_text_bounded()


def test_a_csv_cell_is_never_a_formula(paid_order):
    report = fetch(url_of(paid_order, "csv", table="facts"))

    cells = [cell for line in report.text.splitlines() for cell in line.split(",")]
    assert any("1+1" in cell for cell in cells)
    assert not any(cell.strip('"').startswith("=") for cell in cells)


def test_reports_in_two_languages_are_stored_separately(paid_order):
    german = url_of(paid_order, "csv", language="de")
    english = url_of(paid_order, "csv", language="en")

    assert "Dokument-ID;Datei" in fetch(german).text
    assert "Document id,File" in fetch(english).text


def test_browsers_save_a_report_by_the_title_of_its_order(paid_order):
    titled_order = replace(paid_order, title="März / 2026")

    reports = [fetch(url_of(titled_order, form, language="de")) for form in ("csv", "xlsx")]

    saved = [unquote(report.headers["content-disposition"]) for report in reports]
    assert [name.rpartition("UTF-8''")[2] for name in saved] == [
        "März - 2026 - Dokumente.csv",
        "März - 2026.xlsx",
    ]


def test_the_xlsx_report_is_a_workbook_in_the_customers_language(paid_order):
    report = fetch(url_of(paid_order, "xlsx", language="de"))

    assert report.headers["content-type"].endswith("spreadsheetml.sheet")
    book = openpyxl.load_workbook(io.BytesIO(report.content))
    assert "passwort" in book["Probleme"]["E2"].value.lower()


def test_doubtful_facts_are_left_out_on_request(paid_order):
    doubtful = {**RESULT, "facts": [FACT | {"confidence": 0.5}]}
    s3._s3().put_object(
        Bucket=s3._bucket(), Key=object_keys.result(READ.id, 1), Body=json.dumps(doubtful).encode()
    )

    marked = fetch(url_of(paid_order, "json")).json()["documents"][0]["facts"]
    omitted = fetch(url_of(paid_order, "json", doubtful="omit")).json()["documents"][0]["facts"]

    assert [fact["doubtful"] for fact in marked] == [True]
    assert omitted == []


def test_the_json_report_and_the_analysis_number_pages_alike(paid_order):
    documents = fetch(url_of(paid_order, "json")).json()["documents"]
    (document,) = [document for document in documents if "facts" in document]
    document_view = analysis_workflow.first_page("ada", OID).response.result.documents[0]

    assert [fact["page"] for fact in document["facts"]] == [1]
    assert [fact.page for fact in document_view.facts] == [1]


def test_the_pdf_report_is_a_pdf(paid_order):
    report = fetch(url_of(paid_order, "pdf"))

    assert report.headers["content-type"] == "application/pdf"
    assert report.content.startswith(b"%PDF-")


def test_the_pdf_is_in_the_customers_language(paid_order):
    german = fetch(url_of(paid_order, "pdf", language="de"))
    english = fetch(url_of(paid_order, "pdf", language="en"))

    assert "Dieses PDF ist mit einem Passwort geschützt" in text_of(german.content)
    assert f"Auftrag: {paid_order.id}" in text_of(german.content)
    assert "Not read" in text_of(english.content)


def text_of(raw):
    pdf = pdfium.PdfDocument(raw)
    text = " ".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    return " ".join(text.split())


def test_an_unpaid_order_has_no_report(bucket):
    with pytest.raises(NotPaid):
        url_of(an_order(READ), "json")


def test_a_missing_page_image_is_not_fetched_from_s3(paid_order, monkeypatch):
    """S3 refuses access to a missing key for a caller that may not list the bucket."""
    get = s3._s3().get_object

    def refuse_page_images(**parameters):
        if parameters["Key"].endswith(".webp"):
            raise ClientError({"Error": {"Code": "AccessDenied"}}, "GetObject")
        return get(**parameters)

    monkeypatch.setattr(s3._s3(), "get_object", refuse_page_images)

    assert fetch(url_of(paid_order, "pdf")).content.startswith(b"%PDF-")


def test_the_images_of_drawn_pages_are_in_the_pdf(drawn, monkeypatch):
    fetched = []
    get = s3._s3().get_object

    def record(**parameters):
        fetched.append(parameters["Key"])
        return get(**parameters)

    monkeypatch.setattr(s3._s3(), "get_object", record)
    url_of(drawn, "pdf")

    assert len([key for key in fetched if key.endswith(".webp")]) == 1


def test_what_was_drawn_is_not_in_the_report(drawn):
    assert "page_images" not in fetch(url_of(drawn, "json")).text


def test_a_free_document_whose_payment_was_returned_is_not_in_the_report(bucket):
    elsewhere = DuplicateOf(order_id=OTHER_OID, document_id=f"{OTHER_OID}-1")
    free = a_read_document(charged_pages=0, duplicate_of=elsewhere)
    order = an_order(free, payment=a_payment(), status=OrderStatus.COMPLETED, analysed_at=THEN)
    save(order, free)
    s3.put_result(free.id, 1, json.dumps(RESULT).encode())
    stored = Analysis(document_id=free.id, attempt=1, facts=RESULT, hashes=("ab",))
    client.write(analyses.put_analysis(order.id, stored))
    content = Content(user_id="ada", sha256="ab", paid=elsewhere)
    contents.record_paid(content)
    assert "11900" in fetch(url_of(order, "json")).text

    contents.remove(content)

    report = fetch(url_of(order, "json")).text
    assert "11900" not in report
    assert "That payment was returned" in report


def test_a_report_calls_documents_by_their_titles(paid_order):
    titled = replace(READ, title="Rent, March")
    save(paid_order, titled)

    csv = fetch(url_of(paid_order, "csv")).content.decode("utf-8-sig")
    pages = pdfium.PdfDocument(fetch(url_of(paid_order, "pdf")).content)

    assert "Rent, March" in csv
    assert "a.pdf" not in csv
    assert "Rent, March" in "".join(page.get_textpage().get_text_range() for page in pages)


def test_json_has_the_title_beside_the_name_of_the_file(paid_order):
    save(paid_order, replace(READ, title="Rent, March"))

    documents = fetch(url_of(paid_order, "json")).json()["documents"]

    names = [(document["filename"], document["title"]) for document in documents]
    assert names == [("a.pdf", "Rent, March"), ("b.pdf", None)]

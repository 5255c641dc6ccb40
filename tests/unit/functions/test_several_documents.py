"""A file with several documents: uploaded, read and paid as one, and counted as what it has."""

import csv
import io
from email.message import EmailMessage

import pytest
import requests

from docket.table.documents import documents
from tests.make import OID, a_document, a_pdf, an_order
from tests.make_calls import call
from tests.table_state import save


def an_invoice(number, date, net, tax, gross):
    return (
        f"Tallow Ltd\nInvoice\nInvoice number: {number}\nDate: {date}\n"
        f"Net amount: GBP {net}\nVAT 20%: GBP {tax}\nTotal due: GBP {gross}"
    )


LETTER = "Tallow Ltd\n3 March 2026\nDear Mr Smith,\nplease find our invoices.\nYours sincerely"
SCAN = a_pdf(
    LETTER,
    an_invoice("TP-1", "3 March 2026", "100.00", "20.00", "120.00"),
    "Page 2 of 2\nPlease pay within 30 days.",
    an_invoice("TP-2", "4 April 2026", "200.00", "40.00", "250.00"),
)

PRICE = 200 + 4 * 50
"""The base price, and the price of a page for each of the file."""


class File:
    """A file of Ada's that was read."""

    def __init__(self, bucket, deliveries, content=SCAN, **fields):
        self.document = a_document(**{"name": "scan.pdf", **fields})
        save(an_order(self.document), self.document)
        deliveries.run(bucket.upload(self.document.id, content))

    def analysis(self):
        return call("analyses/get", order_id=OID).json["result"]

    def pay(self, stripe):
        intent = call("payments/create_intent", order_id=OID).json["payment_intent_id"]
        stripe.pay(intent)
        assert call("payments/confirm", {"payment_id": intent}, order_id=OID).status == 200


@pytest.fixture
def file(service, bucket, deliveries):
    return File(bucket, deliveries)


def test_a_file_with_several_documents_is_paid_as_one_and_counted_as_several(file, stripe):
    order = call("orders/get", order_id=OID).json
    preview = file.analysis()
    file.pay(stripe)
    result = file.analysis()

    # Before payment: one file, the price of its pages, and what it contains.
    [row] = order["documents"]
    assert (row["document_count"], row["headline"]) == (3, None)
    assert order["quote"]["amount"] == PRICE
    [entry] = preview["documents"]
    [warning] = entry["warnings"]
    assert warning["text"] == (
        "This file contains 3 documents, which begin on pages 1, 2, 4. Each was read on its own."
    )
    pages = [(part["kind"], part["first_page"], part["last_page"]) for part in entry["segments"]]
    assert pages == [("letter", 1, 1), ("invoice", 2, 3), ("invoice", 4, 4)]
    assert entry["facts"] == []

    # After payment: the facts of each document, on its own pages.
    [document] = result["documents"]
    numbers = [
        (fact["page"], fact["value"])
        for fact in document["facts"]
        if fact["name"] == "invoice_number"
    ]
    assert numbers == [(2, "TP-1"), (4, "TP-2")]
    assert result["totals"] == [{"currency": "gbp", "amount": 37_000, "documents": 2}]
    issued = [
        (event["date"], event["page"])
        for event in result["timeline"]
        if event["name"] == "issue_date"
    ]
    assert issued == [("2026-03-03", 2), ("2026-04-04", 4)]
    [wrong] = result["contradictions"]
    assert wrong["documents"] == [{"document_id": file.document.id, "page": 4}]


def test_the_attachments_of_a_mail_are_its_documents(service, bucket, deliveries, stripe):
    mail = EmailMessage()
    mail["From"], mail["Date"], mail["Subject"] = "a@b.example", "Tue, 3 Mar 2026", "Two invoices"
    mail.set_content("Please find our invoices.\n")
    for number, month in (("TP-1", "March"), ("TP-2", "April")):
        content = a_pdf(an_invoice(number, f"3 {month} 2026", "100.00", "20.00", "120.00"))
        mail.add_attachment(
            content, maintype="application", subtype="pdf", filename=f"{number}.pdf"
        )
    file = File(bucket, deliveries, bytes(mail), name="mail.eml", content_type="message/rfc822")

    order = call("orders/get", order_id=OID).json
    [entry] = file.analysis()["documents"]
    file.pay(stripe)
    [document] = file.analysis()["documents"]

    assert order["quote"]["amount"] == 200 + 3 * 50
    assert [row["document_count"] for row in order["documents"]] == [3]
    assert [part["title"] for part in entry["segments"]] == ["Two invoices", "TP-1.pdf", "TP-2.pdf"]
    assert entry["facts"] == []
    numbers = [(f["page"], f["value"]) for f in document["facts"] if f["name"] == "invoice_number"]
    assert numbers == [(2, "TP-1"), (3, "TP-2")]


def test_the_report_has_the_facts_of_each_document_of_a_file(file, stripe):
    file.pay(stripe)

    query = {"format": "csv", "table": "facts"}
    reply = call(
        "analyses/report", order_id=OID, query=query, headers={"accept": "application/json"}
    )
    raw = requests.get(reply.json["url"], timeout=5).content
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))

    gross = [(row["Document in file"], row["Kind"], row["Page"], row["Value"])
             for row in rows if row["Name in the API"] == "gross"]  # fmt: skip
    assert gross == [("2", "invoice", "2", "120.00"), ("3", "invoice", "4", "250.00")]


def test_a_file_that_is_read_again_has_the_same_documents(file, deliveries, stripe, monkeypatch):
    file.pay(stripe)
    before = file.analysis()
    before["documents"][0]["etag"] = '"2.0"'
    monkeypatch.setattr("docket.workflows.orders.analysis.READER_VERSION", "a newer one")

    assert call("analyses/create", {}, order_id=OID).status == 202
    deliveries.run()

    assert documents.get("ada", file.document.id)[1].read_attempt == 2
    assert file.analysis() == before
    assert call("orders/get", order_id=OID).json["quote"]["amount"] == PRICE

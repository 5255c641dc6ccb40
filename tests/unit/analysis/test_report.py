"""The report of an order, in each form."""

import csv
import io
import json

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # it ships no types
import pytest
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image

from analysis import report
from analysis.report.table import safe

ORDER = {"title": "Order 7 <b>", "ordered_at": "2026-04-01"}
FACT = {
    "name": "gross", "value": "1.158,70 €", "normalised": {"minor": 115870, "currency": "eur"},
    "page": 0, "box": [0.1, 0.2, 0.3, 0.25], "confidence": 0.93, "source": "text",
}  # fmt: skip
DOCUMENT = {
    "document_id": "d1", "filename": "=cmd|' /C calc'!A0.pdf", "kind": "invoice", "page_count": 1,
    "facts": [FACT, {**FACT, "name": "seller", "value": "+evil", "normalised": "@SUM(A1)"}],
    "line_items": [{"description": "Oak", "quantity": "2", "unit_price": "3", "amount": "-6.00"}],
    "summary": [{"text": "Quoted.", "page": 0}],
}  # fmt: skip
UNREAD = {"document_id": "d2", "filename": "b.pdf", "unreadable": "It is damaged."}
ACROSS = {
    "totals": [{"currency": "eur", "minor": 115870, "documents": 1}],
    "timeline": [{"date": "2026-04-01", "name": "issue_date", "document_id": "d1", "page": 0}],
    "duplicates": [{"document_ids": ["d1", "d2"], "because": "same_bytes"}],
    "contradictions": [{"code": "x", "text": "It does not add up.", "document_ids": ["d1"]}],
}


def a_page_picture(document_id, page):
    buffer = io.BytesIO()
    Image.new("RGB", (300, 400), "white").save(buffer, "WEBP")
    return buffer.getvalue() if (document_id, page) == ("d1", 0) else None


def test_json_holds_everything():
    told = json.loads(report.render("json", ORDER, [DOCUMENT, UNREAD], across=ACROSS))

    assert told == {"order": ORDER, "documents": [DOCUMENT, UNREAD], "across": ACROSS}


def test_csv_has_a_row_for_each_fact_and_line_item_and_for_what_was_not_read():
    raw = report.render("csv", ORDER, [DOCUMENT, UNREAD])

    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))

    assert [row["fact"] for row in rows] == ["gross", "seller", "line_item", "unreadable"]
    assert (rows[0]["normalised"], rows[0]["currency"], rows[0]["page"]) == ("1158.7", "eur", "1")
    assert rows[2]["normalised"] == "-6.00"
    assert rows[1]["value"] == "'+evil"
    assert all(row["filename"].startswith(("'=", "b.pdf")) for row in rows)


@given(some.text())
def test_no_cell_begins_a_formula(text):
    cell = safe(text).lstrip()

    assert not cell.startswith(("=", "+", "@")) or not cell
    assert not cell.startswith("-") or cell.removeprefix("-").replace(".", "").isdigit()


def test_pdf_shows_the_pages_beside_their_facts():
    raw = report.render("pdf", ORDER, [DOCUMENT, UNREAD], across=ACROSS, picture=a_page_picture)

    paper = pdfium.PdfDocument(raw)
    text = "".join(page.get_textpage().get_text_range() for page in paper)
    pictures = [one for one in paper[1].get_objects() if one.type == pdfium.raw.FPDF_PAGEOBJ_IMAGE]
    paper.close()

    for said in ("Order 7 <b>", "1.158,70 €", "93 %", "It does not add up.", "It is damaged."):
        assert said in text
    assert len(pictures) == 1


@pytest.mark.parametrize("form", ["json", "csv", "pdf"])
def test_an_order_without_documents_has_a_report(form):
    assert report.render(form, ORDER, [])

"""The report of an order in each format."""

import io
import json
import re
from dataclasses import fields
from typing import Literal, get_args

import pypdfium2 as pdfium
import pytest
from PIL import Image

from analysis import report
from analysis.model import Kind
from analysis.report.pdf import template
from analysis.report.phrases import ENGLISH, GERMAN, Plural
from tests.unit.analysis.report_documents import CONSOLIDATED, DOCUMENT, FACT, ORDER, SCAN, UNREAD


def a_page_picture(document_id, page):
    buffer = io.BytesIO()
    Image.new("RGB", (300, 400), "white").save(buffer, "WEBP")
    return buffer.getvalue() if (document_id, page) == ("d1", 0) else None


def test_the_json_report_is_complete():
    content = json.loads(
        report.render("json", ORDER, [DOCUMENT, UNREAD], consolidated=CONSOLIDATED)
    )

    assert content["order"] == ORDER
    for item in content["documents"][0]["line_items"]:
        assert re.fullmatch("[0-9a-f]{16}", item.pop("id"))
    assert content["documents"] == [published(DOCUMENT), UNREAD]
    assert content["across"] == published(CONSOLIDATED)


def published(part):
    """The part with page 0 published as page 1."""
    return json.loads(json.dumps(part).replace('"page": 0', '"page": 1'))


def test_json_and_pdf_count_pages_from_one():
    third = {**FACT, "page": 2}
    document = {
        **DOCUMENT,
        "facts": [third],
        "line_items": [{"description": "Oak", "amount": "6.00", "page": 3, "box": None}],
        "summary": [{"text": "Quoted.", "page": 4}],
        "unread": [{"page": 5, "reason": "Too dark."}, {"page": None, "reason": "Damaged."}],
        "tables": [{"page": 6, "box": None, "rows": [["a"]]}],
        "pages": [{"number": 2}],
    }
    requested = []

    def page_image(document_id, page):
        requested.append(page)
        return a_page_picture("d1", 0)

    whole = json.loads(report.render("json", ORDER, [document], consolidated=CONSOLIDATED))
    text = "".join(pages_of(report.render("pdf", ORDER, [document], page_image=page_image)))

    (shown_document,) = whole["documents"]
    pages = [
        shown_document[part][0]["page"] for part in ("facts", "line_items", "summary", "unread")
    ]
    assert pages == [3, 4, 5, 6]
    assert shown_document["tables"][0]["page"] == 7
    assert shown_document["pages"][0]["number"] == 3
    assert whole["across"]["timeline"][0]["page"] == 1
    assert all(part in text for part in ("Page 3", "(page 5)", "Page 6 was not read"))
    assert requested == [2]


def test_the_pdf_has_the_columns_that_any_item_has():
    items = [
        {"description": "Oak", "amount": "6.75", "quantity": "2", "unit": "pcs", "tax_rate": "20"},
        {"description": "Pine", "amount": "5.00", "item_number": "B-12", "corrected": True},
    ]

    raw = report.render("pdf", ORDER, [{**DOCUMENT, "facts": [], "line_items": items}])
    text = " ".join(pages_of(raw))

    assert all(printed in text for printed in ("Item number", "B-12", "2 pcs", "20%"))
    assert "Pine (corrected)" in text
    assert "Oak (corrected)" not in text
    assert "Discount" not in text


def pages_of(raw):
    pdf = pdfium.PdfDocument(raw)
    texts = [page.get_textpage().get_text_range() for page in pdf]
    pdf.close()
    return texts


def test_the_pdf_shows_page_images_and_facts():
    raw = report.render(
        "pdf", ORDER, [DOCUMENT, UNREAD], consolidated=CONSOLIDATED, page_image=a_page_picture
    )

    text = "".join(pages_of(raw))
    pdf = pdfium.PdfDocument(raw)
    images = [item for item in pdf[1].get_objects() if item.type == pdfium.raw.FPDF_PAGEOBJ_IMAGE]
    pdf.close()

    for part in ("Order 7 <b>", "1.158,70 €", "93 %", "It does not add up.", "It is damaged."):
        assert part in text
    assert len(images) == 1


def test_the_pdf_begins_with_a_summary_and_the_files_that_were_not_read():
    dated = {**FACT, "name": "issue_date", "value": "1 May 2026", "normalised": "2026-05-01"}
    document = {
        **DOCUMENT,
        "filename": "a.pdf",
        "headline": "Invoice 7: 5 €",
        "facts": [FACT, dated],
    }
    lost = [{**UNREAD, "document_id": f"d{n}", "filename": f"{n}.pdf"} for n in range(2, 9)]

    first, *rest = pages_of(report.render("pdf", ORDER, [document, *lost], language="de"))

    shown = " ".join(first.split())
    assert "a.pdf Rechnung 01.05.2026 Rechnung 7: 5 € EUR 1.158,70 2" in shown
    assert shown.count("It is damaged.") == len(lost)
    assert len(rest) == 1


def test_the_pdf_marks_doubtful_facts():
    doubtful = {**FACT, "confidence": 0.6, "doubtful": True}

    text = " ".join(pages_of(report.render("pdf", ORDER, [{**DOCUMENT, "facts": [doubtful]}])))

    assert "1.158,70 € (to review)" in " ".join(text.split())


def test_the_pdf_of_a_large_order_has_the_images_that_fit_into_memory(monkeypatch):
    monkeypatch.setattr(template, "MAX_IMAGES", 1)
    documents = [{**DOCUMENT, "document_id": "d1", "filename": f"{name}.pdf"} for name in "ab"]

    raw = report.render("pdf", ORDER, documents, page_image=a_page_picture)

    pdf = pdfium.PdfDocument(raw)
    images = [
        len([o for o in page.get_objects() if o.type == pdfium.raw.FPDF_PAGEOBJ_IMAGE])
        for page in pdf
    ]
    pdf.close()
    assert images == [0, 1, 0]
    assert pages_of(raw)[2].count("1.158,70 €") == 1


def test_the_pdf_has_a_table_of_contents_and_page_numbers():
    documents = [{**DOCUMENT, "document_id": name, "filename": f"{name}.pdf"} for name in "abc"]

    raw = report.render("pdf", ORDER, documents, page_image=a_page_picture)

    pdf = pdfium.PdfDocument(raw)
    assert [right_text(pdf[0], name, left=525) for name in ("a.pdf", "b.pdf", "c.pdf")] == [
        "2",
        "3",
        "4",
    ]
    assert [right_text(page, "Order 7", at=0) for page in pdf] == [f"{n} of 4" for n in range(1, 5)]
    assert [entry.get_title() for entry in pdf.get_toc()] == ["a.pdf", "b.pdf", "c.pdf"]
    pdf.close()


def right_text(page, text, at=-1, left=500):
    """The text at the right edge in the row of a text, by default of its first occurrence."""
    textpage = page.get_textpage()
    bottoms = []
    search = textpage.search(text)
    while match := search.get_next():
        bottoms.append(textpage.get_charbox(match[0])[1])
    bottoms.sort()
    row = bottoms[at]
    return textpage.get_text_bounded(left=left, bottom=row - 1, right=595, top=row + 8).strip()


@pytest.mark.parametrize("value", ["L" * 5000, "word " * 900, "漢字" * 900, "شركة النور " * 300])
def test_texts_of_any_length_stay_within_the_margins_of_the_pdf(value):
    facts = [{**FACT, "name": f"a_name_{n}", "value": value} for n in range(40)]
    items = [{"description": value, "quantity": "2", "unit_price": "3", "amount": "6"}] * 30
    document = {
        **DOCUMENT, "filename": f"{value}.pdf", "headline": value, "facts": facts,
        "line_items": items, "parties": [{"role": "seller", "name": value}],
        "warnings": [{"code": "x", "text": value}],
    }  # fmt: skip

    raw = report.render("pdf", {"title": value}, [document], page_image=a_page_picture)

    pdf = pdfium.PdfDocument(raw)
    for page in pdf:
        image = page.render(scale=0.5, grayscale=True).to_pil().point(lambda p: 255 * (p < 200))
        left, top, right, bottom = image.getbbox()
        assert left >= 20
        assert top >= 20
        assert right <= image.width - 20
        assert bottom <= image.height - 8
    pdf.close()


def test_the_pdf_shows_all_scripts():
    facts = [
        {**FACT, "name": f"fact_{n}", "value": value}
        for n, value in enumerate(["Αθήνα", "Київ", "北京某某", "カタカナ", "세금계산서"])
    ]

    text = "".join(pages_of(report.render("pdf", ORDER, [{**DOCUMENT, "facts": facts}])))

    assert all(str(fact["value"]) in text for fact in facts)


def test_the_pdf_shows_every_reviewed_fact_and_what_was_read():
    corrected = {
        **FACT,
        "value": "EUR 9.00",
        "confidence": 0.1,
        "reader_value": {"value": "8,00", "normalised": None, "page": 0, "box": None},
        "review": {"verdict": "corrected"},
    }

    phrases: dict[Literal["en", "de"], str] = {
        "en": "corrected; read as: 8,00",
        "de": "gelesen als: 8,00",
    }
    for language, phrase in phrases.items():
        raw = report.render(
            "pdf", ORDER, [{**DOCUMENT, "facts": [FACT, corrected]}], language=language
        )
        text = " ".join("".join(pages_of(raw)).split())
        assert "EUR 9.00" in text
        assert phrase in text


def test_the_pdf_omits_less_likely_facts_and_counts_them():
    facts = [
        {**FACT, "name": "issue_date", "value": "1 May 2026", "normalised": "2026-05-01"},
        {**FACT, "name": "issue_date", "value": "9 May 2026", "normalised": "2026-05-09",
         "confidence": 0.2},
        {**FACT, "name": "date", "value": "01.05.2026", "normalised": "2026-05-01"},
        {**FACT, "name": "due_date", "value": "14 days net", "normalised": "2026-05-15",
         "source": "computed"},
    ]  # fmt: skip

    text = " ".join(
        pages_of(report.render("pdf", ORDER, [{**DOCUMENT, "facts": facts}]))[1].split()
    )

    assert "1 May 2026" in text
    assert "9 May 2026" not in text
    assert "01.05.2026" not in text
    assert "2026-05-15, from: 14 days net" in text
    assert "1 less likely reading of these facts" in text


def test_the_pdf_shows_the_documents_of_a_file_one_after_another():
    timeline = [{"date": "2026-04-01", "name": "issue_date", "document_id": "d1", "page": 2}]
    place = {"document_id": "d1", "page": 2}
    wrong = {"code": "x", "text": "Wrong.", "document_ids": ["d1"], "documents": [place]}
    consolidated = {"timeline": timeline, "contradictions": [wrong]}

    raw = report.render("pdf", ORDER, [SCAN], consolidated=consolidated, language="de")

    first, *rest = pages_of(raw)
    order, file = " ".join(first.split()), " ".join(" ".join(rest).split())
    pdf = pdfium.PdfDocument(raw)
    titles = [entry.get_title() for entry in pdf.get_toc()]
    pdf.close()
    assert titles == ["scan.pdf", "Rechnung, Seiten 1 bis 2", "Kassenbon, Seite 3"]
    assert all(name in order for name in titles)
    assert order.count("scan.pdf (Seite 3)") == 2
    assert "enthält 2 Dokumente · 3 Seiten" in file
    parts = ["Rechnung, Seiten 1 bis 2", "1.158,70 €", "Kassenbon, Seite 3", "5,00 €", "Tea"]
    assert sorted(parts, key=file.index) == parts


@pytest.mark.parametrize("format_", ["json", "csv", "xlsx", "pdf"])
def test_an_order_without_documents_has_a_report(format_):
    assert report.render(format_, ORDER, [])


GERMAN_PDF = {
    "document": ("Rechnung · 1 Seite · Deutsch", "„Quoted.“ (Seite 1)", "Seite 1", "Positionen"),
    "head": ("Auftrag: o1", "Angelegt: 01.04.2026", "Bezahlt: 02.04.2026"),
    "order": (
        "Dokumente",
        "Summen",
        "Widersprüche",
        "Doppelte Dokumente",
        "Zeitleiste",
        "01.04.2026",
    ),
    "amounts": ("EUR 1.158,70 in 1 Dokument", "1 von 2"),
    "facts": ("Brutto", "Angabe", "Wie gedruckt", "Sicher", "Verkäufer"),
    "unread": (
        "Nicht gelesen",
        "Grund",
        "Sie ist beschädigt.",
        "Seite 3 wurde nicht gelesen: Zu dunkel.",
    ),
}


@pytest.fixture(scope="module")
def german_pdf():
    order = {"id": "o1", "title": "Auftrag 7", "created": "2026-04-01", "paid": "2026-04-02"}
    document = {**DOCUMENT, "language": "de", "unread": [{"page": 2, "reason": "Zu dunkel."}]}
    unread = {**UNREAD, "unreadable": "Sie ist beschädigt."}
    raw = report.render(
        "pdf",
        order,
        [document, unread],
        consolidated=CONSOLIDATED,
        page_image=a_page_picture,
        language="de",
    )
    return " ".join("".join(pages_of(raw)).split())


@pytest.mark.parametrize("part", GERMAN_PDF)
def test_a_german_pdf_has_german_headings_and_labels(german_pdf, part):
    assert [text for text in GERMAN_PDF[part] if text not in german_pdf] == []


def test_a_german_pdf_has_no_english_phrase(german_pdf):
    english = {getattr(ENGLISH, name.name) for name in fields(ENGLISH) if name.type is str}
    german = {getattr(GERMAN, name.name) for name in fields(GERMAN) if name.type is str}

    fixed = {text for text in english - german if "{" not in text and len(text) > 3}
    assert fixed
    assert {text for text in fixed if re.search(rf"\b{re.escape(text)}\b", german_pdf)} == set()


def placeholders(phrases):
    """The placeholders of each phrase, by its name."""
    values = {name.name: getattr(phrases, name.name) for name in fields(phrases)}
    return {
        name: [
            sorted(set(re.findall(r"{(\w+)}", text)))
            for text in ((value.singular, value.plural) if isinstance(value, Plural) else (value,))
            if isinstance(text, str)
        ]
        for name, value in values.items()
    }


def test_phrases_have_the_same_placeholders_in_every_language():
    assert placeholders(GERMAN) == placeholders(ENGLISH)
    assert GERMAN.languages.keys() == ENGLISH.languages.keys()
    assert GERMAN.duplicates.keys() == ENGLISH.duplicates.keys()
    assert set(get_args(Kind.__value__)) == set(GERMAN.kinds)

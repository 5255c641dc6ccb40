"""The report of an order in each format."""

import csv
import io
import json
import re
from dataclasses import fields
from typing import Literal, get_args

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # it ships no types
import pytest
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image

from analysis import report
from analysis.model import Kind
from analysis.report.csv import COLUMNS, safe
from analysis.report.phrases import ENGLISH, GERMAN, Plural

SEPARATORS: dict[Literal["en", "de"], str] = {"en": ",", "de": ";"}

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
CONSOLIDATED = {
    "totals": [{"currency": "eur", "minor": 115870, "documents": 1}],
    "timeline": [{"date": "2026-04-01", "name": "issue_date", "document_id": "d1", "page": 0}],
    "duplicates": [
        {
            "document_ids": ["d1", "d2"],
            "documents": [{"document_id": "d1", "page": None}, {"document_id": "d2", "page": None}],
            "because": "same_bytes",
        }
    ],
    "contradictions": [
        {
            "code": "x",
            "text": "It does not add up.",
            "document_ids": ["d1"],
            "documents": [{"document_id": "d1", "page": None}],
        }
    ],
}


def a_page_picture(document_id, page):
    buffer = io.BytesIO()
    Image.new("RGB", (300, 400), "white").save(buffer, "WEBP")
    return buffer.getvalue() if (document_id, page) == ("d1", 0) else None


def test_the_json_report_is_complete():
    content = json.loads(
        report.render("json", ORDER, [DOCUMENT, UNREAD], consolidated=CONSOLIDATED)
    )

    assert content["order"] == ORDER
    assert content["documents"] == [published(DOCUMENT), UNREAD]
    assert content["across"] == published(CONSOLIDATED)


def published(part):
    """The part with page 0 published as page 1."""
    return json.loads(json.dumps(part).replace('"page": 0', '"page": 1'))


def test_every_format_numbers_pages_from_one():
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
    rows = rows_of(report.render("csv", ORDER, [document]))
    text = "".join(pages_of(report.render("pdf", ORDER, [document], page_image=page_image)))

    (shown_document,) = whole["documents"]
    pages = [
        shown_document[part][0]["page"] for part in ("facts", "line_items", "summary", "unread")
    ]
    assert pages == [3, 4, 5, 6]
    assert shown_document["tables"][0]["page"] == 7
    assert shown_document["pages"][0]["number"] == 3
    assert whole["across"]["timeline"][0]["page"] == 1
    assert [row["page"] for row in rows] == ["3", "4"]
    assert all(part in text for part in ("Page 3", "(page 5)", "Page 6 was not read"))
    assert requested == [2]


def rows_of(raw, separator=","):
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig")), delimiter=separator))


def test_a_german_csv_has_semicolons_and_decimal_commas():
    raw = report.render("csv", ORDER, [DOCUMENT], language="de")

    gross, _, item = rows_of(raw, ";")

    assert raw.startswith(b"\xef\xbb\xbfdocument_id;filename;")
    assert (gross["normalised"], gross["confidence"], gross["x0"]) == ("1158,7", "0,93", "0,1")
    assert (item["value"], item["normalised"]) == ("Oak (2 x 3)", "-6,00")
    assert gross["value"] == "1.158,70 €"


def test_an_english_csv_has_commas_and_decimal_points():
    raw = report.render("csv", ORDER, [DOCUMENT], language="en")

    gross, _, item = rows_of(raw)

    assert raw.startswith(b"\xef\xbb\xbfdocument_id,filename,")
    assert (gross["normalised"], gross["confidence"], item["normalised"]) == (
        "1158.7",
        "0.93",
        "-6.00",
    )


def test_dates_in_the_csv_are_iso_in_every_language():
    dated = {**DOCUMENT, "facts": [{**FACT, "name": "issue_date", "normalised": "2026-05-01"}]}

    dates = [
        rows_of(report.render("csv", ORDER, [dated], language=language), separator)[0]["normalised"]
        for language, separator in SEPARATORS.items()
    ]

    assert dates == ["2026-05-01", "2026-05-01"]


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize(
    "value",
    [
        "=1+1",
        "a;=1+1",
        "a,=1+1",
        "a\t=1+1",
        "a; +cmd|' /C calc'!A0",
        'a";"=1+1',
        'a","@SUM(A1)',
        "a\n=1+1",
        "a\r\n-2+3",
        "a;-1+cmd|x",
        "a;\uff1d1+1",
    ],
)
def test_no_cell_is_a_formula_with_any_separator(language, separator, value):
    document = {**DOCUMENT, "facts": [{**FACT, "value": value}], "line_items": []}

    raw = report.render("csv", ORDER, [document], language=language).decode("utf-8-sig")

    cells = [cell for line in raw.splitlines() for cell in line.split(separator)]
    starts = [cell.strip(' "') for cell in cells]
    assert not [cell for cell in starts if cell.startswith(("=", "+", "@", "-", "\uff1d"))]


@pytest.mark.parametrize("value", ["100,-", "a, -5.00; b", "Oak, 2-3 pieces"])
def test_prices_and_negative_numbers_in_a_text_are_unchanged(value):
    assert safe(value) == value


def test_the_csv_has_a_row_for_each_fact_item_and_unreadable_document():
    raw = report.render("csv", ORDER, [DOCUMENT, UNREAD])

    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))

    assert [row["fact"] for row in rows] == ["gross", "seller", "line_item", "unreadable"]
    assert (rows[0]["normalised"], rows[0]["currency"], rows[0]["page"]) == ("1158.7", "eur", "1")
    assert rows[2]["normalised"] == "-6.00"
    assert rows[1]["value"] == "'+evil"
    assert all(row["filename"].startswith(("'=", "b.pdf")) for row in rows)


def test_the_csv_has_the_numbers_of_items_in_columns_of_their_own():
    item = {
        "description": "Oak", "quantity": "2.5", "unit": "Std.", "unit_price": "3",
        "discount": "10%", "tax_rate": "7.7", "amount": "6.75", "item_number": "B.12",
        "date": "2026-03-14",
    }  # fmt: skip

    raw = report.render(
        "csv", ORDER, [{**DOCUMENT, "facts": [], "line_items": [item]}], language="de"
    )
    [row] = csv.DictReader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";")

    assert [row[name] for name in COLUMNS[-13:-6]] == [
        "2,5", "Std.", "3", "10%", "7,7", "B.12", "2026-03-14",
    ]  # fmt: skip


def test_the_csv_has_a_row_for_each_transaction():
    entry = {
        "date": "2026-02-09", "description": "Rent", "paid_in": None, "paid_out": "725.00",
        "balance": "-275.00", "page": 1, "box": None, "confidence": 0.97,
    }  # fmt: skip
    document = {**DOCUMENT, "facts": [], "line_items": [], "transactions": [entry]}

    raw = report.render("csv", ORDER, [document])
    [row] = csv.DictReader(io.StringIO(raw.decode("utf-8-sig")))

    assert (row["fact"], row["value"], row["normalised"]) == ("transaction", "Rent", "-725.00")
    assert (row["date"], row["paid_in"], row["paid_out"]) == ("2026-02-09", "", "725.00")
    assert row["balance"] == "-275.00"


def test_the_pdf_has_the_columns_that_any_item_has():
    items = [
        {"description": "Oak", "amount": "6.75", "quantity": "2", "unit": "pcs", "tax_rate": "20"},
        {"description": "Pine", "amount": "5.00", "item_number": "B-12"},
    ]

    raw = report.render("pdf", ORDER, [{**DOCUMENT, "facts": [], "line_items": items}])
    text = " ".join(pages_of(raw))

    assert all(printed in text for printed in ("Item number", "B-12", "2 pcs", "20%"))
    assert "Discount" not in text


@given(some.text())
def test_no_cell_starts_a_formula(text):
    cell = safe(text).lstrip()

    assert not cell.startswith(("=", "+", "@")) or not cell
    assert not cell.startswith("-") or cell.removeprefix("-").replace(".", "").isdigit()


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


def test_the_pdf_has_a_table_of_contents_and_page_numbers():
    documents = [{**DOCUMENT, "document_id": name, "filename": f"{name}.pdf"} for name in "abc"]

    raw = report.render("pdf", ORDER, documents, page_image=a_page_picture)

    pdf = pdfium.PdfDocument(raw)
    assert [right_text(pdf[0], name) for name in ("a.pdf", "b.pdf", "c.pdf")] == ["2", "3", "4"]
    assert [right_text(page, "Order 7", at=0) for page in pdf] == [f"{n} of 4" for n in range(1, 5)]
    assert [entry.get_title() for entry in pdf.get_toc()] == ["a.pdf", "b.pdf", "c.pdf"]
    pdf.close()


def right_text(page, text, at=-1):
    """The text at the right edge in the row of a text, by default of its first occurrence."""
    textpage = page.get_textpage()
    bottoms = []
    search = textpage.search(text)
    while match := search.get_next():
        bottoms.append(textpage.get_charbox(match[0])[1])
    bottoms.sort()
    row = bottoms[at]
    return textpage.get_text_bounded(left=500, bottom=row - 1, right=595, top=row + 8).strip()


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


SCAN = {
    "document_id": "d1", "filename": "scan.pdf", "kind": "other", "page_count": 3,
    "segments": [
        {"first_page": 0, "last_page": 1, "page_count": 2, "kind": "invoice", "headline": "TP-1"},
        {"first_page": 2, "last_page": 2, "page_count": 1, "kind": "receipt", "title": "b.jpg"},
    ],
    "facts": [
        FACT,
        {**FACT, "page": 2, "value": "5,00 €", "confidence": 0.4},
    ],
    "line_items": [{"description": "Tea", "amount": "5.00", "page": 2}],
}  # fmt: skip


def test_the_csv_says_which_document_of_a_file_a_row_is_of():
    rows = rows_of(report.render("csv", ORDER, [SCAN, {**DOCUMENT, "document_id": "d2"}]))

    assert [(row["kind"], row["segment"], row["page"]) for row in rows[:3]] == [
        ("invoice", "1", "1"),
        ("receipt", "2", "3"),
        ("receipt", "2", "3"),
    ]
    assert {row["segment"] for row in rows[3:]} == {""}
    assert "transaction" not in {row["fact"] for row in rows}


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


@pytest.mark.parametrize("format_", ["json", "csv", "pdf"])
def test_an_order_without_documents_has_a_report(format_):
    assert report.render(format_, ORDER, [])


GERMAN_PDF = {
    "document": ("Rechnung · 1 Seite · Deutsch", "„Quoted.“ (Seite 1)", "Seite 1", "Positionen"),
    "head": ("Auftrag: o1", "Bezahlt: 2026-04-02"),
    "order": ("Dokumente", "Summen", "Widersprüche", "Doppelte Dokumente", "Zeitleiste"),
    "amounts": ("EUR 1.158,70 in 1 Dokument", "1 von 3"),
    "facts": ("Brutto", "Angabe", "Wie gedruckt", "Sicher", "Verkäufer"),
    "unread": ("Nicht gelesen: Sie ist beschädigt.", "Seite 3 wurde nicht gelesen: Zu dunkel."),
}


@pytest.fixture(scope="module")
def german_pdf():
    order = {"title": "Auftrag 7", "Order": "o1", "Paid": "2026-04-02"}
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

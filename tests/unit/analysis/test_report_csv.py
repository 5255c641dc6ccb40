"""The report as CSV: tables in the reader's locale, safe to open in a spreadsheet."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as some

from analysis import report
from analysis.report.csv import safe
from tests.unit.analysis.report_documents import DOCUMENT, FACT, ORDER, SCAN, UNREAD

SEPARATORS = {"en": ",", "de": ";"}
DATED = {**FACT, "name": "issue_date", "value": "1 May 2026", "normalised": "2026-05-01"}
ITEM = {
    "description": "Oak", "quantity": "2.5", "unit": "Std.", "unit_price": "3", "discount": "10%",
    "tax_rate": "7.7", "amount": "6.75", "item_number": "B.12", "date": "2026-03-14", "page": 0,
}  # fmt: skip
INVOICE = {**DOCUMENT, "filename": "a.pdf", "facts": [FACT, DATED], "line_items": [ITEM]}


def rows_of(documents, language="en", table="documents"):
    raw = report.render("csv", ORDER, documents, language=language, table=table)
    text = raw.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=SEPARATORS[language]))


def test_the_csv_has_one_row_for_each_document():
    five = {**FACT, "page": 2, "normalised": {"minor": 500, "currency": "eur"}}

    rows = rows_of([INVOICE, UNREAD, {**SCAN, "document_id": "d3", "facts": [FACT, five]}])

    assert [(row["File"], row["Document in file"], row["Kind"]) for row in rows] == [
        ("a.pdf", "", "invoice"),
        ("b.pdf", "", ""),
        ("scan.pdf", "1", "invoice"),
        ("scan.pdf", "2", "receipt"),
    ]
    assert [row["Gross"] for row in rows] == ["1158.70", "", "1158.70", "5.00"]
    assert rows[1]["Problem"] == "Not read: It is damaged."


def test_the_csv_has_one_row_for_each_line_item():
    [row] = rows_of([INVOICE, UNREAD], "de", "line_items")

    assert (row["Menge"], row["Einheit"], row["Einzelpreis"], row["Rabatt"]) == (
        "2,5", "Std.", "3", "10%",
    )  # fmt: skip
    assert (row["Steuersatz"], row["Betrag"], row["Artikelnummer"]) == ("7,7%", "6,75", "B.12")
    assert (row["Währung"], row["Datum"], row["Ausgestellt"]) == ("EUR", "14.03.2026", "01.05.2026")
    assert len(row["ID"]) == 16


def test_the_csv_has_one_row_for_each_transaction():
    entry = {
        "date": "2026-02-09", "description": "Rent", "paid_in": None, "paid_out": "725.00",
        "balance": "-275.00", "page": 1, "box": None, "confidence": 0.97,
    }  # fmt: skip

    [row] = rows_of([{**DOCUMENT, "transactions": [entry]}], table="transactions")

    assert (row["Description"], row["Paid in"], row["Paid out"]) == ("Rent", "", "725.00")
    assert (row["Date"], row["Balance"], row["Page"]) == ("2026-02-09", "-275.00", "2")


def test_the_csv_has_one_row_for_each_fact_with_its_place():
    first, _ = rows_of([INVOICE], "de", "facts")

    assert (first["Angabe"], first["Name in der API"]) == ("Brutto", "gross")
    assert (first["Wert"], first["Währung"], first["Wie gedruckt"]) == (
        "1158,70", "EUR", "1.158,70 €",
    )  # fmt: skip
    assert [first[name] for name in ("Seite", "Links", "Sicherheit")] == ["1", "0,1", "0,93"]


@pytest.mark.parametrize(("language", "day"), [("en", "2026-05-01"), ("de", "01.05.2026")])
def test_dates_follow_the_language(language, day):
    [row] = rows_of([INVOICE], language)

    assert row[{"en": "Issued", "de": "Ausgestellt"}[language]] == day


def test_a_csv_begins_with_a_byte_order_mark():
    assert report.render("csv", ORDER, [INVOICE]).startswith(b"\xef\xbb\xbfDocument id,File,")


def test_the_columns_of_the_documents_begin_alike_in_every_order():
    term = {**FACT, "name": "term", "value": "2 years", "normalised": "2 years"}
    known, more = rows_of([INVOICE])[0], rows_of([{**INVOICE, "facts": [term]}])[0]

    assert [*more][: len(known) - 2] == [*known][:-2]
    assert [*more][-3:] == ["Term", "To review", "Problem"]


def test_an_amount_in_another_currency_than_its_documents_says_so():
    dollars = {"minor": 500, "currency": "usd"}
    fee = {**FACT, "name": "freight", "value": "5.00 $", "normalised": dollars}

    [row] = rows_of([{**INVOICE, "facts": [FACT, fee]}])

    assert (row["Currency"], row["Gross"], row["Freight"]) == ("EUR", "1158.70", "5.00 USD")


def test_a_reviewed_fact_stands_for_its_name():
    reviewed = {**DATED, "normalised": "2026-06-02", "review": {"verdict": "corrected"}}

    [row] = rows_of([{**INVOICE, "facts": [DATED, reviewed]}])

    assert row["Issued"] == "2026-06-02"


def test_a_doubtful_fact_that_was_reviewed_is_not_to_be_reviewed():
    reviewed = {**FACT, "confidence": 0.4, "doubtful": True, "review": {"verdict": "accepted"}}

    [row] = rows_of([{**INVOICE, "facts": [DATED, reviewed]}])

    assert row["To review"] == ""


def test_doubtful_facts_are_named_in_the_row_of_their_document():
    doubtful = {**FACT, "confidence": 0.4, "doubtful": True}

    [row] = rows_of([{**INVOICE, "facts": [DATED, doubtful]}])

    assert (row["Gross"], row["To review"]) == ("1158.70", "Gross")


@pytest.mark.parametrize("table", ["documents", "facts"])
@pytest.mark.parametrize("language", ["en", "de"])
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
def test_no_cell_is_a_formula_with_any_separator(language, table, value):
    seller = {**FACT, "name": "seller", "value": value, "normalised": value}
    document = {**DOCUMENT, "filename": value, "facts": [seller], "line_items": []}

    text = report.render("csv", ORDER, [document], language=language, table=table).decode()

    cells = [c for separator in ",;\t" for line in text.splitlines() for c in line.split(separator)]
    starts = [cell.strip(' "') for cell in cells]
    assert not [cell for cell in starts if cell.startswith(("=", "+", "@", "-", "\uff1d"))]


@pytest.mark.parametrize("value", ["100,-", "a, -5.00; b", "Oak, 2-3 pieces", "-5,5%"])
def test_prices_and_negative_numbers_in_a_text_are_unchanged(value):
    assert safe(value) == value


@given(some.text())
def test_no_cell_starts_a_formula(text):
    cell = safe(text).lstrip()

    assert not cell.startswith(("=", "+", "@")) or not cell
    assert not cell.startswith("-") or cell.strip("-%").replace(".", "").isdigit()

"""The report as XLSX: typed cells, and no formula from the text of a document."""

import io
from datetime import date, time

import openpyxl
import pytest

from analysis import report
from analysis.report import xlsx
from analysis.report.sheets.headings import HEADINGS, SOURCES, TITLES
from tests.unit.analysis.report_documents import CONSOLIDATED, DOCUMENT, FACT, ORDER, SCAN, UNREAD


def workbook(*documents, language="en", consolidated=None):
    raw = report.render("xlsx", ORDER, documents, language=language, consolidated=consolidated)
    return openpyxl.load_workbook(io.BytesIO(raw))


def cells(sheet, row=2):
    """The cells of a row that have a value, by their headings."""
    headings = [cell.value for cell in sheet[1]]
    return {
        heading: cell
        for heading, cell in zip(headings, sheet[row], strict=True)
        if cell.value is not None
    }


def values(sheet, row=2):
    return {heading: cell.value for heading, cell in cells(sheet, row).items()}


def a_fact(name, value, normalised=None, **fields):
    return {**FACT, "name": name, "value": value, "normalised": normalised or value, **fields}


def an_item(amount, tax_rate, **fields):
    return {"description": "Tea", "amount": amount, "tax_rate": tax_rate, "page": 0, **fields}


def test_the_sheets_have_titles_and_frozen_heads():
    book = workbook(DOCUMENT, UNREAD)

    assert book.sheetnames == [
        "Documents", "Line items", "Tax by rate", "Facts", "Tables", "Problems",
    ]  # fmt: skip
    assert {sheet.freeze_panes for sheet in book} == {"A2"}
    assert all(sheet["A1"].font.bold for sheet in book)


def test_dates_times_and_amounts_are_real_ones():
    facts = [
        FACT,
        a_fact("date", "1. Mai 2026", "2026-05-01"),
        a_fact("time", "9:05 Uhr", "09:05"),
    ]
    row = cells(workbook({**DOCUMENT, "kind": "receipt", "facts": facts})["Documents"])

    assert (row["Date"].value.date(), row["Time"].value) == (date(2026, 5, 1), time(9, 5))
    assert (row["Gross"].value, row["Gross"].number_format) == (1158.7, '#,##0.00 "EUR"')
    assert (row["Pages"].value, row["Currency"].value) == (1, "EUR")


def test_the_day_is_formatted_by_the_language():
    dated = {**DOCUMENT, "facts": [a_fact("issue_date", "1 May 2026", "2026-05-01")]}

    english, german = workbook(dated)["Documents"], workbook(dated, language="de")["Dokumente"]

    assert cells(english)["Issued"].number_format == "yyyy-mm-dd"
    assert cells(german)["Ausgestellt"].number_format == "dd.mm.yyyy"


def test_a_currency_without_decimals_has_none():
    yen = a_fact("gross", "¥1,200", {"minor": 1200, "currency": "jpy"})

    row = cells(workbook({**DOCUMENT, "facts": [yen]})["Documents"])

    assert (row["Gross"].value, row["Gross"].number_format) == (1200, '#,##0 "JPY"')


@pytest.mark.parametrize("value", ["=1+1", "@SUM(A1)", "+1", "http://example.com", "0123", "1e5"])
def test_text_of_a_document_stays_text(value):
    document = {
        **DOCUMENT, "filename": value, "facts": [a_fact("seller", value)],
        "line_items": [an_item("1.00", None, description=value, item_number=value)],
        "tables": [{"page": 0, "rows": [[value]]}],
    }  # fmt: skip

    book = workbook(document, {**UNREAD, "unreadable": value})

    found = [cell for sheet in book for row in sheet for cell in row if cell.value == value]
    assert len(found) >= 10
    assert {cell.data_type for cell in found} == {"s"}
    assert {cell.hyperlink for cell in found} == {None}


def test_any_characters_can_be_read_back():
    text = "".join(map(chr, range(32))) + "_x0041_ \x7f\ud800 \uffff <&> \U0001f9fe"

    sheet = workbook({"document_id": "d", "filename": text, "unreadable": "x"})["Documents"]

    assert sheet["B2"].data_type == "s"
    assert sheet["B2"].value.endswith("<&> \U0001f9fe")


def test_a_long_text_is_cut_where_excel_would_damage_the_file():
    book = workbook({**DOCUMENT, "facts": [a_fact("subject", "x" * 40_000)]})

    assert len(values(book["Facts"])["Value"]) == xlsx.MAX_TEXT


def test_a_number_with_more_digits_than_excel_has_is_text():
    item = an_item("12345678901234.56", None)

    row = cells(workbook({**DOCUMENT, "line_items": [item]})["Line items"])

    assert row["Amount"].value == "12345678901234.56"


def test_a_day_before_excels_first_one_is_text():
    document = {**DOCUMENT, "facts": [a_fact("issue_date", "1 May 1899", "1899-05-01")]}

    assert values(workbook(document)["Documents"])["Issued"] == "1899-05-01"


def test_line_items_have_numbers_rates_and_stable_ids():
    item = an_item("-6.00", "19", quantity="2.5", unit="h", unit_price="3", discount="10%")
    document = {**DOCUMENT, "line_items": [item, item]}

    sheet = workbook(document)["Line items"]
    first, second = cells(sheet), cells(sheet, 3)

    assert (first["Quantity"].value, first["Unit"].value) == (2.5, "h")
    assert (first["Discount"].value, first["Discount"].number_format) == (0.1, "0.##%")
    assert (first["Tax rate"].value, first["Amount"].value) == (0.19, -6)
    assert (first["Position"].value, second["Position"].value) == (1, 2)
    assert first["Id"].value != second["Id"].value
    assert values(workbook(document)["Line items"])["Id"] == first["Id"].value


def test_line_items_say_which_were_corrected():
    items = [an_item("6.00", "19"), {**an_item("7.00", "19"), "corrected": True}]

    sheet = workbook({**DOCUMENT, "line_items": items})["Line items"]

    assert [values(sheet, row).get("Corrected") for row in (2, 3)] == [None, "yes"]


def test_tax_by_rate_adds_up_the_items_of_each_rate():
    facts = [
        a_fact("net", "150", {"minor": 15000, "currency": "eur"}),
        a_fact("gross", "172.50", {"minor": 17250, "currency": "eur"}),
    ]
    items = [an_item("60.00", "19"), an_item("40.00", "19"), an_item("50.00", "7")]

    sheet = workbook({**DOCUMENT, "facts": facts, "line_items": items})["Tax by rate"]

    assert [
        [values(sheet, row)[name] for name in ("Tax rate", "Line items", "Net", "Tax", "Gross")]
        for row in (2, 3)
    ] == [[0.07, 1, 50, 3.5, 53.5], [0.19, 2, 100, 19, 119]]
    assert values(sheet)["Amounts are"] == "without tax"


def test_tax_is_taken_out_of_amounts_that_have_it():
    gross = a_fact("gross", "119", {"minor": 11900, "currency": "eur"})

    sheet = workbook({**DOCUMENT, "facts": [gross], "line_items": [an_item("119.00", "19")]})[
        "Tax by rate"
    ]

    assert values(sheet) | {"Net": 100, "Tax": 19, "Gross": 119} == values(sheet)
    assert values(sheet)["Amounts are"] == "with tax"


def test_no_tax_is_computed_from_items_that_add_up_to_no_total():
    row = values(workbook({**DOCUMENT, "line_items": [an_item("5.00", "19")]})["Tax by rate"])

    assert row["Amount of the line items"] == 5
    assert row["Amounts are"] == "unknown"
    assert "Tax" not in row


def test_a_document_whose_items_state_no_rate_has_its_stated_tax():
    facts = [FACT, a_fact("tax", "185", {"minor": 18500, "currency": "eur"})]

    sheet = workbook({**DOCUMENT, "facts": facts})["Tax by rate"]

    assert values(sheet) | {"Tax": 185, "Gross": 1158.7} == values(sheet)
    assert values(sheet)["Amounts are"] == "stated totals"


def test_doubtful_facts_are_marked():
    doubtful = {**FACT, "confidence": 0.4, "doubtful": True}

    book = workbook({**DOCUMENT, "facts": [doubtful]})

    row, fact = cells(book["Documents"]), cells(book["Facts"])
    marked = [row["Gross"].fill.fgColor.rgb, fact["Value"].fill.fgColor.rgb]
    assert marked == ["FFFFF2CC", "FFFFF2CC"]
    assert row["To review"].value == "Gross"
    assert values(book["Problems"])["Problem"] == "To review"


def test_a_corrected_fact_has_what_was_read():
    read = {"value": "8,00", "normalised": None, "page": 0, "box": None}

    row = values(workbook({**DOCUMENT, "facts": [{**FACT, "reader_value": read}]})["Facts"])

    assert (row["Corrected"], row["Read as"]) == ("yes", "8,00")


def test_problems_have_files_pages_and_what_documents_say_together():
    document = {
        **DOCUMENT, "warnings": [{"code": "x", "text": "Look."}],
        "unread": [{"page": 5, "reason": "Too dark."}],
    }  # fmt: skip

    sheet = workbook(document, UNREAD, consolidated=CONSOLIDATED)["Problems"]

    assert [(row[0].value, row[3].value, row[4].value) for row in sheet.iter_rows(min_row=2)] == [
        ("Page not read", 6, "Too dark."),
        ("Warning", None, "Look."),
        ("Not read", None, "It is damaged."),
        ("Contradiction", None, "It does not add up."),
        ("Duplicate", None, "The same file"),
    ]


def test_the_documents_of_a_file_have_rows_of_their_own():
    sheet = workbook(SCAN)["Documents"]

    assert [values(sheet, row)["Document in file"] for row in (2, 3)] == [1, 2]


def test_transactions_have_a_sheet_if_there_are_any():
    entry = {
        "date": "2026-02-09", "description": "Rent", "paid_in": None, "paid_out": "725.00",
        "balance": None, "page": 1, "box": None, "confidence": 0.97,
    }  # fmt: skip

    row = values(workbook({**DOCUMENT, "transactions": [entry]})["Transactions"])

    assert (row["Date"].date(), row["Paid out"]) == (date(2026, 2, 9), 725)


def test_rows_beyond_excels_last_one_are_named_among_the_problems(monkeypatch):
    monkeypatch.setattr(xlsx, "MAX_ROWS", 3)
    fact = a_fact("seller", "x")

    book = workbook({**DOCUMENT, "facts": [fact, fact, fact, fact]})

    assert book["Facts"].max_row == 3
    assert "2 rows of the sheet “Facts”" in values(book["Problems"])["About"]


def test_headings_are_the_same_in_every_language():
    assert HEADINGS["en"].keys() == HEADINGS["de"].keys()
    assert TITLES["en"].keys() == TITLES["de"].keys()
    assert SOURCES["en"].keys() == SOURCES["de"].keys()
    assert max(len(title) for titles in TITLES.values() for title in titles.values()) <= 31

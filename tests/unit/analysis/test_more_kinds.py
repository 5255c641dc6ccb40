"""Credit notes, payslips, card statements, utility bills, and invoices of more countries."""

import io

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from analysis import read
from analysis.consolidate import consolidate, key_facts
from tests.unit.analysis.documents import a_pdf, best_values


def page(*rows, columns=(60, 220, 330, 470), top=60):
    """A PDF with rows of cells at these columns."""
    cells = [
        (x, top + 20 * number, cell)
        for number, row in enumerate(rows)
        for x, cell in zip(columns, row, strict=False)
        if cell
    ]
    return read(a_pdf(cells), "a.pdf", "application/pdf")


def money(minor, currency):
    return {"minor": minor, "currency": currency}


@pytest.mark.parametrize(
    ("title", "number", "total"),
    [
        ("Gutschrift", "Gutschriftsnummer:", "Gutschriftsbetrag"),
        ("CREDIT NOTE", "Credit note number:", "Total credit"),
        ("Rechnungskorrektur", "Rechnungskorrektur-Nr.:", "Gesamtbetrag"),
    ],
)
def test_a_credit_note_is_a_kind_of_its_own_and_keeps_its_sign(title, number, total):
    result = page(
        ("Holzkontor Altmark GmbH",),
        (title,),
        (number, "GS-26-41"),
        ("Rechnung", "RE-26-377"),
        ("MwSt. 19 %", "-19,44 EUR"),
        (total, "-121,74 EUR"),
    )

    assert result.kind == "credit_note"
    assert best_values(result)["gross"] == money(-12174, "eur")
    assert best_values(result)["invoice_number"] == "GS-26-41"
    assert (result.headline or "").startswith("Credit note")


def test_the_date_of_the_corrected_invoice_is_not_that_of_its_correction():
    result = page(
        ("Lackwerk GmbH",),
        ("Stornorechnung Nr. ST-26-11",),
        ("zur Rechnung RE-26-100 vom 02.04.2026",),
        ("Datum 04.05.2026",),
        ("Gesamtbetrag", "-119,00 EUR"),
    )

    assert result.kind == "credit_note"
    assert best_values(result)["issue_date"] == "2026-05-04"


@pytest.mark.parametrize("sign", ["", "-"])
def test_a_credit_note_with_or_without_a_sign_adds_up_and_reduces_the_total(sign):
    cells = [(60, 60, "Holt Timber Ltd"), (60, 90, "CREDIT NOTE"), (60, 110, "VAT no GB123456782")]
    cells += [(60, 130, "Credit note number: CN-7"), (300, 130, "Date: 4 May 2026")]
    rows = (
        ("Description", "Qty", "Price", "Amount"),
        ("Oak board", f"{sign}2", "10.00", f"{sign}20.00"),
        ("Elm board", f"{sign}1", "30.00", f"{sign}30.00"),
        ("Subtotal", "", "", f"{sign}50.00"),
        ("VAT 20%", "", "", f"{sign}10.00"),
        ("Total credit", "", "", f"GBP {sign}60.00"),
    )
    cells += [
        (x, 200 + 20 * number, text)
        for number, row in enumerate(rows)
        for x, text in zip((60, 300, 400, 490), row, strict=True)
        if text
    ]

    result = read(a_pdf(cells), "a.pdf", "application/pdf")

    assert (result.kind, result.warnings) == ("credit_note", ())
    assert [item.amount for item in result.line_items] == [f"{sign}20.00", f"{sign}30.00"]
    document = {"document_id": "a", "kind": result.kind, **key_facts(result.to_dict())}
    consolidated = consolidate([document])
    assert consolidated["totals"] == [{"currency": "gbp", "minor": -6000, "documents": 1}]
    assert consolidated["contradictions"] == []


def test_an_invoice_that_the_buyer_issues_is_no_credit_note():
    result = page(
        ("Gutschrift (selbst ausgestellte Rechnung) Nr. 4711",),
        ("USt 19 %", "19,00 EUR"),
        ("Rechnungsbetrag", "119,00 EUR"),
    )

    assert result.kind == "invoice"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [
                ("Calder Engineering Ltd", "", "", "PAYSLIP"),
                ("Employee", "Owen Tranter", "Payroll no.", "417"),
                ("Pay date", "27/02/2026", "Tax code", "1257L"),
                ("Gross pay", "£2,885.00", "Total deductions", "£574.58"),
                ("NET PAY", "£2,310.42"),
            ],
            {
                "employer": "Calder Engineering Ltd", "employee": "Owen Tranter",
                "pay_date": "2026-02-27", "gross_pay": money(288500, "gbp"),
                "net_pay": money(231042, "gbp"),
            },
        ),
        (
            [
                ("Entgeltabrechnung Februar 2026",),
                ("Arbeitgeber:", "Nordwerk GmbH"),
                ("Mitarbeiterin:", "Jana Petersen"),
                ("Auszahlungsdatum:", "27.02.2026"),
                ("Gesamtbrutto", "3.200,00 EUR"),
                ("Lohnsteuer", "412,50 EUR"),
                ("Auszahlungsbetrag", "2.105,31 EUR"),
            ],
            {
                "employer": "Nordwerk GmbH", "employee": "Jana Petersen",
                "pay_date": "2026-02-27", "gross_pay": money(320000, "eur"),
                "net_pay": money(210531, "eur"),
            },
        ),
    ],
)  # fmt: skip
def test_a_payslip_states_who_is_paid_when_and_what(rows, expected):
    result = page(*rows)

    assert result.kind == "payslip"
    assert expected.items() <= best_values(result).items()
    assert result.line_items == ()


def test_a_card_statement_states_what_is_due_and_when():
    result = page(
        ("SUMMIT REWARDS CARD",),
        ("DANA R. CHO", "", "New Balance", "$1,482.19"),
        ("5501 Elm Ct, Boulder, CO 80304", "", "Minimum Payment Due", "$40.00"),
        ("", "", "Payment Due Date", "04/02/2026"),
        ("", "", "Statement Closing Date", "03/07/2026"),
        ("Previous Balance", "$918.40"),
        ("Credit Limit", "$12,000.00"),
    )

    expected = {
        "account_holder": "DANA R. CHO", "closing_balance": money(148219, "usd"),
        "minimum_payment": money(4000, "usd"), "due_date": "2026-04-02",
        "period_end": "2026-03-07", "opening_balance": money(91840, "usd"),
    }  # fmt: skip
    assert result.kind == "statement"
    assert expected.items() <= best_values(result).items()


def test_a_bank_statement_states_the_holder_above_the_address():
    result = page(
        ("Pennine Bank current account statement",),
        ("Mr Owen Tranter", "", "Sort code", "20-44-19"),
        ("Hebden Bridge HX7 8AB", "", "Account number", "31926819"),
        ("Opening balance", "£12.00"),
        ("Closing balance", "£20.00"),
    )

    expected = {"account_holder": "Owen Tranter", "sort_code": "20-44-19"}
    assert expected.items() <= best_values(result).items()


def test_a_utility_bill_is_an_invoice_of_its_period():
    result = page(
        ("Northwold Energy",),
        ("Ms J Whitcombe", "", "Account number", "8500 2214 7763"),
        ("4 Harbour Row", "", "Bill date", "5 March 2026"),
        ("Whitby YO22 4AB", "", "Bill number", "B-1174520"),
        ("Your electricity bill",),
        ("Charges this period", "£284.17"),
        ("VAT at 5%", "£14.21"),
        ("Total to pay", "£298.38"),
    )

    expected = {
        "invoice_number": "B-1174520", "customer_number": "850022147763",
        "issue_date": "2026-03-05", "seller": "Northwold Energy", "buyer": "Ms J Whitcombe",
        "net": money(28417, "gbp"), "gross": money(29838, "gbp"),
    }  # fmt: skip
    assert result.kind == "invoice"
    assert expected.items() <= best_values(result).items()


def test_a_gross_that_follows_from_a_payment_has_the_decimals_of_its_currency():
    result = page(
        ("Aoba Design K.K.", "", "INVOICE"),
        ("Tokyo 144-0052", "", "Invoice # ", "INV-204"),
        ("Subtotal", "JPY 350,500"),
        ("Tax (10%)", "JPY 35,050"),
        ("Payments/Credits", "-JPY 50,000"),
        ("BALANCE DUE", "JPY 335,550"),
    )

    assert best_values(result)["gross"] == money(385550, "jpy")


def test_what_remains_after_a_payment_is_not_the_gross():
    result = page(
        ("Blue Ridge Supply, LLC", "", "INVOICE"),
        ("Asheville, NC 28806", "", "Invoice # ", "INV-204"),
        ("", "", "P.O. Number", "PO-88213"),
        ("Subtotal", "$3,505.15"),
        ("Sales Tax (7.00%)", "$190.99"),
        ("Payments/Credits", "-$500.00"),
        ("BALANCE DUE", "$3,196.14"),
    )

    expected = {
        "payable": money(319614, "usd"), "gross": money(369614, "usd"),
        "net": money(350515, "usd"), "po_number": "PO-88213", "seller": "Blue Ridge Supply, LLC",
    }  # fmt: skip
    assert expected.items() <= best_values(result).items()


@pytest.mark.parametrize(
    ("printed", "reference"),
    [
        ("21 00000 00003 13947 14300 09017", "210000000003139471430009017"),
        ("RF18 5390 0754 7034", "RF18539007547034"),
        ("21 00000 00003 13947 14300 09018", None),
    ],
    ids=["QR reference", "creditor reference", "wrong check digit"],
)
def test_a_reference_with_check_digits_is_the_payment_reference(printed, reference):
    result = page(("Rechnung Nr. 12",), ("Total CHF", "120.00"), (printed,))

    assert best_values(result).get("payment_reference") == reference


def test_a_line_with_legal_form_and_capital_is_not_the_sellers_name():
    result = page(
        ("Menuiserie Le Goff & Fils",),
        ("SARL au capital de 8 000 EUR",),
        ("29200 Brest", "", "Mairie de Plougastel"),
        ("", "", "29470 Plougastel"),
        ("Facture n° F2026-061",),
        ("Total TTC", "120,00 EUR"),
    )

    assert best_values(result)["seller"] == "Menuiserie Le Goff & Fils"
    assert best_values(result)["buyer"] == "Mairie de Plougastel"


def test_a_japanese_invoice_is_read():
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=1)
    canvas.setFont("HeiseiMin-W3", 11)
    rows = [
        ((60, "請求書"),),
        ((60, "請求番号：2026-0312"), (330, "発行日：2026年3月12日")),  # noqa: RUF001 - as printed
        ((60, "株式会社みなと商会 御中"), (330, "お支払期限：2026年4月30日")),  # noqa: RUF001 - as printed
        ((330, "有限会社さくら印刷"),),
        ((60, "品名"), (250, "数量"), (330, "単価"), (450, "金額")),
        ((60, "カタログ"), (250, "1,200"), (330, "180"), (450, "216,000")),
        ((60, "小計"), (450, "216,000")),
        ((60, "消費税（10%）"), (450, "21,600")),  # noqa: RUF001 - as printed
        ((60, "合計"), (450, "¥237,600")),
    ]
    for number, row in enumerate(rows):
        for x, text in row:
            canvas.drawString(x, 780 - 24 * number, text)
    canvas.showPage()
    canvas.save()

    result = read(buffer.getvalue(), "a.pdf", "application/pdf")

    expected = {
        "invoice_number": "2026-0312", "issue_date": "2026-03-12", "due_date": "2026-04-30",
        "buyer": "株式会社みなと商会", "seller": "有限会社さくら印刷",
        "net": money(216000, "jpy"), "tax": money(21600, "jpy"), "gross": money(237600, "jpy"),
    }  # fmt: skip
    assert (result.kind, result.language) == ("invoice", "ja")
    assert expected.items() <= best_values(result).items()
    [item] = result.line_items
    assert (item.description, item.quantity, item.amount) == ("カタログ", "1200", "216000")

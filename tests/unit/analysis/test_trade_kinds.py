"""Quotations, orders, delivery notes, reminders, policies, tax forms, and labels with values."""

import pytest

from analysis import read
from analysis.extract.forms import pairs
from analysis.extract.titles import titled
from analysis.layout.lines import group_lines
from analysis.model import Box, Line, Page
from tests.unit.analysis.documents import a_pdf, a_set_pdf, best_values, values_of


def table(title, *rows, head=()):
    """A page with a title and rows of a label and its value."""
    lines = [*head, (56, 160, title)]
    for number, (label, value) in enumerate(rows):
        lines += [(56, 190 + 18 * number, label), (260, 190 + 18 * number, value)]
    return read(a_pdf(lines), "a.pdf", "")


SELLER = [(56, 50, "Calder Joinery Ltd"), (56, 64, "4 Mill Lane"), (56, 78, "Leeds LS2 4QE")]
BUYER = [(330, 50, "Drake Foods PLC"), (330, 64, "9 High Street"), (330, 78, "York YO1 7RD")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("QUOTATION\nDate: 3 May 2026", "quotation"),
        ("Devis n° 2026-17\nClient", "quotation"),
        ("Angebot Nr. 4711", "quotation"),
        ("LIEFERSCHEIN", "delivery_note"),
        ("Packing slip", "delivery_note"),
        ("Purchase Order", "purchase_order"),
        ("2. Mahnung", "reminder"),
        ("Mise en demeure", "reminder"),
        ("Home Insurance Policy Schedule", "insurance_policy"),
        ("Versicherungsschein", "insurance_policy"),
        ("Form W-9", "tax_form"),
        ("Form 1099-NEC", "tax_form"),
        ("Rechnung\nBestellung: 77", "invoice"),
        ("INVOICE\nPurchase order: 77\nQuotation no. 12", "invoice"),
        ("Purchase order number: 77\nINVOICE", "invoice"),
        ("Rechnungskorrektur Nr. RK21 vom 16.09.2018\nBestellung\n: B123", "credit_note"),
        ("Bestellung\n: B123", None),
        ("Lieferschein\n77\nRechnungsnummer\n12", None),
        ("We thank you for the quotation.", None),
    ],
)
def test_the_first_title_names_the_kind(text, kind):
    assert titled(text) == kind


def test_a_quotation_has_a_number_a_last_day_and_totals():
    result = table(
        "QUOTATION",
        ("Quotation No.", "Q-2026-017"), ("Date", "3 May 2026"), ("Valid until", "2 June 2026"),
        ("Subtotal", "500.00"), ("VAT 20%", "100.00"), ("Total", "600.00"),
        head=[*SELLER, *BUYER],
    )  # fmt: skip

    facts = best_values(result)
    assert (result.kind, facts["quotation_number"]) == ("quotation", "Q-2026-017")
    assert (facts["issue_date"], facts["valid_until"]) == ("2026-05-03", "2026-06-02")
    assert facts["gross"]["minor"] == 60000
    assert result.headline.startswith("Calder Joinery Ltd, Q-2026-017")


def test_a_delivery_note_has_its_number_and_the_order():
    result = table(
        "Lieferschein",
        ("Lieferschein-Nr.", "LS-881"), ("Lieferdatum", "04.05.2026"),
        ("Bestellnummer", "B-4471"), ("Kundennummer", "10077"),
    )  # fmt: skip

    facts = best_values(result)
    assert (result.kind, facts["delivery_note_number"]) == ("delivery_note", "LS-881")
    assert (facts["delivery_date"], facts["po_number"]) == ("2026-05-04", "B-4471")
    assert facts["customer_number"] == "10077"


def test_the_letterhead_of_a_purchase_order_is_the_buyers():
    result = read(
        a_pdf([
            *SELLER, (400, 50, "PURCHASE ORDER"), (400, 70, "PO Number: 55120"),
            (56, 120, "Vendor"), (56, 135, "Drake Foods PLC"), (56, 149, "9 High Street"),
            (56, 163, "York YO1 7RD"), (330, 120, "Ship to"), (330, 135, "Calder Warehouse"),
            (330, 149, "1 Dock Road"), (330, 163, "Hull HU1 1AA"),
        ]), "a.pdf", "",
    )  # fmt: skip

    facts = best_values(result)
    assert (result.kind, facts["po_number"]) == ("purchase_order", "55120")
    assert (facts["buyer"], facts["seller"]) == ("Calder Joinery Ltd", "Drake Foods PLC")
    assert facts["ship_to"] == "Calder Warehouse"


def test_a_reminder_states_what_is_open_and_its_fee():
    result = table(
        "2. Mahnung",
        ("Rechnungsnummer", "2026-0815"), ("Offener Betrag", "1.190,00 EUR"),
        ("Mahngebühr", "5,00 EUR"), ("Zahlbar bis", "20.05.2026"),
    )  # fmt: skip

    facts = best_values(result)
    assert (result.kind, facts["reminder_level"]) == ("reminder", "2. Mahnung")
    assert (facts["invoice_number"], facts["due_date"]) == ("2026-0815", "2026-05-20")
    assert (facts["payable"]["minor"], facts["reminder_fee"]["minor"]) == (119000, 500)


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        ("Home Insurance Policy", [
            ("Policy number", "HP-553 201"), ("Policyholder", "Grace Bennett"),
            ("Insurer", "Northern Mutual"), ("Period of insurance", "1 May 2026 to 30 April 2027"),
            ("Annual premium", "£412.50"), ("Sum insured", "£250,000.00"), ("Excess", "£150.00"),
        ]),
        ("Versicherungsschein", [
            ("Versicherungsnummer", "HP-553 201"), ("Versicherungsnehmer", "Grace Bennett"),
            ("Versicherer", "Northern Mutual"), ("Versicherungsbeginn", "01.05.2026"),
            ("Versicherungsablauf", "30.04.2027"), ("Jahresbeitrag", "412,50 GBP"),
            ("Versicherungssumme", "250.000,00 GBP"), ("Selbstbeteiligung", "150,00 GBP"),
        ]),
    ],
    ids=["English", "German"],
)  # fmt: skip
def test_an_insurance_policy_has_its_number_cover_and_premium(title, rows):
    result = table(title, *rows)

    facts = best_values(result)
    assert (result.kind, facts["insured"]) == ("insurance_policy", "Grace Bennett")
    assert facts["policy_number"].replace(" ", "") == "HP-553201"
    assert facts["insurer"] == "Northern Mutual"
    assert (facts["policy_start"], facts["policy_end"]) == ("2026-05-01", "2027-04-30")
    assert [facts[name]["minor"] for name in ("premium", "sum_insured", "deductible")] == [
        41250, 25000000, 15000,
    ]  # fmt: skip


def test_a_wage_statement_has_its_year_employer_and_wages():
    result = table(
        "Form W-2 Wage and Tax Statement 2025",
        ("Employer identification number (EIN)", "12-3456789"),
        ("Employer's name", "Oakfield Systems Inc."), ("Employee's name", "Dana Cho"),
        ("Wages, tips, other compensation", "58,200.00"),
        ("Federal income tax withheld", "7,310.00"),
    )  # fmt: skip

    facts = best_values(result)
    assert (result.kind, facts["form_number"], facts["tax_year"]) == ("tax_form", "W-2", "2025")
    assert facts["employer_number"] == "12-3456789"
    assert (facts["payer"], facts["payee"]) == ("Oakfield Systems Inc.", "Dana Cho")
    assert (facts["wages"]["minor"], facts["tax_withheld"]["minor"]) == (5820000, 731000)


def test_more_facts_of_an_invoice():
    result = table(
        "INVOICE",
        ("Invoice No.", "4711"), ("Service period", "01.04.2026 - 30.04.2026"),
        ("Freight", "25.00"), ("Subtotal", "500.00"), ("VAT 20%", "100.00"),
        ("Total", "600.00"), ("Amount paid", "200.00"), ("Amount due", "400.00"),
        ("Terms", "2% discount within 10 days"),
        head=[*SELLER, (330, 40, "Ship to"), (330, 55, "Calder Warehouse"),
              (330, 69, "1 Dock Road"), (330, 83, "Hull HU1 1AA")],
    )  # fmt: skip

    facts = best_values(result)
    assert facts["service_period"] == "01.04.2026 - 30.04.2026"
    assert [facts[name]["minor"] for name in ("freight", "amount_paid", "payable")] == [
        2500, 20000, 40000,
    ]  # fmt: skip
    assert facts["cash_discount"] == "2% discount within 10 days"
    assert facts["ship_to"] == "Calder Warehouse"


def test_labels_with_values_are_fields_of_any_document():
    result = read(
        a_set_pdf("Membership", "Surname: Okafor", "Date of birth: 4 May 1990", "www.a.example"),
        "a.pdf", "",
    )  # fmt: skip

    assert values_of(result, "field") == ["Surname: Okafor", "Date of birth: 4 May 1990"]


def test_two_columns_of_a_form_are_fields():
    rows = [("Surname", "Okafor"), ("Given name", "Ada"), ("Nationality", "Nigerian"),
            ("Document no", "X77120")]  # fmt: skip

    assert values_of(table("IDENTITY CARD", *rows), "field") == [
        f"{label}: {value}" for label, value in rows
    ]


def stacked(*texts, gaps=(0.01, 0.03)):
    """The values of the fields of a page with texts below each other, with two gaps in turn."""
    top, rows = 0.1, []
    for number, text in enumerate(texts):
        rows.append(Line(text, Box(0.1, top, 0.5, top + 0.015)))
        top += 0.015 + gaps[number % 2]
    page = Page(number=0, width=595, height=842, source="text", confidence=1.0, lines=tuple(rows))
    return [found.value for found in pairs.find([group_lines(page)])]


FORM = ("1 Name (as shown on your return)", "Quentin Marlowe", "2 Business name, if different",
        "Marlowe Timber", "Address", "88 Sawmill Road", "Date", "03/14/2026")  # fmt: skip


def test_values_below_their_labels_are_fields_of_a_form():
    assert stacked(*FORM) == [
        "Name: Quentin Marlowe",
        "Business name: Marlowe Timber",
        "Address: 88 Sawmill Road",
        "Date: 03/14/2026",
    ]


@pytest.mark.parametrize(
    ("texts", "gaps"),
    [
        (FORM, (0.01, 0.01)),  # a paragraph
        (FORM[:6], (0.01, 0.03)),
        (("Term", "This agreement begins on the day of its signature.") * 4, (0.01, 0.03)),
    ],
)
def test_paragraphs_and_headings_are_not_fields(texts, gaps):
    assert stacked(*texts, gaps=gaps) == []


def test_streets_above_towns_are_not_fields():
    rows = [(f"High Street {number}", "London") for number in range(10, 15)]

    assert values_of(table("ADDRESSES", *rows), "field") == []


def test_a_sentence_with_a_colon_is_not_a_field():
    result = read(a_set_pdf("We thank you and promise this: it will be good."), "a.pdf", "")

    assert values_of(result, "field") == []

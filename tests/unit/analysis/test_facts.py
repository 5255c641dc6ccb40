"""Facts of documents in several layouts and languages."""

import pytest

from analysis import read
from tests.unit.analysis.documents import a_docx, a_pdf, a_picture, best_values, p

GERMAN = [
    (60, 60, "Muster & Söhne GmbH · Hauptstr. 1 · 10115 Berlin"),
    (60, 120, "Kundin AG"), (60, 140, "Nebenweg 2"), (60, 160, "80331 München"),
    (360, 120, "Rechnungsnummer:"), (470, 120, "2026-0815"),
    (360, 140, "Rechnungsdatum:"), (470, 140, "03.02.2026"),
    (360, 160, "Lieferdatum:"), (470, 160, "01.02.2026"),
    (60, 300, "Regal, Eiche"), (300, 300, "2"), (380, 300, "500,00"), (480, 300, "1.000,00"),
    (60, 400, "Nettobetrag"), (480, 400, "1.000,00 €"),
    (60, 420, "USt. 19 %"), (480, 420, "190,00 €"),
    (60, 440, "Gesamtbetrag"), (480, 440, "1.190,00 €"),
    (60, 500, "Zahlbar innerhalb von 14 Tagen ohne Abzug."),
    (60, 760, "IBAN: DE89 3704 0044 0532 0130 00   BIC: COBADEFFXXX   USt-IdNr.: DE123456788"),
]  # fmt: skip
FRENCH = [
    (60, 60, "Atelier Lumière SARL"), (60, 80, "12 rue des Arts, 75011 Paris"),
    (60, 140, "FACTURE N° FA-2026-031"), (60, 160, "Date de facturation : 15 mars 2026"),
    (60, 180, "Date d'échéance : 14/04/2026"),
    (320, 400, "Total HT"), (480, 400, "850,00 €"),
    (320, 420, "TVA 20 %"), (480, 420, "170,00 €"),
    (320, 440, "Total TTC"), (480, 440, "1 020,00 €"),
    (60, 700, "IBAN FR14 2004 1010 0505 0001 3M02 606"),
]  # fmt: skip
TITLED = [
    (60, 60, "Verkehr GmbH"), (60, 100, "Rechnung Nr. 471102 vom 05.03.2018"),
    (60, 140, "Bestellung Nr. 99 vom 01.01.2018"),
    (60, 300, "Rechnungssumme ohne USt."), (420, 300, "473,00"),
    (60, 320, "Steuerbetrag 7 %"), (420, 320, "19,25"),
    (60, 340, "Steuerbetrag 19 %"), (420, 340, "37,62"),
    (60, 360, "Bruttosumme"), (420, 360, "529,87"),
    (60, 380, "Anzahlung"), (420, 380, "100,00"),
    (60, 400, "Zahlbetrag EUR"), (420, 400, "429,87"),
]  # fmt: skip
RECEIPT = [
    ("BLUE LAGOON TRADING SDN BHD", ""), ("NO 12, JALAN INDAH 3,", ""),
    ("TAMAN MAJU, 81100 JOHOR BAHRU", ""), ("TEL: 07-555 1234", ""), ("TAX INVOICE", ""),
    ("Date: 14/03/2026 17:57", ""), ("Paper cups", "12.00"), ("Teapot", "30.50"),
    ("Sub Total", "42.50"), ("GST 6%", "2.55"), ("Rounding", "0.00"), ("TOTAL RM", "45.05"),
    ("CASH", "50.00"), ("CHANGE", "4.95"), ("Thank you, please come again", ""),
]  # fmt: skip


GERMAN_RECEIPT = [
    ("Bäckerei Müller GmbH", ""), ("Hauptstraße 12", ""), ("10115 Berlin", ""),
    ("Tel. 030 1234567", ""), ("Brezel", "1,20"), ("Kaffee groß", "3,40"),
    ("Summe EUR", "4,60"), ("Bar", "10,00"), ("Rückgeld", "5,40"), ("MwSt 7 %", "0,30"),
    ("Datum: 03.02.2026 08:15", ""), ("Vielen Dank für Ihren Einkauf", ""),
]  # fmt: skip


def eur(minor):
    return {"minor": minor, "currency": "eur"}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            GERMAN,
            {
                "invoice_number": "2026-0815", "issue_date": "2026-02-03",
                "delivery_date": "2026-02-01", "net": eur(100000), "tax": eur(19000),
                "gross": eur(119000), "iban": "DE89370400440532013000", "bic": "COBADEFFXXX",
                "seller": "Muster & Söhne GmbH", "buyer": "Kundin AG", "currency": "eur",
                "seller_vat_id": "DE123456788",
                "payment_terms": "Zahlbar innerhalb von 14 Tagen ohne Abzug.",
            },
        ),
        (
            FRENCH,
            {
                "invoice_number": "FA-2026-031", "issue_date": "2026-03-15",
                "due_date": "2026-04-14", "net": eur(85000), "tax": eur(17000),
                "gross": eur(102000), "seller": "Atelier Lumière SARL",
            },
        ),
        (
            TITLED,
            {
                "invoice_number": "471102", "issue_date": "2018-03-05", "net": eur(47300),
                "gross": eur(52987), "tax": eur(5687),
            },
        ),
    ],
)  # fmt: skip
def test_the_facts_of_an_invoice_are_found(lines, expected):
    result = read(a_pdf(lines), "a.pdf", "application/pdf")

    assert result.kind == "invoice"
    assert {name: best_values(result).get(name) for name in expected} == expected


def test_an_unambiguous_date_decides_the_order_of_day_and_month():
    lines = ["Invoice number: 77", "Invoice date: 03/04/2026", "Due date: 03/31/2026", "VAT IBAN"]

    facts = best_values(read(a_pdf(lines), "a.pdf", ""))

    assert (facts["issue_date"], facts["due_date"]) == ("2026-03-04", "2026-03-31")


@pytest.mark.parametrize(
    "options", [{}, {"lean": 2.5, "noise": 60}, {"turned": 180}, {"turned": 90, "noise": 40}]
)
def test_a_tilted_or_turned_receipt_is_read(options):
    result = read(a_picture(RECEIPT, **options), "a.jpg", "image/jpeg")

    facts = best_values(result)
    assert result.kind == "receipt"
    assert result.pages[0].turned == (-options.get("turned", 0)) % 360
    assert facts["merchant"] == "BLUE LAGOON TRADING SDN BHD"
    assert str(facts["address"]).startswith("NO 12, JALAN INDAH 3")
    assert (facts["date"], facts["time"]) == ("2026-03-14", "17:57")
    assert facts["total"] == {"minor": 4505, "currency": "myr"}
    merchant, date, total = (
        next(fact.value for fact in result.facts if fact.name == name)
        for name in ("merchant", "date", "total")
    )
    assert result.headline == f"{merchant}, {date}, {total}"


def test_a_german_receipt_is_read_by_the_english_model():
    facts = best_values(read(a_picture(GERMAN_RECEIPT, noise=30), "a.jpg", "image/jpeg"))

    assert facts["merchant"] == "Bäckerei Müller GmbH"
    assert (facts["date"], facts["time"]) == ("2026-02-03", "08:15")
    assert facts["total"] == eur(460)
    assert facts["payment_method"] == "cash"
    assert facts["address"] == "Hauptstraße 12 10115 Berlin"


def test_ec_cash_is_a_card_payment():
    lines = [
        ("REWE Markt GmbH", ""), ("Lindenstraße 5", ""), ("50674 Köln", ""), ("Milch", "1,19"),
        ("Brot", "2,49"), ("SUMME EUR", "3,68"), ("Geg. EC-Cash", "3,68"),
        ("Datum: 12.02.2026 17:23", ""), ("Vielen Dank für Ihren Einkauf", ""),
    ]  # fmt: skip

    facts = best_values(read(a_picture(lines), "a.jpg", "image/jpeg"))

    assert facts["payment_method"] == "card"
    assert facts["address"] == "Lindenstraße 5 50674 Köln"


def test_the_box_of_a_fact_is_relative_to_the_displayed_page():
    upright = read(a_picture(RECEIPT), "a.jpg", "image/jpeg")
    turned = read(a_picture(RECEIPT, turned=180), "a.jpg", "image/jpeg")

    [above] = [fact.box for fact in upright.facts if fact.name == "merchant"][:1]
    [below] = [fact.box for fact in turned.facts if fact.name == "merchant"][:1]

    assert above is not None
    assert below is not None
    assert above.top < 0.2
    assert below.top > 0.8


def test_the_law_the_term_and_the_notice_of_a_contract_are_found():
    text = (
        p("Service Agreement")
        + p("This agreement is entered into on 2 March 2026 between Alpha Works Ltd and Beta LLP.")
        + p("It has a term of 24 months. Either party may terminate with 30 days written notice.")
        + p("It shall be governed by the laws of England and Wales.")
    )

    result = read(a_docx(text), "a.docx", "")

    facts = best_values(result)
    assert result.kind == "contract"
    assert facts["effective_date"] == "2026-03-02"
    assert (facts["term"], facts["notice_period"]) == ("24 months", "30 days")
    assert facts["governing_law"] == "England and Wales"


def test_the_sender_the_recipient_and_the_subject_of_a_letter_are_found():
    lines = [
        "Nordlicht Studio", "4 May 2026", "Subject: Your visit in June", "Dear Ms Ferreira,",
        "thank you for your kind words about our work.", "Kind regards", "Jonas Winter",
    ]  # fmt: skip

    result = read(a_pdf(lines), "a.pdf", "")

    facts = best_values(result)
    assert result.kind == "letter"
    assert facts["subject"] == "Your visit in June"
    assert (facts["sender"], facts["recipient"]) == ("Jonas Winter", "Ms Ferreira")
    assert facts["date"] == "2026-05-04"


def test_generic_facts_are_found_in_any_document():
    lines = [
        "Notes of a meeting, nothing more than that", "Call +44 20 7946 0958 or write to a@b.org",
        "See https://example.org/x for 12.50 EUR", "Reference no.: AB-1234",
    ]  # fmt: skip

    facts = best_values(read(a_pdf(lines), "a.pdf", ""))

    assert facts["phone"] == "+442079460958"
    assert facts["email"] == "a@b.org"
    assert facts["url"] == "https://example.org/x"
    assert facts["amount"] == eur(1250)
    assert facts["identifier"] == "AB-1234"

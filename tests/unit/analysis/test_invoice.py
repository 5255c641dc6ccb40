"""Special cases of invoices: due dates from terms, tables of tax rates, icons in the text."""

import io

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from analysis import read
from analysis.formats.pdf import pdf_file, text_layer
from analysis.limits import Limits
from tests.unit.analysis.documents import FONT, a_pdf, a_set_pdf, best_values

HEAD = ["Invoice number: A-77", "Invoice date: 20 January 2026", "VAT, IBAN, bank transfer"]


def due_date_fact(*lines):
    result = read(a_pdf([*HEAD, *lines]), "a.pdf", "application/pdf")
    return next((fact for fact in result.facts if fact.name == "due_date"), None)


@pytest.mark.parametrize(
    ("terms", "day"),
    [
        ("Zahlbar innerhalb von 14 Tagen ohne Abzug.", "2026-02-03"),
        ("30 days net", "2026-02-19"),
        ("Payment terms: Net 30", "2026-02-19"),
        ("Payable within 30 days of the invoice date", "2026-02-19"),
        ("Payment is due within thirty (30) days of the invoice date.", "2026-02-19"),
        ("10 Tage 2% Skonto, 30 Tage netto", "2026-02-19"),
        ("2% Skonto bei Zahlung innerhalb von 10 Tagen, sonst zahlbar in 30 Tagen", "2026-02-19"),
        ("Bitte begleichen Sie den Betrag innerhalb von zwei Wochen.", "2026-02-03"),
        ("Conditions de paiement : 30% d'acompte, solde à 30 j", "2026-02-19"),
        ("Paiement sous 45 jours à compter de la date de facture", "2026-03-06"),
        ("Pago a 30 días fecha factura", "2026-02-19"),
        ("Pagamento: 60 giorni data fattura", "2026-03-21"),
        ("Betaling binnen 14 dagen", "2026-02-03"),
    ],
)
def test_a_due_date_is_computed_from_the_payment_terms(terms, day):
    fact = due_date_fact(terms)

    assert fact is not None
    assert (fact.normalised, fact.source) == (day, "computed")
    assert fact.value in terms
    assert fact.box is not None
    assert 0.15 < fact.box.top < 0.2, "the box is that of the terms"
    assert fact.confidence < 0.95


@pytest.mark.parametrize(
    "terms",
    [
        "Bei Zahlung innerhalb 14 Tagen gewähren wir 2,0% Skonto.",
        "Paiement à 30 jours fin de mois",
        "Payable within 5 business days",
        "Goods may be returned within 14 days",
        "Interest is charged on payments more than 30 days late",
        "Net 30.00 EUR",
    ],
)
def test_other_periods_in_days_are_not_due_dates(terms):
    assert due_date_fact(terms) is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Zahlbar innerhalb 30 Tagen netto bis 25.02.2026, 3% Skonto bis zum 30.01.2026",
         "2026-02-25"),
        ("Der Betrag wird am 10.02.2026 von Ihrem Konto per SEPA-Lastschrift eingezogen.",
         "2026-02-10"),
        ("The amount will be collected on 10/02/2026 by direct debit.", "2026-02-10"),
        ("Due date: 01.02.2026. Payable within 30 days.", "2026-02-01"),
    ],
)  # fmt: skip
def test_a_due_date_that_is_printed_is_not_computed(line, day):
    fact = due_date_fact(line)

    assert fact is not None
    assert (fact.normalised, fact.source) == (day, "text")


def test_the_tax_of_a_rate_is_its_share_of_the_net():
    rows: list[object] = ["Rechnungsnummer: 12", "Rechnungsdatum: 05.03.2026", "IBAN"]
    table = [
        ("Umsatzsteuer", "Basis", "USt. %", "Steuer"),
        ("Umsatzsteuer", "275,00", "7", "19,25"), ("Umsatzsteuer", "198,00", "19", "37,62"),
    ]  # fmt: skip
    for y, row in enumerate(table):
        rows += [(72 + 110 * x, 300 + 20 * y, cell) for x, cell in enumerate(row)]
    rows += [(72, 400, "Summe netto"), (402, 400, "473,00"), (72, 420, "Summe brutto")]

    facts = best_values(read(a_pdf([*rows, (402, 420, "529,87 EUR")]), "a.pdf", ""))

    assert [facts[name]["minor"] for name in ("net", "tax", "gross")] == [47300, 5687, 52987]


def test_umsatzsteuer_is_a_tax():
    lines = ["Rechnung Nr. 42", "Summe netto 1.420,00", "Umsatzsteuer 19% 269,80 EUR"]

    facts = best_values(read(a_pdf([*lines, "Rechnungsbetrag 1.689,80"]), "a.pdf", ""))

    assert facts["tax"] == {"minor": 26980, "currency": "eur"}


@pytest.mark.parametrize(
    ("mapped", "shown"),
    [
        (b"<01> <D83DDCDE>\n<02> <>", "\U0001f4de"),
        (b"<01> <D83D>\n<02> <0000>", ""),
    ],
)
def test_an_icon_does_not_shift_the_boxes_after_it(mapped, shown):
    """Icon fonts map a glyph to a surrogate pair or to half of one."""
    pdfmetrics.registerFont(TTFont("Icons", FONT))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pageCompression=0, invariant=1)
    canvas.setFont("Icons", 12)
    for line in range(4):
        canvas.drawString(72, 760 - 20 * line, "\u00a4 +44 20 7946 0958")
    canvas.drawString(72, 600, "Total due")
    canvas.drawString(300, 600, "12.50 EUR")
    canvas.save()
    usual = b"<01> <00A4>\n<02> <0000>"
    assert usual in buffer.getvalue()

    with pdf_file.open_pdf(buffer.getvalue().replace(usual, mapped), Limits()) as document:
        layer = text_layer.of_page(document, 0, Limits())

    assert layer is not None
    phone, total, amount = layer.lines[-3:]
    assert phone.text.replace(" ", "") == f"{shown}+442079460958"
    assert (total.text, amount.text) == ("Total due", "12.50 EUR")
    assert abs(total.box.left - 72 / 595) < 0.01
    assert abs(amount.box.left - 300 / 595) < 0.01


ITALIAN = (
    "Officine Rossi S.r.l.\nVia Roma 10, 20121 Milano\nP.IVA IT12345678901",
    "Fattura n. 45/2026 del 10/02/2026",
    "Cliente: Bianchi S.p.A., Corso Italia 5, 10121 Torino",
    [["Descrizione", "Prezzo", "Importo"], ["Manutenzione", "900,00", "900,00"]],
    [["Imponibile", "900,00 €"], ["IVA 22%", "198,00 €"], ["Totale fattura", "1.098,00 €"]],
)
BRITISH = (
    "Harbour Design Ltd\n3 Wharf Street, Bristol BS1 5TT\nVAT Reg No GB 123 4567 89", "VAT INVOICE",
    "Invoice to: Coastal Hotels plc, 1 Beach Road, Brighton BN1 1AA",
    [["Invoice no", "2026/118"], ["Date / tax point", "14 February 2026"]],
    [["Description", "Net", "VAT rate", "VAT", "Gross"],
     ["Brand workshop", "1,200.00", "20%", "240.00", "1,440.00"],
     ["Print proofs", "80.00", "20%", "16.00", "96.00"],
     ["Total", "1,280.00", "", "256.00", "£1,536.00"]],
    ("Terms: strictly 14 days net. Bank: Sort code 20-00-00 Account 55779911 IBAN\nGB33 BUKB 2020 "
    "1555 5555 55"),
)  # fmt: skip
SWISS = (
    "Alpen IT AG\nBahnhofstrasse 3\n8001 Zürich\nCHE-123.456.789 MWST", "",
    "Kunde GmbH\nSeestrasse 9\n6003 Luzern", "", "Zürich, 20.01.2026", "Rechnung 2026-014",
    [["Pos.", "Bezeichnung", "Menge", "Ansatz", "Betrag CHF"],
     ["1", "Beratung", "12 h", "180.00", "2'160.00"]],
    [["Zwischentotal", "2'160.00"], ["MWST 8.1%", "174.96"], ["Total CHF", "2'334.96"]],
    "Zahlbar innert 30 Tagen. IBAN CH93 0076 2011 6238 5295 7",
)  # fmt: skip


@pytest.mark.parametrize(
    ("parts", "expected", "sums"),
    [
        (
            ITALIAN,
            {
                "invoice_number": "45/2026", "issue_date": "2026-02-10",
                "seller": "Officine Rossi S.r.l.", "buyer": "Bianchi S.p.A.",
            },
            [90000, 19800, 109800],
        ),
        (
            BRITISH,
            {
                "invoice_number": "2026/118", "issue_date": "2026-02-14",
                "seller": "Harbour Design Ltd", "buyer": "Coastal Hotels plc",
                "payment_terms": "strictly 14 days net.", "due_date": "2026-02-28",
            },
            [128000, 25600, 153600],
        ),
        (
            SWISS,
            {
                "invoice_number": "2026-014", "issue_date": "2026-01-20",
                "seller": "Alpen IT AG", "buyer": "Kunde GmbH", "due_date": "2026-02-19",
                "iban": "CH9300762011623852957", "currency": "chf",
            },
            [216000, 17496, 233496],
        ),
    ],
    ids=["Italian", "British", "Swiss"],
)  # fmt: skip
def test_invoices_in_the_layout_of_a_country_are_read(parts, expected, sums):
    result = read(a_set_pdf(*parts), "a.pdf", "")

    facts = best_values(result)
    assert result.kind == "invoice"
    assert {name: facts.get(name) for name in expected} == expected
    assert [facts[name]["minor"] for name in ("net", "tax", "gross")] == sums


@pytest.mark.parametrize(
    "line",
    ["N° TVA client : FR19787878784", "Ihre USt-IdNr.: ATU12345678", "Your VAT: DE123456788"],
)
def test_the_customers_vat_id_is_that_of_the_buyer(line):
    facts = best_values(read(a_pdf([*HEAD, "VAT Reg No GB 123 4567 89", line]), "a.pdf", ""))

    assert facts["seller_vat_id"] == "GB123456789"
    assert str(facts["buyer_vat_id"]) in line


def test_the_delivery_date_of_a_period_is_its_last_day():
    facts = best_values(read(a_pdf([*HEAD, "Leistungsdatum: 01.09.25 - 30.09.25"]), "a.pdf", ""))

    assert facts["delivery_date"] == "2025-09-30"


def test_an_iban_across_two_lines_is_found():
    text = "Please pay the whole amount to our account with the usual bank, IBAN GB33 BUKB 2020"

    facts = best_values(read(a_pdf([*HEAD, text, "1555 5555 55 with our thanks"]), "a.pdf", ""))

    assert facts["iban"] == "GB33BUKB20201555555555"


def test_a_seller_without_a_legal_form_is_the_first_line():
    parts = ("Hôtel Beau Rivage\n5 quai du Lac, 74000 Annecy", "FACTURE N° 2026-1187", "IBAN, TVA")

    result = read(a_set_pdf(*parts), "a.pdf", "")

    [seller] = [fact for fact in result.facts if fact.name == "seller"]
    assert seller.value == "Hôtel Beau Rivage"


def test_a_credit_note_has_negative_amounts():
    parts = (
        "Lieferant GmbH\n80333 München", "Gutschrift", "Gutschriftsnummer: GS-9", "IBAN",
        [["Netto", "-100,00 €"], ["USt. 19%", "-19,00 €"], ["Brutto", "-119,00 €"]],
    )  # fmt: skip

    facts = best_values(read(a_set_pdf(*parts), "a.pdf", ""))

    assert facts["invoice_number"] == "GS-9"
    assert [facts[name]["minor"] for name in ("net", "tax", "gross")] == [-10000, -1900, -11900]


def test_a_currency_beside_the_word_total_is_found():
    parts = (
        "Outback Tools Pty Ltd", "TAX INVOICE", "Invoice No: INV-0042",
        "To: Reef Builders Pty Ltd", "Payment terms: 7 days",
        [["Subtotal", "300.00"], ["GST (10%)", "30.00"], ["TOTAL AUD", "330.00"]],
    )  # fmt: skip

    facts = best_values(read(a_set_pdf(*parts), "a.pdf", ""))

    assert facts["gross"] == {"minor": 33000, "currency": "aud"}
    assert facts["buyer"] == "Reef Builders Pty Ltd"


@pytest.mark.parametrize(
    ("net", "tax", "gross", "taken"),
    [
        ("1,280.00", "256.00", "1,536.00", True),
        ("100.00", "35.00", "135.00", True),
        ("100.00", "36.00", "136.00", False),
        ("100.00", "350.00", "450.00", False),
    ],
)
def test_amounts_in_one_row_are_net_and_tax_only_at_an_existing_rate(net, tax, gross, taken):
    page = a_set_pdf("INVOICE", [["Item", "A", "B", "C"], ["Total", net, tax, gross]])

    result = read(page, "a.pdf", "application/pdf")

    assert result.kind == "invoice"
    assert ("net" in best_values(result)) is taken
    assert ("tax" in best_values(result)) is taken

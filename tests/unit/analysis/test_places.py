"""Invoices of several places: their words, numbers, dates, currency signs and tax numbers."""

from decimal import Decimal

import pytest

from analysis import read
from analysis.extract import currency, values
from analysis.extract.invoice import company_names, labels
from analysis.layout.language import language_of
from bench.reader import languages
from tests.unit.analysis.documents import a_pdf, best_values
from training.generated import drawing
from training.generated.worldwide import invoices


def first_amount(text):
    return next(values.amounts(text))


def first_date(text):
    return next(values.dates(text)).value


@pytest.mark.parametrize(
    ("printed", "number", "code"),
    [
        ("₹ 1,23,456.00", "123456.00", "inr"),
        ("Rs. 12,34,567.50", "1234567.50", "inr"),
        ("1 234,56 zł", "1234.56", "pln"),
        ("1 234,56 Kč", "1234.56", "czk"),
        ("3 500,00 kr", "3500.00", "sek"),
        ("￥12,000", "12000", "jpy"),
        ("12,000円", "12000", "jpy"),
        ("合计¥351.94", "351.94", "jpy"),
        ("¥12,000-", "12000", "jpy"),
        ("₺ 1.234,50", "1234.50", "try"),
    ],
)
def test_an_amount_is_read_in_the_notation_of_its_place(printed, number, code):
    amount = first_amount(printed)

    assert (amount.number, amount.currency) == (Decimal(number), code)


@pytest.mark.parametrize(
    ("text", "language", "sign", "code"),
    [
        ("发票号码 开票日期", "zh", "¥", "cny"),
        ("請求書 発行日", "ja", "¥", "jpy"),
        ("Jurong Precision Pte Ltd, Singapore 408696", "en", "$", "sgd"),
        ("ABN 51 824 753 556", "en", "$", "aud"),
        ("Austin, TX 78701", "en", "$", "usd"),
        ("Fakturanummer", "sv", "KR", "sek"),
        ("CVR 12345678", "da", "KR", "dkk"),
        ("Org.nr 987654321 MVA", None, "KR", "nok"),
    ],
)
def test_a_sign_of_several_currencies_is_that_of_the_place(text, language, sign, code):
    assert currency.signs_of(text, language)[sign] == code


def test_the_signs_of_a_place_hold_for_one_document():
    with values.local_signs({"$": "sgd"}):
        assert first_amount("$5.00").currency == "sgd"

    assert first_amount("$5.00").currency == "usd"


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("令和6年3月12日", "2024-03-12"),
        ("令和元年5月1日", "2019-05-01"),
        ("平成30年12月1日", "2018-12-01"),
        ("R6.3.12", "2024-03-12"),
        ("12 marca 2024 r.", "2024-03-12"),
        ("12. března 2024", "2024-03-12"),
        ("12 de março de 2024", "2024-03-12"),
        ("5 października 2023", "2023-10-05"),
        ("5. září 2023", "2023-09-05"),
    ],
)
def test_a_date_is_read_in_the_words_of_its_place(printed, day):
    assert first_date(printed) == day


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("NUMBER", "Fatura n.º"),
        ("NUMBER", "Číslo faktury"),
        ("NUMBER", "发票号码\uff1a"),
        ("ISSUED", "Wystawiono dnia"),
        ("ISSUED", "発行日"),
        ("DUE", "Termin zapłaty"),
        ("DUE", "Förfallodatum"),
        ("DUE", "Data de vencimento"),
        ("NET", "Základ daně"),
        ("NET", "Taxable Value"),
        ("TAX", "CGST"),
        ("TAX", "DPH"),
        ("GROSS", "价税合计\uff08小写\uff09"),
        ("PAYABLE", "Do zapłaty"),
        ("BUYER", "Odběratel"),
        ("SELLER", "Sprzedawca"),
        ("TAX_ID", "P.IVA"),
        ("TAX_ID", "GSTIN"),
        ("TAX_ID", "登録番号"),
    ],
)
def test_a_label_is_known_in_its_language(name, text):
    match = getattr(labels, name).match(text)

    assert match
    assert not text[match.end() :].strip("\uff1a")


def test_the_amount_after_a_label_with_more_words_is_its_value():
    match = labels.NET.search("Totaal excl. btw: 7.293,90")

    assert match
    assert match.group() == "Totaal excl. btw"


def test_a_polish_heading_with_a_number_is_no_tax_number():
    assert labels.TAX_ID.search("Faktura VAT nr: 2026-25564") is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Faktura číslo 1, datum splatnosti, celkem k úhradě, DIČ", "cs"),
        ("Fatura n.º 5, data de vencimento, total, IVA, cliente", "pt"),
        ("Fakturanummer 5, förfallodatum, moms, att betala", "sv"),
        ("Sprzedawca, nabywca, termin płatności, razem do zapłaty", "pl"),
    ],
)
def test_the_language_of_a_short_invoice_is_found(text, language):
    assert language_of(text) == language


def test_the_language_is_that_of_the_document_and_not_of_most_pages():
    german = [
        "Rechnung",
        *["Die Lieferung ist für den Kunden und wird mit der Rechnung gesandt."] * 9,
    ]
    english = ["Terms of the supplier and of the customer"]

    result = read(a_pdf(german, english, english), "a.pdf", "")

    assert result.language == "de"


INDIAN = [
    "TAX INVOICE", "Seller: Kaveri Agro Industries Ltd.", "GSTIN: 29SVWYF3476W1Z2",
    "Bill To: Deccan Office Solutions LLP", "GSTIN: 27DUKGA5118Q1ZF",
    "Invoice No.: A-77", "Invoice Date: 03/05/2024", "Taxable Value: Rs. 1,00,000.00",
    "CGST @ 9%: Rs. 9,000.00", "SGST @ 9%: Rs. 9,000.00", "Grand Total: Rs. 1,18,000.00",
]  # fmt: skip


def test_the_central_and_the_state_tax_are_one_tax():
    result = read(a_pdf(INDIAN), "a.pdf", "")

    tax = next(fact for fact in result.facts if fact.name == "tax")
    assert tax.normalised == {"minor": 1_800_000, "currency": "inr"}


def test_a_tax_number_is_of_the_party_above_it():
    found = best_values(read(a_pdf(INDIAN), "a.pdf", ""))

    assert found["seller_vat_id"] == "29SVWYF3476W1Z2"
    assert found["buyer_vat_id"] == "27DUKGA5118Q1ZF"


def test_a_tax_number_stands_beside_its_label():
    rows = [
        (50, 60, "FATTURA"),
        (50, 80, "Officine Bianchi S.r.l."),
        (50, 100, "P.IVA"),
        (150, 100, "01234567897"),
        (50, 140, "Totale fattura"),
        (150, 140, "EUR 10,00"),
    ]

    assert best_values(read(a_pdf(rows), "a.pdf", ""))["seller_vat_id"] == "01234567897"


def test_the_province_of_rome_is_no_currency():
    rows = ["FATTURA", "Studio Conti", "00185 Roma (RM)", "Numero fattura: 12",
            "Totale fattura: 10,00", "Importo (EUR)"]  # fmt: skip

    assert best_values(read(a_pdf(rows), "a.pdf", ""))["currency"] == "eur"


def test_a_delivery_date_is_not_the_issue_date():
    rows = [
        (50, 60, "FACTURA"),
        (50, 80, "Fecha de entrega"),
        (200, 80, "29/01/2023"),
        (50, 100, "Fecha"),
        (200, 100, "03/02/2023"),
        (50, 120, "Total factura: 9,00 EUR"),
    ]

    assert best_values(read(a_pdf(rows), "a.pdf", ""))["issue_date"] == "2023-02-03"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Silva & Marques - Contabilidade, Lda", "Silva & Marques - Contabilidade, Lda"),
        ("Hoekstra B.V. - Zuiderkade 12 - 8911 AZ Leeuwarden", "Hoekstra B.V."),
        ("Lim Brothers Sdn Bhd (Co. Reg. No. 201901067836)", "Lim Brothers Sdn Bhd"),
        ("Nordlicht UG (haftungsbeschränkt)", "Nordlicht UG (haftungsbeschränkt)"),
    ],
)
def test_a_name_ends_before_an_address_or_a_register(line, name):
    assert company_names.without_address(line) == name


def test_a_portuguese_number_begins_with_the_kind_of_document():
    rows = ["Fatura FT A/6720", "NIF: 529015994", "Total: 9,00"]

    found = best_values(read(a_pdf(rows), "a.pdf", ""))

    assert found["invoice_number"] == "FT A/6720"


def test_a_word_for_any_number_is_a_label_only_before_its_value():
    rows = ["Lim Brothers Sdn Bhd", "No. 12, Jalan Kilang", "INVOICE", "No. : IV-85680"]

    found = best_values(read(a_pdf(rows), "a.pdf", ""))

    assert found["invoice_number"] == "IV-85680"


def test_the_names_of_a_chinese_tax_invoice_are_side_by_side():
    page = [
        (300, 40, "电子发票(增值税专用发票)"),
        (60, 80, "名称:北京云岭信息技术有限公司"), (330, 80, "名称:成都锦江区明德小学"),
        (60, 100, "纳税人识别号:914403056FMK2Y3ADQ"), (330, 100, "纳税人识别号:91110108HB23WM7MWP"),
        (60, 160, "合 计"), (400, 160, "¥11078.00"), (500, 160, "¥1440.14"),
        (60, 180, "价税合计(大写)"), (430, 180, "(小写)¥12518.14"),
    ]  # fmt: skip

    found = found_in(page, font="STSong-Light")

    assert (found["buyer"], found["seller"]) == ("北京云岭信息技术有限公司", "成都锦江区明德小学")
    assert (found["buyer_vat_id"], found["seller_vat_id"]) == (
        "914403056FMK2Y3ADQ",
        "91110108HB23WM7MWP",
    )
    assert [found[name]["minor"] for name in ("net", "tax", "gross")] == [1107800, 144014, 1251814]


def test_the_total_row_of_a_table_is_not_one_of_its_items():
    page = [
        (60, 40, "Faktura VAT nr 7/2026"), (60, 60, "Kraków, dnia 22.02.2026"),
        (300, 100, "Wartość netto"), (380, 100, "Kwota VAT"), (460, 100, "Brutto"),
        (60, 115, "Usługa"), (300, 115, "100,00"), (380, 115, "23,00"), (460, 115, "123,00"),
        (60, 130, "Dojazd"), (300, 130, "10,00"), (380, 130, "2,30"), (460, 130, "12,30"),
        (60, 145, "Razem"), (300, 145, "110,00"), (380, 145, "25,30"), (460, 145, "135,30"),
        (60, 170, "NIP 1234563218"),
    ]  # fmt: skip

    found = found_in(page)

    assert [found[name]["minor"] for name in ("net", "tax", "gross")] == [11000, 2530, 13530]
    assert (found["issue_date"], found["currency"]) == ("2026-02-22", "pln")


def test_a_person_to_refer_to_and_a_label_are_no_parties():
    page = [
        (50, 40, "Brf Tallbacken"), (400, 40, "Faktura"), (330, 80, "Fakturanr"),
        (430, 80, "58354"),
        (330, 95, "Er referens"), (430, 95, "Maria Ek"), (330, 108, "Betalningsvillkor"),
        (430, 108, "30 dagar"), (330, 122, "Siffran i Malmö AB"),
        (330, 135, "Södra Förstadsgatan 40"), (330, 148, "211 43 Malmö"), (50, 220, "Att betala"),
        (150, 220, "100,00 kr"),
    ]  # fmt: skip

    found = found_in(page)

    assert (found["seller"], found["buyer"]) == ("Brf Tallbacken", "Siffran i Malmö AB")


def found_in(cells, font="DejaVuSans"):
    """The best values of an invoice with these runs of text on its page."""
    invoices.register_fonts()
    runs = [drawing.Text(*cell) for cell in cells]
    return best_values(drawing.extracted(drawing.read_pages(drawing.pdf([runs], (font, font)))))


@pytest.mark.parametrize("place", sorted(invoices.places()))
def test_a_made_invoice_of_each_place_is_read(place):
    hits = list(languages.measure([place], range(3), held_out=False))

    wrong = [name for _, name, right in hits if not right]
    assert len(wrong) <= len(hits) // 20

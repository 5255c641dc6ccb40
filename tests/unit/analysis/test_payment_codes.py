"""QR codes and barcodes: found on pages, their facts, and their agreement with the printed text."""

import io

import pytest
import zxingcpp
from PIL import Image

from analysis import join, read
from analysis.extract.payment_codes import Payment, parse
from tests.unit.analysis.documents import a_pdf, a_picture, best_values, values_of

SWISS = """SPC
0200
1
CH4431999123000889012
S
Robert Schneider AG
Rue du Lac
1268
2501
Biel
CH







1949.75
CHF
S
Pia Rutschmann
Marktgasse
28
9400
Rorschach
CH
QRR
210000000003139471430009017
Order of 15 June
EPD"""
EPC = """BCD
002
1
SCT
BYLADEM1001
Holzwerk Brandt GmbH
DE02120300000000202051
EUR1158.70

RF18539007547034
"""
SPAYD = "SPD*1.0*ACC:CZ6508000000192000145399+GIBACZPX*AM:480.50*CC:CZK*RN:JAN%20NOVAK*X-VS:1234"
UPI = "upi://pay?pa=lotus@okaxis&pn=Lotus%20Traders&am=2360.00&cu=INR&tr=LT-2291"

INVOICE = [
    "Holzwerk Brandt GmbH",
    "Rechnung Nr. HB-2026-0417",
    "Rechnungsdatum: 14.03.2026",
    "Netto EUR 973,70",
    "MwSt. 19 % EUR 185,00",
    "Rechnungsbetrag EUR 1.158,70",
    "IBAN: DE02 1203 0000 0000 2020 51",
]


@pytest.mark.parametrize(
    ("text", "payment"),
    [
        (
            SWISS,
            Payment(
                account="CH4431999123000889012", creditor="Robert Schneider AG", amount="1949.75",
                currency="CHF", debtor="Pia Rutschmann", reference="210000000003139471430009017",
            ),
        ),
        (
            EPC,
            Payment(
                account="DE02120300000000202051", bic="BYLADEM1001", amount="1158.70",
                creditor="Holzwerk Brandt GmbH", currency="EUR", reference="RF18539007547034",
            ),
        ),
        (
            SPAYD,
            Payment(
                account="CZ6508000000192000145399", bic="GIBACZPX", amount="480.50",
                currency="CZK", creditor="JAN NOVAK", reference="1234",
            ),
        ),
        (
            UPI,
            Payment(
                creditor="Lotus Traders", amount="2360.00", currency="INR", reference="LT-2291"
            ),
        ),
        ("https://example.com/pay", None),
        ("BCD", Payment()),
    ],
    ids=["swiss", "epc", "spayd", "upi", "another", "cut"],
)  # fmt: skip
def test_a_payment_code_is_parsed(text, payment):
    assert parse(text) == payment


def test_a_code_confirms_what_is_printed():
    bare, coded = (
        read(a_pdf(INVOICE, code=code), "a.pdf", "application/pdf") for code in ("", EPC)
    )

    assert best_values(coded) == best_values(bare) | {
        "bic": "BYLADEM1001",
        "payment_reference": "RF18539007547034",
    }
    assert coded.warnings == ()
    [iban] = [fact for fact in coded.facts if fact.name == "iban"]
    assert (iban.source, iban.confidence) == ("text", 0.99)


def test_a_codes_fact_is_where_the_code_is():
    result = read(a_pdf(INVOICE, code=EPC), "a.pdf", "application/pdf")

    [bic] = [fact for fact in result.facts if fact.name == "bic"]
    assert (bic.source, bic.page) == ("barcode", 0)
    assert bic.box is not None
    assert bic.box.left == pytest.approx(1 - 280 / 595, abs=0.04)
    assert bic.box.bottom == pytest.approx(2 / 3, abs=0.04)


def test_a_code_that_contradicts_the_page_has_a_warning():
    other = EPC.replace("1158.70", "1958.70").replace(
        "DE02120300000000202051", "NL91ABNA0417164300"
    )

    result = read(a_pdf(INVOICE, code=other), "a.pdf", "application/pdf")

    named = {entry["params"]["fact"] for entry in result.warnings}
    assert {entry["code"] for entry in result.warnings} == {"code_disagrees"}
    assert named == {"iban", "payable"}
    assert best_values(result)["gross"] == {"minor": 115870, "currency": "eur"}
    assert best_values(result)["payable"] == {"minor": 195870, "currency": "eur"}


def test_a_payment_slip_alone_is_an_invoice():
    result = read(a_pdf(["Please pay with this slip"], code=SWISS), "a.pdf", "application/pdf")

    assert result.kind == "invoice"
    assert best_values(result) == {
        "iban": "CH4431999123000889012",
        "payable": {"minor": 194975, "currency": "chf"},
        "currency": "chf",
        "seller": "Robert Schneider AG",
        "buyer": "Pia Rutschmann",
        "payment_reference": "210000000003139471430009017",
    }


@pytest.mark.parametrize("name", ["QRCode", "Code128", "DataMatrix"])
def test_a_photographed_code_of_another_purpose_is_a_fact(name):
    picture = Image.open(io.BytesIO(a_picture([("DELIVERY NOTE", ""), *[("Screws", "40")] * 12])))
    barcode = zxingcpp.create_barcode("LS-2026-00417", getattr(zxingcpp.BarcodeFormat, name))
    code = Image.fromarray(zxingcpp.write_barcode_to_image(barcode, scale=3))
    picture.paste(code, (200, 300))
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG")

    result = read(buffer.getvalue(), "note.jpg", "image/jpeg")

    assert values_of(result, "barcode") == ["LS-2026-00417"]


def test_a_page_without_a_code_has_none():
    assert read(a_pdf(INVOICE), "a.pdf", "application/pdf").pages[0].barcodes == ()


def test_codes_are_found_again_when_parts_are_joined():
    document = a_pdf(INVOICE, ["Second page"], code=EPC)
    whole = read(document, "a.pdf", "application/pdf")

    parts = [read(document, "a.pdf", "", pages=range(n, n + 1)) for n in range(2)]

    assert best_values(join(parts)) == best_values(whole)
    assert whole.pages[0].barcodes[0].text == EPC

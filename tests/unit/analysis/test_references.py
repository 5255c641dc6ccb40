"""Numbers of the buyer's order, of the customer and of the payment, in the words of many places."""

import pytest

from analysis import read
from tests.unit.analysis.documents import a_pdf, best_values

ITEMS = [
    (56, 400, "Description"), (400, 400, "Qty"), (500, 400, "Amount"),
    (56, 420, "Site survey"), (400, 420, "2"), (500, 420, "500.00"),
    (400, 450, "Subtotal"), (500, 450, "500.00"), (400, 470, "VAT 20%"), (500, 470, "100.00"),
    (400, 490, "Total"), (500, 490, "600.00"),
]  # fmt: skip


def facts_of(*lines):
    head = [(56, 60, "INVOICE"), (56, 90, "Invoice no. 4711"), (56, 110, "Date 4 May 2026")]
    return best_values(read(a_pdf([*head, *lines, *ITEMS]), "a.pdf", ""))


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("Your ref: PO 30087", "30087"),
        ("Your order: PO 4500118273", "4500118273"),
        ("Your PO: PO-2026-118", "PO-2026-118"),
        ("P.O. No. 88/1204", "88/1204"),
        ("Customer PO STS-4410", "STS-4410"),
        ("PO 4411-B", "4411-B"),
        ("Buyer's Order No. MEW/PO/1129 dated 2 May 2026", "MEW/PO/1129"),
        ("Ihre Bestellung Nr. 77-120 vom 02.05.2026", "77-120"),
        ("Ihr Zeichen: HB 2041", "HB2041"),
        ("Votre commande n° C-8841 du 02/05/2026", "C-8841"),
        ("V/ Encomenda EC 2026/77", "EC2026/77"),
        ("Uw referentie: INK-5530", "INK-5530"),
        ("Nr zamówienia: ZAM/88/2026", "ZAM/88/2026"),
        ("Objednávka OB-260114", "OB-260114"),
        ("Ert ordernr 55310", "55310"),
        ("Su pedido: P-9912", "P-9912"),
        ("Vs. ordine n. 448/26", "448/26"),
    ],
)
def test_the_number_of_the_order_is_found_in_the_words_of_its_place(printed, number):
    assert facts_of((56, 150, printed))["po_number"].replace(" ", "") == number


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("Account: QUA004", "QUA004"),
        ("Customer no 70312", "70312"),
        ("Kundnr 1187", "1187"),
        ("Kunde 71902", "71902"),
        ("Kd.-Nr.: 5-1187", "5-1187"),
        ("Code client : CL00412", "CL00412"),
        ("Cod. cliente 10442", "10442"),
        ("Klantnr. 40112", "40112"),
        ("Nr klienta: 88213", "88213"),
        ("Cliente n.º 20551", "20551"),
    ],
)
def test_the_number_of_the_customer_is_found_in_the_words_of_its_place(printed, number):
    assert facts_of((56, 150, printed))["customer_number"] == number


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("OCR 305610087", "305610087"),
        ("KID: 0012345678", "0012345678"),
        ("Variabilní symbol: 2026041187", "2026041187"),
        ("Betalingskenmerk 5001 2233 4455 6677", "5001223344556677"),
        ("+++090/9337/55493+++", "+++090/9337/55493+++"),
    ],
)
def test_the_reference_of_the_payment_is_found_in_the_words_of_its_place(printed, number):
    assert facts_of((56, 150, printed))["payment_reference"] == number


def test_a_number_is_found_below_its_label_and_not_below_the_next_one():
    facts = facts_of(
        (56, 150, "Your order"), (200, 150, "Our ref"), (340, 150, "Customer no"),
        (56, 165, "PO 55120"), (200, 165, "JS/118"), (340, 165, "C-4471"),
    )  # fmt: skip

    assert (facts["po_number"], facts["customer_number"]) == ("55120", "C-4471")


@pytest.mark.parametrize(
    "line", ["Your ref: Anna Svensson", "PO Box 4411", "Your ref: 12.05.2026", "Er referens: Ulf"]
)
def test_a_person_a_date_or_a_post_box_is_no_number_of_an_order(line):
    assert "po_number" not in facts_of((56, 150, line))


@pytest.mark.parametrize(
    "lines",
    [
        [(56, 150, "Account: 31926819"), (56, 165, "Sort code: 60-16-13")],
        [(56, 150, "Bank: Hadley"), (56, 165, "Account number: 31926819")],
        [(56, 150, "Customer 2026")],
        [(56, 150, "Customer VAT Number"), (200, 150, "ESA12345674")],
        [(56, 150, "Account balance 1,244.50")],
    ],
)
def test_the_account_at_a_bank_a_year_or_a_sum_is_no_number_of_a_customer(lines):
    assert "customer_number" not in facts_of(*lines)


@pytest.mark.parametrize(
    "printed",
    [
        "Order No. 88-1174",
        "Commande : 88-1174",
        "Ordernummer: 88-1174",
        "Uw opdrachtnummer 88-1174",
    ],
)
def test_the_only_order_that_is_named_is_the_buyers(printed):
    assert facts_of((56, 150, printed))["po_number"] == "88-1174"


@pytest.mark.parametrize("printed", ["Our order no. 88-1174", "Sales Order No. 88-1174"])
def test_an_order_of_the_sellers_is_not_the_buyers(printed):
    assert "po_number" not in facts_of((56, 150, printed))


def test_the_buyers_order_comes_before_an_order_without_an_owner():
    facts = facts_of((56, 150, "Order No. 88-1174"), (56, 170, "Your ref: PO 5512"))

    assert facts["po_number"] == "5512"


@pytest.mark.parametrize("label", ["Customer ref.", "Kundenreferenz:", "Réf. client :"])
def test_a_customers_reference_beside_an_order_is_the_customers_number(label):
    facts = facts_of((56, 150, f"{label} WHI004"), (56, 170, "Your order no. PO-7719"))

    assert (facts["customer_number"], facts["po_number"]) == ("WHI004", "PO-7719")


def test_a_customers_reference_is_the_order_if_no_other_is_named():
    facts = facts_of((56, 150, "Customer ref. STS-4410"))

    assert (facts["po_number"], facts.get("customer_number")) == ("STS-4410", None)


def test_a_structured_communication_with_wrong_check_digits_is_no_reference():
    assert "payment_reference" not in facts_of((56, 150, "+++090/9337/55494+++"))

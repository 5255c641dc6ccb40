"""The sums of invoices: several taxes, a net without a label, deposits and what is left to pay."""

import pytest

from analysis import read
from tests.unit.analysis.documents import a_pdf

HEAD = [(56, 60, "TAX INVOICE"), (56, 90, "Invoice no. 4711"), (56, 110, "Date 4 May 2026")]
ITEMS = [
    (56, 300, "Description"), (300, 300, "Qty"), (500, 300, "Amount"),
    (56, 320, "Site survey"), (300, 320, "2"), (500, 320, "500.00"),
    (56, 340, "Site report"), (300, 340, "1"), (500, 340, "250.00"),
]  # fmt: skip


def sums_of(*rows):
    """The best of each fact of an invoice with these labels and amounts below its items."""
    lines = [
        (x, 370 + 20 * place, text)
        for place, row in enumerate(rows)
        for x, text in zip((360, 500), row, strict=True)
        if text
    ]
    facts = read(a_pdf([*HEAD, *ITEMS, *lines]), "a.pdf", "").to_dict()["facts"]
    names = ("net", "tax", "gross", "payable", "amount_paid")
    found: dict[str, int] = {}
    for fact in facts:
        if fact["name"] in names:
            found.setdefault(fact["name"], fact["normalised"]["minor"])
    return found


@pytest.mark.parametrize(
    "taxes",
    [
        [("CGST @ 9%", "67.50"), ("SGST @ 9%", "67.50")],
        [("GST 5%", "37.50"), ("PST 7%", "97.50")],
        [("TPS 5%", "37.50"), ("TVQ 9.975%", "97.50")],
        [("IGST 12%", "90.00"), ("Cess 6%", "45.00")],
    ],
)
def test_taxes_of_several_authorities_are_one_tax(taxes):
    sums = sums_of(("Subtotal", "750.00"), *taxes, ("Total", "885.00"))

    assert (sums["net"], sums["tax"], sums["gross"]) == (75000, 13500, 88500)


def test_taxes_of_several_authorities_are_added_without_a_net():
    sums = sums_of(("CGST 9%", "67.50"), ("SGST 9%", "67.50"), ("Freight", "12.00"))

    assert sums["tax"] == 13500


def test_the_sum_of_the_amounts_above_it_is_the_net_though_it_has_no_label():
    sums = sums_of(("", "750.00"), ("VAT 20%", "150.00"), ("Total", "900.00"))

    assert (sums["net"], sums["tax"], sums["gross"]) == (75000, 15000, 90000)


@pytest.mark.parametrize("label", ["Round Off", "Rounding adjustment", "Rundung", "Arrondi"])
def test_a_rounded_total_adds_up(label):
    sums = sums_of(
        ("Subtotal", "750.00"), ("Tax 9%", "67.50"), (label, "(-)0.50"), ("Total", "817.00")
    )

    assert (sums["net"], sums["tax"], sums["gross"]) == (75000, 6750, 81700)


@pytest.mark.parametrize(
    "paid",
    [
        "Less deposit received",
        "Al betaald (5 x 60.00)",
        "Bereits gezahlt",
        "Acompte versé",
        "Anticipo recibido",
        "Amount paid",
    ],
)
def test_what_is_due_after_a_deposit_is_payable_and_not_the_gross(paid):
    sums = sums_of(("Subtotal", "750.00"), (paid, "-300.00"), ("Balance due", "450.00"))

    assert (sums["gross"], sums["payable"], sums["amount_paid"]) == (75000, 45000, 30000)


def test_a_deposit_that_does_not_explain_what_is_due_is_doubtful():
    facts = read(
        a_pdf([*HEAD, *ITEMS, (360, 380, "Deposit"), (500, 380, "99.00"), (360, 400, "Total"),
               (500, 400, "750.00")]),
        "a.pdf", "",
    ).to_dict()["facts"]  # fmt: skip

    [paid] = [fact for fact in facts if fact["name"] == "amount_paid"]
    assert paid["confidence"] < 0.7

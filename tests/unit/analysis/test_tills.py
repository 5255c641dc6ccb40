"""What tills print: the shop above its owner, taxes by their rates, a tip below the total."""

from decimal import Decimal

import pytest

from analysis import read
from analysis.extract import receipt
from analysis.extract.receipt import total
from analysis.layout.lines import TextSpan
from analysis.model import Box, Page
from tests.unit.analysis.documents import a_pdf, best_values


def till(*rows, places=(60, 120, 180, 240)):
    """The facts of a receipt with these rows; a row of two cells has its amount at the right."""
    cells = []
    for number, row in enumerate(rows):
        columns = (places[0], places[-1]) if len(row) < len(places) else places
        cells += [(x, 60 + 16 * number, cell) for x, cell in zip(columns, row, strict=False)]
    result = read(a_pdf(cells), "a.pdf", "application/pdf")
    assert result.kind == "receipt"
    return best_values(result)


def rows_of(*texts):
    page = Page(number=0, width=600, height=800, source="text", confidence=1.0)
    return [
        [
            TextSpan(text, Box(0.1 + x / 2, y / 30, 0.4 + x / 2, y / 30 + 0.02), page, y)
            for x, text in enumerate(row)
        ]
        for y, row in enumerate(texts)
    ]


@pytest.mark.parametrize("owner", ["Inh. Olaf Heine e.K.", "Prop. R. Heine", "Inhaberin: U. Heine"])
def test_the_owner_below_the_shop_is_not_the_merchant(owner):
    rows = rows_of(("Farbenhaus Heine",), (owner,))
    shop, person = rows[0][0], rows[1][0]

    assert receipt.without_owner(rows, [person]) == [shop]
    assert receipt.without_owner(rows, [shop, person]) == [shop]


def ranked_by(rows, best):
    return sorted(total.ranked(rows), key=lambda entry: entry[0].number != Decimal(best))


@pytest.mark.parametrize(
    ("tip", "label"),
    [("Tip", "Total Paid"), ("Gratuity", "Amount charged"), ("Trinkgeld", "Summe")],
)
def test_the_total_has_the_tip(tip, label):
    rows = rows_of(("Total", "54.38"), (tip, "10.00"), (label, "64.38"), ("Cash", "64.38"))

    ranked = receipt.with_tip(rows, ranked_by(rows, "54.38"))

    assert ranked[0][0].number == Decimal("64.38")


def test_a_total_without_a_tip_stays():
    rows = rows_of(("Total", "54.38"), ("Deposit", "10.00"), ("Amount", "64.38"))
    ranked = ranked_by(rows, "54.38")

    assert receipt.with_tip(rows, ranked) == ranked


@pytest.mark.parametrize(
    ("heads", "rows"),
    [
        (("MwSt", "Netto", "Steuer", "Brutto"),
         [("A 19,0%", "22,70", "4,31", "27,01"), ("B 7,0%", "2,14", "0,15", "2,29")]),
        (("TVA", "HT", "Taxe", "TTC"),
         [("19%", "22,70", "4,31", "27,01"), ("7%", "2,14", "0,15", "2,29")]),
        (("BTW %", "Bruto", "Netto", "BTW"),
         [("19,0%", "27,01", "22,70", "4,31"), ("7,0%", "2,29", "2,14", "0,15")]),
    ],
)  # fmt: skip
def test_the_taxes_of_all_rates_are_added(heads, rows):
    facts = till(
        ("Farbenhaus Heine",), ("Kassenbon",), ("Pinsel", "29,30"), ("SUMME", "29,30"),
        ("Bar", "30,00"), ("Rückgeld", "0,70"), heads, *rows, ("11.04.2026 16:05",),
    )  # fmt: skip

    assert facts["tax"]["minor"] == 446

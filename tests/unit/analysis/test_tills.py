"""What tills print: the shop above its owner, taxes by their rates, a tip below the total."""

import pytest

from analysis import read
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


@pytest.mark.parametrize(
    "owner", ["Inh. Olaf Heine e.K.", "Prop. R. Heine", "Inhaberin: Ute Heine"]
)
def test_the_owner_below_the_shop_is_not_the_merchant(owner):
    facts = till(
        ("Farbenhaus Heine",), (owner,), ("Bremer Str. 61",), ("27283 Verden",),
        ("Kassenbon",), ("Pinsel", "9,00"), ("SUMME", "9,00"), ("Bar", "10,00"),
        ("Rückgeld", "1,00"), ("11.04.2026 16:05",),
    )  # fmt: skip

    assert "Heine e.K." not in facts["merchant"]
    assert "Prop." not in facts["merchant"]
    assert "Inh" not in facts["merchant"]


@pytest.mark.parametrize(
    ("tip", "total"), [("Tip", "Total Paid"), ("Gratuity", "Amount charged"), ("Tip:", "TOTAL")]
)
def test_the_total_has_the_tip(tip, total):
    facts = till(
        ("BLUE HERON DINER",), ("1420 Lake Ave",), ("Receipt",), ("08/09/2026 12:32 PM",),
        ("Pie", "49.95"), ("Subtotal", "49.95"), ("Sales Tax", "4.43"), ("Total", "54.38"),
        ("Amount", "54.38"), (tip, "10.00"), (total, "64.38"), ("Visa card 5530",),
    )  # fmt: skip

    assert facts["total"]["minor"] == 6438


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

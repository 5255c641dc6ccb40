"""Numbers, carriers and terms of delivery notes and purchase orders."""

import pytest

from analysis import read
from tests.unit.analysis.documents import a_pdf, best_values

SELLER = [(56, 50, "Calder Joinery Ltd"), (56, 64, "4 Mill Lane"), (56, 78, "Leeds LS2 4QE")]


def facts_of(title, *lines):
    printed = [(56, 190 + 14 * number, line) for number, line in enumerate(lines)]
    return best_values(read(a_pdf([*SELLER, (56, 160, title), *printed]), "a.pdf", ""))


@pytest.mark.parametrize(
    ("title", "line", "number"),
    [
        ("DELIVERY NOTE", "Delivery note no. DN 50417", "DN50417"),
        ("LIEFERSCHEIN", "Lieferschein-Nr. LS 2026-118", "LS2026-118"),
        ("DELIVERY NOTE", "Delivery No: 50417 of 3 May 2026", "50417"),
    ],
)
def test_the_letters_before_a_number_belong_to_it(title, line, number):
    assert facts_of(title, line)["delivery_note_number"].replace(" ", "") == number


@pytest.mark.parametrize("line", ["P.O. #GL-104882", "PO#GL-104882", "Order #GL-104882"])
def test_a_number_directly_behind_its_sign_is_found(line):
    assert facts_of("PURCHASE ORDER", line)["po_number"] == "GL-104882"


@pytest.mark.parametrize(
    "lines",
    [
        ("Deliver by 3/19/2026. Payment terms: Net", "30 days."),
        ("Payment terms: within", "30 days of delivery."),
        ("Zahlungsbedingungen: innerhalb von", "30 Tagen netto"),
    ],
)
def test_terms_that_a_line_breaks_are_whole(lines):
    assert "30" in facts_of("PURCHASE ORDER", *lines)["payment_terms"]


def test_terms_that_are_whole_end_with_their_line():
    facts = facts_of("PURCHASE ORDER", "Payment terms: net 30 days", "No substitutions")

    assert facts["payment_terms"] == "net 30 days"


@pytest.mark.parametrize(
    "line", ["Spedition: Hansemann Logistik", "Dispatched through: Hansemann Logistik"]
)
def test_the_carrier_is_found_at_its_label(line):
    facts = facts_of("LIEFERSCHEIN", "versand@ostermann.example", line)

    assert facts["carrier"] == "Hansemann Logistik"


def test_a_mailbox_is_no_carrier():
    assert "carrier" not in facts_of("LIEFERSCHEIN", "versand@ostermann.example")


def test_a_quantity_with_decimals_is_no_amount_of_an_item():
    rows = [(56, 300, "FZ6012"), (200, 300, "Feinsteinzeug Beton"), (450, 300, "46,08 m²")]

    assert not read(a_pdf([*SELLER, (56, 160, "LIEFERSCHEIN"), *rows]), "a.pdf", "").line_items

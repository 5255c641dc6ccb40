"""The made invoices: the committed list of held-out documents, and what counts as right."""

from pathlib import Path

import pytest

from analysis import Fact
from bench.reader import languages
from bench.reader.unseen import unseen
from training.generated import drawing
from training.generated.blind import invoices as blind
from training.generated.worldwide import invoices
from training.generated.worldwide.layouts import LAYOUTS

HELD_OUT = Path(invoices.__file__).with_name("held_out.txt")


def a_fact(name, normalised):
    return Fact(
        name=name, value=str(normalised), normalised=normalised, page=0, box=None,
        confidence=1.0, source="text",
    )  # fmt: skip


@pytest.mark.parametrize(("place", "number"), [("US", 0), ("PL", 7), ("JP", 13), ("CN", 19)])
def test_a_held_out_invoice_prints_what_the_list_states(place, number):
    stated = dict(
        line.split() for line in HELD_OUT.read_text().splitlines() if not line.startswith("#")
    )

    invoice = invoices.make(place, number, held_out=True)

    assert stated[invoice.name] == invoice.digest


def test_no_layout_and_few_words_of_the_held_out_half_are_used():
    assert not set(LAYOUTS[True]) & set(LAYOUTS[False])
    for vocabulary in invoices.places().values():
        for labels in vocabulary["labels"].values():
            assert not set(labels["used"]) & set(labels["held_out"])


def test_two_layouts_of_each_place_are_unseen():
    listed = {name for name in unseen() if name.startswith("blind/")}

    assert listed == {f"blind/{place}-{layout}" for place in blind.places() for layout in "bc"}


@pytest.mark.parametrize(("place", "layout"), [("IN", "a"), ("CZ", "b"), ("JP", "c")])
def test_a_blind_invoice_prints_its_facts(place, layout):
    invoice = blind.make(place, layout, 0)
    text = "\n".join(page.text for page in drawing.read_pages(invoice.data))

    for name in ("invoice_number", "seller", "buyer", "seller_vat_id"):
        assert invoice.truth[name] in text


@pytest.mark.parametrize(
    ("name", "normalised", "wanted", "right"),
    [
        ("net", {"minor": 123450, "currency": "pln"}, "1234.50", True),
        ("net", {"minor": 123451, "currency": "pln"}, "1234.50", False),
        ("net", {"minor": 1234, "currency": "jpy"}, "1234", True),
        ("seller_vat_id", "1234563218", "123-456-32-18", True),
        ("seller_vat_id", "PL1234563218", "1234563218", False),
        ("seller", "Zaklad Stolarski Nowak", "Zakład Stolarski Nowak", True),
        ("seller", "Nowak", "Zakład Stolarski Nowak", False),
        ("issue_date", "2024-03-04", "2024-04-03", False),
    ],
)
def test_what_counts_as_right(name, normalised, wanted, right):
    assert languages.is_right(a_fact(name, normalised), wanted) is right

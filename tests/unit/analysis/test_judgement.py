"""The order of day and month, the clauses of contracts, and the parties of invoices."""

import pytest

from analysis import read
from analysis.extract import values
from analysis.extract.values import DateOrder
from tests.unit.analysis.documents import a_pdf, a_set_pdf, best_values, values_of


@pytest.mark.parametrize(
    ("text", "month_first", "is_open"),
    [
        ("Date 03/07/2026, due 13/07/2026", False, False),
        ("Date 03/07/2026, due 07/13/2026", True, False),
        ("Date 03/07/2026\nDue 04/06/2026\nTerms: Net 30", True, False),
        ("Date 03/07/2026\nDue 02/08/2026\nTerms: Net 30", False, False),
        ("Asheville, NC 28806\nDate 03/07/2026\nTotal $ 12.00", True, False),
        ("Whitby YO22 4AB\nDate 03/07/2026\nVAT £ 12.00", False, False),
        ("Shah Alam\nDate 03/07/2026\nGST RM 12.00", False, False),
        ("Date 03/07/2026\nTotal $12.00", True, True),
        ("Date 03/07/2026\nTotal 12.00", False, False),
    ],
)
def test_the_order_of_day_and_month_follows_from_all_evidence(text, month_first, is_open):
    assert values.date_order(text) == DateOrder(month_first=month_first, is_open=is_open)


def test_a_date_with_dots_begins_with_the_day():
    assert [date.value for date in values.dates("03.07.2026", month_first=True)] == ["2026-07-03"]


def test_both_readings_of_an_open_date_are_given():
    lines = ["Pell Works Inc", "Invoice number: 77", "Invoice date: 03/07/2026", "Total: $12.00"]

    result = read(a_pdf(lines), "a.pdf", "application/pdf")

    issued = [fact for fact in result.facts if fact.name == "issue_date"]
    assert [fact.normalised for fact in issued[:2]] == ["2026-03-07", "2026-07-03"]
    assert issued[0].confidence <= 0.6
    assert issued[1].confidence <= 0.4


def contract(*parts):
    title = "# SERVICES AGREEMENT"
    opening = "This Agreement is between Alder Robotics, Inc. and Brook Castings LLC, the parties."
    return read(a_set_pdf(title, opening, *parts), "contract.pdf", "application/pdf")


@pytest.mark.parametrize(
    ("clause", "law"),
    [
        (
            "governed by, and construed in accordance with, the laws of the State of New York, as",
            "New York",
        ),
        (
            "governed by and interpreted under the internal laws of the State of Delaware, as",
            "Delaware",
        ),
        ("governed exclusively by the laws of England and Wales.", "England and Wales"),
        ("governed by and enforced in accordance with the laws in force in Ontario.", "Ontario"),
        ("governed by Norwegian law.", "Norwegian law"),
    ],
)
def test_the_governing_law_is_found_in_the_words_contracts_use(clause, law):
    assert best_values(contract(f"This Agreement shall be {clause}"))["governing_law"] == law


@pytest.mark.parametrize(
    ("wording", "day"),
    [
        ("It is made and entered into as of this 15th day of November, 2025.", "2025-11-15"),
        ("It enters into force on 1 April 2026.", "2026-04-01"),
        ("It takes effect on May 4, 2026.", "2026-05-04"),
    ],
)
def test_the_effective_date_is_found_in_the_words_contracts_use(wording, day):
    assert best_values(contract(wording))["effective_date"] == day


def test_the_term_is_that_of_the_contract_and_not_of_a_duty():
    result = contract(
        "The obligations of confidentiality shall survive for a period of two (2) years.",
        "This Agreement shall remain in full force and effect for three years from its date.",
    )

    assert best_values(result)["term"] == "three years"


def test_a_party_may_have_a_nordic_legal_form():
    text = "This contract is between Larch Software GmbH and Fjell Shipping AS, the parties."

    result = read(a_set_pdf("# CONTRACT", text), "contract.pdf", "application/pdf")

    assert {"Larch Software GmbH", "Fjell Shipping AS"} <= set(values_of(result, "party"))


def test_a_name_beside_its_label_is_the_buyer():
    page = [
        (60, 60, "Invoice"), (60, 90, "Invoice number"), (200, 90, "DX-5512"),
        (60, 110, "Customer"), (200, 110, "Marsh Lane Nursery"),
        (60, 150, "Description"), (300, 150, "Qty"), (400, 150, "Amount"),
        (60, 170, "Hedge trimming"), (300, 170, "1"), (400, 170, "95.00"),
        (60, 200, "Total"), (400, 200, "GBP 95.00"),
    ]  # fmt: skip

    assert best_values(read(a_pdf(page), "a.pdf", ""))["buyer"] == "Marsh Lane Nursery"

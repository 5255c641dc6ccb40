"""The table that says whether facts are right as often as their confidence."""

import pytest

from bench.reader.reliability import Outcome, reliability, wilson


def test_the_interval_is_wilsons():
    assert wilson(8, 10) == pytest.approx((0.490, 0.943), abs=0.001)
    assert wilson(10, 10) == pytest.approx((0.722, 1.0), abs=0.001)


def test_facts_are_counted_by_source_group_and_range():
    outcomes = [
        Outcome("gross", 0.97, is_right=True, is_unseen=True),
        Outcome("gross", 0.99, is_right=False, is_unseen=True),
        Outcome("seller", 0.7, is_right=True, is_unseen=True),
        Outcome("party", 0.9, is_right=True, is_unseen=True, is_generated=True),
        Outcome("gross", 0.9, is_right=True, is_unseen=False),
    ]

    table = reliability(outcomes)

    assert table.keys() == {"unseen", "of_our_making", "used_for_training"}
    assert table["unseen"]["sums"]["0.95 to 1.00"] | {"interval": None} == {
        "n": 2,
        "stated": 0.98,
        "right": 0.5,
        "interval": None,
    }
    assert table["unseen"]["names"].keys() == {"0.50 to 0.80"}
    assert table["unseen"]["all"]["0.95 to 1.00"]["n"] == 2
    assert table["of_our_making"]["names"]["0.90 to 0.95"]["n"] == 1


def test_certainty_is_in_the_highest_range():
    table = reliability([Outcome("total", 1.0, is_right=True, is_unseen=True)])

    assert table["unseen"]["sums"]["0.95 to 1.00"]["n"] == 1


def test_items_are_a_group_of_their_own():
    table = reliability([Outcome("line_item", 0.9, is_right=True, is_unseen=True)])

    assert table["unseen"].keys() == {"all", "items"}

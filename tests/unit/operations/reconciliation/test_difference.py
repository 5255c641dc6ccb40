"""A difference is one line."""

from pathlib import Path

import pytest

from operations.reconciliation.difference import Difference, Kind

OPERATIONS = Path(__file__).parents[4] / "docs/operations.md"


def test_a_difference_names_its_order_and_subject():
    difference = Difference(Kind.COUNTER, "O1", "O1", "documents is 2, counted 1")

    assert str(difference).split(maxsplit=3) == ["counter", "O1", "O1", "documents is 2, counted 1"]


def test_a_difference_without_an_order_has_a_dash():
    assert str(Difference(Kind.DEAD_LETTERS, "", "uploads")).split() == [
        "dead_letters", "-", "uploads"
    ]  # fmt: skip


@pytest.mark.parametrize("kind", Kind)
def test_operations_say_what_to_do_about_each_kind(kind):
    assert f"`{kind}`" in OPERATIONS.read_text()

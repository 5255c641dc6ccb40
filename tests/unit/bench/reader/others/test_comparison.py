"""How fields of other tools are compared with facts."""

import pytest

from analysis import Fact
from bench.reader.others.comparison import Readings, is_field_right


def a_fact(name, value, normalised):
    return Fact(
        name=name, value=value, normalised=normalised, confidence=1.0, page=None, box=None,
        source="xml",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fact", "value", "right"),
    [
        (a_fact("issue_date", "2014-03-05", "2014-03-05"), "2014-03-05 00:00:00", True),
        (a_fact("issue_date", "2014-03-05", "2014-03-05"), "2014-05-03 00:00:00", False),
        (a_fact("gross", "51.40", {"minor": 5140, "currency": "EUR"}), 51.4, True),
        (a_fact("invoice_number", "RE-7", "RE-7"), "re 7", True),
        (a_fact("invoice_number", "RE-7", "RE-7"), None, False),
    ],
)
def test_a_field_is_right_if_it_has_the_value_of_the_fact(fact, value, right):
    assert is_field_right(fact, value) is right


def test_a_tool_without_tables_has_those_of_its_markdown(tmp_path):
    readings = Readings({tmp_path: {"text": "| a | 1 |"}})

    assert readings.rows(tmp_path) == [["a", "1"]]

    readings.answers[tmp_path] = {"text": "| a | 1 |", "tables": [[["b", None]]]}

    assert readings.rows(tmp_path) == [["b", None]]

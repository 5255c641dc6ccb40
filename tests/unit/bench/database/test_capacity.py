"""The sizes and units that AWS's documentation states, and those of Docket's own cases."""

import pytest

from bench.database.capacity import get_units, index_units, item_bytes, query_units, write_units

DUE = {"GSI2PK": {"S": "work#1"}, "GSI2SK": {"S": "2026-11-02"}}
KEY = {"PK": {"S": "ORDER#1"}, "SK": {"S": "DOCUMENT#1"}}


def an_item(size):
    """An item of that many bytes."""
    return {"a": {"S": "x" * (size - 1)}}


@pytest.mark.parametrize(
    ("value", "size"),
    [
        ({"S": "abc"}, 3),
        ({"S": "ä€"}, 5),
        ({"S": ""}, 0),
        ({"B": b"\x00\xff"}, 2),
        ({"N": "0"}, 1),
        ({"N": "7"}, 2),
        ({"N": "-123"}, 3),
        ({"N": "120000"}, 2),
        ({"BOOL": True}, 1),
        ({"NULL": True}, 1),
        ({"M": {}}, 3),
        ({"L": []}, 3),
        ({"L": [{"S": "ab"}, {"N": "7"}]}, 3 + 2 + 2 + 2),
        ({"M": {"key": {"S": "ab"}}}, 3 + 3 + 2 + 1),
    ],
)
def test_an_attribute_has_its_documented_size(value, size):
    assert item_bytes({"name": value}) == len("name") + size


def test_a_set_is_refused():
    with pytest.raises(TypeError):
        item_bytes({"a": {"SS": ["x"]}})


@pytest.mark.parametrize(("size", "units"), [(1, 1), (1024, 1), (1025, 2), (3 * 1024 + 1, 4)])
def test_a_write_costs_one_for_each_kilobyte_and_two_in_a_transaction(size, units):
    assert write_units(None, an_item(size), transaction=False) == units
    assert write_units(None, an_item(size), transaction=True) == 2 * units


def test_an_update_counts_the_larger_of_both_items():
    assert write_units(an_item(2000), an_item(10), transaction=False) == 2
    assert write_units(an_item(10), an_item(2000), transaction=False) == 2


def test_a_write_of_nothing_costs_one():
    assert write_units(None, None, transaction=False) == 1


def test_an_index_entry_costs_one_if_it_is_put_or_removed():
    assert index_units("GSI2", None, KEY | DUE) == {"work#1": 1}
    assert index_units("GSI2", KEY | DUE, KEY) == {"work#1": 1}
    assert index_units("GSI2", KEY | DUE, None) == {"work#1": 1}


def test_an_index_entry_whose_key_changes_costs_two():
    later = DUE | {"GSI2SK": {"S": "2026-11-03"}}
    elsewhere = DUE | {"GSI2PK": {"S": "money#1"}}

    assert index_units("GSI2", KEY | DUE, KEY | later) == {"work#1": 2}
    assert index_units("GSI2", KEY | DUE, KEY | elsewhere) == {"work#1": 1, "money#1": 1}


def test_an_index_of_keys_is_not_written_by_another_attribute():
    changed = KEY | DUE | {"status": {"S": "ready"}}

    assert index_units("GSI2", KEY | DUE, changed) == {}
    assert index_units("GSI1", KEY | DUE, changed) == {}


@pytest.mark.parametrize(("size", "units"), [(1, 1), (4096, 1), (4097, 2)])
def test_a_read_costs_one_for_each_four_kilobytes_and_half_of_it_from_an_index(size, units):
    assert get_units([an_item(size)], consistent=True) == units
    assert get_units([an_item(size)], consistent=False) == units / 2


def test_a_batch_rounds_each_item_and_a_query_their_sum():
    items = [an_item(1000)] * 5

    assert get_units(items, consistent=True) == 5
    assert query_units(items, consistent=True) == 2


def test_an_absent_item_and_an_empty_query_cost_one():
    assert get_units([None], consistent=True) == 1
    assert query_units([], consistent=False) == 0.5

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

import pytest

from docket.table.items import codec
from docket.table.items.attributes import from_attributes, to_attributes


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Inner:
    name: str
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Outer:
    id: str
    count: int
    colour: Colour
    inner: Inner
    inners: tuple[Inner, ...] = ()
    numbers: frozenset[int] = frozenset()
    labels: dict[str, str | int] = field(default_factory=dict)
    value: str | int | None = None


AT = datetime(2026, 4, 17, 10, 30, tzinfo=UTC)
FULL = Outer(
    id="a",
    count=0,
    colour=Colour.RED,
    inner=Inner("b", AT),
    inners=(Inner("c"), Inner("d", AT)),
    numbers=frozenset({3, 1}),
    labels={"x": 1, "y": "z"},
    value=7,
)
BARE = Outer(id="a", count=0, colour=Colour.RED, inner=Inner(""))


@pytest.mark.parametrize("value", [FULL, BARE], ids=["full", "bare"])
def test_a_value_is_decoded_as_it_was_encoded(value):
    assert codec.from_item(Outer, from_attributes(to_attributes(codec.to_item(value)))) == value


def test_unset_fields_are_omitted():
    assert codec.to_item(BARE) == {
        "id": "a",
        "count": 0,
        "colour": "red",
        "inner": {"name": ""},
        "numbers": {},
    }


def test_a_set_is_stored_as_a_map():
    assert codec.to_item(FULL)["numbers"] == {"1": True, "3": True}


def test_a_field_of_the_key_is_omitted_and_passed_when_read():
    item = codec.to_item(FULL, without=("id",))

    assert "id" not in item
    assert codec.from_item(Outer, item, id="a") == FULL


def test_keys_are_ignored():
    item = {"PK": "ORDER#1", **codec.to_item(BARE)}

    assert codec.from_item(Outer, item) == BARE

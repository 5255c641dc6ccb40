from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

import pytest

from docket.table import codec
from docket.table.attributes import from_attributes, to_attributes


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


MOMENT = datetime(2026, 4, 17, 10, 30, tzinfo=UTC)
FULL = Outer(
    id="a",
    count=0,
    colour=Colour.RED,
    inner=Inner("b", MOMENT),
    inners=(Inner("c"), Inner("d", MOMENT)),
    numbers=frozenset({3, 1}),
    labels={"x": 1, "y": "z"},
    value=7,
)
BARE = Outer(id="a", count=0, colour=Colour.RED, inner=Inner(""))


@pytest.mark.parametrize("thing", [FULL, BARE], ids=["full", "bare"])
def test_what_is_put_comes_back_the_same_through_the_tables_own_format(thing):
    assert codec.from_item(Outer, from_attributes(to_attributes(codec.to_item(thing)))) == thing


def test_what_is_unset_takes_no_space():
    assert codec.to_item(BARE) == {
        "id": "a",
        "count": 0,
        "colour": "red",
        "inner": {"name": ""},
        "numbers": {},
    }


def test_a_set_is_a_map_so_that_members_can_be_added_one_by_one():
    assert codec.to_item(FULL)["numbers"] == {"1": True, "3": True}


def test_a_field_that_is_held_elsewhere_is_left_out_and_given_when_read():
    item = codec.to_item(FULL, without=("id",))

    assert "id" not in item
    assert codec.from_item(Outer, item, id="a") == FULL


def test_keys_are_no_fields():
    item = {"PK": "ORDER#1", **codec.to_item(BARE)}

    assert codec.from_item(Outer, item) == BARE

"""The previous release stored items without the fields that were added since."""

from dataclasses import fields
from random import Random
from typing import Any

import pytest

from tests.simulation.aws import INDEXES
from tests.simulation.clock import Clock
from tests.simulation.environment.release import ADDED_LATELY, as_stored_before
from tests.simulation.faults import Faults
from tests.simulation.table.store import Store


@pytest.mark.parametrize("kind", ADDED_LATELY)
def test_a_field_that_was_added_lately_exists_and_its_default_is_nothing(kind):
    defaults = {field.name: field.default for field in fields(kind)}

    assert {defaults[name] for name in ADDED_LATELY[kind]} <= {0}


def test_items_lose_what_was_added_lately_and_has_its_default():
    clock, random = Clock(), Random(0)
    store = Store(clock, Faults(random), random, INDEXES)
    left: dict[str, Any] = {
        "PK": {"S": "ORDER#1"},
        "SK": {"S": "PAYMENT#pi_1"},
        "amount_lost": {"N": "50"},
    }
    item = {**left, "amount_refunded": {"N": "0"}, "is_withheld": {"BOOL": False}}
    store.write(("ORDER#1", "PAYMENT#pi_1"), store.check(item))

    as_stored_before(store)

    assert store.items() == [left]


def test_items_have_text_instead_of_bytes():
    clock, random = Clock(), Random(0)
    store = Store(clock, Faults(random), random, INDEXES)
    key = {"PK": {"S": "ORDER#1"}, "SK": {"S": "ANALYSIS#1"}}
    store.write(("ORDER#1", "ANALYSIS#1"), store.check({**key, "facts": {"B": b"zip"}}))

    as_stored_before(store)

    assert store.items() == [{**key, "facts": {"S": "emlw"}}]

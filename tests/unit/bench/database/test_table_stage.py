"""Moto's transactions in the benchmark: quick, and still whole or not at all."""

import pytest

from bench.database.table_stage import quick_transactions
from docket.table import client
from docket.table.client import ConditionFailed, Put, Update
from tests.table_state import stored

FIRST, SECOND = ({"PK": "ORDER#1", "SK": f"DOCUMENT#{number}"} for number in (1, 2))


def test_a_refused_transaction_changes_nothing(table):
    client.write(Put(item={**FIRST, "pages": 1}))

    with quick_transactions(), pytest.raises(ConditionFailed):
        client.write(
            Update(key=FIRST, condition="attribute_exists(PK)", set={("pages",): 2}),
            Update(key=SECOND, condition="attribute_exists(PK)", set={("pages",): 2}),
        )

    assert stored() == [{**FIRST, "pages": 1}]


def test_a_transaction_changes_all_of_its_items(table):
    with quick_transactions():
        client.write(Put(item=FIRST), Put(item=SECOND))

    assert stored() == [FIRST, SECOND]

"""Moto's transactions, which share the items of the table here, are whole or not at all."""

import pytest

from docket.table import client
from docket.table.client import ConditionFailed, Delete, Put, Update
from tests.table_state import stored

FIRST, SECOND, THIRD = ({"PK": "ORDER#1", "SK": f"DOCUMENT#{number}"} for number in (1, 2, 3))
REFUSED = Update(key=THIRD, condition="attribute_exists(PK)", set={("pages",): 2})


@pytest.mark.parametrize(
    "change",
    [
        Update(key=FIRST, condition="attribute_exists(PK)", set={("pages",): 2}),
        Put(item={**FIRST, "pages": 2}, condition=None),
        Put(item=SECOND),
        Delete(key=FIRST),
    ],
    ids=["update", "replacement", "addition", "deletion"],
)
def test_a_refused_transaction_changes_nothing(table, change):
    client.write(Put(item={**FIRST, "pages": 1}))

    with pytest.raises(ConditionFailed):
        client.write(change, REFUSED)

    assert stored() == [{**FIRST, "pages": 1}]


def test_a_transaction_changes_all_of_its_items(table):
    client.write(Put(item=FIRST), Put(item=SECOND))

    client.write(
        Update(key=FIRST, condition="attribute_exists(PK)", set={("pages",): 2}),
        Delete(key=SECOND),
        Put(item=THIRD),
    )

    assert stored() == [{**FIRST, "pages": 2}, THIRD]

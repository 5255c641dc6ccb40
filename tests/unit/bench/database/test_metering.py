"""What the meter counts of the calls of the table's client."""

import pytest

from bench.database.metering import metered
from docket.table import client
from docket.table.client import ConditionFailed, Delete, Put, Update

KEY = {"PK": "ORDER#1", "SK": "DOCUMENT#1"}
DUE = {"GSI2PK": "work#1", "GSI2SK": "2026-11-02"}


@pytest.fixture
def meter(table):
    with metered() as meter:
        yield meter


def test_a_transaction_counts_each_part_and_its_index(meter):
    client.write(Put(item=KEY | DUE), Put(item={**KEY, "SK": "ANALYSIS#1", "facts": "x" * 3000}))

    cost = meter.taken()

    assert cost.calls == {"TransactWriteItems": 1}
    assert cost.written == {"ORDER#1": 2 + 6}
    assert cost.indexed == {"GSI2 work#1": 1}
    assert cost.writes == 9


def test_an_update_counts_once(meter):
    client.write(Put(item=KEY | DUE))
    meter.taken()

    client.update(Update(key=KEY, condition="attribute_exists(PK)", set={("GSI2SK",): "2027"}))

    assert meter.taken().writes == 1 + 2


def test_a_refused_write_counts_the_table_only(meter):
    client.write(Put(item=KEY | DUE))
    meter.taken()

    with pytest.raises(ConditionFailed):
        client.write(Delete(key=KEY, condition="attribute_not_exists(PK)"))

    cost = meter.taken()
    assert cost.written == {"ORDER#1": 2}
    assert not cost.indexed


def test_reads_are_counted_by_kind(meter):
    client.write(Put(item=KEY | DUE))
    meter.taken()

    client.get(KEY)
    client.batch_get([KEY, {**KEY, "SK": "absent"}])
    list(client.query(partition="ORDER#1"))
    list(client.query(partition="work#1", index="GSI2"))

    cost = meter.taken()
    assert cost.calls == {"GetItem": 1, "BatchGetItem": 1, "Query": 2}
    assert cost.reads == 1 + 2 + 1 + 0.5
    keys, due = (
        len("PKSK" + "ORDER#1" + "DOCUMENT#1"),
        len("GSI2PKGSI2SK" + "work#1" + "2026-11-02"),
    )
    assert cost.bytes_read == 4 * (keys + due)

"""What the twin does that moto does not: late indexes and reads, items that outlive their time."""

from random import Random
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.simulation.clock import Clock
from tests.simulation.faults import Fault, Faults
from tests.simulation.sdk import Connection
from tests.simulation.table.client import TableClient
from tests.simulation.table.partitions import Schema
from tests.simulation.table.requests import UnsupportedByTwin
from tests.simulation.table.store import Lags, Store

INDEX = Schema(name="GSI2", partition="GSI2PK", sort="GSI2SK", projection=())


class Twin:
    def __init__(self, lags=None, **rates):
        self.clock, random = Clock(), Random(2)
        self.faults = Faults(random, {Fault[name.upper()]: rate for name, rate in rates.items()})
        self.store = Store(self.clock, self.faults, random, [INDEX], lags or Lags())
        connection = Connection("dynamodb", self.clock, self.faults, random, latency=False)
        self.client = TableClient(self.store, connection)

    def put(self, sort, **attributes):
        item = {"PK": {"S": "a"}, "SK": {"S": sort}, **attributes}
        self.client.put_item(TableName="docket", Item=item)

    def get(self, sort, *, consistent=True):
        key = {"PK": {"S": "a"}, "SK": {"S": sort}}
        reply = self.client.get_item(TableName="docket", Key=key, ConsistentRead=consistent)
        return reply.get("Item")

    def due(self):
        reply = self.client.query(
            TableName="docket",
            IndexName="GSI2",
            KeyConditionExpression="GSI2PK = :due",
            ExpressionAttributeValues={":due": {"S": "due"}},
        )
        return [item["SK"]["S"] for item in reply["Items"]]


def due_key(time):
    return {"GSI2PK": {"S": "due"}, "GSI2SK": {"S": time}}


def test_an_index_shows_each_write_later_than_the_table():
    twin = Twin(Lags(index=(1, 5)))

    for number in range(20):
        twin.put(f"{number:02}", **due_key(f"{number:02}"))
    at_once = twin.due()
    counts = []
    for _ in range(12):
        twin.clock.sleep(0.5)
        counts.append(len(twin.due()))

    assert at_once == []
    assert twin.get("03")
    assert counts == sorted(counts)
    assert len(set(counts) - {0, 20}) > 0
    assert twin.due() == [f"{number:02}" for number in range(20)]


def test_the_writes_of_one_item_reach_an_index_in_their_order():
    twin = Twin(Lags(index=(0, 5)))

    for number in range(50):
        twin.put("x", **(due_key(str(number)) if number % 2 else {}))
    twin.clock.sleep(6)

    assert twin.due() == ["x"]
    twin.put("x")
    twin.clock.sleep(6)
    assert twin.due() == []


def test_an_index_may_be_stale_for_minutes():
    twin = Twin(stale_index=1)

    twin.put("x", **due_key("1"))
    twin.clock.sleep(59)
    before = twin.due()
    twin.clock.sleep(600)

    assert before == []
    assert twin.due() == ["x"]


def test_only_a_consistent_read_sees_every_write():
    twin = Twin(Lags(replica=(1, 1)))

    twin.put("x")

    assert twin.get("x")
    assert twin.get("x", consistent=False) is None
    twin.clock.sleep(1)
    assert twin.get("x", consistent=False) == twin.get("x")


def test_an_expired_item_stays_until_it_is_removed_at_some_time():
    twin = Twin()
    now = int(twin.clock.time())

    for number in range(100):
        twin.put(str(number), ttl={"N": str(now + 60)})
    twin.put("renewed", ttl={"N": str(now + 60)})
    twin.put("renewed", ttl={"N": str(now + 7 * 24 * 3600)})
    left = []
    for hours in (0, 12, 12, 25):
        twin.clock.sleep(hours * 3600 + 61)
        twin.get("renewed")
        left.append(len(twin.store.items()))

    assert left[0] > 99
    assert left[0] > left[1] > left[2] > left[3] == 1
    assert twin.get("renewed")


def test_a_token_is_remembered_for_ten_minutes():
    twin = Twin()
    add = {
        "TableName": "docket",
        "Key": {"PK": {"S": "a"}, "SK": {"S": "x"}},
        "UpdateExpression": "ADD n :one",
        "ExpressionAttributeValues": {":one": {"N": "1"}},
    }

    def write(by):
        item = {**add, "ExpressionAttributeValues": {":one": {"N": by}}}
        twin.client.transact_write_items(TransactItems=[{"Update": item}], ClientRequestToken="t")

    write("1")
    write("1")
    with pytest.raises(ClientError, match="IdempotentParameterMismatch"):
        write("2")
    counted = twin.get("x")["n"]
    twin.clock.sleep(601)
    write("1")

    assert counted == {"N": "1"}
    assert twin.get("x")["n"] == {"N": "2"}


def test_an_unprocessed_key_is_named_in_the_reply():
    twin = Twin(keys_unprocessed=1)
    for sort in "xyz":
        twin.put(sort)
    keys = [{"PK": {"S": "a"}, "SK": {"S": sort}} for sort in "xyz"]

    reply = twin.client.batch_get_item(RequestItems={"docket": {"Keys": keys}})

    assert reply["UnprocessedKeys"] == {"docket": {"Keys": keys[1:]}}


def test_a_parameter_that_the_twin_does_not_know_is_no_silent_success():
    with pytest.raises(UnsupportedByTwin, match="Expected"):
        Twin().client.put_item(TableName="docket", Item={}, Expected={})


def test_an_item_of_more_than_400_kb_is_refused():
    twin = Twin()

    twin.put("x", text={"S": "a" * (400 * 1024 - 100)})

    with pytest.raises(ClientError, match="maximum allowed size"):
        twin.put("x", text={"S": "a" * 400 * 1024})


def test_a_scan_reads_all_items_in_pages():
    twin = Twin()
    for number in range(7):
        twin.put(str(number), **due_key("1"))
    request: dict[str, Any] = {"TableName": "docket", "ConsistentRead": True, "Limit": 3}
    found = []

    while True:
        reply = twin.client.scan(**request)
        found += [item["SK"]["S"] for item in reply["Items"]]
        if "LastEvaluatedKey" not in reply:
            break
        request["ExclusiveStartKey"] = reply["LastEvaluatedKey"]

    assert found == list("0123456")


def test_a_query_ends_its_page_at_a_megabyte():
    twin = Twin()
    for number in range(8):
        twin.put(str(number), text={"S": "a" * 300_000})
    request = {
        "TableName": "docket",
        "KeyConditionExpression": "PK = :pk",
        "ExpressionAttributeValues": {":pk": {"S": "a"}},
        "ConsistentRead": True,
    }

    first = twin.client.query(**request)
    second = twin.client.query(**request, ExclusiveStartKey=first["LastEvaluatedKey"])

    assert [item["SK"]["S"] for item in first["Items"]] == ["0", "1", "2", "3"]
    assert [item["SK"]["S"] for item in second["Items"]] == ["4", "5", "6", "7"]

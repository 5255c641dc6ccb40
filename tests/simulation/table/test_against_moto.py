"""The twin of the table and moto answer random requests alike."""

from collections.abc import Mapping
from random import Random
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from tests.simulation.clock import Clock
from tests.simulation.differential import seed, steps
from tests.simulation.faults import Faults
from tests.simulation.sdk import Connection
from tests.simulation.table.client import TableClient
from tests.simulation.table.partitions import Schema
from tests.simulation.table.random_requests import INDEXES, TABLE, Requests
from tests.simulation.table.store import NO_LAG, Store

PROJECTIONS: dict[str, tuple[str, ...] | None] = {
    "GSI1": (),
    "GSI2": ("status", "count"),
    "GSI3": None,
}
SCHEMAS = [
    Schema(name=name, partition=f"{name}PK", sort=f"{name}SK", projection=PROJECTIONS[name])
    for name in INDEXES
]
STEPS = 500


CRASHED = ("crashed",)
"""moto raises an exception of Python's for some valid conditions; then nothing is compared."""
CRASHES = {"TypeError", "ValueError"}


def twin(random: Random) -> TableClient:
    clock, faults = Clock(), Faults(random)
    store = Store(clock, faults, random, SCHEMAS, NO_LAG)
    return TableClient(store, Connection("dynamodb", clock, faults, random, latency=False), TABLE)


@pytest.fixture(scope="module")
def moto():
    with mock_aws():
        client: Any = boto3.client(
            "dynamodb",
            region_name="eu-central-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )
        keys = ["PK", "SK", *(f"{index}{key}" for index in INDEXES for key in ("PK", "SK"))]
        client.create_table(
            TableName=TABLE,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in keys],
            KeySchema=_key_schema("PK", "SK"),
            GlobalSecondaryIndexes=[_index(schema) for schema in SCHEMAS],
        )
        yield client


def _key_schema(partition, sort):
    return [
        {"AttributeName": partition, "KeyType": "HASH"},
        {"AttributeName": sort, "KeyType": "RANGE"},
    ]


def _index(schema):
    projection: dict[str, Any] = {"ProjectionType": "ALL"}
    if schema.projection:
        projection = {"ProjectionType": "INCLUDE", "NonKeyAttributes": list(schema.projection)}
    elif schema.projection == ():
        projection = {"ProjectionType": "KEYS_ONLY"}
    return {
        "IndexName": schema.name,
        "KeySchema": _key_schema(schema.partition, schema.sort),
        "Projection": projection,
    }


def outcome(client: Any, method: str, request: Mapping[str, Any]) -> tuple[Any, ...]:
    """The reply of a call, or its error, in the parts that DynamoDB documents."""
    try:
        reply = getattr(client, method)(**request)
        if "LastEvaluatedKey" in reply and not _has_more(client, request, reply):
            del reply["LastEvaluatedKey"]  # DynamoDB and the twin give it if the limit is reached
    except ClientError as error:
        response: Mapping[str, Any] = error.response
        reasons = [
            (reason["Code"], _plain(reason.get("Item")))
            for reason in response.get("CancellationReasons", ())
        ]
        codes = {code for code, _ in reasons}
        if codes & CRASHES:
            return CRASHED
        if codes - {"None", "ConditionalCheckFailed"}:
            # moto answers an invalid part with another error, or names its own exception.
            return "ValidationException", None, []
        return error.response["Error"]["Code"], _plain(response.get("Item")), reasons
    except (TypeError, ValueError):
        return CRASHED
    for name in ("ResponseMetadata", "ConsumedCapacity", "ItemCollectionMetrics"):
        reply.pop(name, None)
    if method in {"batch_get_item", "scan"}:  # in any order
        items = reply["Items"] if method == "scan" else reply["Responses"][TABLE]
        items.sort(key=lambda item: (item["PK"]["S"], item["SK"]["S"]))
    return "success", _plain(reply)


def agree(method: str, expected: tuple[Any, ...], actual: tuple[Any, ...]) -> bool:
    """Whether the outcomes are equal. moto looks for invalid paths before it judges conditions."""
    if method == "transact_write_items" and expected[0] == "ValidationException":
        return actual[0] in {"ValidationException", "TransactionCanceledException"}
    return actual == expected


def _has_more(client: Any, request: Mapping[str, Any], reply: Mapping[str, Any]) -> bool:
    rest = client.query(**{**request, "ExclusiveStartKey": reply["LastEvaluatedKey"]})
    return bool(rest["ScannedCount"])


def _restore(moto: Any, ours: TableClient, request: Mapping[str, Any]) -> None:
    """Undo what moto changes in an update that it then finds invalid."""
    parts = [part for item in request.get("TransactItems", ()) for part in item.values()]
    for key in [part["Key"] for part in (*parts, request) if "Key" in part]:
        reply = ours.get_item(TableName=TABLE, Key=key, ConsistentRead=True)
        moto.delete_item(TableName=TABLE, Key=key)
        if "Item" in reply:
            moto.put_item(TableName=TABLE, Item=reply["Item"])


def _plain(value: Any) -> Any:
    """The value with sets in order."""
    match value:
        case {"SS": list(members)}:
            return {"SS": sorted(members)}
        case dict():
            return {name: _plain(member) for name, member in value.items()}
        case list():
            return [_plain(member) for member in value]
    return value


def test_random_requests_have_the_same_outcome(moto):
    requests, ours = Requests(Random(seed(12))), twin(Random(0))
    outcomes = set()

    for step in range(steps(STEPS)):
        method, request = requests.next()
        expected = outcome(moto, method, request)
        if expected == CRASHED or (method == "scan" and expected[0] == "ValidationException"):
            continue  # in a scan, moto calls its own exceptions so
        actual = outcome(ours, method, request)
        outcomes.add((method, expected[0]))
        assert agree(method, expected, actual), f"step {step}: {method} {request}"
        if expected[0] == "ValidationException":
            _restore(moto, ours, request)

    assert len(outcomes) >= 12, "too few kinds of outcomes"

"""The table's client: five calls, in plain Python values.

Every write takes a condition;
a write whose condition fails raises `ConditionFailed` with what stood there instead, so that the
caller can say why without another read.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from random import uniform
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from docket import aws, config
from docket.domain.errors import Busy
from docket.table.attributes import Item, decoded, encoded
from docket.table.keys import Key

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

_TRIES = 5


@dataclass(frozen=True)
class ConditionFailed(Exception):
    """A write was refused. `part` is its position in the transaction, `found` what stood there."""

    part: int
    found: Item | None


@dataclass(frozen=True, kw_only=True)
class Put:
    """Put `item`; by default only where nothing stands."""

    item: Item
    condition: str | None = "attribute_not_exists(PK)"
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Update:
    """Change the item at `key` if `condition` holds.

    Paths are tuples of attribute names, so that no name is ever a reserved word or an expression.
    In `condition`, `#name` stands for the attribute of that name, and `:name` for a value of
    `values`; `names` maps further `#name` to a name that is data.
    """

    key: Key
    condition: str
    set: Mapping[tuple[str, ...], Any] = field(default_factory=dict)
    remove: Sequence[tuple[str, ...]] = ()
    add: Mapping[tuple[str, ...], int] = field(default_factory=dict)
    keep: Mapping[tuple[str, ...], Any] = field(default_factory=dict)
    """Set only where nothing is set yet."""
    names: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Delete:
    key: Key
    condition: str = "attribute_exists(PK)"
    values: Mapping[str, Any] = field(default_factory=dict)


type Write = Put | Update | Delete


@cache
def dynamodb() -> "DynamoDBClient":
    """One client a process."""
    client: DynamoDBClient = aws.client("dynamodb", read_seconds=3)
    return client


def get(key: Key) -> Item | None:
    """The item at `key` as it is now (consistent read)."""
    reply = dynamodb().get_item(TableName=_table(), Key=encoded(key), ConsistentRead=True)
    return decoded(reply["Item"]) if "Item" in reply else None


def query(
    *,
    partition: str,
    prefix: str | None = None,
    up_to: str | None = None,
    index: str | None = None,
    newest_first: bool = False,
    limit: int | None = None,
    after: Key | None = None,
) -> Iterator[Item]:
    """The items of a partition in the order of their sort keys, page after page as needed.

    `prefix` or `up_to` narrow the sort key; `after` is the full key of the last item already seen.
    """
    pk, sk = (f"{index}PK", f"{index}SK") if index else ("PK", "SK")
    values: dict[str, Any] = {":pk": partition}
    names = {"#pk": pk}
    condition = "#pk = :pk"
    if prefix is not None:
        condition += " AND begins_with(#sk, :prefix)"
        values[":prefix"] = prefix
        names["#sk"] = sk
    elif up_to is not None:
        condition += " AND #sk <= :up_to"
        values[":up_to"] = up_to
        names["#sk"] = sk
    request: dict[str, Any] = {
        "TableName": _table(),
        "KeyConditionExpression": condition,
        "ExpressionAttributeNames": names,
        "ExpressionAttributeValues": encoded(values),
        "ScanIndexForward": not newest_first,
    }
    if index:
        request["IndexName"] = index
    else:
        request["ConsistentRead"] = True
    if after:
        request["ExclusiveStartKey"] = encoded(after)
    left = limit
    while left is None or left > 0:
        if left is not None:
            request["Limit"] = left
        reply = dynamodb().query(**request)
        for item in reply["Items"]:
            yield decoded(item)
        if left is not None:
            left -= len(reply["Items"])
        if "LastEvaluatedKey" not in reply:
            return
        request["ExclusiveStartKey"] = reply["LastEvaluatedKey"]


def write(*writes: Write) -> None:
    """All of it or nothing, in one call. Raises `ConditionFailed` for the first part refused.

    DynamoDB cancels a transaction that meets another one on the same item; that is tried again a
    few times before it is `Busy`.
    """
    request = [_encoded_write(each) for each in writes]
    for _ in _tries():
        try:
            dynamodb().transact_write_items(TransactItems=request)
        except ClientError as error:
            _require_repeatable(error)
        else:
            return
    raise Busy


def _require_repeatable(error: ClientError) -> None:
    """Raises what a refused transaction means, unless it met another one and may be tried again."""
    match error.response["Error"]["Code"]:
        case "TransactionInProgressException":
            return
        case "TransactionCanceledException":
            reasons: list[dict[str, Any]] = error.response.get("CancellationReasons", [])  # type: ignore[assignment]  # not in the stubs
            for part, reason in enumerate(reasons):
                if reason.get("Code") == "ConditionalCheckFailed":
                    found = reason.get("Item")
                    raise ConditionFailed(part, decoded(found) if found else None) from None
            if any(reason.get("Code") == "TransactionConflict" for reason in reasons):
                return
    raise error


def update(change: Update) -> Item:
    """One change on its own: cheaper than a transaction. The item as it is after it.

    DynamoDB refuses it while a transaction is changing the item; that is tried again as in `write`.
    Raises `ConditionFailed`.
    """
    request: dict[str, Any] = {**_request(change), "ReturnValues": "ALL_NEW"}
    for _ in _tries():
        try:
            reply = dynamodb().update_item(**request)
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code == "ConditionalCheckFailedException":
                found: Any = error.response.get("Item")
                raise ConditionFailed(0, decoded(found) if found else None) from None
            if code != "TransactionConflictException":
                raise
        else:
            return decoded(reply["Attributes"])
    raise Busy


def _tries() -> Iterator[None]:
    """A few, further and further apart."""
    for attempt in range(_TRIES):
        if attempt:
            time.sleep(uniform(0.02, 0.08) * 2**attempt)  # noqa: S311 - spreads retries, guards nothing
        yield


def _table() -> str:
    return config.read(config.Table).table


def _encoded_write(each: Write) -> "TransactWriteItemTypeDef":
    match each:
        case Put():
            return {"Put": _request(each)}  # type: ignore[typeddict-item]  # built as a plain dict
        case Update():
            return {"Update": _request(each)}  # type: ignore[typeddict-item]  # likewise
        case Delete():
            return {"Delete": _request(each)}  # type: ignore[typeddict-item]  # likewise


def _request(each: Write) -> dict[str, Any]:
    request: dict[str, Any]
    match each:
        case Put():
            request = {"Item": encoded(each.item)}
            if each.condition:
                request |= _conditioned(each.condition, each.values)
        case Update():
            request = _expressed(each)
        case Delete():
            request = {"Key": encoded(each.key), **_conditioned(each.condition, each.values)}
    request["TableName"] = _table()
    request["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
    return request


def _conditioned(condition: str, values: Mapping[str, Any]) -> dict[str, Any]:
    request: dict[str, Any] = {"ConditionExpression": condition}
    if names := _named(condition, {}):
        request["ExpressionAttributeNames"] = names
    if values:
        request["ExpressionAttributeValues"] = encoded(
            {f":{name}": value for name, value in values.items()}
        )
    return request


def _expressed(change: Update) -> dict[str, Any]:
    names: dict[str, str] = {}
    values: dict[str, Any] = {f":{name}": value for name, value in change.values.items()}

    def path(parts: tuple[str, ...]) -> str:
        aliases = []
        for part in parts:
            alias = f"#n{len(names)}"
            names[alias] = part
            aliases.append(alias)
        return ".".join(aliases)

    def value(given: Any) -> str:
        placeholder = f":v{len(values)}"
        values[placeholder] = given
        return placeholder

    clauses = []
    sets = [f"{path(at)} = {value(given)}" for at, given in change.set.items()]
    for at, given in change.keep.items():
        where = path(at)
        sets.append(f"{where} = if_not_exists({where}, {value(given)})")
    if sets:
        clauses.append("SET " + ", ".join(sets))
    if change.remove:
        clauses.append("REMOVE " + ", ".join(path(at) for at in change.remove))
    if change.add:
        clauses.append(
            "ADD " + ", ".join(f"{path(at)} {value(by)}" for at, by in change.add.items())
        )
    names |= _named(change.condition, change.names)
    request: dict[str, Any] = {
        "Key": encoded(change.key),
        "UpdateExpression": " ".join(clauses),
        "ConditionExpression": change.condition,
        "ExpressionAttributeNames": names,
    }
    if values:
        request["ExpressionAttributeValues"] = encoded(values)
    return request


def _named(condition: str, given: Mapping[str, str]) -> dict[str, str]:
    """Every `#name` of a condition with the attribute it stands for."""
    words = condition.replace("(", " ").replace(")", " ").replace(".", " ").replace(",", " ")
    aliases = {word[1:] for word in words.split() if word.startswith("#")}
    return {f"#{alias}": given.get(alias, alias) for alias in aliases}

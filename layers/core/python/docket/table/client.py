"""The table's client: a few functions with plain Python values.

A write whose condition fails raises `ConditionFailed` with the stored item, so that the caller can
derive the reason without another read.

Every write is repeatable: the SDK repeats a request whose response was lost after it took effect,
and the repeated request must have the same outcome. A transaction that inserts an item recognises
that item (see `write`), and one with a marked update its mark; the condition of any other write
must recognise its own earlier effect.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from http import HTTPStatus
from random import uniform
from typing import TYPE_CHECKING, Any

from botocore import exceptions as failures
from botocore.exceptions import ClientError

from docket.domain.errors import ConcurrentChange, TableUnavailable
from docket.runtime import aws, config
from docket.runtime.snapshot import before_snapshot
from docket.table.items.attributes import Item, from_attributes, to_attributes
from docket.table.keys import Key
from docket.table.requests import transaction_item, write_request
from docket.table.writes import INSERT, Check, ConditionFailed, Delete, Put, Update, Write

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

__all__ = [
    "Check",
    "ConditionFailed",
    "Delete",
    "Put",
    "Update",
    "Write",
    "batch_get",
    "decide",
    "get",
    "query",
    "scan",
    "update",
    "write",
]

_TRIES = 5
MAX_BATCH = 100
"""The keys of one call of `batch_get`."""

_CONFLICT = "TransactionConflict"
_THROTTLED_PARTS = {"ThrottlingError", "ProvisionedThroughputExceeded"}
"""Reasons for which DynamoDB cancels a valid transaction."""

_OVERLOADED = {
    "ThrottlingException",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
}


@before_snapshot
@cache
def dynamodb() -> "DynamoDBClient":
    """One client for each process."""
    client: DynamoDBClient = aws.client("dynamodb", read_seconds=3)
    return client


def get(key: Key) -> Item | None:
    """The current item at `key`; None if there is none (consistent read)."""
    with _reaching():
        reply = dynamodb().get_item(TableName=_table(), Key=to_attributes(key), ConsistentRead=True)
    return from_attributes(reply["Item"]) if "Item" in reply else None


def batch_get(item_keys: Sequence[Key]) -> list[Item | None]:
    """The current items at up to 100 different keys, in their order; None for each that is absent.

    Consistent, by one call unless DynamoDB leaves keys over. Raises `TableUnavailable` if it still
    does after a few tries.
    """
    stored: dict[tuple[str, str], Item] = {}
    request: Any = {"Keys": [to_attributes(key) for key in item_keys], "ConsistentRead": True}
    for _ in _attempts():
        if request["Keys"]:
            with _reaching():
                reply = dynamodb().batch_get_item(RequestItems={_table(): request})
            for attributes in reply["Responses"].get(_table(), []):
                item = from_attributes(attributes)
                stored[item["PK"], item["SK"]] = item
            # Keys are left over if the reply would exceed 16 MB, or if the table is overloaded.
            request = reply["UnprocessedKeys"].get(_table(), {"Keys": []})
        if not request["Keys"]:
            return [stored.get((key["PK"], key["SK"])) for key in item_keys]
    raise TableUnavailable


def query(
    *,
    partition: str,
    prefix: str | None = None,
    up_to: str | None = None,
    between: tuple[str, str] | None = None,
    index: str | None = None,
    newest_first: bool = False,
    limit: int | None = None,
    after: Key | None = None,
) -> Iterator[Item]:
    """The items of a partition in the order of their sort keys, from all pages.

    `prefix`, `up_to` or `between` restrict the sort key; `after` is the full key of the last item
    of the previous query.
    """
    pk, sk = (f"{index}PK", f"{index}SK") if index else ("PK", "SK")
    test, values = _sort_key_test(prefix, up_to, between)
    request: dict[str, Any] = {
        "TableName": _table(),
        "KeyConditionExpression": f"#pk = :pk AND {test}" if test else "#pk = :pk",
        "ExpressionAttributeNames": {"#pk": pk, "#sk": sk} if test else {"#pk": pk},
        "ExpressionAttributeValues": to_attributes({":pk": partition, **values}),
        "ScanIndexForward": not newest_first,
    }
    if index:
        request["IndexName"] = index
    else:
        request["ConsistentRead"] = True
    if after:
        request["ExclusiveStartKey"] = to_attributes(after)
    left = limit
    while left is None or left > 0:
        if left is not None:
            request["Limit"] = left
        with _reaching():
            reply = dynamodb().query(**request)
        for item in reply["Items"]:
            yield from_attributes(item)
        if left is not None:
            left -= len(reply["Items"])
        if "LastEvaluatedKey" not in reply:
            return
        request["ExclusiveStartKey"] = reply["LastEvaluatedKey"]


def _sort_key_test(
    prefix: str | None, up_to: str | None, between: tuple[str, str] | None
) -> tuple[str, dict[str, str]]:
    """The condition of the sort key `#sk` with its values; empty for every key."""
    if prefix is not None:
        return "begins_with(#sk, :prefix)", {":prefix": prefix}
    if up_to is not None:
        return "#sk <= :up_to", {":up_to": up_to}
    if between is not None:
        return "#sk BETWEEN :first AND :last", {":first": between[0], ":last": between[1]}
    return "", {}


def scan() -> Iterator[Item]:
    """Every item of the table (consistent read). Only for the operator: it costs all of it."""
    request: dict[str, Any] = {"TableName": _table(), "ConsistentRead": True}
    while True:
        with _reaching():
            reply = dynamodb().scan(**request)
        for item in reply["Items"]:
            yield from_attributes(item)
        if "LastEvaluatedKey" not in reply:
            return
        request["ExclusiveStartKey"] = reply["LastEvaluatedKey"]


def write(*writes: Write) -> None:
    """Execute all writes in one transaction. Raises `ConditionFailed` for the first that failed.

    A transaction that inserts items has been applied before if each of them is stored exactly as it
    is to be put, or if the mark of a part is stored; then there is nothing to do.

    DynamoDB cancels a transaction that conflicts with another one on the same item, or one of whose
    parts is throttled. It is retried a few times; then `ConcurrentChange` or `TableUnavailable` is
    raised.
    """
    request = [transaction_item(part, _table()) for part in writes]
    throttled: ClientError | None = None
    for _ in _attempts():
        error = _refusal(lambda: dynamodb().transact_write_items(TransactItems=request))
        if error is None:
            return
        reasons = _cancellation_reasons(error)
        refused = {
            part: _found(reason)
            for part, reason in enumerate(reasons)
            if reason.get("Code") == "ConditionalCheckFailed"
        }
        if refused:
            if _was_applied(writes, reasons, refused):
                return
            raise ConditionFailed(refused)
        codes = {reason.get("Code") for reason in reasons}
        if _code(error) != "TransactionInProgressException" and not codes & {
            _CONFLICT,
            *_THROTTLED_PARTS,
        }:
            raise error
        throttled = error if codes & _THROTTLED_PARTS else None
    if throttled:
        raise TableUnavailable from throttled
    raise ConcurrentChange


def update(change: Update) -> Item:
    """Execute one update, which is cheaper than a transaction. Returns the updated item.

    DynamoDB refuses it while a transaction changes the item; that is retried a few times, then
    `ConcurrentChange` is raised. Raises `ConditionFailed`.
    """
    request: dict[str, Any] = {**write_request(change, _table()), "ReturnValues": "ALL_NEW"}
    reply: dict[str, Any] = {}
    for _ in _attempts():
        error = _refusal(lambda: reply.update(dynamodb().update_item(**request)))
        if error is None:
            return from_attributes(reply["Attributes"])
        if _code(error) == "ConditionalCheckFailedException":
            stored_item = _found(error.response)
            if stored_item and change.is_applied(stored_item):
                return stored_item
            raise ConditionFailed({0: stored_item})
        if _code(error) != "TransactionConflictException":
            raise error
    raise ConcurrentChange


def decide[T](attempt: Callable[[], T]) -> T:
    """The result of `attempt`, which reads, decides and writes; again while its write is refused.

    The conditions of the write are what the decision rests on. So a decision on outdated items has
    no effect, and a decision on the effect of an earlier call finds nothing to do. Raises
    `ConcurrentChange` after a few tries.
    """
    for _ in _attempts():
        try:
            return attempt()
        except ConditionFailed:
            continue
    raise ConcurrentChange


def _refusal(call: Callable[[], object]) -> ClientError | None:
    """The error by which DynamoDB refuses a call, or None.

    It is returned, so that an exception raised because of it does not have it as its context.
    """
    with _reaching():
        try:
            call()
        except ClientError as error:
            if _is_overloaded(error):
                raise
            return error
    return None


@contextmanager
def _reaching() -> Iterator[None]:
    """Raise `TableUnavailable` for an outage or overload that outlasts the SDK's retries."""
    try:
        yield
    except (failures.ConnectionError, failures.HTTPClientError) as error:
        raise TableUnavailable from error
    except ClientError as error:
        if _is_overloaded(error):
            raise TableUnavailable from error
        raise


def _is_overloaded(error: ClientError) -> bool:
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return _code(error) in _OVERLOADED or status >= HTTPStatus.INTERNAL_SERVER_ERROR


def _code(error: ClientError) -> str:
    return error.response["Error"]["Code"]


def _cancellation_reasons(error: ClientError) -> list[dict[str, Any]]:
    """The cancellation reason of each part of a transaction; empty for any other error."""
    response: Mapping[str, Any] = error.response  # the stubs lack the reasons
    return list(response.get("CancellationReasons", []))


def _found(reason: Mapping[str, Any]) -> Item | None:
    return from_attributes(reason["Item"]) if reason.get("Item") else None


def _was_applied(
    writes: Sequence[Write],
    reasons: Sequence[Mapping[str, Any]],
    refused: Mapping[int, Item | None],
) -> bool:
    """Whether a mark, or every item that a transaction inserts with equal attributes, is stored."""
    marked = [(writes[part], item) for part, item in refused.items()]
    if any(isinstance(part, Put | Update) and part.is_applied(item) for part, item in marked):
        return True
    inserts = [
        reason.get("Item") == to_attributes(part.item)
        for part, reason in zip(writes, reasons, strict=True)
        if isinstance(part, Put) and part.condition == INSERT
    ]
    return bool(inserts) and all(inserts)


def _attempts() -> Iterator[None]:
    """Yield for each attempt, with growing pauses between them."""
    for attempt in range(_TRIES):
        if attempt:
            time.sleep(uniform(0.02, 0.08) * 2**attempt)  # noqa: S311 - spreads retries, not a secret
        yield


def _table() -> str:
    return config.read(config.Table).table

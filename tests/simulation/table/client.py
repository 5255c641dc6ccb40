"""The twin of boto3's DynamoDB client: its calls, replies, errors and faults.

`docket.table.client` uses it in place of the real client. Replies share the stored items: they are
to be read, not changed.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from botocore.exceptions import ClientError

from tests.simulation.clock import SECOND
from tests.simulation.faults import Fault
from tests.simulation.sdk import Connection, Refusals, error
from tests.simulation.table.queries import query
from tests.simulation.table.requests import check_parameters, expressions, key_of
from tests.simulation.table.scans import scan
from tests.simulation.table.store import Store
from tests.simulation.table.values import Invalid, Item
from tests.simulation.table.writes import Cancelled, Refused, write_all, write_one

MAX_BATCH = 100
TOKEN_LIFETIME = 600 * SECOND
_TOKEN_BITS = 128


class TableClient:
    """DynamoDB's client, for one table."""

    def __init__(self, store: Store, connection: Connection, table: str = "docket") -> None:
        self._store, self._connection, self._table = store, connection, table
        self._tokens: dict[str, tuple[int, Any]] = {}

    def get_item(self, **request: Any) -> dict[str, Any]:
        return self._call("GetItem", request, lambda: self._get(request))

    def query(self, **request: Any) -> dict[str, Any]:
        return self._call("Query", request, lambda: query(self._store, request))

    def scan(self, **request: Any) -> dict[str, Any]:
        return self._call("Scan", request, lambda: scan(self._store, request))

    def batch_get_item(self, **request: Any) -> dict[str, Any]:
        return self._call("BatchGetItem", request, lambda: self._get_batch(request))

    def transact_get_items(self, **request: Any) -> dict[str, Any]:
        parts = [part["Get"] for part in request["TransactItems"]]
        return self._call(
            "TransactGetItems",
            request,
            lambda: {
                "Responses": [
                    _answer(self._get({**part, "ConsistentRead": True})) for part in parts
                ]
            },
            self._cancellations("TransactGetItems", len(parts)),
        )

    def put_item(self, **request: Any) -> dict[str, Any]:
        return self._write("PutItem", "Put", request)

    def update_item(self, **request: Any) -> dict[str, Any]:
        return self._write("UpdateItem", "Update", request)

    def delete_item(self, **request: Any) -> dict[str, Any]:
        return self._write("DeleteItem", "Delete", request)

    def transact_write_items(self, **request: Any) -> dict[str, Any]:
        check_parameters(request, "TransactItems", "ClientRequestToken")
        items = request["TransactItems"]
        random = self._connection.random
        token = request.get("ClientRequestToken") or f"{random.getrandbits(_TOKEN_BITS):032x}"
        return self._call(
            "TransactWriteItems",
            request,
            lambda: self._transact(items, token),
            self._cancellations("TransactWriteItems", len(items)),
        )

    def _get(self, request: Mapping[str, Any]) -> dict[str, Any]:
        check_parameters(request, "Key", "ConsistentRead", "ProjectionExpression")
        parts = expressions(request)
        key = key_of(request["Key"])
        item = self._store.get(key, consistent=request.get("ConsistentRead", False))
        return {} if item is None else {"Item": parts.projected(item)}

    def _get_batch(self, request: Mapping[str, Any]) -> dict[str, Any]:
        check_parameters(request, "RequestItems")
        ((table, item_request),) = request["RequestItems"].items()
        keys = item_request["Keys"]
        if len(keys) > MAX_BATCH:
            raise Invalid("Too many items requested for the BatchGetItem call")
        if len({key_of(key) for key in keys}) < len(keys):
            raise Invalid("Provided list of item keys contains duplicates")
        options = {name: value for name, value in item_request.items() if name != "Keys"}
        left: list[Any] = []
        if self._connection.faults.fires(Fault.KEYS_UNPROCESSED, "dynamodb.BatchGetItem"):
            middle = len(keys) // 2
            keys, left = keys[:middle], keys[middle:]
        found: list[Item] = []
        for key in keys:
            found += self._get({**options, "Key": key}).values()
        unprocessed = {table: {**options, "Keys": left}} if left else {}
        return {"Responses": {table: found}, "UnprocessedKeys": unprocessed}

    def _write(self, operation: str, kind: str, request: Mapping[str, Any]) -> dict[str, Any]:
        conflict = (
            Fault.CONFLICT,
            lambda: error(
                operation,
                "TransactionConflictException",
                "Transaction is ongoing for the item",
            ),
        )
        return self._call(
            operation, request, lambda: write_one(self._store, kind, request), [conflict]
        )

    def _transact(self, items: Any, token: str) -> dict[str, Any]:
        now = self._store.clock.microseconds
        done_at, done = self._tokens.get(token, (now - TOKEN_LIFETIME, None))
        is_known = now - done_at < TOKEN_LIFETIME and not self._connection.faults.fires(
            Fault.TOKEN_FORGOTTEN, "dynamodb.TransactWriteItems"
        )
        if is_known and done == items:
            return {}
        if is_known:
            raise error(
                "TransactWriteItems",
                "IdempotentParameterMismatchException",
                "The request uses the same client token as a previous, but non-identical request",
            )
        write_all(self._store, items)
        self._tokens[token] = now, items
        return {}

    def _call(
        self,
        operation: str,
        request: Mapping[str, Any],
        effect: Callable[[], dict[str, Any]],
        refusals: Refusals = (),
    ) -> dict[str, Any]:
        def answer() -> dict[str, Any]:
            self._store.remove_expired()
            try:
                reply = effect()
            except Invalid as invalid:
                raise error(operation, "ValidationException", str(invalid)) from None
            except Refused as refused:
                raise _refusal(operation, refused) from None
            except Cancelled as cancelled:
                raise cancellation(operation, cancelled) from None
            return {**reply, "ResponseMetadata": {"HTTPStatusCode": 200}}

        return self._connection.call(operation, answer, (*_outages(operation), *refusals))

    def _cancellations(self, operation: str, parts: int) -> Refusals:
        def cancelled(code: str, message: str) -> ClientError:
            reasons: list[dict[str, Any]] = [{"Code": "None"} for _ in range(parts)]
            at = self._connection.random.randrange(parts)
            reasons[at] = {"Code": code, "Message": message}
            return cancellation(operation, Cancelled(reasons))

        return [
            (
                Fault.CONFLICT,
                lambda: cancelled("TransactionConflict", "Transaction is ongoing for the item"),
            ),
            (
                Fault.PART_THROTTLED,
                lambda: cancelled("ThrottlingError", "Throughput exceeds the current capacity"),
            ),
        ]


def cancellation(operation: str, cancelled: Cancelled) -> ClientError:
    """The error of a cancelled transaction, with its reasons."""
    return error(
        operation,
        "TransactionCanceledException",
        str(cancelled),
        fields={"CancellationReasons": cancelled.reasons, "Message": str(cancelled)},
    )


def _refusal(operation: str, refused: Refused) -> ClientError:
    fields = {"Item": refused.item} if refused.item else {}
    return error(operation, "ConditionalCheckFailedException", str(refused), fields=fields)


@cache
def _outages(operation: str) -> Refusals:
    return (
        (
            Fault.SERVER_ERROR,
            lambda: error(operation, "InternalServerError", "Internal server error", status=500),
        ),
        (
            Fault.THROTTLED,
            lambda: error(
                operation,
                "ProvisionedThroughputExceededException",
                "The level of configured provisioned throughput for the table was exceeded",
            ),
        ),
    )


def _answer(reply: Mapping[str, Any]) -> dict[str, Any]:
    return {"Item": reply["Item"]} if "Item" in reply else {}

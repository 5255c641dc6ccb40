"""Scans: all items of the table, in pages."""

from collections.abc import Mapping
from typing import Any

from tests.simulation.table.queries import PAGE_BYTES
from tests.simulation.table.requests import check_parameters, expressions, key_of
from tests.simulation.table.store import Store
from tests.simulation.table.values import Item


def scan(store: Store, request: Mapping[str, Any]) -> dict[str, Any]:
    """Answer a scan. Raises `Invalid`."""
    check_parameters(
        request,
        "ConsistentRead",
        "FilterExpression",
        "ProjectionExpression",
        "Limit",
        "ExclusiveStartKey",
    )
    partitions, _ = store.view(None, consistent=request.get("ConsistentRead", False))
    parts = expressions(request)
    limit = request.get("Limit", -1)
    start = key_of(request["ExclusiveStartKey"]) if "ExclusiveStartKey" in request else None
    items: list[Item] = []
    scanned = page_bytes = 0
    last: Item | None = None
    for (partition, (sort, *_)), stored in partitions.in_order():
        if start and (partition, sort) <= start:
            continue
        if scanned == limit or page_bytes >= PAGE_BYTES:
            break
        last = stored.item
        scanned += 1
        page_bytes += stored.size
        if parts.passes(stored.item):
            items.append(parts.projected(stored.item))
    reply: dict[str, Any] = {"Items": items, "Count": len(items), "ScannedCount": scanned}
    if last and (scanned == limit or page_bytes >= PAGE_BYTES):
        reply["LastEvaluatedKey"] = {name: last[name] for name in ("PK", "SK")}
    return reply

"""Scans: all items of the table, in pages."""

from collections.abc import Mapping
from typing import Any

from tests.simulation.table.page import Page
from tests.simulation.table.requests import check_parameters, expressions, key_of
from tests.simulation.table.store import Store


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
    page = Page(expressions(request), request.get("Limit", -1))
    start = key_of(request["ExclusiveStartKey"]) if "ExclusiveStartKey" in request else None
    for (partition, (sort, *_)), stored in partitions.in_order():
        if start and (partition, sort) <= start:
            continue
        if page.is_full:
            break
        page.add(stored)
    return page.reply(("PK", "SK"))

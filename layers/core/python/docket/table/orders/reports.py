"""Reports of orders: the latest of each choice of options."""

from datetime import datetime

from docket.domain.debt import due
from docket.domain.orders.report import Report, ReportOptions, ReportState
from docket.table import client, keys
from docket.table.client import ConditionFailed, Put
from docket.table.items import codec
from docket.table.items.attributes import Item


def find(order_id: str, options: ReportOptions, *, at: datetime) -> Report | None:
    """The latest report with these options; None if there is none, or it has expired."""
    item = client.get(keys.report(order_id, options.object_name))
    if item is None or item["ttl"] <= int(at.timestamp()):
        return None
    return from_item(item)


def request(report: Report) -> Report:
    """Put a new report, unless one with its options is being made. Returns what is stored.

    Idempotent by the id of the report.
    """
    at = report.requested_at
    try:
        client.write(
            Put(
                item=to_item(report, at=at),
                condition="attribute_not_exists(PK) OR #ttl <= :now OR #state <> :making",
                values={"now": int(at.timestamp()), "making": ReportState.MAKING},
            )
        )
    except ConditionFailed as refused:
        if refused.stored_item is None:
            raise
        return from_item(refused.stored_item)
    return report


def record(old: Report, new: Report, *, at: datetime) -> bool:
    """Replace a report that is being made by its next state.

    Returns False if it is not being made any more, or the customer has requested another; True
    again for the same state.
    """
    put = Put(
        item=to_item(new, at=at),
        condition="#id = :id AND #state = :making",
        values={"id": old.id, "making": ReportState.MAKING},
    )
    try:
        client.write(put)
    except ConditionFailed as refused:
        stored = refused.stored_item
        return stored is not None and "state" in stored and from_item(stored) == new
    return True


def to_item(report: Report, *, at: datetime) -> Item:
    """The item with the index keys of its debt at that time, and when DynamoDB may delete it."""
    key = keys.report(report.order_id, report.options.object_name)
    return {
        **key,
        **keys.debt(due(report, at), report.order_id, key),
        **codec.to_item(report),
        "ttl": int(report.expires_at.timestamp()),
    }


def from_item(item: Item) -> Report:
    return codec.from_item(Report, item)

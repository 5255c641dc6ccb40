"""The previous release: how it sent messages, as its form was recorded, and stored items.

The numbers of forms began with it, so its messages have none. Those of S3 have fields of their own
that no release reads. Its items lack the fields that were added since, and what is compressed was
base64 in them.
"""

import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import Any

from docket.domain.orders.document import Document
from docket.domain.orders.order import Order
from docket.domain.payments.payment import Payment
from docket.domain.payments.refund import Refund
from docket.table import keys
from docket.table.items.attributes import to_attributes
from infra.endpoint_spec import QueueName
from tests.simulation.environment.settings import queue_of
from tests.simulation.queues.queue import Queue
from tests.simulation.table.store import Store

type Fields = Mapping[type, tuple[str, ...]]

ADDED_LATELY: Fields = {
    Order: ("is_late", "is_sample", "reviewed", "unreadable"),
    Document: ("quarantined", "retriable"),
    Payment: (
        "amount_acknowledged",
        "amount_lost",
        "amount_refunded",
        "is_withheld",
        "reversal_version",
    ),
    Refund: ("has_other_failure",),
}
"""Fields that items of an earlier release lack, if they would have their default. One whose default
is None is not stored."""

_SORTS: Mapping[str, type] = {
    keys.ORDERS: Order,
    keys.DOCUMENTS: Document,
    keys.PAYMENTS: Payment,
    keys.REFUNDS: Refund,
}


def _without_number(message: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in message.items() if name != "v"}


def _with_another_field(message: dict[str, Any]) -> dict[str, Any]:
    return {**message, "sent_by": "the previous release"}


FORMS: Mapping[QueueName, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "uploads": _with_another_field,
    "readings": _without_number,
    "parts": _without_number,
    "results": _without_number,
    "money": _without_number,
    "work": _without_number,
    "housekeeping": _without_number,
    "mail": _without_number,
}


def as_sent_before(queues: Mapping[str, Queue]) -> None:
    """Give the messages that wait the form in which the previous release sent them."""
    for name, form in FORMS.items():
        for message in queues[queue_of(name)].messages.values():
            message.body = json.dumps(form(json.loads(message.body)))


def as_stored_before(store: Store) -> None:
    """Give the items the form in which the previous release stored them."""
    for item in store.items():
        sort = item["SK"]["S"]
        kind = next((kind for prefix, kind in _SORTS.items() if sort.startswith(prefix)), None)
        absent = {name for name, default in _defaults(kind) if item.get(name) == default}
        before = {name: _as_text(value) for name, value in item.items() if name not in absent}
        if before != item:
            store.write((item["PK"]["S"], sort), store.check(before))
    store.commit()


def _as_text(attribute: dict[str, Any]) -> dict[str, Any]:
    """The attribute; text instead of bytes."""
    return {"S": b64encode(attribute["B"]).decode()} if "B" in attribute else attribute


def _defaults(kind: type | None) -> list[tuple[str, Any]]:
    """The fields that a kind of item got lately, with their defaults as stored."""
    if kind is None:
        return []
    defaults = {name: getattr(kind, name) for name in ADDED_LATELY[kind]}
    return list(to_attributes(defaults).items())

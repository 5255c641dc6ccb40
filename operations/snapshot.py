"""All items of the table, parsed, for commands that compare them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from docket.domain.limits import Usage
from docket.domain.orders.document import Document
from docket.domain.orders.order import Order
from docket.domain.payments.payment import Payment
from docket.domain.payments.refund import Refund
from docket.domain.task import Task, TaskKind
from docket.table import client, keys, tasks
from docket.table.documents import document_items
from docket.table.items.attributes import Item
from docket.table.orders import order_items, payment_items, usage
from docket.table.payments import refunds


@dataclass(frozen=True, kw_only=True)
class OpenDebt:
    """What an item owes: its class, since when it is due, and its key."""

    debt_class: str
    due: datetime
    key: keys.Key


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """The items by order. Orders are by id; documents, payments and refunds by order and id."""

    orders: dict[str, Order] = field(default_factory=dict)
    documents: dict[str, dict[str, Document]] = field(default_factory=lambda: defaultdict(dict))
    payments: dict[str, dict[str, Payment]] = field(default_factory=lambda: defaultdict(dict))
    refunds: dict[str, dict[str, Refund]] = field(default_factory=lambda: defaultdict(dict))
    tasks: dict[str, list[Task]] = field(default_factory=lambda: defaultdict(list))
    hashes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The hashes of what was read of each document with an analysis."""
    contents: dict[str, dict[str, set[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )
    """The documents that each customer has paid for, by hash."""
    usages: dict[str, Usage] = field(default_factory=dict)
    stripe_events: set[str] = field(default_factory=set)
    debts: list[OpenDebt] = field(default_factory=list)

    def erases(self, document_id: str) -> bool:
        """Whether an erasure of the document is owed."""
        order_id = document_id.rpartition("-")[0]
        return any(
            task.kind is TaskKind.ERASE and task.subject == document_id
            for task in self.tasks.get(order_id, [])
        )

    def debts_of(self, order_id: str) -> list[OpenDebt]:
        """What the order and its items owe."""
        partition, sort_key = keys.order_partition(order_id), f"{keys.ORDERS}{order_id}"
        return [
            debt for debt in self.debts if debt.key["PK"] == partition or debt.key["SK"] == sort_key
        ]


def of_table() -> Snapshot:
    """Read the whole table. Items that change meanwhile may not agree with each other."""
    return of_items(client.scan())


def of_items(items: Iterable[Item]) -> Snapshot:
    snapshot = Snapshot()
    for item in items:
        if keys.DUE in item:
            snapshot.debts.append(_debt(item))
        _add(snapshot, item)
    return snapshot


def _add(snapshot: Snapshot, item: Item) -> None:
    partition, sort_key = item["PK"], item["SK"]
    order_id = keys.order_id(item)
    if sort_key.startswith(keys.ORDERS):
        order = order_items.from_item(item)
        snapshot.orders[order.id] = order
    elif sort_key.startswith(keys.DOCUMENTS):
        document = document_items.from_item(item)
        snapshot.documents[order_id][document.id] = document
    elif sort_key.startswith(keys.PAYMENTS):
        payment = payment_items.from_item(item)
        snapshot.payments[order_id][payment.payment_intent_id] = payment
    elif sort_key.startswith(keys.REFUNDS):
        refund = refunds.from_item(item)
        snapshot.refunds[order_id][refund.id] = refund
    elif sort_key.startswith(keys.TASKS) and keys.is_of_order(item):
        snapshot.tasks[order_id].append(tasks.from_item(item))
    elif sort_key.startswith(keys.ANALYSES):
        snapshot.hashes[sort_key.removeprefix(keys.ANALYSES)] = tuple(item["hashes"])
    elif sort_key.startswith(keys.CONTENTS):
        paid = snapshot.contents[partition.removeprefix(keys.USERS)]
        paid[sort_key.removeprefix(keys.CONTENTS)] = set(item["documents"])
    elif sort_key == keys.USAGE:
        snapshot.usages[partition.removeprefix(keys.USERS)] = usage.from_item(item)
    elif partition.startswith(keys.STRIPE_EVENTS) and sort_key == keys.STRIPE_EVENT:
        snapshot.stripe_events.add(partition.removeprefix(keys.STRIPE_EVENTS))


def _debt(item: Item) -> OpenDebt:
    return OpenDebt(
        debt_class=keys.debt_class(item[keys.DEBT_PARTITION]),
        due=keys.due_since(item[keys.DUE]),
        key={"PK": item["PK"], "SK": item["SK"]},
    )

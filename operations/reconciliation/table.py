"""Compare the table with itself: its counters, and its index of debts."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta

from docket.domain.debt import Debtor, due
from docket.domain.limits import Usage
from docket.domain.orders import counters as counting
from docket.domain.orders.counters import Counters
from docket.domain.payments.payment import Payment
from docket.domain.payments.refund import Refund
from docket.domain.task import Task, TaskKind
from docket.gateways.stripe_ranges import Range
from docket.table import keys
from operations.reconciliation.difference import Difference, Kind
from operations.snapshot import OpenDebt, Snapshot

SLACK = timedelta(minutes=15)
"""A debt is overdue if it is still owed so long after it was due. Dispatching takes a minute."""

MOST_POSTPONED = timedelta(days=2)
"""Longer than any back-off, and than the grace of an order that is being paid when it expires."""


def of_counters(snapshot: Snapshot, within: Range) -> Iterator[Difference]:
    """Counters that do not equal what they count."""
    for order in snapshot.orders.values():
        if order.created_at in within:
            documents = snapshot.documents[order.id].values()
            counted = sum((Counters.of(document) for document in documents), Counters())
            yield from _compared(order.id, order.id, order.counters, counted, counting.NAMES)
        for payment in snapshot.payments[order.id].values():
            if payment.opened_at in within:
                refunds = snapshot.refunds[order.id].values()
                yield from _of_returned(payment, list(refunds))
    yield from _of_usages(snapshot)


def _of_returned(payment: Payment, refunds: Collection[Refund]) -> Iterator[Difference]:
    """The amounts of a payment that do not equal those of its refunds."""
    refunds = [
        refund for refund in refunds if refund.payment_intent_id == payment.payment_intent_id
    ]
    acknowledged = sum(refund.amount_acknowledged for refund in refunds)
    amounts = {
        "amount_refunded": (payment.amount_refunded, sum(refund.returned for refund in refunds)),
        "amount_acknowledged": (payment.amount_acknowledged, acknowledged),
    }
    for name, (stored, counted) in amounts.items():
        if stored != counted:
            detail = f"{name} is {stored}, counted {counted}"
            yield Difference(Kind.COUNTER, payment.order_id, payment.payment_intent_id, detail)


_USAGE = ("unpaid_orders", "unpaid_pages")


def _of_usages(snapshot: Snapshot) -> Iterator[Difference]:
    counted: dict[str, Usage] = {}
    for order in snapshot.orders.values():
        counted[order.user_id] = counted.get(order.user_id, Usage()).with_order(None, order)
    for user_id in sorted(counted.keys() | snapshot.usages.keys()):
        used = snapshot.usages.get(user_id, Usage())
        yield from _compared("", user_id, used, counted.get(user_id, Usage()), _USAGE)
        for name in sorted(used.in_flight):
            document_id, _, attempt = name.partition("/")
            order_id = document_id.rpartition("-")[0]
            document = snapshot.documents[order_id].get(document_id)
            attempt = attempt.partition("/")[0]
            if document is None or not document.is_reading(int(attempt)):
                detail = f"in_flight has {name}, which is not being read"
                yield Difference(Kind.COUNTER, order_id, user_id, detail)


def _compared(
    order_id: str, subject: str, stored: object, counted: object, names: Iterable[str]
) -> Iterator[Difference]:
    for name in names:
        has, should = getattr(stored, name), getattr(counted, name)
        if has != should:
            yield Difference(Kind.COUNTER, order_id, subject, f"{name} is {has}, counted {should}")


def of_debts(snapshot: Snapshot, within: Range, now: datetime) -> Iterator[Difference]:
    """Debts that are overdue or checked too late, and items that the index does not have."""
    for debt in snapshot.debts:
        if debt.due < now - SLACK:
            order_id = keys.order_id(debt.key)
            yield Difference(Kind.DEBT_OVERDUE, order_id, debt.key["SK"], _next_check(debt))
    indexed = {(debt.key["PK"], debt.key["SK"]): debt for debt in snapshot.debts}
    for order_id, key, item in _items(snapshot):
        order = snapshot.orders.get(order_id)
        if order is None or order.created_at not in within:
            continue
        expected, debt_in_index = due(item, now), indexed.get((key["PK"], key["SK"]))
        if expected is None:
            continue
        if debt_in_index is None:
            yield Difference(Kind.DEBT_MISSING, order_id, key["SK"])
        elif debt_in_index.due > expected.at + MOST_POSTPONED and not _is_of_files(item):
            yield Difference(Kind.DEBT_LATE, order_id, key["SK"], _next_check(debt_in_index))


def _next_check(debt: OpenDebt) -> str:
    return f"{debt.debt_class}, due {debt.due:%Y-%m-%dT%H:%MZ}"


def _is_of_files(item: Debtor) -> bool:
    """The files of a cancelled order stay as long as a setting of the stage says."""
    return isinstance(item, Task) and item.kind is TaskKind.FILES


def _items(snapshot: Snapshot) -> Iterator[tuple[str, keys.Key, Debtor]]:
    for order in snapshot.orders.values():
        yield order.id, keys.order(order.user_id, order.id), order
    for order_id, documents in snapshot.documents.items():
        for document in documents.values():
            yield order_id, keys.document(order_id, document.id), document
    for order_id, payments in snapshot.payments.items():
        for payment in payments.values():
            yield order_id, keys.payment(order_id, payment.payment_intent_id), payment
    for order_id, refunds in snapshot.refunds.items():
        for refund in refunds.values():
            yield order_id, keys.refund(order_id, refund.id), refund
    for order_id, tasks in snapshot.tasks.items():
        for task in tasks:
            yield order_id, keys.task(order_id, task.kind, task.subject), task

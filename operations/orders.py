"""`orders`: the orders of all customers, by status, or those that owe something."""

from collections.abc import Iterator

from docket.domain.orders.order import OrderStatus
from operations.snapshot import Snapshot


def lines(snapshot: Snapshot, *, status: OrderStatus | None, owing: bool) -> Iterator[str]:
    """A line for each order, the oldest first, with its debts. It names no customer but by id."""
    for order in sorted(snapshot.orders.values(), key=lambda order: order.id):
        debts = sorted(snapshot.debts_of(order.id), key=lambda debt: debt.due)
        is_owing = any(debt.debt_class != "housekeeping" for debt in debts)
        if (status and order.status is not status) or (owing and not is_owing):
            continue
        total = order.quote_total
        price = f"{total.amount} {total.currency}" if total else "-"
        owed = ", ".join(
            f"{debt.debt_class} {debt.key['SK'].partition('#')[0].lower()} {debt.due:%m-%dT%H:%MZ}"
            for debt in debts
        )
        yield (
            f"{order.id} {order.user_id:26} {order.status:10} {order.documents:3} documents "
            f"{order.in_progress:3} in progress {price:>12}  {owed}".rstrip()
        )

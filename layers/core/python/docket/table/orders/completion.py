"""What belongs to the completion of an order, by whichever write completes it."""

from datetime import datetime

from docket.domain.event import AuditContext, Event
from docket.domain.orders.order import Order, OrderStatus
from docket.domain.task import Task, TaskKind
from docket.table import tasks
from docket.table.client import Put
from docket.table.orders import contents


def event(order: Order, audit: AuditContext) -> Event:
    """The audit event of the completion."""
    if order.is_sample:
        return audit.event("sample_completed", to_status=order.status)
    return audit.event("paid", order.payment.facts if order.payment else {}, to_status=order.status)


def writes(order: Order, *, at: datetime) -> list[Put]:
    """What is written beside the completion. A sample is not paid for, so nothing is."""
    return [] if order.is_sample else content_writes(order, at=at)


def content_writes(order: Order, *, at: datetime) -> list[Put]:
    """What has the content of the order's documents recorded as paid, or no longer.

    Then the customer's unpaid orders are quoted anew. The mark lets the customer's next payment do
    that at once.
    """
    owed = Task(
        kind=TaskKind.CONTENT,
        user_id=order.user_id,
        order_id=order.id,
        subject=order.id,
        created_at=at,
    )
    return [tasks.put(owed, at=at), contents.put_unrecorded(order.user_id, order.id)]


def requote_writes(old: Order, new: Order, *, at: datetime) -> list[Put]:
    """What has an order quoted anew by what is paid for, if a bank debit did not pay it.

    While the bank was confirming the payment its quote could not change.
    """
    is_payable_again = (old.status, new.status) == (OrderStatus.PROCESSING, OrderStatus.PENDING)
    return content_writes(new, at=at) if is_payable_again else []

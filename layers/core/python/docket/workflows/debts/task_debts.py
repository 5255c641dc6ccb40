"""Debts of tasks: the erasure of what no document names, and the record of paid content."""

from collections.abc import Sequence

from docket.domain.debt import ERASURE_CHECK, DebtClass, Due
from docket.domain.event import AuditContext
from docket.domain.orders import leftovers
from docket.domain.orders.document import Document
from docket.domain.orders.order import OrderStatus
from docket.domain.task import Task, TaskKind
from docket.gateways import s3
from docket.gateways.stored_versions import StoredVersion
from docket.table import tasks
from docket.table.debts import Claim
from docket.table.documents import documents
from docket.table.orders import analyses, orders
from docket.workflows.debts import file_debts
from docket.workflows.documents import admission
from docket.workflows.orders import paid_contents


def settle(claim: Claim, audit: AuditContext) -> Due | None:
    """Do what is left of a task. Returns its next check; None: nothing is left."""
    task = tasks.from_item(claim.item)
    match task.kind:
        case TaskKind.ERASE:
            return erase(task, audit)
        case TaskKind.CONTENT:
            return record_content(task, audit)
        case TaskKind.FILES:
            return file_debts.erase(task, audit)


def erase(task: Task, audit: AuditContext) -> Due:
    """Erase what is stored for a document that it does not name, until nothing is written any more.

    A removed or erased document names nothing. Only a listing with nothing to erase, after the last
    moment of a write, ends the task. Until then the readings of a present document may use what
    they wrote.
    """
    is_over = task.ends_after is None or audit.at >= task.ends_after

    def choose(stored: Sequence[StoredVersion]) -> list[StoredVersion]:
        # It is read after the listing: what it may name later was not stored then.
        document = _document(task)
        if document is None:
            return list(stored)
        is_closed = _is_closed(task)
        return [
            version
            for version in stored
            if not _is_named(version, document, is_closed=is_closed, with_readings=is_over)
        ]

    erased = s3.erase(task.user_id, task.subject, choose)
    document = _document(task)
    if document is None or document.erased_at:
        analyses.erase(task.order_id, task.subject)
    if task.ends_after and not is_over:
        return Due(DebtClass.HOUSEKEEPING, task.ends_after)
    if not erased:
        tasks.finish(task)
    return Due(DebtClass.HOUSEKEEPING, audit.at + ERASURE_CHECK)


def _document(task: Task) -> Document | None:
    """The document that a task is about; None if it was removed."""
    return next(iter(documents.by_ids(task.order_id, [task.subject])), None)


def _is_closed(task: Task) -> bool:
    order = orders.get(task.user_id, task.order_id)
    return order.status in (OrderStatus.COMPLETED, OrderStatus.CANCELLED)


def _is_named(
    stored: StoredVersion, document: Document, *, is_closed: bool, with_readings: bool
) -> bool:
    if stored.upload:
        return leftovers.names_upload(document, stored.upload, is_closed=is_closed)
    if stored.attempt and with_readings:
        if stored.is_part:
            return document.is_reading(stored.attempt)
        return leftovers.names_reading(document, stored.attempt)
    return stored.attempt is not None


def record_content(task: Task, audit: AuditContext) -> Due:
    """Record the content of a paid order as paid, or remove that if the payment was returned.

    A document that was charged nothing, because its content had been paid for, is left out. What
    was paid for becomes free in the customer's unpaid orders, or is charged again there. The
    customer has fewer unpaid pages since a payment, so documents may be read that wait for that.

    Whatever changes whether the order is paid puts the task anew. So what is decided on the order
    as it was before is refused, however late it is, and left to the new task.
    """
    next_check = Due(DebtClass.WORK, audit.at + ERASURE_CHECK)
    if not paid_contents.record(task):
        return next_check
    paid_contents.requote_unpaid_orders(task.user_id, audit)
    admission.admit_next(task.user_id, audit)
    tasks.finish(task)
    return next_check

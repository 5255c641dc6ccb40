"""Debts of tasks: the erasure of a removed document, and the record of paid content."""

from docket.domain.debt import ERASURE_CHECK, DebtClass, Due
from docket.domain.document import DuplicateOf
from docket.domain.errors import OrderNotFound
from docket.domain.event import AuditContext
from docket.domain.order import MAX_DOCUMENTS
from docket.domain.task import Task, TaskKind
from docket.gateways import s3
from docket.table import analyses, contents, documents, orders, tasks
from docket.table.contents import Content
from docket.table.debts import Claim
from docket.workflows import admission


def settle(claim: Claim, audit: AuditContext) -> Due | None:
    """Do what is left of a task. Returns its next check."""
    task = tasks.from_item(claim.item)
    match task.kind:
        case TaskKind.ERASE:
            return erase(task, audit)
        case TaskKind.CONTENT:
            return record_content(task, audit)


def erase(task: Task, audit: AuditContext) -> Due:
    """Erase what is stored of a removed document, until nothing is written any more.

    Only a listing without a version, after the last moment of a write, ends it.
    """
    erased = s3.erase(task.user_id, task.subject)
    analyses.erase(task.order_id, task.subject)
    if task.ends_after and audit.at < task.ends_after:
        return Due(DebtClass.HOUSEKEEPING, task.ends_after)
    if not erased:
        tasks.finish(task)
    return Due(DebtClass.HOUSEKEEPING, audit.at + ERASURE_CHECK)


def record_content(task: Task, audit: AuditContext) -> Due:
    """Record the content of a paid order as paid, or remove that if the payment was returned.

    A document that was charged nothing, because its content had been paid for, is left out. The
    customer has fewer unpaid pages since, so documents may be read that wait for that.
    """
    try:
        is_paid = orders.get(task.user_id, task.order_id).is_paid
    except OrderNotFound:
        is_paid = False
    charged = {
        document.id
        for document in documents.of_order(task.order_id, limit=MAX_DOCUMENTS)
        if document.charged_pages
    }
    for document_id, hashes in analyses.hashes_of_order(task.order_id):
        if document_id not in charged:
            continue
        paid = DuplicateOf(order_id=task.order_id, document_id=document_id)
        for sha256 in hashes:
            content = Content(user_id=task.user_id, sha256=sha256, paid=paid)
            (contents.record_paid if is_paid else contents.remove)(content)
    admission.admit_next(task.user_id, audit)
    tasks.finish(task)
    return Due(DebtClass.HOUSEKEEPING, audit.at + ERASURE_CHECK)

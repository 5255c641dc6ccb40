"""Debts of cancelled orders: their files are erased after a time, and their record stays.

Each document says that its file is erased, by the write that owes the erasure. What was uploaded
for a document that never had a file, because the message about it was lost, is erased at once.
"""

from collections.abc import Container, Sequence
from datetime import timedelta
from itertools import batched

from docket.domain.accounts.retention import CHECK, MONEY_CHECK
from docket.domain.debt import ERASURE_CHECK, READING_DEADLINE, DebtClass, Due
from docket.domain.event import AuditContext
from docket.domain.orders import leftovers
from docket.domain.orders.order import MAX_DOCUMENTS
from docket.domain.task import Task
from docket.gateways import object_keys, s3
from docket.gateways.stored_versions import StoredVersion
from docket.runtime import config
from docket.table import tasks
from docket.table.accounts import deletions
from docket.table.documents import documents

AT_ONCE = 40
"""The documents of one transaction, which takes two parts for each."""


def erase(task: Task, audit: AuditContext) -> Due:
    """Erase what is stored for the documents of a cancelled order when it is time.

    Returns the next check. A dispute needs its evidence, so money comes first.
    """
    days = config.read(config.Retention).cancelled_days
    if days is None:
        return Due(DebtClass.HOUSEKEEPING, audit.at + CHECK)
    erase_at = task.created_at + timedelta(days=days)
    if audit.at < erase_at:
        return Due(DebtClass.HOUSEKEEPING, min(erase_at, audit.at + CHECK))
    if not deletions.order_is_settled(task.order_id):
        return Due(DebtClass.HOUSEKEEPING, audit.at + MONEY_CHECK)
    stored = documents.of_order(task.order_id, limit=MAX_DOCUMENTS)
    erasable = (document.id for document in stored if leftovers.is_erasable(document))
    for some in batched(erasable, AT_ONCE, strict=False):
        documents.erase(task.user_id, task.order_id, some, audit)
    _erase_unused(task, frozenset(document.id for document in stored if document.file is None))
    if any(document.file and document.is_in_progress for document in stored):
        return Due(DebtClass.HOUSEKEEPING, audit.at + READING_DEADLINE)
    tasks.finish(task)
    return Due(DebtClass.HOUSEKEEPING, audit.at + ERASURE_CHECK)


def _erase_unused(task: Task, document_ids: Container[str]) -> None:
    """Erase every upload for these documents, which have no file."""

    def choose(listed: Sequence[StoredVersion]) -> list[StoredVersion]:
        return [version for version in listed if version.document_id in document_ids]

    s3.erase_under([object_keys.uploads_prefix(task.user_id, task.order_id)], choose)

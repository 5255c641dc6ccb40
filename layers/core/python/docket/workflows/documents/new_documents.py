"""Add documents to an order."""

from collections.abc import Sequence

from docket.domain.errors import DocumentNotFound
from docket.domain.event import AuditContext, Event
from docket.domain.idempotency import IdempotencyKey
from docket.domain.orders.document import Document
from docket.table.documents import documents
from docket.workflows.documents.customer_limits import customer_limits


def add(
    added: Sequence[Document], audit: AuditContext, key: IdempotencyKey | None
) -> Sequence[Document]:
    """Add documents (1 to 20, of one order). Returns them, or those of an earlier request.

    Raises the errors of `documents.add`, or `DocumentNotFound` if one of an earlier request was
    removed since.
    """
    first = added[0]
    ids = documents.add(first.user_id, added, _event(added, audit), key, limits=customer_limits())
    if ids == [document.id for document in added]:
        return added
    stored = documents.by_ids(first.order_id, ids)
    if len(stored) < len(ids):
        raise DocumentNotFound
    return stored


def _event(added: Sequence[Document], audit: AuditContext) -> Event:
    if len(added) == 1:
        return audit.event("document_added", added[0].facts)
    return audit.event("documents_added", {"count": len(added)})

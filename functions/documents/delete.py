"""DELETE /api/v1/documents/{document_id}: remove a document from a pending order."""

from docket.api import api, caller
from docket.domain.document import order_of
from docket.schemas.base import MessageResponse
from docket.schemas.ids import DocumentId
from docket.table import documents
from docket.workflows.audit import audit_context

app = api()

REMOVED = MessageResponse(message="Document removed")


@app.delete("/api/v1/documents/<document_id>")
def delete(document_id: DocumentId) -> MessageResponse:
    """Remove a document from a pending order.

    Its file, result and page images are erased within minutes.
    """
    user_id, order_id = caller(app).user_id, order_of(document_id)
    removed = audit_context("customer").event("document_removed", {"document_id": document_id})
    documents.remove(user_id, document_id, removed, order_id=order_id)
    return REMOVED


handler = app.resolve

"""DELETE /api/v1/documents/{document_id}: remove a document from a pending order."""

from docket.api import api, caller
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
    documents.remove(caller(app).user_id, document_id, audit_context("customer"))
    return REMOVED


handler = app.resolve

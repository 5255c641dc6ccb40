"""DELETE /api/v1/documents/{document_id}: remove a document from a pending order."""

from docket.api import api, caller
from docket.schemas.base import MessageResponse
from docket.schemas.ids import DocumentId
from docket.table.documents import documents
from docket.workflows.audit import customer_audit

app = api(scope="write")

REMOVED = MessageResponse(message="Document removed")


@app.delete("/api/v1/documents/<document_id>")
def delete(document_id: DocumentId) -> MessageResponse:
    """Remove a document from a pending order.

    Its file, result and page images are erased within minutes.
    """
    user = caller(app)
    documents.remove(user.user_id, document_id, customer_audit(user))
    return REMOVED


handler = app.resolve

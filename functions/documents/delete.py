"""DELETE /api/v1/documents/{document_id}: take a document out of a pending order."""

from docket.api import api, caller
from docket.clock import occasion
from docket.contract.base import Message
from docket.contract.ids import DocumentId
from docket.domain.document import order_of
from docket.gateways import files
from docket.table import documents

app = api()


@app.delete("/api/v1/documents/<document_id>")
def delete(document_id: DocumentId) -> Message:
    """Remove a document and its file. Only while the order is pending."""
    user_id, order_id = caller(app).user_id, order_of(document_id)
    removed = occasion("customer").event("document_removed", {"document_id": document_id})
    documents.remove(user_id, document_id, removed, order_id=order_id)
    files.remove(user_id, document_id)
    return Message(message="Document removed")


handler = app.resolve

"""POST /api/v1/orders/{order_id}/documents: add a document; respond with its upload form."""

from docket.api import api, caller, idempotency_key_for
from docket.domain.document import Document
from docket.gateways import s3
from docket.runtime.clock import new_id
from docket.schemas.documents import CreateDocumentRequest, CreateDocumentResponse
from docket.schemas.ids import OrderId
from docket.table import documents
from docket.workflows.audit import audit_context
from docket.workflows.customer_limits import customer_limits

app = api()


@app.post("/api/v1/orders/<order_id>/documents", status_code=201)
def add_document(order_id: OrderId, new_document: CreateDocumentRequest) -> CreateDocumentResponse:
    """Add a document to a pending order. `upload` is a form for that file, valid for minutes."""
    user, audit = caller(app), audit_context("customer")
    document = Document.pending_upload(
        order_id, new_id(), user_id=user.user_id, at=audit.at, **new_document.model_dump()
    )
    event = audit.event("document_added", document.facts)
    idempotency_key = idempotency_key_for(app, user, f"document-{order_id}", new_document)
    (document_id,) = documents.add(
        user.user_id, [document], event, idempotency_key, limits=customer_limits()
    )
    if document_id != document.id:
        _, document = documents.get(user.user_id, document_id)
    form = s3.presigned_post(user.user_id, document, at=audit.at)
    return CreateDocumentResponse.with_upload_form(document, form)


handler = app.resolve

"""POST /api/v1/orders/{order_id}/documents: add documents; respond with their upload forms."""

from datetime import datetime

from docket.api import api, caller, idempotency_key_for
from docket.domain.orders.document import Document
from docket.gateways import s3
from docket.schemas.documents import (
    AddDocumentsRequest,
    CreateDocumentResponse,
    CreateDocumentsRequest,
    CreateDocumentsResponse,
)
from docket.schemas.ids import OrderId
from docket.workflows.audit import customer_audit
from docket.workflows.documents import new_documents

app = api(scope="write")


@app.post("/api/v1/orders/<order_id>/documents", status_code=201)
def add_document(
    order_id: OrderId, body: AddDocumentsRequest
) -> CreateDocumentResponse | CreateDocumentsResponse:
    """Add a document to a pending order, or up to 20 at once: all of them or none.

    `upload` of each is a form for that file, valid for minutes.
    """
    user = caller(app)
    audit = customer_audit(user)
    uploads = body.documents if isinstance(body, CreateDocumentsRequest) else [body]
    added = [
        Document.pending_upload(
            order_id, audit.new_id(), user_id=user.user_id, at=audit.at, **upload.model_dump()
        )
        for upload in uploads
    ]
    key = idempotency_key_for(app, user, f"document-{order_id}", body)
    documents = new_documents.add(added, audit, key)
    views = [_view(document, audit.at) for document in documents]
    if isinstance(body, CreateDocumentsRequest):
        return CreateDocumentsResponse(documents=views)
    return views[0]


def _view(document: Document, at: datetime) -> CreateDocumentResponse:
    form = s3.presigned_post(document.user_id, document, at=at)
    return CreateDocumentResponse.with_upload_form(document, form)


handler = app.resolve

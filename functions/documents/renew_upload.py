"""POST /api/v1/documents/{document_id}/upload: a new upload form."""

from docket.api import api, caller
from docket.gateways import s3
from docket.runtime.clock import now
from docket.schemas.documents import PresignedPostResponse
from docket.schemas.ids import DocumentId
from docket.table.documents import documents
from docket.workflows.documents.customer_limits import customer_limits

app = api(scope="write")


@app.post("/api/v1/documents/<document_id>/upload")
def renew_upload(document_id: DocumentId) -> PresignedPostResponse:
    """A new upload form for a document whose file was not uploaded or is unreadable."""
    user_id, at = caller(app).user_id, now()
    document = documents.renew_upload(user_id, document_id, limits=customer_limits(), at=at)
    return PresignedPostResponse.of(s3.presigned_post(user_id, document, at=at))


handler = app.resolve

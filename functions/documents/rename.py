"""PATCH /api/v1/documents/{document_id}: rename a document."""

from docket.api import api, caller, header
from docket.schemas.documents import DocumentResponse, RenameDocumentRequest
from docket.schemas.ids import DocumentId
from docket.table.documents import document_titles
from docket.workflows.audit import customer_audit

app = api(scope="write")


@app.patch("/api/v1/documents/<document_id>")
def rename(document_id: DocumentId, body: RenameDocumentRequest) -> DocumentResponse:
    """Give a document a title, which the site and the reports show instead of its file's name.

    `If-Match` is the `title_etag` of the document: 412 if it was renamed since. A document of any
    order can be renamed, except of the sample.
    """
    customer = caller(app)
    document = document_titles.rename(
        customer.user_id,
        document_id,
        body.title,
        customer_audit(customer),
        if_match=header(app, "if-match"),
    )
    return DocumentResponse.of(document)


handler = app.resolve

"""GET /api/v1/documents/{document_id}: the document's file, or its details as JSON."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response, content_types

from docket.api import api, caller, redirect, wants_json
from docket.domain.orders.document import order_of
from docket.gateways import s3
from docket.schemas.documents import DocumentDetailResponse, PageImageResponse
from docket.schemas.ids import DocumentId
from docket.table.documents import documents
from docket.table.orders import analyses

app = api(scope="read", test_keys=True)

VARY = {"Vary": "Accept"}


@app.get("/api/v1/documents/<document_id>")
def get(document_id: DocumentId) -> Response[DocumentDetailResponse | None]:
    """Redirect to the file.

    With `Accept: application/json`, return the document and its pages instead.
    """
    user_id = caller(app).user_id
    _, document = documents.get(user_id, document_id)
    if not wants_json(app):
        document.require_downloadable()
        return redirect(s3.download_url(user_id, document), VARY)
    detail = DocumentDetailResponse.detailed(
        document,
        download_url=s3.download_url(user_id, document) if document.is_downloadable else None,
        pages=_page_images(document_id, order_of(document_id)) if document.page_count else [],
    )
    return Response(HTTPStatus.OK, content_types.APPLICATION_JSON, detail, VARY)


def _page_images(document_id: str, order_id: str) -> list[PageImageResponse]:
    analysis = analyses.of_document(order_id, document_id)
    if analysis is None:
        return []
    return [
        PageImageResponse(
            number=page_image.page + 1,
            thumbnail_url=s3.page_image_url(
                document_id, analysis.attempt, page_image.page, "thumbnail"
            ),
            picture_url=s3.page_image_url(
                document_id, analysis.attempt, page_image.page, "readable"
            ),
            width=page_image.width,
            height=page_image.height,
        )
        for page_image in analysis.page_images
    ]


handler = app.resolve

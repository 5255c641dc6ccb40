"""PUT /api/v1/documents/{document_id}/line-items: correct the line items."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response, content_types

from analysis.model.page_numbers import published
from docket.api import api, caller, header
from docket.schemas.corrections import CorrectLineItemsRequest, LineItemsResponse
from docket.schemas.ids import DocumentId
from docket.workflows.audit import customer_audit
from docket.workflows.orders import line_items

app = api(scope="write", test_keys=True)


@app.put("/api/v1/documents/<document_id>/line-items")
def correct_line_items(
    document_id: DocumentId, body: CorrectLineItemsRequest
) -> Response[LineItemsResponse]:
    """Replace the line items of a document of a paid order, or return to what the reader found.

    `If-Match` is the `etag` of the document's facts, which each correction changes: 412 if they
    have changed since. What the reader found stays beside the correction.
    """
    customer, if_match = caller(app), header(app, "if-match")
    corrected = line_items.correct(
        customer.user_id, document_id, body, customer_audit(customer), if_match=if_match
    )
    response = LineItemsResponse.model_validate(published(corrected.fields))
    tag = {"ETag": corrected.tag}
    return Response(HTTPStatus.OK, content_types.APPLICATION_JSON, response, tag)


handler = app.resolve

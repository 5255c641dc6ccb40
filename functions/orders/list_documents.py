"""GET /api/v1/orders/{order_id}/documents: the documents of an order."""

from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler import Response, content_types
from aws_lambda_powertools.event_handler.openapi.params import Query

from docket.api import api, caller, next_page_header
from docket.schemas.documents import DocumentResponse
from docket.schemas.ids import DocumentCursor, OrderId
from docket.schemas.orders import LISTED
from docket.table.documents import documents
from docket.table.orders import orders

app = api(scope="read", test_keys=True)

Limit = Annotated[int, Query(ge=1, le=LISTED, description="Maximum number of documents")]


@app.get("/api/v1/orders/<order_id>/documents")
def list_documents(
    order_id: OrderId, limit: Limit = LISTED, cursor: DocumentCursor = None
) -> Response[list[DocumentResponse]]:
    """List the documents of an order, in the order they were added.

    `Link: <...>; rel="next"` is the next page, if any.
    """
    orders.get(caller(app).user_id, order_id)
    listed = documents.of_order(order_id, limit=limit + 1, after=cursor)
    page = [DocumentResponse.of(document) for document in listed[:limit]]
    after = page[-1].id if listed[limit:] else None
    link = next_page_header(app.current_event.path, after=after, limit=limit)
    return Response(HTTPStatus.OK, content_types.APPLICATION_JSON, page, link)


handler = app.resolve

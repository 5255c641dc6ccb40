"""GET /api/v1/analyses/orders/{order_id}/analysis: what an order's documents state."""

from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler import Response, content_types
from aws_lambda_powertools.event_handler.openapi.params import Query

from docket.api import api, caller, next_page_header
from docket.schemas.analyses import AnalysisResponse
from docket.schemas.ids import DocumentCursor, OrderId
from docket.workflows.orders import analysis as analysis_workflow

app = api(scope="read", test_keys=True)

Limit = Annotated[
    int, Query(ge=1, le=analysis_workflow.PAGE, description="Maximum number of documents")
]


@app.get("/api/v1/analyses/orders/<order_id>/analysis")
def get(
    order_id: OrderId, limit: Limit = analysis_workflow.PAGE, cursor: DocumentCursor = None
) -> Response[AnalysisResponse]:
    """Return all facts with their evidence, or a preview if the order is not paid.

    The preview is there as soon as a document can be read. `Link: <...>; rel="next"` is the page
    with the next documents, if any.
    """
    user_id = caller(app).user_id
    if cursor:
        page = analysis_workflow.next_page(user_id, order_id, limit=limit, after=cursor)
    else:
        page = analysis_workflow.first_page(user_id, order_id, limit=limit)
    link = next_page_header(app.current_event.path, after=page.after, limit=limit)
    return Response(HTTPStatus.OK, content_types.APPLICATION_JSON, page.response, link)


handler = app.resolve

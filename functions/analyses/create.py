"""POST /api/v1/analyses/orders/{order_id}/analysis: request an order's analysis."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response, content_types

from docket.api import api, caller, next_page_header
from docket.domain.orders.order_analysis import AnalysisStatus
from docket.schemas.analyses import AnalysisResponse, CreateAnalysisRequest
from docket.schemas.ids import OrderId
from docket.workflows.audit import customer_audit
from docket.workflows.orders import analysis as analysis_workflow

app = api(scope="write", test_keys=True)


@app.post("/api/v1/analyses/orders/<order_id>/analysis", status_code=201)
def create(
    order_id: OrderId, body: CreateAnalysisRequest | None = None
) -> Response[AnalysisResponse]:
    """Request the analysis: 201 if all documents are read, 202 while some are in progress.

    Documents that failed because of an internal error, or were read by an older reader, are read
    again. The response is the first page.
    """
    user = caller(app)
    page = analysis_workflow.request(
        user.user_id,
        order_id,
        customer_audit(user),
        details=body.details if body else None,
    )
    reading = page.response.status is AnalysisStatus.READING
    status = HTTPStatus.ACCEPTED if reading else HTTPStatus.CREATED
    link = next_page_header(app.current_event.path, after=page.after)
    return Response(status, content_types.APPLICATION_JSON, page.response, link)


handler = app.resolve

"""POST /api/v1/analyses/orders/{order_id}/reports: request a report."""

from docket.api import api, caller, header
from docket.api.accept_language import preferred
from docket.runtime.clock import now
from docket.schemas.ids import OrderId
from docket.schemas.reports import CreateReportRequest, ReportStateResponse
from docket.table.orders import orders
from docket.workflows.orders import report_requests

app = api(scope="read", test_keys=True)


@app.post("/api/v1/analyses/orders/<order_id>/reports", status_code=202)
def request_report(order_id: OrderId, body: CreateReportRequest) -> ReportStateResponse:
    """Have a report of a paid order made.

    While it is being made, a repeated request changes nothing; afterwards it is made anew, with the
    corrections since. 402 until the order is paid; 30 requests are
    accepted in ten minutes.
    """
    options = body.options(preferred(header(app, "accept-language")))
    order = orders.get(caller(app).user_id, order_id)
    return ReportStateResponse.of(report_requests.request(order, options, at=now()))


handler = app.resolve

"""GET /api/v1/analyses/orders/{order_id}/report: the report, to download."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response, content_types

from docket.api import api, caller, header, redirect, wants_json
from docket.api.accept_language import VARY, preferred
from docket.domain.language import Language
from docket.domain.orders.report import ReportOptions
from docket.schemas.analyses import ReportResponse
from docket.schemas.ids import OrderId
from docket.schemas.reports import Doubtful, Form, ReportLanguage, Table
from docket.table.orders import orders
from docket.workflows.orders import report as report_workflow

app = api(scope="read", test_keys=True)


@app.get("/api/v1/analyses/orders/<order_id>/report")
def report(
    order_id: OrderId,
    form: Form = "json",
    language: ReportLanguage = None,
    table: Table = "documents",
    doubtful: Doubtful = "mark",
) -> Response[ReportResponse | None]:
    """Redirect to the report of a paid order.

    With `Accept: application/json`, return its URL instead. 402 until the order is paid.
    """
    chosen: Language = language or preferred(header(app, "accept-language"))
    options = ReportOptions(form=form, language=chosen, table=table, doubtful=doubtful)
    url = report_workflow.download_url(orders.get(caller(app).user_id, order_id), options)
    if wants_json(app):
        view = ReportResponse(url=url)
        return Response(HTTPStatus.OK, content_types.APPLICATION_JSON, view, VARY)
    return redirect(url, VARY)


handler = app.resolve

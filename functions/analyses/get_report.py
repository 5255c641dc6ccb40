"""GET /api/v1/analyses/orders/{order_id}/reports: a report that was requested."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response, content_types

from docket.api import api, caller, header, redirect, wants_json
from docket.api.accept_language import VARY, preferred
from docket.domain.orders.report import ReportOptions, ReportState
from docket.runtime.clock import now
from docket.schemas.ids import OrderId
from docket.schemas.reports import Doubtful, Form, ReportLanguage, ReportStateResponse, Table
from docket.table.orders import orders
from docket.workflows.orders import report_requests

app = api(scope="read", test_keys=True)

RETRY = {"Retry-After": "2"}
"""In seconds: how soon to ask again for a report that is being made."""


@app.get("/api/v1/analyses/orders/<order_id>/reports")
def get_report(
    order_id: OrderId,
    form: Form = "json",
    language: ReportLanguage = None,
    table: Table = "documents",
    doubtful: Doubtful = "mark",
) -> Response[ReportStateResponse | None]:
    """Redirect to a report that is ready; 202 with its progress while it is being made.

    With `Accept: application/json`, return its URL instead. A report is offered for a day.
    """
    chosen = language or preferred(header(app, "accept-language"))
    options = ReportOptions(form=form, language=chosen, table=table, doubtful=doubtful)
    order = orders.get(caller(app).user_id, order_id)
    report = report_requests.find(order, options, at=now())
    if report.state is ReportState.MAKING:
        state = ReportStateResponse.of(report)
        return Response(
            HTTPStatus.ACCEPTED, content_types.APPLICATION_JSON, state, {**VARY, **RETRY}
        )
    url = report_requests.download_url(report)
    if wants_json(app):
        state = ReportStateResponse.of(report, url)
        return Response(HTTPStatus.OK, content_types.APPLICATION_JSON, state, VARY)
    return redirect(url, VARY)


handler = app.resolve

"""GET /api/v1/analyses/orders/{order_id}/report: the report, to download."""

from http import HTTPStatus
from typing import Annotated, Literal

from aws_lambda_powertools.event_handler import Response, content_types
from aws_lambda_powertools.event_handler.openapi.params import Query

from docket.api import api, caller, header, redirect, wants_json
from docket.api.accept_language import preferred
from docket.domain.language import Language
from docket.schemas.analyses import ReportResponse
from docket.schemas.ids import OrderId
from docket.table.orders import orders
from docket.workflows.orders import report as report_workflow

app = api(scope="read")

VARY = {"Vary": "Accept, Accept-Language"}

Form = Annotated[
    Literal["json", "csv", "pdf"],
    Query(
        alias="format",
        description="JSON: the whole result; CSV: one fact a row; PDF: pages to read and print",
    ),
]

ReportLanguage = Annotated[
    Literal["en", "de"] | None,
    Query(
        description="The language of the PDF, and the format of the CSV: `en` has commas between "
        "columns and decimal points, `de` has semicolons and decimal commas. In both, dates are "
        "ISO 8601 and the column names are the same. JSON does not depend on it. The default "
        "follows `Accept-Language`; without that header it is `en`"
    ),
]


@app.get("/api/v1/analyses/orders/<order_id>/report")
def report(
    order_id: OrderId, form: Form = "json", language: ReportLanguage = None
) -> Response[ReportResponse | None]:
    """Redirect to the report of a paid order.

    With `Accept: application/json`, return its URL instead. 402 until the order is paid.
    """
    chosen: Language = language or preferred(header(app, "accept-language"))
    url = report_workflow.download_url(orders.get(caller(app).user_id, order_id), form, chosen)
    if wants_json(app):
        view = ReportResponse(url=url)
        return Response(HTTPStatus.OK, content_types.APPLICATION_JSON, view, VARY)
    return redirect(url, VARY)


handler = app.resolve

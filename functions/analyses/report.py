"""GET /api/v1/analyses/orders/{order_id}/report: the whole result, to keep."""

from http import HTTPStatus
from typing import Annotated, Literal

from aws_lambda_powertools.event_handler import Response, content_types
from aws_lambda_powertools.event_handler.openapi.params import Query

from docket.api import api, caller, header, redirect, wants_json
from docket.api.accept_language import preferred
from docket.domain.language import Language
from docket.schemas.analyses import ReportResponse
from docket.schemas.ids import OrderId
from docket.table import orders
from docket.workflows import report as report_workflow

app = api()

Form = Annotated[
    Literal["json", "csv", "pdf"],
    Query(alias="format", description="All of it, a fact a row, or pages to read and print"),
]

ReportLanguage = Annotated[
    Literal["en", "de"] | None,
    Query(
        description="How the CSV is written: `en` parts columns by commas and has decimal points, "
        "`de` parts them by semicolons and has decimal commas. Dates are ISO 8601, and column "
        "names are the same, in both. JSON and PDF do not differ. Unless it is given, "
        "`Accept-Language` decides, and then `en`"
    ),
]


@app.get("/api/v1/analyses/orders/<order_id>/report")
def report(
    order_id: OrderId, form: Form = "json", language: ReportLanguage = None
) -> Response[ReportResponse | None]:
    """The way to the report of a paid order; or, asked for JSON, its address. 402 until paid."""
    chosen: Language = language or preferred(header(app, "accept-language"))
    there = report_workflow.download_url(orders.get(caller(app).user_id, order_id), form, chosen)
    if wants_json(app):
        return Response(HTTPStatus.OK, content_types.APPLICATION_JSON, ReportResponse(url=there))
    return redirect(there)


handler = app.resolve

"""GET /api/v1/openapi.json: the API's own description."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response, content_types

from docket.api import api
from docket.contract.description import text

app = api(public=True)


@app.get("/api/v1/openapi.json")
def openapi() -> Response[str]:
    """OpenAPI 3.1, generated from the handlers."""
    return Response(HTTPStatus.OK, content_types.APPLICATION_JSON, text())


handler = app.resolve

"""GET /api/v1/openapi.json: the API's own description."""

from aws_lambda_powertools.event_handler import Response, content_types

from docket.api import api, public_text
from docket.schemas.description import text

app = api(public=True)


@app.get("/api/v1/openapi.json")
def openapi() -> Response[str]:
    """OpenAPI 3.1, generated from the handlers."""
    return public_text(text(), content_types.APPLICATION_JSON, {})


handler = app.resolve

"""GET /api/v1/docs: the API's description, to browse."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response, content_types

from docket.api import api
from docket.contract.description import page

app = api(public=True)


@app.get("/api/v1/docs")
def docs() -> Response[str]:
    """Swagger's page for the description, with nothing loaded from elsewhere."""
    browsable = page()
    return Response(
        HTTPStatus.OK,
        content_types.TEXT_HTML,
        browsable.html,
        {"Content-Security-Policy": browsable.policy},
    )


handler = app.resolve

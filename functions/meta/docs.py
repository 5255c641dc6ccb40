"""GET /api/v1/docs: the API's description as a page."""

from aws_lambda_powertools.event_handler import Response, content_types

from docket.api import api, public_text
from docket.schemas.description import page

app = api(public=True)


@app.get("/api/v1/docs")
def docs() -> Response[str]:
    """Swagger UI with the API's description. All its files are served from here."""
    browsable = page()
    policy = {"Content-Security-Policy": browsable.policy}
    return public_text(browsable.html, content_types.TEXT_HTML, policy)


handler = app.resolve

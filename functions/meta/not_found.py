"""The default route: 404 or 405 in the API's error format."""

from typing import Any

from docket.api import api

app = api(public=True)


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """404 or 405. The body is ignored."""
    return app.resolve({**event, "body": None}, context)

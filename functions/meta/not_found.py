"""Every other method and path: there is nothing, said as every error is."""

from typing import Any

from docket.api import api

app = api(public=True)


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """404 or 405. Whatever body was sent is not looked at: the path or the method is the fault."""
    return app.resolve({**event, "body": None}, context)

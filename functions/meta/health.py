"""GET /api/v1/health: whether the service responds."""

from typing import Literal

from pydantic import BaseModel, Field

from docket.api import api


class HealthResponse(BaseModel):
    """The state of the service."""

    status: Literal["ok"] = Field(default="ok", description="The service answers")


app = api(public=True, reachable="anywhere")


@app.get("/api/v1/health")
def health() -> HealthResponse:
    """Respond with the status of the service."""
    return HealthResponse()


handler = app.resolve

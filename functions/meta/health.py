"""GET /api/v1/health: the service answers."""

from typing import Literal

from pydantic import BaseModel, Field

from docket.api import api


class HealthResponse(BaseModel):
    status: Literal["ok"] = Field(default="ok", description="The service answers")


app = api(public=True)


@app.get("/api/v1/health")
def health() -> HealthResponse:
    """The service answers."""
    return HealthResponse()


handler = app.resolve

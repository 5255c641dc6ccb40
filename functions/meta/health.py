"""GET /api/v1/health: whether the service responds."""

from docket.api import api
from docket.schemas.base import HealthResponse

app = api(public=True, reachable="anywhere")


@app.get("/api/v1/health")
def health() -> HealthResponse:
    """Respond with the status of the service."""
    return HealthResponse()


handler = app.resolve

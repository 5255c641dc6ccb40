"""GET /api/v1/auth/me/export: the state of the caller's export."""

from docket.api import api, caller
from docket.runtime.clock import now
from docket.schemas.accounts.exports import ExportResponse
from docket.table.accounts import exports

app = api()


@app.get("/api/v1/auth/me/export")
def get_export() -> ExportResponse:
    """Return the state of the latest export, and its archives if it is ready."""
    at = now()
    return ExportResponse.of(exports.find(caller(app).user_id, at=at), at=at)


handler = app.resolve

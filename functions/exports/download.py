"""GET /api/v1/auth/me/export/archives/{number}: where an archive can be downloaded."""

from docket.api import api, recent_caller
from docket.runtime.clock import now
from docket.schemas.accounts.exports import ArchiveNumber, ArchiveUrlResponse
from docket.table.accounts import sessions
from docket.workflows.accounts import export as export_workflow

app = api()


@app.get("/api/v1/auth/me/export/archives/<number>")
def download_export(number: ArchiveNumber) -> ArchiveUrlResponse:
    """Return an address of an archive that is valid for ten minutes."""
    at = now()
    user_id = sessions.require_open_session(recent_caller(app, at=at), at=at).user_id
    return ArchiveUrlResponse(url=export_workflow.archive_url(user_id, number, at=at))


handler = app.resolve

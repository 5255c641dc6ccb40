"""POST /api/v1/auth/me/export: request everything that is stored of the caller."""

from docket.api import api, device, recent_caller
from docket.runtime.clock import now
from docket.schemas.accounts.exports import ExportResponse
from docket.table.accounts import sessions
from docket.workflows.accounts import export as export_workflow

app = api()


@app.post("/api/v1/auth/me/export", status_code=202)
def request_export() -> ExportResponse:
    """Have archives made of everything that is stored of the account.

    A mail says when they are ready. While they are being made, a repeated request changes nothing;
    afterwards another export is accepted an hour after the last request.
    """
    at = now()
    session = sessions.require_open_session(recent_caller(app, at=at), at=at)
    export = export_workflow.request(session, device(app).language, at=at)
    return ExportResponse.of(export, at=at)


handler = app.resolve

"""POST /api/v1/auth/keys: create an API key."""

from docket.api import api, device, recent_caller
from docket.auth import api_keys
from docket.runtime.clock import now
from docket.schemas.accounts.api_keys import CreateApiKeyRequest, CreatedApiKeyResponse
from docket.table.accounts import sessions
from docket.workflows.accounts import mails

app = api()


@app.post("/api/v1/auth/keys", status_code=201)
def create_key(body: CreateApiKeyRequest) -> CreatedApiKeyResponse:
    """Create an API key for a program, and mail a notice to its owner.

    Only this response contains the key: if it is lost, revoke the key and create another.
    """
    at = now()
    session = sessions.require_open_session(recent_caller(app, at=at), at=at)
    created = api_keys.create(session, body, device=device(app), at=at)
    mails.call_worker(created.notice)
    return CreatedApiKeyResponse.of_new(created.key, created.text, at=at)


handler = app.resolve

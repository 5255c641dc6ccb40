"""POST /api/v1/auth/logout: end the session, now."""

from aws_lambda_powertools.event_handler import Response

from docket.api import api, caller, cookie
from docket.contract.base import Message
from docket.sign_in import sessions
from docket.sign_in.reply import COOKIE, let_out

app = api()


@app.post("/api/v1/auth/logout")
def logout() -> Response[Message]:
    """End this session: its tokens stop counting."""
    sessions().leave(caller(app), cookie(app, COOKIE))
    return let_out()


handler = app.resolve

"""GET /api/v1/auth/jwks.json: the public keys of access tokens."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response, content_types

from docket.api import api
from docket.auth import tokens
from docket.schemas.accounts.auth import KeySetResponse

app = api(public=True)

CACHED = {"Cache-Control": f"public, max-age={tokens.PUBLISHED_SECONDS}"}


@app.get("/api/v1/auth/jwks.json")
def jwks() -> Response[KeySetResponse]:
    """Return the public keys that verify access tokens, also the next one of a rotation."""
    keys = KeySetResponse.of(tokens.public_keys())
    return Response(HTTPStatus.OK, content_types.APPLICATION_JSON, keys, CACHED)


handler = app.resolve

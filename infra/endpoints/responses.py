"""Responses that several rows have."""

from infra.endpoint_spec import ResponseSpec

CACHED = ("Cache-Control", "ETag")
NOT_MODIFIED = ResponseSpec(status=304, description="The client's copy is current", headers=CACHED)
REDIRECT = ResponseSpec(
    status=302,
    description="A presigned URL of the file, valid for minutes",
    headers=("Location",),
)
SETS_COOKIE = ResponseSpec(status=200, headers=("Set-Cookie",))

"""Responses that several rows have."""

from infra.endpoint_spec import ResponseSpec

CACHED = ("Cache-Control", "ETag")
NOT_MODIFIED = ResponseSpec(status=304, description="The client's copy is current", headers=CACHED)
"""For a client that has the current version, by its `If-None-Match`."""
REDIRECT = ResponseSpec(
    status=302,
    description="A presigned URL of the file, valid for minutes",
    headers=("Location",),
)
"""Where a file is downloaded; the address needs no session."""
SETS_COOKIE = ResponseSpec(status=200, headers=("Set-Cookie",))
"""Where the refresh token is set as a cookie."""

"""The headers of requests and responses, which the types of the handlers do not describe."""

from collections.abc import Mapping
from typing import Any

type Json = dict[str, Any]

TEXT: Json = {"type": "string"}
RESPONSE_HEADERS: Mapping[str, Json] = {
    "Allow": {"schema": TEXT, "description": "With 405: the methods that this path supports"},
    "Cache-Control": {"schema": TEXT, "description": "`no-store` in every other response"},
    "Content-Security-Policy": {
        "schema": TEXT,
        "description": "What a browser may load on the page: files of this service only",
    },
    "ETag": {
        "schema": TEXT,
        "description": "Clients send it as `If-None-Match`, or to correct a fact as `If-Match`",
    },
    "Link": {
        "schema": TEXT,
        "description": '`<url>; rel="next"`, absent on the last page. Only its absence marks the '
        "last page: any page may hold fewer than `limit` items",
    },
    "Location": {
        "schema": {"type": "string", "format": "uri"},
        "description": "The URL of the file, valid for minutes",
    },
    "Retry-After": {
        "schema": {"type": "integer"},
        "description": "Seconds until another request is accepted",
    },
    "Set-Cookie": {
        "schema": TEXT,
        "description": "`__Host-docket_refresh`, the refresh token: `HttpOnly; Secure; "
        "SameSite=Strict; Path=/`. Logging out expires it",
    },
    "WWW-Authenticate": {"schema": TEXT, "description": 'Always `Bearer realm="docket"`'},
    "x-request-id": {
        "schema": TEXT,
        "description": "The id of this request, for support requests",
    },
}
"""The headers of responses."""

REQUEST_HEADERS: Mapping[str, Json] = {
    "Accept-Language": {
        "required": False,
        "schema": TEXT,
        "description": "The languages that the caller prefers, as RFC 9110 writes them",
        "example": "de-AT,de;q=0.9,en;q=0.8",
    },
    "Idempotency-Key": {
        "required": False,
        "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"},
        "description": "A string that the client chooses for this request. The same request with "
        "the same key and body creates nothing new and returns what the first one created; with "
        "another body it is refused (`idempotency_key_reused`)",
        "example": "6f1c1d1e-9b1f-4f5e-9f0e-2f6a3f6f0c11",
    },
    "If-Match": {
        "required": True,
        "schema": TEXT,
        "description": "The `etag` of the document's facts that the caller has seen; to rename the "
        "document its `title_etag`",
        "example": '"1.0"',
    },
    "If-None-Match": {
        "required": False,
        "schema": TEXT,
        "description": "The `ETag` of an earlier response: the response is 304 if it still holds",
        "example": '"0b1c2d3e4f"',
    },
    "Stripe-Signature": {
        "required": True,
        "schema": TEXT,
        "description": "Stripe's signature of the body, and when it was made",
        "example": f"t=1772445600,v1={'0' * 64}",
    },
}
"""The headers of requests."""


def request_header(name: str) -> Json:
    """The header of a request as an operation lists it."""
    return {"name": name, "in": "header", **REQUEST_HEADERS[name]}

"""Responses in the format of the gateway: JSON, headers, size limit.

The gateway's own responses (throttling, malformed requests, failed functions) do not pass through
this module, and an HTTP API cannot add headers to them; only the distribution can.
"""

import base64
import gzip
import hashlib
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from aws_lambda_powertools.event_handler import Response
from pydantic import BaseModel

from docket.api.accept import accepts_encoding
from docket.runtime.reply_size import MAX_BODY_BYTES, envelope_bytes

type Reply = dict[str, Any]

GZIP_FROM_BYTES = 2048
GZIP_LEVEL = 6

PUBLIC_CACHE = "public, max-age=3600"

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
}


def redirect(address: str, headers: Mapping[str, str]) -> Response[Any]:
    """A redirect (302) with an empty body."""
    return Response(HTTPStatus.FOUND, None, None, {"Location": address, **headers})


def public_text(text: str, content_type: str, headers: Mapping[str, str]) -> Response[str]:
    """A text that stays the same until the next deployment, so that caches may store it."""
    tag = hashlib.sha256(text.encode()).hexdigest()[:32]
    caching = {"Cache-Control": PUBLIC_CACHE, "ETag": f'W/"{tag}"'}
    return Response(HTTPStatus.OK, content_type, text, {**headers, **caching})


def fitting[M: BaseModel](models: list[M]) -> list[M]:
    """The first items that fit into one response; at least one, if there are any."""
    total = 0
    for number, model in enumerate(models):
        total += envelope_bytes(model.model_dump(mode="json", by_alias=True)) + 1
        if number and total > MAX_BODY_BYTES:
            return models[:number]
    return models


def next_page_header(path: str, *, after: str | None, **parameters: object) -> dict[str, str]:
    """The header `Link` to the page after the item `after`; no header if that is None.

    `parameters` are the others of the request; those that are None are left out.
    """
    if after is None:
        return {}
    query = {name: value for name, value in parameters.items() if value is not None}
    return {"Link": f'<{path}?{urlencode({**query, "cursor": after})}>; rel="next"'}


def complete(
    reply: Reply, *, method: str, request_headers: dict[str, str], public: bool = True
) -> Reply:
    """The final response: with the headers of every response, conditional, and compressed.

    `request_headers` have lower-case names. Headers that the handler set are unchanged, but `Vary`
    gets `Authorization` unless the function is `public`, and `Accept-Encoding`.
    """
    headers = {**_HEADERS, **reply["headers"]}
    if not public:
        headers["Vary"] = _varying(headers, "Authorization")
    complete_reply = {**reply, "headers": headers, "body": reply.get("body") or ""}
    if _is_not_modified(complete_reply, request_headers.get("if-none-match", "")):
        headers.pop("Content-Type", None)
        return {
            **complete_reply,
            "statusCode": HTTPStatus.NOT_MODIFIED.value,
            "body": "",
            "isBase64Encoded": False,
        }
    if method == "HEAD":
        return {**complete_reply, "body": "", "isBase64Encoded": False}
    return _compressed(complete_reply, request_headers.get("accept-encoding", ""))


def _is_not_modified(reply: Reply, if_none_match: str) -> bool:
    etag = reply["headers"].get("ETag")
    if reply["statusCode"] != HTTPStatus.OK or etag is None:
        return False
    return names_tag(if_none_match, etag)


def names_tag(if_none_match: str, etag: str) -> bool:
    """Whether the header names that tag, by the weak comparison of RFC 9110, section 13.1.2."""
    tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return "*" in tags or etag.removeprefix("W/") in tags


def _varying(headers: Mapping[str, str], name: str) -> str:
    """`Vary` with one more request header that the response depends on."""
    return ", ".join(filter(None, (headers.get("Vary"), name)))


def _compressed(reply: Reply, accept_encoding: str) -> Reply:
    """Compressed here, because the distribution compresses only what it caches."""
    if reply["isBase64Encoded"] or len(reply["body"]) < GZIP_FROM_BYTES:
        return reply
    headers = {**reply["headers"], "Vary": _varying(reply["headers"], "Accept-Encoding")}
    if not accepts_encoding(accept_encoding, "gzip"):
        return {**reply, "headers": headers}
    compressed = gzip.compress(reply["body"].encode(), GZIP_LEVEL, mtime=0)
    return {
        **reply,
        "headers": {**headers, "Content-Encoding": "gzip"},
        "body": base64.b64encode(compressed).decode(),
        "isBase64Encoded": True,
    }

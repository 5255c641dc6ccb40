"""The edge of the API: a resolver for each function; errors become statuses only here."""

from docket.api.idempotency import idempotency_key, idempotency_key_for
from docket.api.identity import caller, device, recent_caller, session_caller
from docket.api.relying_party import relying_party
from docket.api.replies import next_page_header, public_text, redirect
from docket.api.request_headers import cookie, header, is_current, wants_json
from docket.api.resolver import Api, api

__all__ = [
    "Api",
    "api",
    "caller",
    "cookie",
    "device",
    "header",
    "idempotency_key",
    "idempotency_key_for",
    "is_current",
    "next_page_header",
    "public_text",
    "recent_caller",
    "redirect",
    "relying_party",
    "session_caller",
    "wants_json",
]

"""The API's paths and methods, to distinguish a wrong method from an unknown path.

They are defined in `infra/endpoints/`; a test holds the two equal.
"""

import re

METHODS: dict[str, tuple[str, ...]] = {
    "/api/v1/auth/register": ("POST",),
    "/api/v1/auth/login": ("POST",),
    "/api/v1/auth/refresh": ("POST",),
    "/api/v1/auth/logout": ("POST",),
    "/api/v1/auth/me": (
        "GET",
        "PATCH",
        "DELETE",
    ),
    "/api/v1/auth/verify-email": ("POST",),
    "/api/v1/auth/verify-email/send": ("POST",),
    "/api/v1/auth/forgot-password": ("POST",),
    "/api/v1/auth/reset-password": ("POST",),
    "/api/v1/auth/change-password": ("POST",),
    "/api/v1/auth/change-email": ("POST",),
    "/api/v1/auth/confirm-email": ("POST",),
    "/api/v1/auth/jwks.json": ("GET",),
    "/api/v1/auth/sessions": (
        "GET",
        "DELETE",
    ),
    "/api/v1/auth/sessions/{session_id}": ("DELETE",),
    "/api/v1/auth/reauthenticate": ("POST",),
    "/api/v1/auth/login/mfa": ("POST",),
    "/api/v1/auth/mfa/totp": (
        "POST",
        "DELETE",
    ),
    "/api/v1/auth/mfa/totp/confirm": ("POST",),
    "/api/v1/auth/mfa/recovery-codes": ("POST",),
    "/api/v1/auth/passkeys": (
        "GET",
        "POST",
    ),
    "/api/v1/auth/passkeys/options": ("POST",),
    "/api/v1/auth/passkeys/{passkey_id}": (
        "PATCH",
        "DELETE",
    ),
    "/api/v1/auth/login/passkey/options": ("POST",),
    "/api/v1/auth/login/passkey": ("POST",),
    "/api/v1/auth/reauthenticate/passkey": ("POST",),
    "/api/v1/auth/me/password": ("DELETE",),
    "/api/v1/auth/me/export": (
        "POST",
        "GET",
    ),
    "/api/v1/auth/me/export/archives/{number}": ("GET",),
    "/api/v1/auth/keys": (
        "GET",
        "POST",
    ),
    "/api/v1/auth/keys/{key_id}": ("DELETE",),
    "/api/v1/orders": (
        "GET",
        "POST",
    ),
    "/api/v1/orders/sample": ("POST",),
    "/api/v1/orders/{order_id}": ("GET",),
    "/api/v1/orders/{order_id}/status": ("PUT",),
    "/api/v1/orders/{order_id}/review": ("PUT",),
    "/api/v1/orders/{order_id}/events": ("GET",),
    "/api/v1/orders/{order_id}/documents": (
        "GET",
        "POST",
    ),
    "/api/v1/documents/{document_id}/upload": ("POST",),
    "/api/v1/documents/{document_id}": (
        "GET",
        "PATCH",
        "DELETE",
    ),
    "/api/v1/documents/{document_id}/facts/{fact_id}": ("PUT",),
    "/api/v1/documents/{document_id}/line-items": ("PUT",),
    "/api/v1/documents/{document_id}/pages/{page}/text": ("GET",),
    "/api/v1/analyses/orders/{order_id}/analysis": (
        "POST",
        "GET",
    ),
    "/api/v1/analyses/orders/{order_id}/report": ("GET",),
    "/api/v1/analyses/orders/{order_id}/reports": (
        "POST",
        "GET",
    ),
    "/api/v1/payments/orders/{order_id}/payment-intent": ("POST",),
    "/api/v1/payments/orders/{order_id}/payment-confirm": ("POST",),
    "/api/v1/payments/webhook": ("POST",),
    "/api/v1/prices": ("GET",),
    "/api/v1/health": ("GET",),
    "/api/v1/openapi.json": ("GET",),
    "/api/v1/docs": ("GET",),
}

_PATTERNS = {
    re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path))): methods
    for path, methods in METHODS.items()
}


def methods_of(path: str) -> tuple[str, ...]:
    """The methods of that path; empty if there is no such path.

    A trailing slash is part of a path, so `/orders/` is unknown. A redirect would lose the body or
    the token with some clients.
    """
    return next((methods for pattern, methods in _PATTERNS.items() if pattern.fullmatch(path)), ())

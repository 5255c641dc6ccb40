"""Access tokens of two customers: valid ones, and those that somebody has forged."""

import base64
import hmac
import json
from datetime import timedelta
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from docket.auth import signing_keys
from docket.auth.tokens import RefreshToken
from docket.domain.accounts.user import Caller
from docket.runtime.clock import new_id, now

ADA = Caller(user_id="ada", session_id="01JD0000000000000000000001")
EVE = Caller(user_id="eve", session_id="01JD0000000000000000000002")


def token_of(caller=ADA, *, key: Any = None, algorithm="EdDSA", typ="at+jwt", **claims):
    """An access token that is valid but for the changes."""
    usual = {
        "iss": "docket",
        "aud": "docket-api",
        "sub": caller.user_id,
        "sid": caller.session_id,
        "iat": now(),
        "exp": now() + timedelta(minutes=15),
    }
    return jwt.encode(
        {**usual, **claims},
        key or signing_keys.private_key("k" * 64),
        algorithm=algorithm,
        headers={"kid": "1", "typ": typ},
    )


def part(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def tampered():
    head, claims, signature = token_of(EVE).split(".")
    fields = json.loads(base64.urlsafe_b64decode(claims + "=="))
    new_claims = {**fields, "sub": ADA.user_id, "sid": ADA.session_id}
    return f"{head}.{part(json.dumps(new_claims).encode())}.{signature}"


def without_signature():
    _, claims, _ = token_of().split(".")
    head = part(json.dumps({"alg": "none", "kid": "1", "typ": "at+jwt"}).encode())
    return f"{head}.{claims}."


def signed_by_the_public_key():
    """As a program accepts it that takes the algorithm from the token."""
    public = signing_keys.private_key("k" * 64).public_key()
    shared = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    _, claims, _ = token_of().split(".")
    head = part(json.dumps({"alg": "HS256", "kid": "1", "typ": "at+jwt"}).encode())
    return f"{head}.{claims}.{part(hmac.digest(shared, f'{head}.{claims}'.encode(), 'sha256'))}"


def signed_by_rsa():
    return token_of(key=rsa.generate_private_key(65537, 2048), algorithm="RS256")


def refresh_token():
    return str(RefreshToken.new(Caller(user_id=new_id(), session_id=ADA.session_id)))

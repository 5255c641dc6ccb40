"""The keys that sign access tokens: Ed25519 (RFC 8032), derived from secrets of the stage.

Secrets Manager can generate a text and no key pair. So the private key is derived from the text by
HKDF: the secret stays the only thing that is stored, rotated and protected. Everybody can verify a
token by the public keys, which are published as a JWKS (RFC 7517, RFC 8037).
"""

import base64
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

ALGORITHM = "EdDSA"

_SEED_BYTES = 32
_PURPOSE = b"docket access token Ed25519"


@lru_cache(maxsize=8)
def private_key(secret: str) -> Ed25519PrivateKey:
    """The key pair that is derived from a secret."""
    derivation = HKDF(algorithm=SHA256(), length=_SEED_BYTES, salt=None, info=_PURPOSE)
    return Ed25519PrivateKey.from_private_bytes(derivation.derive(secret.encode()))


def jwk(kid: str, secret: str) -> dict[str, str]:
    """The public key of a secret as a JSON web key."""
    public = private_key(secret).public_key().public_bytes_raw()
    return {
        "kty": "OKP",
        "crv": "Ed25519",
        "x": base64.urlsafe_b64encode(public).decode().rstrip("="),
        "kid": kid,
        "use": "sig",
        "alg": ALGORITHM,
    }

import base64

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from docket.auth import signing_keys

SECRET = "k" * 64


def published(secret):
    x = signing_keys.jwk("1", secret)["x"]
    return Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(x + "=="))


def test_a_secret_has_one_key_pair_and_another_secret_another():
    signature = signing_keys.private_key(SECRET).sign(b"text")

    published(SECRET).verify(signature, b"text")
    with pytest.raises(InvalidSignature):
        published("x" * 64).verify(signature, b"text")


def test_the_derivation_does_not_change():
    """A change would end every session at a deployment."""
    assert signing_keys.jwk("1", SECRET)["x"] == "O-qNBRZF1NFUFdm54vfpJfYmKeR-NM__gQbGyhUDy0Y"


def test_a_published_key_has_nothing_of_the_secret():
    key = signing_keys.jwk("7", SECRET)

    assert key.keys() == {"kty", "crv", "x", "kid", "use", "alg"}
    assert (key["kty"], key["crv"], key["kid"], key["alg"]) == ("OKP", "Ed25519", "7", "EdDSA")
    private = signing_keys.private_key(SECRET).private_bytes_raw()
    assert base64.urlsafe_b64encode(private).decode().rstrip("=") not in str(key)

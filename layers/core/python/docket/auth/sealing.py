"""Encrypt small secrets that the table stores, such as that of an authenticator app.

AES-256-GCM (NIST SP 800-38D) with a key that is derived from a secret of the stage by HKDF. The
purpose and the owner are authenticated, so that a value which is copied to another owner's item
cannot be opened there.
"""

import base64
import secrets as chance

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from docket.gateways import secrets
from docket.runtime import config

_KEY_BYTES = 32
_NONCE_BYTES = 12


def seal(text: str, *, purpose: str, owner: str) -> str:
    """The encrypted text, in base64url."""
    nonce = chance.token_bytes(_NONCE_BYTES)
    sealed = _cipher().encrypt(nonce, text.encode(), _about(purpose, owner))
    return base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(sealed: str, *, purpose: str, owner: str) -> str:
    """The text. Raises `ValueError` if it was not sealed for that purpose and owner."""
    content = base64.urlsafe_b64decode(sealed)
    nonce, encrypted = content[:_NONCE_BYTES], content[_NONCE_BYTES:]
    try:
        return _cipher().decrypt(nonce, encrypted, _about(purpose, owner)).decode()
    except InvalidTag:
        raise ValueError("the value was sealed for something else") from None


def _cipher() -> AESGCM:
    stored = secrets.secret(config.read(config.Sealing).sealing_secret)
    derivation = HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=b"docket sealing")
    return AESGCM(derivation.derive(stored["key"].encode()))


def _about(purpose: str, owner: str) -> bytes:
    return f"{purpose}\0{owner}".encode()

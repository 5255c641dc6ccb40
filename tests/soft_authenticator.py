"""A device with passkeys, in software: it signs as the standard (WebAuthn Level 3) describes."""

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

SITE = "https://docket.example.com"
RELYING_PARTY = "docket.example.com"

PRESENT, VERIFIED, ELIGIBLE, SYNCED, ATTESTED = 0x01, 0x04, 0x08, 0x10, 0x40
"""The flags of an authenticator's data."""

ES256, EC2, P256 = -7, 2, 1
"""Identifiers of COSE (RFC 9053)."""

type Json = dict[str, Any]


def to_base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def from_base64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass(kw_only=True)
class SoftAuthenticator:
    """A device with one passkey. Its fields decide what it claims, so that a test can lie.

    `counts`: whether it counts its signatures; most devices that synchronise passkeys do not.
    """

    counts: bool = False
    flags: int = PRESENT | VERIFIED
    origin: str = SITE
    relying_party: str = RELYING_PARTY
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    user_handle: str = ""
    count: int = 0

    @property
    def public_key(self) -> str:
        """The public half of its key (COSE, in base64url), as a relying party stores it."""
        return to_base64url(self._public_key())

    def make(self, options: Mapping[str, Any], name: str = "Laptop") -> Json:
        """The body that adds its passkey, for the options of `POST /auth/passkeys/options`."""
        self.user_handle = options["user_handle"]
        length = len(self.credential_id).to_bytes(2, "big")
        attested = bytes(16) + length + self.credential_id + self._public_key()
        data = self._data(self.flags | ATTESTED) + attested
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return {
            "name": name,
            "credential_id": to_base64url(self.credential_id),
            "client_data": to_base64url(self._client_data("webauthn.create", options["challenge"])),
            "attestation": to_base64url(attestation),
        }

    def sign(self, challenge: str) -> Json:
        """The body that proves to have the passkey."""
        self.count += self.counts
        data, client_data = self._data(self.flags), self._client_data("webauthn.get", challenge)
        signature = self.key.sign(
            data + hashlib.sha256(client_data).digest(),
            ec.ECDSA(SHA256(), deterministic_signing=True),
        )
        return {
            "credential_id": to_base64url(self.credential_id),
            "user_handle": self.user_handle,
            "client_data": to_base64url(client_data),
            "authenticator_data": to_base64url(data),
            "signature": to_base64url(signature),
        }

    def _data(self, flags: int) -> bytes:
        party = hashlib.sha256(self.relying_party.encode()).digest()
        return party + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client_data(self, kind: str, challenge: str) -> bytes:
        content = {"type": kind, "challenge": challenge, "origin": self.origin}
        return json.dumps({**content, "crossOrigin": False}).encode()

    def _public_key(self) -> bytes:
        numbers = self.key.public_key().public_numbers()
        x, y = (number.to_bytes(32, "big") for number in (numbers.x, numbers.y))
        return cbor2.dumps({1: EC2, 3: ES256, -1: P256, -2: x, -3: y})

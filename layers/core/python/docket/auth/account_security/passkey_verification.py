"""Verify what a device signed with a passkey: the only module that uses `webauthn`."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager

from aws_lambda_powertools import Logger
from cryptography.exceptions import UnsupportedAlgorithm
from webauthn import verify_authentication_response, verify_registration_response
from webauthn.helpers import parse_client_data_json
from webauthn.helpers.cose import COSEAlgorithmIdentifier
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticationCredential,
    AuthenticatorAssertionResponse,
    AuthenticatorAttestationResponse,
    RegistrationCredential,
)

from docket.domain.accounts.passkey import ALGORITHMS, Passkey, PasskeyUse, RelyingParty
from docket.domain.errors import PasskeyRefused
from docket.schemas.accounts.passkeys import AddPasskeyRequest, PasskeyProof

logger = Logger(child=True)

_ALGORITHMS = [COSEAlgorithmIdentifier(number) for number in ALGORITHMS]


def challenge_of(client_data: str) -> bytes:
    """The challenge that a device signed, which is not verified. Raises `PasskeyRefused`."""
    with _refusing():
        return parse_client_data_json(from_base64url(client_data)).challenge


def new_key(
    request: AddPasskeyRequest, challenge: bytes, party: RelyingParty
) -> tuple[str, PasskeyUse]:
    """The public key (COSE, in base64url) of a new passkey, and its first use.

    Raises `PasskeyRefused` for an answer that is not valid.
    """
    with _refusing():
        content = from_base64url(request.credential_id)
        verified = verify_registration_response(
            credential=RegistrationCredential(
                id=request.credential_id,
                raw_id=content,
                response=AuthenticatorAttestationResponse(
                    client_data_json=from_base64url(request.client_data),
                    attestation_object=from_base64url(request.attestation),
                ),
            ),
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            require_user_verification=True,
            supported_pub_key_algs=_ALGORITHMS,
        )
        if verified.credential_id != content:
            raise ValueError("the device attested another credential")
    use = PasskeyUse(sign_count=verified.sign_count, is_synced=verified.credential_backed_up)
    return to_base64url(verified.credential_public_key), use


def use_of(
    proof: PasskeyProof, passkey: Passkey, challenge: bytes, party: RelyingParty
) -> PasskeyUse:
    """What the device reported as it used the passkey. Raises `PasskeyRefused`."""
    with _refusing():
        verified = verify_authentication_response(
            credential=AuthenticationCredential(
                id=proof.credential_id,
                raw_id=from_base64url(proof.credential_id),
                response=AuthenticatorAssertionResponse(
                    client_data_json=from_base64url(proof.client_data),
                    authenticator_data=from_base64url(proof.authenticator_data),
                    signature=from_base64url(proof.signature),
                ),
            ),
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=from_base64url(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    return PasskeyUse(sign_count=verified.new_sign_count, is_synced=verified.credential_backed_up)


def from_base64url(text: str) -> bytes:
    """The bytes of a text in base64url without padding. Raises `ValueError`."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def to_base64url(content: bytes) -> str:
    """A text in base64url without padding."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


@contextmanager
def _refusing() -> Iterator[None]:
    """Refuse what cannot be verified, or is no answer of a device at all.

    The library raises more than its own exceptions for malformed content.
    """
    try:
        yield
    except (
        WebAuthnException,
        UnsupportedAlgorithm,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        EOFError,
    ) as error:
        logger.warning("passkey refused", problem=type(error).__name__)
        raise PasskeyRefused from None

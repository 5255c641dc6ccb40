"""Requests and responses about passkeys (WebAuthn). All binary values are in base64url."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import AfterValidator, Field

from docket.domain.accounts.passkey import (
    ALGORITHMS,
    CHALLENGE_LIFETIME,
    NewPasskeyOptions,
    Passkey,
    RelyingParty,
)
from docket.schemas.base import RequestModel, ResponseModel, shown_line

_BASE64URL = r"^[A-Za-z0-9_-]+$"
_EXPIRES_IN = int(CHALLENGE_LIFETIME.total_seconds())

CredentialId = Annotated[
    str,
    Field(
        description="The id of the credential, which the device has chosen",
        examples=["hQk2p7Zb1mVt0cXoYw3rJg"],
        min_length=1,
        max_length=1364,
        pattern=_BASE64URL,
    ),
]
ClientData = Annotated[
    str,
    Field(
        description="`response.clientDataJSON`",
        examples=["eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0"],
        max_length=4096,
        pattern=_BASE64URL,
    ),
]
Name = Annotated[
    str,
    AfterValidator(shown_line),
    Field(
        min_length=1,
        max_length=100,
        description="What its owner calls it",
        examples=["Firefox on Windows"],
    ),
]


class AddPasskeyRequest(RequestModel):
    """The passkey that a device has made, as `navigator.credentials.create` returned it."""

    name: Name
    credential_id: CredentialId
    client_data: ClientData
    attestation: str = Field(
        description="`response.attestationObject`",
        examples=["o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YQ"],
        max_length=16384,
        pattern=_BASE64URL,
    )


class RenamePasskeyRequest(RequestModel):
    """Another name of a passkey."""

    name: Name


class PasskeyProof(RequestModel):
    """The answer of a device to a challenge, as `navigator.credentials.get` returned it."""

    credential_id: CredentialId
    user_handle: str = Field(
        description="`response.userHandle`: the account, as the device has stored it",
        examples=["MDFKREIyVjNXNFg1WTZaN0E4QjlDMEQxRTU"],
        max_length=86,
        pattern=_BASE64URL,
    )
    client_data: ClientData
    authenticator_data: str = Field(
        description="`response.authenticatorData`",
        examples=["SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAQ"],
        max_length=4096,
        pattern=_BASE64URL,
    )
    signature: str = Field(
        description="`response.signature`",
        examples=["MEUCIQDq2lG5pV0v"],
        max_length=2048,
        pattern=_BASE64URL,
    )


class PasskeyLoginOptionsResponse(ResponseModel):
    """A challenge, which a passkey of any account answers once."""

    challenge: str = Field(
        description="For `publicKey.challenge`", examples=["k7dC2vT9sLr4NcYk8ZpJ6aHd3Fe47Ysg"]
    )
    expires_in: int = Field(
        description="Seconds until the challenge is refused",
        examples=[_EXPIRES_IN],
    )
    relying_party_id: str = Field(
        description="The domain that passkeys are bound to", examples=["docket.example.com"]
    )

    @classmethod
    def of(cls, challenge: str, party: RelyingParty) -> Self:
        return cls(challenge=challenge, expires_in=_EXPIRES_IN, relying_party_id=party.id)


class PasskeyOptionsResponse(PasskeyLoginOptionsResponse):
    """What a device needs to make a passkey.

    It must be discoverable (`residentKey: "required"`) and verify its owner
    (`userVerification: "required"`). No attestation is asked for.
    """

    user_handle: str = Field(
        description="For `publicKey.user.id`: the account",
        examples=["MDFKREIyVjNXNFg1WTZaN0E4QjlDMEQxRTU"],
    )
    user_name: str = Field(description="For `publicKey.user.name`", examples=["ada@example.com"])
    algorithms: list[int] = Field(
        description="The accepted algorithms by their COSE identifiers, the preferred one first",
        examples=[list(ALGORITHMS)],
    )
    present_credential_ids: list[str] = Field(
        description="For `publicKey.excludeCredentials`: the credentials that the account has",
        examples=[["hQk2p7Zb1mVt0cXoYw3rJg"]],
    )

    @classmethod
    def of_new(cls, options: NewPasskeyOptions, party: RelyingParty) -> Self:
        return cls(
            challenge=options.challenge,
            expires_in=_EXPIRES_IN,
            relying_party_id=party.id,
            user_handle=options.user_handle,
            user_name=options.user.email,
            algorithms=list(ALGORITHMS),
            present_credential_ids=[passkey.credential_id for passkey in options.passkeys],
        )


class PasskeyResponse(ResponseModel):
    """A passkey of the account."""

    id: str = Field(
        description="The id of the passkey", examples=["3f1c5a7e9b2d4c603f1c5a7e9b2d4c60"]
    )
    name: str = Field(description="What its owner calls it", examples=["Firefox on Windows"])
    is_synced: bool = Field(
        description="Whether its owner's devices share it, so that the loss of one does not lose it"
    )
    created_at: datetime = Field(description="When it was added")
    used_at: datetime | None = Field(description="When it was last used; null: never")

    @classmethod
    def of(cls, passkey: Passkey) -> Self:
        return cls(
            id=passkey.id,
            name=passkey.name,
            is_synced=passkey.is_synced,
            created_at=passkey.created_at,
            used_at=passkey.used_at,
        )

"""Requests and responses of registration, login and the profile."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from docket.domain.accounts import passwords
from docket.domain.accounts.user import AuthResult, User, address_of
from docket.schemas.base import RequestModel, ResponseModel, one_line, shown_line

MAX_EMAIL_LENGTH = 254
MAX_NAME_LENGTH = 200
MAX_TOKEN_LENGTH = 4096

MAX_PASSWORD_INPUT_LENGTH = 4 * passwords.MAX_LENGTH
"""A password may be longer than its normalized form, to which the limit applies."""


def _mailable(email: str) -> str:
    from email_validator import (  # noqa: PLC0415 - few functions validate addresses
        EmailNotValidError,
        validate_email,
    )

    try:
        # Names under .test never receive mail, and may register: tests use them.
        return validate_email(email, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        # The validator's message repeats the input, and uses terms of Unicode.
        raise PydanticCustomError("not_an_email_address", "no mail address") from None


def _fits_normalised(email: str) -> str:
    """The normalized form, which is stored, may be longer than the input."""
    if len(address_of(email)) > MAX_EMAIL_LENGTH:
        raise PydanticCustomError("email_too_long", "too long", {"max_length": MAX_EMAIL_LENGTH})
    return email


def _none_if_blank(name: str) -> str | None:
    return name or None


Email = Annotated[
    str,
    Field(
        description="Letter case and Unicode normalization (NFC) make no difference",
        examples=["ada@example.com"],
        min_length=3,
        max_length=MAX_EMAIL_LENGTH,
        json_schema_extra={"format": "email"},
    ),
    AfterValidator(shown_line),
    AfterValidator(_fits_normalised),
]

NewEmail = Annotated[Email, AfterValidator(_mailable)]

Password = Annotated[
    str,
    StringConstraints(strip_whitespace=False, min_length=1, max_length=MAX_PASSWORD_INPUT_LENGTH),
    Field(examples=["correct horse battery staple"], json_schema_extra={"format": "password"}),
    AfterValidator(one_line),
]

NewPassword = Annotated[
    Password,
    Field(
        description=f"{passwords.MIN_LENGTH} to {passwords.MAX_LENGTH} characters, used exactly as "
        "sent. It is refused if it is a common or breached one, or the address, the name or "
        "`docket`; there are no other rules",
        json_schema_extra={
            "format": "password",
            "minLength": passwords.MIN_LENGTH,
            "maxLength": passwords.MAX_LENGTH,
        },
    ),
]

FullName = Annotated[
    str,
    Field(
        description="The customer's full name; null or blank: none",
        examples=["Ada Lovelace"],
        max_length=MAX_NAME_LENGTH,
    ),
    AfterValidator(shown_line),
    AfterValidator(_none_if_blank),
]


class RegisterRequest(RequestModel):
    """The address and the password of a new account."""

    email: NewEmail
    password: NewPassword
    full_name: FullName | None = Field(default=None, description="The customer's full name")


class LoginRequest(RequestModel):
    """The address and the password of an account."""

    email: Email
    password: Password = Field(description="The password of the account")


class RefreshRequest(RequestModel):
    """For programs without cookies: the value of the cookie `__Host-docket_refresh`."""

    refresh_token: str | None = Field(
        default=None,
        description="Valid once, and for repeating that request. Without it the cookie is used",
        max_length=MAX_TOKEN_LENGTH,
        pattern=r"^[!-~]+$",
    )


class LinkRequest(RequestModel):
    """The token of a one-time link: the part of its address after `#`."""

    token: str = Field(
        description="Valid once",
        examples=["l3kG0kDqvH1vCq0nJc3m4Xo5u8m1Q2w3E4r5T6y7U8I"],
        max_length=MAX_TOKEN_LENGTH,
        pattern=r"^[A-Za-z0-9_-]+$",
    )


class ConfirmLinkRequest(LinkRequest):
    """The token of a one-time link, and the password of its account where no session proves it."""

    password: Password | None = Field(
        default=None,
        description="The password of the account. Not needed with the access token of a session of "
        "that account",
    )


class UpdateProfileRequest(RequestModel):
    """The changes of a profile."""

    full_name: FullName | None = Field(description="The new name; null or blank removes it")


class PublicKey(ResponseModel):
    """A public key, as a JSON web key (RFC 7517, RFC 8037)."""

    kty: Literal["OKP"] = Field(description="The type of the key")
    crv: Literal["Ed25519"] = Field(description="The curve")
    x: str = Field(description="The public key, in base64url")
    kid: str = Field(description="The id of the key, as tokens name it", examples=["1"])
    use: Literal["sig"] = Field(description="The key verifies signatures")
    alg: Literal["EdDSA"] = Field(description="The algorithm of the signatures")


class KeySetResponse(ResponseModel):
    """The public keys that verify access tokens (JWKS)."""

    keys: list[PublicKey] = Field(description="The key that signs now is the first")

    @classmethod
    def of(cls, keys: Iterable[dict[str, str]]) -> Self:
        return cls(keys=[PublicKey.model_validate(key) for key in keys])


class ProfileResponse(ResponseModel):
    """An account."""

    id: str = Field(description="The id of the account", examples=["01JD0000000000000000000000"])
    email: str = Field(description="The email address of the account", examples=["ada@example.com"])
    full_name: str | None = Field(
        description="The customer's full name; null: none", examples=["Ada Lovelace"]
    )
    created_at: datetime = Field(description="When the account was created")
    email_verified: bool = Field(description="Whether the address has been verified")
    second_factor: bool = Field(description="Whether a login needs a code, too")
    has_password: bool = Field(
        description="Whether it has a password; false: only its passkeys open it"
    )

    @classmethod
    def of(cls, user: User) -> Self:
        return cls(
            id=user.id,
            email=user.email,
            full_name=user.full_name,
            created_at=user.created_at,
            email_verified=user.email_verified,
            second_factor=user.second_factor,
            has_password=user.has_password,
        )


class RegisterResponse(ResponseModel):
    """The new account."""

    message: str = Field(
        description="The result, in English",
    )
    user: ProfileResponse | None = Field(
        description="The new account; null with 202, which is the same for every address"
    )

    @classmethod
    def of(cls, user: User) -> Self:
        """The response where addresses are not verified by mail."""
        return cls(message="Account created. Sign in to continue.", user=ProfileResponse.of(user))

    @classmethod
    def by_mail(cls) -> Self:
        """The same for each address, whether it had an account or not."""
        return cls(message="We have sent a mail to this address. Follow its link.", user=None)


class LoginResponse(ResponseModel):
    """An access token and its account.

    Send `Authorization: Bearer <access_token>` with every request, and refresh it in time.
    """

    access_token: str = Field(description="The bearer token for the header `Authorization`")
    token_type: Literal["Bearer"] = Field(
        default="Bearer",
        description="The scheme of the header `Authorization`",
    )
    expires_in: int = Field(description="Seconds until the access token expires", examples=[900])
    user: ProfileResponse = Field(description="The account of the session")

    @classmethod
    def of(cls, entry: AuthResult) -> Self:
        return cls(
            access_token=entry.access_token,
            expires_in=entry.access_seconds,
            user=ProfileResponse.of(entry.user),
        )

"""Requests and responses of the second factor of an account."""

from typing import Annotated, Literal, Self

from pydantic import Field

from docket.domain.accounts.user import LoginStep
from docket.schemas.accounts.auth import MAX_TOKEN_LENGTH
from docket.schemas.base import RequestModel, ResponseModel

Code = Annotated[
    str,
    Field(
        description="The six digits that the authenticator app shows, or a recovery code. Each is "
        "valid once",
        examples=["492039"],
        min_length=6,
        max_length=40,
        pattern=r"^[0-9A-Za-z -]+$",
    ),
]


class LoginStepResponse(ResponseModel):
    """The password is right, and the account has a second factor: a code completes the login."""

    mfa_required: Literal[True] = Field(default=True, description="A code is required, too")
    mfa_token: str = Field(description="For `POST /auth/login/mfa`, with the code")
    expires_in: int = Field(
        description="Seconds until the password is needed again", examples=[300]
    )

    @classmethod
    def of(cls, step: LoginStep) -> Self:
        return cls(mfa_token=step.token, expires_in=step.seconds)


class LoginCodeRequest(RequestModel):
    """The second step of a login."""

    mfa_token: str = Field(
        description="What the first step returned",
        max_length=MAX_TOKEN_LENGTH,
        pattern=r"^[!-~]+$",
        examples=["eyJ0eXAiOiJsb2dpbi1zdGVwK2p3dCJ9.eyJzdWIiOiIwMUpEIn0.c2lnbmF0dXJl"],
    )
    code: Code


class ConfirmTotpRequest(RequestModel):
    """The first code of an authenticator app."""

    code: Code


class TotpResponse(ResponseModel):
    """The secret of an authenticator app. It is shown once, and has no effect until confirmed."""

    secret: str = Field(
        description="In base32, for apps without a camera",
        examples=["JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"],
    )
    uri: str = Field(
        description="The `otpauth:` address, for a QR code",
        examples=["otpauth://totp/Docket:ada%40example.com?secret=JBSWY3DPEHPK3PXP&issuer=Docket"],
    )


class RecoveryCodesResponse(ResponseModel):
    """Codes for the loss of the app, each valid once. They are shown once; earlier ones end."""

    recovery_codes: list[str] = Field(
        description="To be written down or stored in a password manager",
        examples=[["K3Q2-7YLM-PZ4A-WX6B-H5TN-2CVE-RJ7D", "MFRG-GZDF-MZTW-Q2LK-7BSU-X4PA-6YOC"]],
    )

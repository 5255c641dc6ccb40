"""Requests about forgotten and changed passwords and addresses."""

from typing import Literal

from pydantic import Field

from docket.schemas.accounts.auth import LinkRequest, NewEmail, NewPassword, Password
from docket.schemas.base import RequestModel, ResponseModel


class ForgotPasswordRequest(RequestModel):
    """The address of an account whose password is forgotten."""

    email: NewEmail


class ResetPasswordRequest(LinkRequest):
    """The token of a mailed link, and the new password."""

    password: NewPassword


class ChangePasswordRequest(RequestModel):
    """The password of the caller, and the new one."""

    password: Password = Field(description="The password of the account")
    new_password: NewPassword


class ChangeEmailRequest(RequestModel):
    """The new address of the caller."""

    email: NewEmail


class ConfirmEmailResponse(ResponseModel):
    """The result of a confirmation."""

    message: str = Field(description="The result, in English")
    confirmed: Literal["one", "both"] = Field(
        description="`both`: the address is changed; `one`: the other address must confirm it too"
    )

    @classmethod
    def of(cls, *, is_changed: bool) -> "ConfirmEmailResponse":
        """`is_changed`: it was the last confirmation that was needed."""
        if is_changed:
            return cls(message="Your address is changed. Sign in with it.", confirmed="both")
        return cls(message="Confirmed. The other address must confirm it too.", confirmed="one")

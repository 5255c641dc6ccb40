"""Registration, login, refresh and logout, by JSON web tokens or by a Cognito user pool.

`auth.jwt` and `auth.cognito` have the same interface; the settings choose between them.
"""

from datetime import datetime
from typing import Protocol

from docket.domain.user import AuthResult, Caller, Device, User
from docket.runtime import config
from docket.schemas.auth import RegisterRequest


class Accounts(Protocol):
    def register(self, registration: RegisterRequest, *, key: str | None, at: datetime) -> User:
        """Make an account. `key` is the request's Idempotency-Key: the same request again gets the
        same answer. Raises `EmailTaken` and `KeyReused`.
        """

    def find(self, caller: Caller) -> User:
        """Who is calling. Raises `NotSignedIn` if there is nobody of that name any more."""

    def rename(self, caller: Caller, full_name: str | None) -> User:
        """The caller under a new name. Raises `NotSignedIn`."""


class Sessions(Protocol):
    def login(self, email: str, password: str, *, device: Device, at: datetime) -> AuthResult:
        """Sign in. Raises `WrongCredentials`, whichever of the two it is, and `TooManyTries`."""

    def refresh(self, refresh_token: str, *, at: datetime) -> AuthResult:
        """Stay signed in. Raises `NotSignedIn`."""

    def logout(self, caller: Caller, refresh_token: str | None) -> None:
        """Sign out."""


def accounts() -> Accounts:
    match config.read(config.Identity).identity_provider:
        case "jwt":
            from docket.auth.jwt import accounts as jwt_module  # noqa: PLC0415 - one or the other

            return jwt_module
        case "cognito":
            from docket.auth.cognito import accounts as cognito_module  # noqa: PLC0415 - one or the other

            return cognito_module


def sessions() -> Sessions:
    match config.read(config.Identity).identity_provider:
        case "jwt":
            from docket.auth.jwt import sessions as jwt_module  # noqa: PLC0415 - one or the other

            return jwt_module
        case "cognito":
            from docket.auth.cognito import sessions as cognito_module  # noqa: PLC0415 - one or the other

            return cognito_module

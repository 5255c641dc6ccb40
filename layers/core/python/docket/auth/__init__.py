"""Accounts and sessions. The settings choose where each is stored.

Accounts are in the table (`auth.jwt`) or in a Cognito user pool (`auth.cognito`). Sessions are
Docket's own items with both (`auth.account_security`), or those of the pool.
"""

from datetime import datetime
from typing import Protocol

from docket.domain.accounts.mail import Mail
from docket.domain.accounts.user import AuthResult, Caller, LoginStep, RequestDevice, User
from docket.domain.language import Language
from docket.runtime import config
from docket.schemas.accounts.auth import RegisterRequest


class Accounts(Protocol):
    """Where accounts are stored. An outage raises `IdentityUnreachable` or `TableUnavailable`.

    `address` is a normalized one, `email` as its owner typed it.
    """

    def register(self, registration: RegisterRequest, *, key: str | None, at: datetime) -> User:
        """Create an account. Raises `EmailTaken` and `KeyReused`.

        `key` is the request's Idempotency-Key: a repeated request has the same result.
        """

    def register_by_mail(
        self, registration: RegisterRequest, *, key: str | None, language: Language, at: datetime
    ) -> Mail:
        """Create an account, if the address has none, and owe a mail to the address in any case.

        Only the mail shows whether there was an account. Returns the mail, so that its worker can
        be called. A repeated request mails another link.
        """

    def find(self, caller: Caller) -> User:
        """The caller's account. Raises `NotSignedIn` if it does not exist any more."""

    def find_by_address(self, address: str) -> User | None:
        """The account with that normalized address; None as in `find_by_id`."""

    def find_by_id(self, user_id: str) -> User | None:
        """The account with that id; None if there is none, or it was disabled in the pool."""

    def rename(self, caller: Caller, full_name: str | None) -> User:
        """Change the caller's name. Raises `NotSignedIn`."""


class Sessions(Protocol):
    """Where sessions are opened, renewed and ended. An outage raises as in `Accounts`."""

    def login(
        self, email: str, password: str, *, device: RequestDevice, at: datetime
    ) -> AuthResult | LoginStep:
        """Log in, or the first step of it. Raises `WrongCredentials` and `TooManyTries`."""

    def refresh(self, refresh_token: str, *, device: RequestDevice, at: datetime) -> AuthResult:
        """Exchange a refresh token. Raises `NotSignedIn` and `TooManyTries`."""

    def end_replaced(self, refresh_token: str | None) -> None:
        """End the session of the cookie that a login replaces, if the browser has sent one."""

    def logout(self, caller: Caller, refresh_token: str | None) -> None:
        """End the session, and with it all its tokens. Idempotent.

        `refresh_token` is that of the cookie, if the browser has sent one: a user pool finds the
        session by it.
        """


def accounts() -> Accounts:
    """The module that keeps accounts, by the setting `identity_provider`."""
    match config.read(config.Identity).identity_provider:
        case "jwt":
            from docket.auth.jwt import accounts as jwt_module  # noqa: PLC0415 - one or the other

            return jwt_module
        case "cognito":
            from docket.auth.cognito import accounts as cognito_module  # noqa: PLC0415 - one or the other

            return cognito_module


def sessions() -> Sessions:
    """The module that keeps sessions, by the setting `authorizer`."""
    match config.read(config.Identity).authorizer:
        case "lambda":
            from docket.auth.account_security import sessions as of_table  # noqa: PLC0415 - one or the other

            return of_table
        case "gateway":
            from docket.auth.cognito import sessions as of_pool  # noqa: PLC0415 - one or the other

            return of_pool

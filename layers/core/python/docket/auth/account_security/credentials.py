"""The credential of an account: all of a sign-in that depends on where accounts are stored.

Sessions are Docket's own items with each identity. Whether a password is right, the table knows or
the user pool: `auth.jwt.credentials` and `auth.cognito.credentials` have the same interface.
"""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from docket.domain.accounts.one_time_link import OneTimeLink
from docket.domain.accounts.user import AccountAccess, User
from docket.runtime import config
from docket.table.accounts.pool.pool_leases import Lease
from docket.table.client import Write


class AccountCredential(Protocol):
    """What was found for an address or an account, which may be nothing."""

    @property
    def user(self) -> User | None:
        """The account; None if there is none that may be used."""

    def verify(self, password: str) -> bool:
        """Whether it is the password of the account.

        It takes as long, and the same calls, for a wrong password and without an account.
        """

    @property
    def is_outdated(self) -> bool:
        """Whether `unchanged_writes` improve what is stored."""

    def unchanged_writes(self, password: str) -> tuple[Write, ...]:
        """Writes for the transaction that opens a session, after the password was verified.

        They fail if the account has been changed since.
        """

    def second_factor_writes(self, *, is_on: bool) -> tuple[Write, ...]:
        """Writes for the transaction that turns the second factor on or off.

        They raise the version of the account, and fail if it has been changed since.
        """

    @property
    def is_replaced_at_once(self) -> bool:
        """Whether the transaction itself replaces the password.

        A user pool has it before: a request that ends between the two leaves the new password, and
        nothing else of the change.
        """

    def change(
        self, access: AccountAccess | None, *conditions: Write, at: datetime
    ) -> AbstractContextManager[Lease | None]:
        """Begin a change of the password or the address, which ends with the block.

        `access` was read before the account; None for a reset, which does not depend on sessions.
        In a user pool nobody else changes the account until then, and what the transaction of the
        block refuses is taken back there. Raises `ConditionFailed` while another request changes
        the account, if it was changed or closed meanwhile, all sessions were ended since `access`
        was read, or a condition is not met.
        """

    def replace_password(
        self,
        password: str,
        *,
        field: str,
        replaced: str | None,
        verified: bool,
        without_factor: bool = False,
        lease: Lease | None,
        at: datetime,
    ) -> tuple[tuple[Write, ...], datetime]:
        """Replace the password: the writes of the transaction, and since when it is replaced.

        Sessions that began until then were opened with the earlier one. The writes raise the
        version of the account, and fail if it has been changed since. It may be repeated, within
        another `change`, whose `lease` it gets. `replaced` is the earlier password, if it is known:
        a user pool has that again if the table refuses the change, and else one that nobody knows.
        `verified`: the owner has also shown to read the mail of the address. `without_factor`: the
        account has no second factor after that. Raises `BadInput` for a password that is refused;
        `field` has it.
        """

    def replace_address(
        self, email: str, *, replaced: str, lease: Lease | None, at: datetime
    ) -> tuple[tuple[Write, ...], datetime]:
        """Replace the address, as its owner wrote it, while it is free; it is verified.

        `replaced` is the earlier one, which a request before this one may have replaced in the
        pool. Returns what `replace_password` returns. It may be repeated. Raises `EmailTaken`.
        """

    def verify_address(self, link: OneTimeLink) -> tuple[Write, ...]:
        """The writes that record that the address of a link is verified, while the account has it.

        It may be repeated.
        """

    def copy_verification(self) -> None:
        """Copy to a user pool that the address is verified, after the transaction. Idempotent."""

    def keep_address(self, address: str, access: AccountAccess, *, at: datetime) -> None:
        """Take back what an interrupted change of the address has done, which is void now.

        Raises what `change` raises.
        """


class Credentials(Protocol):
    """Where credentials are found. Their writes are part of a transaction of the caller."""

    def account(self, user_id: str) -> User | None:
        """The account; None if there is none that may be used."""

    def find(self, address: str) -> AccountCredential:
        """The credential of a normalized address."""

    def of(self, user_id: str) -> AccountCredential:
        """The credential of an account. Raises `NotSignedIn` if there is none."""


def credentials() -> Credentials:
    """The module that finds credentials, by the setting `identity_provider`."""
    match config.read(config.Identity).identity_provider:
        case "jwt":
            from docket.auth.jwt import credentials as jwt_module  # noqa: PLC0415 - one or the other

            return jwt_module
        case "cognito":
            from docket.auth.cognito import (  # noqa: PLC0415 - one or the other
                credentials as cognito_module,
            )

            return cognito_module

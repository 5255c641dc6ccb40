"""Credentials in the table: the hash of the password, beside what a sign-in returns."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime

from docket.auth import password_hashing
from docket.domain.accounts.one_time_link import OneTimeLink
from docket.domain.accounts.user import AccountAccess, Credential, User
from docket.domain.errors import NotSignedIn
from docket.table.accounts import users
from docket.table.accounts.pool.pool_leases import Lease
from docket.table.client import Update, Write


@dataclass(frozen=True)
class TableCredential:
    """See `docket.auth.account_security.credentials.AccountCredential`."""

    stored: Credential | None

    @property
    def user(self) -> User | None:
        return self.stored.user if self.stored else None

    def verify(self, password: str) -> bool:
        return password_hashing.matches(
            self.stored.password_hash if self.stored else None, password
        )

    @property
    def is_outdated(self) -> bool:
        stored_hash = self.stored.password_hash if self.stored else None
        return stored_hash is not None and password_hashing.is_outdated(stored_hash)

    def unchanged_writes(self, password: str) -> tuple[Update, ...]:
        """The write that replaces an outdated hash, while the password is known.

        It writes a current hash, too: a login with a password that is changed meanwhile, or before
        a second factor is turned on, opens no session, which the change would not end.
        """
        if self.stored is None or self.stored.password_hash is None:
            return ()
        stored_hash = self.stored.password_hash
        if self.is_outdated:
            stored_hash = password_hashing.hashed(password)
        return (users.password_hash_write(self.stored, stored_hash),)

    def second_factor_writes(self, *, is_on: bool) -> tuple[Update, ...]:
        return users.second_factor_writes(self.stored, is_on=is_on) if self.stored else ()

    is_replaced_at_once = True

    def change(
        self, access: AccountAccess | None, *conditions: Write, at: datetime
    ) -> AbstractContextManager[Lease | None]:
        """The transaction has all conditions."""
        del access, conditions, at
        return nullcontext()

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
        """Without an account, raises `NotSignedIn`. Nothing is written before the transaction."""
        del field, replaced, lease
        if self.stored is None:
            raise NotSignedIn
        new_hash = password_hashing.hashed(password)
        writes = users.password_writes(
            self.stored, new_hash, verified=verified, without_factor=without_factor
        )
        return writes, at

    def replace_address(
        self, email: str, *, replaced: str, lease: Lease | None, at: datetime
    ) -> tuple[tuple[Write, ...], datetime]:
        """Without an account, raises `NotSignedIn`. Nothing is written before the transaction."""
        del replaced, lease
        if self.stored is None:
            raise NotSignedIn
        return users.move_writes(self.stored, email), at

    def verify_address(self, link: OneTimeLink) -> tuple[Update, ...]:
        return users.verify_writes(link)

    def copy_verification(self) -> None:
        """There is nothing else that has it."""

    def keep_address(self, address: str, access: AccountAccess, *, at: datetime) -> None:
        """It changes in the transaction only."""


def account(user_id: str) -> User | None:
    return users.find(user_id)


def find(address: str) -> TableCredential:
    return TableCredential(users.credential(address))


def of(user_id: str) -> TableCredential:
    """The credential of an account. Raises `NotSignedIn` if there is none.

    It has no user if the address was moved to another account between the two reads.
    """
    user = users.find(user_id)
    if user is None:
        raise NotSignedIn
    stored = users.credential(user.address)
    # Between the two reads the address may have become that of another account.
    is_own = stored is not None and stored.user.id == user_id
    return TableCredential(stored if is_own else None)

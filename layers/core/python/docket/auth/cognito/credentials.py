"""Credentials in a user pool, which verifies passwords.

The pool answers a right password with tokens of its own. Nothing needs them: they are not stored,
and the pool's client lets them expire early.
"""

from dataclasses import replace
from datetime import datetime
from functools import cached_property

from docket.auth.cognito import accounts
from docket.domain.accounts.one_time_link import OneTimeLink
from docket.domain.accounts.user import User
from docket.domain.errors import LinkInvalid, NotSignedIn
from docket.gateways import cognito
from docket.runtime.clock import new_id, now
from docket.table.accounts import pool_profiles, users
from docket.table.client import Write


class PoolCredential:
    """See `docket.auth.account_security.credentials.AccountCredential`.

    The account is looked up when it is asked for first, so that a try which is refused by a rate
    limit does not reach the pool.
    """

    is_outdated = False

    def __init__(self, address: str, user: User | None = None) -> None:
        self._address, self._known = address, user

    @cached_property
    def user(self) -> User | None:
        return self._known or accounts.find_by_address(self._address)

    def verify(self, password: str) -> bool:
        """The version of the account is read first: a session is opened only while it is that one.

        So nobody signs in with a password that is replaced meanwhile.
        """
        user = self.user
        tokens = cognito.authenticate(self._address, password)
        # Between the two calls the address may have become that of another account.
        return tokens is not None and user is not None and tokens.user_id == user.id

    def unchanged_writes(self, password: str) -> tuple[Write, ...]:
        del password
        return (pool_profiles.unchanged_write(self.user),) if self.user else ()

    def second_factor_writes(self, *, is_on: bool) -> tuple[Write, ...]:
        if self.user is None:
            return ()
        return (pool_profiles.change_write(replace(self.user, second_factor=is_on), new_id()),)

    is_replaced_at_once = False

    def replace_password(
        self,
        password: str,
        *,
        field: str,
        verified: bool,
        without_factor: bool = False,
        at: datetime,
    ) -> tuple[tuple[Write, ...], datetime]:
        """In the pool first. A sign-in that it has accepted before began before its reply.

        `at` is the time of the request, which is earlier. Raises `NotSignedIn` without an account.
        """
        del at
        if self.user is None:
            raise NotSignedIn
        cognito.set_password(self.user.id, password, field=field)
        user = self.user
        if verified:
            cognito.verify_address(user)
            user = replace(user, email_verified=True)
        if without_factor:
            user = replace(user, second_factor=False)
        return (pool_profiles.change_write(user, new_id()),), now()

    def replace_address(self, email: str, *, at: datetime) -> tuple[tuple[Write, ...], datetime]:
        """In the pool first, which decides whether it is free.

        Raises `NotSignedIn` without an account.
        """
        del at
        if self.user is None:
            raise NotSignedIn
        cognito.move(self.user.id, email, is_verified=True)
        moved = replace(self.user, email=email, email_verified=True)
        return (pool_profiles.change_write(moved, new_id()),), now()

    def verify_address(self, link: OneTimeLink) -> tuple[Write, ...]:
        """In the pool first. The copy in the profile is written alone, if there is one."""
        if self.user is None or self.user.address != link.address:
            raise LinkInvalid
        cognito.verify_address(self.user)
        pool_profiles.copy(replace(self.user, email_verified=True))
        return ()

    def keep_address(self, address: str) -> None:
        """Give the account its earlier address back in the pool, as its profile has it.

        Without a profile that has it, it is not verified. Idempotent. Raises `EmailTaken`.
        """
        if self.user is None or self.user.address == address:
            return
        profile = users.find(self.user.id)
        if profile and profile.address == address:
            email, is_verified = profile.email, profile.email_verified
        else:
            email, is_verified = address, False
        cognito.move(self.user.id, email, is_verified=is_verified)


def account(user_id: str) -> User | None:
    return accounts.find_by_id(user_id)


def find(address: str) -> PoolCredential:
    return PoolCredential(address)


def of(user_id: str) -> PoolCredential:
    """The credential of an account, which is looked up now. Raises `NotSignedIn`."""
    user = account(user_id)
    if user is None:
        raise NotSignedIn
    return PoolCredential(user.address, user)

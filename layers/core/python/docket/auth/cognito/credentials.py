"""Credentials in a user pool, which verifies passwords.

The pool answers a right password with tokens of its own. Nothing needs them: they are not stored,
and the pool's client lets them expire early.
"""

import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cached_property, partial

from aws_lambda_powertools import Logger

from docket.auth.cognito import accounts
from docket.domain.accounts.one_time_link import OneTimeLink
from docket.domain.accounts.user import AccountAccess, User
from docket.domain.errors import (
    BadInput,
    ConcurrentChange,
    EmailTaken,
    IdentityUnreachable,
    LinkInvalid,
    NotSignedIn,
    TooManyTries,
)
from docket.gateways import cognito
from docket.runtime import config
from docket.runtime.clock import new_id, now
from docket.table import client
from docket.table.accounts import users
from docket.table.accounts.pool import pool_leases, pool_profiles
from docket.table.accounts.pool.pool_leases import Lease
from docket.table.client import ConditionFailed, Write

logger = Logger(child=True)


class PoolCredential:
    """See `docket.auth.account_security.credentials.AccountCredential`.

    The account is looked up when it is asked for first, so that a try which is refused by a rate
    limit does not reach the pool.
    """

    is_outdated = False

    def __init__(self, address: str, user: User | None = None) -> None:
        self._address, self._user = address, user
        self._reversal: Callable[[], bool] | None = None

    @cached_property
    def user(self) -> User | None:
        return self._user or accounts.find_by_address(self._address)

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
        changed = replace(self.user, second_factor=is_on)
        return (pool_profiles.change_write(changed, new_id(), "second_factor"),)

    is_replaced_at_once = False

    @contextmanager
    def change(
        self, access: AccountAccess | None, *conditions: Write, at: datetime
    ) -> Iterator[Lease | None]:
        """Hold the lease of the account. It is given back by the transaction, or after a failure.

        It is taken while the account has the version that was read. Whoever changes the pool raises
        that before another request gets the lease: so nothing in the pool is newer.
        What the table refuses is taken back in the pool while the lease is held. Raises
        `NotSignedIn` without an account, and `IdentityUnreachable` if a call of the pool that was
        repeated may still bring a refused change.
        """
        if self.user is None:
            raise NotSignedIn
        lease = Lease(user_id=self.user.id, id=new_id())
        unchanged = pool_profiles.unchanged_check(self.user)
        client.write(pool_leases.take_write(lease, access, at=at), unchanged, *conditions)
        with ExitStack() as failed:
            failed.callback(pool_leases.give_back, lease)
            try:
                yield lease
            except (ConditionFailed, ConcurrentChange):
                self._take_back(lease)
                raise
            failed.pop_all()

    def _take_back(self, lease: Lease) -> None:
        if self._reversal is None:
            return
        was_settled = lease.is_settled
        _settle(lease, self._reversal)
        if not was_settled:
            lease.is_settled = False
            raise IdentityUnreachable

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
        """In the pool first. A sign-in that it has accepted before began before its reply.

        `at` is the time of the request, which is earlier. Raises `NotSignedIn` without an account.
        """
        del at
        if self.user is None or lease is None:
            raise NotSignedIn
        user, changed = self.user, list[str]()
        _settle(lease, partial(cognito.set_password, user.id, password, field=field))
        self._reversal = partial(cognito.set_password, user.id, replaced or secrets.token_urlsafe())
        if verified:
            user, changed = replace(user, email_verified=True), ["email", "email_verified"]
        if without_factor:
            user = replace(user, second_factor=False)
            changed.append("second_factor")
        return (pool_profiles.change_write(user, new_id(), *changed),), now()

    def replace_address(
        self, email: str, *, replaced: str, lease: Lease | None, at: datetime
    ) -> tuple[tuple[Write, ...], datetime]:
        """In the pool first, which decides whether it is free.

        Raises `NotSignedIn` without an account.
        """
        del at
        if self.user is None or lease is None:
            raise NotSignedIn
        _settle(lease, partial(cognito.move, self.user.id, email, is_verified=True))
        self._reversal = partial(self._move_back, self.user, replaced)
        moved = replace(self.user, email=email, email_verified=True)
        return (pool_profiles.change_write(moved, new_id(), "email", "email_verified"),), now()

    def verify_address(self, link: OneTimeLink) -> tuple[Write, ...]:
        """The profile decides about it, and is made if there is none.

        Where sessions are the pool's, accounts may have no profile. Then the pool decides, which
        has it first; nothing else depends on it.
        """
        if self.user is None or self.user.address != link.address:
            raise LinkInvalid
        if config.read(config.Identity).authorizer == "gateway":
            cognito.verify_address(self.user)
            pool_profiles.verify_if_present(self.user)
            return ()
        return (pool_profiles.verify_write(self.user),)

    def copy_verification(self) -> None:
        """What the pool has of it decides about nothing once there is a profile.

        So a failure changes nothing, and the next reset or repetition of the link makes up for it.
        """
        if self.user is None or config.read(config.Identity).authorizer == "gateway":
            return
        try:
            cognito.verify_address(self.user)
        except (IdentityUnreachable, TooManyTries):
            logger.warning("verification not copied to the pool", user_id=self.user.id)

    def keep_address(self, address: str, access: AccountAccess, *, at: datetime) -> None:
        """Give the account its earlier address back in the pool. Idempotent.

        Raises `EmailTaken`.
        """
        if self.user is None or self.user.address == address:
            return
        with self.change(access, at=at) as lease:
            if lease:
                _settle(lease, partial(self._move_back, self.user, address))
                pool_leases.give_back(lease)

    def _move_back(self, user: User, address: str) -> bool:
        """Give the account that address in the pool, as it had it. Returns what `move` does.

        If neither the pool nor the profile has it, it is not verified.
        """
        had = (user, users.find(user.id))
        found = next((known for known in had if known and known.address == address), None)
        if found is None:
            return cognito.move(user.id, address, is_verified=False)
        return cognito.move(user.id, found.email, is_verified=found.email_verified)


def _settle(lease: Lease, call: Callable[[], bool]) -> None:
    """Call the pool. The lease is settled if the reply shows that no attempt is on its way."""
    lease.is_settled = False
    try:
        lease.is_settled = call()
    except (BadInput, EmailTaken):
        lease.is_settled = True  # an earlier attempt was refused, too
        raise


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

"""Devices that an account knows again, by a cookie that only the browser has.

A sign-in from an unknown device causes a mail to the owner. Attempts from a known one are counted
by themselves: however many strangers guess, they cannot use up the attempts of the owner.

The cookie proves nothing but that: without the password it opens no session. An account forgets its
devices when its version is raised, by another password or address: whoever signed in before with
what was stolen is a stranger again.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from docket.domain.accounts.device import NEW_ACCOUNT
from docket.domain.accounts.mail import MailKind
from docket.domain.accounts.user import NOBODY, AccountAccess, RequestDevice, User
from docket.domain.notices import notice
from docket.domain.rate_limits import network
from docket.runtime import config
from docket.runtime.clock import new_id
from docket.table import rate_limits
from docket.table.accounts import known_devices, mails
from docket.table.client import Write
from docket.table.rate_limit_attempts import Attempt, OwnerAttempt

TOKEN_BYTES = 32


@dataclass(frozen=True)
class Recognition:
    """The token of a device's cookie, and the writes by which the account knows the device."""

    token: str
    writes: tuple[Write, ...]


def is_known(user: User | None, device: RequestDevice, *, at: datetime) -> bool:
    """Whether the account has signed in from the device before."""
    if device.token is None:
        return False
    user_id, version = (user.id, user.version) if user else (NOBODY, 0)
    return known_devices.is_known(user_id, device.token, version=version, at=at)


def count_login(
    address: str, device: RequestDevice, *, is_known: bool, at: datetime
) -> Attempt | OwnerAttempt:
    """Count a try of the password of an address. Raises `TooManyTries`.

    That of a device which the account knows is counted only by itself.
    """
    if is_known:
        return rate_limits.begin_as_owner(f"{address} {device.token}", at=at)
    most = config.read(config.RateLimits).of("login")
    return rate_limits.begin(address, network(device.address), most=most, at=at)


def recognise(
    user: User, access: AccountAccess, device: RequestDevice, *, is_known: bool, at: datetime
) -> Recognition:
    """Know the device from now on. The owner gets a mail about one that was not known.

    The first one of a new account, which was never used before, is that of the registration.
    The writes belong into the transaction that opens the session and records the use.
    """
    token = device.token or secrets.token_urlsafe(TOKEN_BYTES)
    remember = known_devices.remember_write(user.id, token, version=user.version, at=at)
    is_first = access.used_at is None and at - user.created_at < NEW_ACCOUNT
    if is_known or is_first:
        return Recognition(token, (remember,))
    mail = notice(MailKind.NEW_DEVICE, user, device, device.language, mail_id=new_id(), at=at)
    return Recognition(token, (remember, mails.put(mail)))


def after_change(user: User, token: str | None, *, at: datetime) -> Recognition:
    """Know only the device of the present request after a change of the password of `user`.

    The writes belong into the transaction that raises the version of the account.
    """
    token = token or secrets.token_urlsafe(TOKEN_BYTES)
    version = user.version + 1
    remember = known_devices.remember_write(user.id, token, version=version, at=at)
    return Recognition(token, (remember,))

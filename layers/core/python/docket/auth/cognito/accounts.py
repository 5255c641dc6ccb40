"""Accounts in a Cognito user pool."""

import secrets
from datetime import datetime, timedelta

from docket.auth.idempotency import fingerprint
from docket.domain.accounts.mail import Mail, MailKind
from docket.domain.accounts.user import Caller, User, address_of
from docket.domain.errors import EmailTaken, KeyReused, NotSignedIn
from docket.domain.language import Language
from docket.gateways import cognito
from docket.gateways.cognito import PoolAccount
from docket.runtime.clock import new_id
from docket.schemas.accounts.auth import RegisterRequest
from docket.table import client, idempotency_keys
from docket.table.accounts import mails, users
from docket.table.accounts.pool import pool_profiles
from docket.table.accounts.users import Reservation

CLOCK_SKEW = timedelta(seconds=10)
"""At most between the pool and a function. Another request may reserve an address only later."""


def register(registration: RegisterRequest, *, key: str | None, at: datetime) -> User:
    """Create an account in two calls: create it, and set its password.

    If the second call is lost, the account has no password and nobody can log in. Another
    registration completes it, and no account that another tool has made: an operator may have
    invited its owner. The reservation prevents concurrent registrations of the address.

    Only about the account that it has made a repeated request learns whether its password is right,
    for a day, and only until that is changed. Else whoever repeats one could try the passwords of
    an owner. A password that no pool accepts is refused first: so it does not show whether the
    address is free. Raises `EmailTaken`, `KeyReused`, and `BadInput` for what the pool refuses.
    """
    cognito.require_possible(registration.password)
    address = address_of(registration.email)
    made_by = fingerprint(key) if key else secrets.token_hex()
    reservation = users.reserve(address, made_by, at=at)
    account = cognito.create(registration.email, registration.full_name)
    profile = (registration.email, registration.full_name)
    stored_profile = (account.user.email, account.user.full_name)
    if account.complete:
        made_at = reservation.repeated_from
        is_late = made_at is not None and at - made_at > idempotency_keys.LIFETIME
        if made_at is None or is_late or not _is_as_made(account.user, made_at):
            raise EmailTaken
        if stored_profile != profile:
            raise KeyReused
        if cognito.authenticate(address, registration.password) is None:
            raise KeyReused
        return account.user
    if not _is_interrupted(account, reservation):
        raise EmailTaken
    cognito.set_password(address, registration.password)
    if stored_profile != profile:
        return cognito.describe(
            account.user, email=registration.email, full_name=registration.full_name
        )
    return account.user


def _is_interrupted(account: PoolAccount, reservation: Reservation) -> bool:
    """Whether a registration has made the account, and did not get to its password."""
    user = account.user
    is_new = user.created_at >= reservation.since - CLOCK_SKEW
    return is_new and account.has_typed_email and not user.email_verified


def _is_as_made(user: User, reserved_at: datetime) -> bool:
    """Whether the account was made since the address was reserved, and not changed since."""
    if user.created_at < reserved_at - CLOCK_SKEW:
        return False
    profile = users.find(user.id)
    return profile is None or profile.version == 0


def register_by_mail(
    registration: RegisterRequest, *, key: str | None, language: Language, at: datetime
) -> Mail:
    """As `Accounts` says. A mail is owed in any case; what it says depends on the account."""
    try:
        user = register(registration, key=key, at=at)
    except (EmailTaken, KeyReused):
        kind = MailKind.ADDRESS_TAKEN
    else:
        kind = MailKind.ADDRESS_TAKEN if user.email_verified else MailKind.VERIFY_ADDRESS
    address = address_of(registration.email)
    mail = Mail(id=new_id(), kind=kind, address=address, language=language, created_at=at)
    client.write(mails.put(mail))
    return mail


def find(caller: Caller) -> User:
    user = find_by_id(caller.user_id)
    if user is None:
        raise NotSignedIn
    return user


def find_by_id(user_id: str) -> User | None:
    """The account; None if there is none, or it was disabled in the pool."""
    account = cognito.find(user_id)
    return pool_profiles.merged(account.user if account and account.enabled else None)


def find_by_address(address: str) -> User | None:
    """The pool finds an account by its id, too: then tries would be counted as of two addresses."""
    user = find_by_id(address)
    return user if user and user.address == address else None


def rename(caller: Caller, full_name: str | None) -> User:
    """In the pool first, then in the profile. It may be repeated."""
    user = cognito.rename(find(caller), full_name)
    pool_profiles.rename(user)
    return user

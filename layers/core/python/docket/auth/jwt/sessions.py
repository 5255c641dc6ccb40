"""Sessions with Docket's own tokens: an item of the table for each, so that one can be ended."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain

from aws_lambda_powertools import Logger

from docket.auth import password_hashing
from docket.auth.session_opening import new_session, result_of
from docket.auth.tokens import RefreshToken
from docket.domain.errors import (
    AccountDisabled,
    ConcurrentChange,
    NotSignedIn,
    TableUnavailable,
    WrongCredentials,
)
from docket.domain.rate_limits import network
from docket.domain.user import AuthResult, Caller, Credential, Device, address_of
from docket.runtime import config
from docket.table import account_access, client, rate_limits, sessions, users
from docket.table.client import ConditionFailed, Put, Update
from docket.table.rate_limits import Attempt

logger = Logger(child=True)


def login(email: str, password: str, *, device: Device, at: datetime) -> AuthResult:
    address = address_of(email)
    attempt = rate_limits.begin(
        address,
        network(device.address),
        most=config.read(config.RateLimits).of("login"),
        at=at,
    )
    credential = users.credential(address)
    if (
        not password_hashing.matches(credential.password_hash if credential else None, password)
        or credential is None
    ):
        raise WrongCredentials

    if account_access.find(credential.user.id).is_closed:
        raise AccountDisabled
    session, token = new_session(credential.user, device, at=at)
    try:
        _open(session, attempt, *_rehash(credential, password))
    except ConditionFailed as refused:
        if refused.part == 0:
            raise
        # The hash was replaced concurrently, by another login or a new password.
        stored = users.credential(address)
        if stored is None or not password_hashing.matches(stored.password_hash, password):
            raise WrongCredentials from None
        _open(session, attempt)
    return result_of(credential.user, token, at=at)


def _rehash(credential: Credential, password: str) -> Iterator[Update]:
    """The write that replaces an outdated hash, while the password is known."""
    if password_hashing.is_outdated(credential.password_hash):
        yield users.password_hash_write(credential, password_hashing.hashed(password))


def _open(session: Put, attempt: Attempt, *more: Update) -> None:
    """Open the session, undo the count of the attempt, and execute the other writes."""
    try:
        client.write(session, *rate_limits.undo_writes(attempt), *more)
    except (ConcurrentChange, TableUnavailable):
        # Other logins from the network change the same counter. That must not fail a login.
        client.write(session)


def refresh(refresh_token: str, *, at: datetime) -> AuthResult:
    """Exchange a refresh token. Within the grace period a repetition gets the same successor.

    A token that is used after that may have been stolen, so the session ends for both holders. A
    token that was never issued ends nothing.
    """
    old = RefreshToken.parse(refresh_token)
    session = sessions.find_open(old.caller, at=at)
    new = _exchanged(old, at=at) if session else None
    if session is None or new is None:
        logger.warning("refresh token refused", user_id=old.user_id, session_id=old.session_id)
        raise NotSignedIn
    user = users.find(old.user_id)
    if user is None:
        raise NotSignedIn
    return result_of(user, new, at=at, ends_at=session.ends_at)


def _exchanged(old: RefreshToken, *, at: datetime) -> RefreshToken | None:
    """The successor, if the token is current or was replaced within the grace period."""
    new = old.successor()
    rotation = sessions.rotate(old.caller, old=old.hash, new=new.hash, at=at, until=at + _idle())
    if rotation is None:
        return None
    if rotation.in_grace:
        # An older token is refused, but does not end the session: the request may be a late one.
        candidates = chain([new], old.successors())
        return next(
            (candidate for candidate in candidates if candidate.hash == rotation.refresh_hash), None
        )
    if old.was_issued():
        sessions.end(old.caller)
    return None


def logout(caller: Caller, refresh_token: str | None) -> None:
    del refresh_token  # ending the session invalidates all its tokens
    sessions.end(caller)


def _idle() -> timedelta:
    return timedelta(seconds=config.read(config.Tokens).refresh_token_seconds)

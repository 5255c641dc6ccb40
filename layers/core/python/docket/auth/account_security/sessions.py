"""Sessions with Docket's own tokens: an item of the table for each, so that one can be ended.

They are the same with each identity; only the credential and the account are found elsewhere.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import chain

from aws_lambda_powertools import Logger

from docket.auth import known_devices, login_log, login_steps
from docket.auth.account_security import second_factors
from docket.auth.account_security.credentials import AccountCredential, credentials
from docket.auth.session_opening import new_session, result_of
from docket.auth.tokens import RefreshToken
from docket.domain.accounts.mail import MailKind
from docket.domain.accounts.user import (
    AccountAccess,
    AuthResult,
    Caller,
    LoginStep,
    RequestDevice,
    Session,
    User,
    address_of,
)
from docket.domain.errors import (
    AccountDisabled,
    ConcurrentChange,
    NotSignedIn,
    SecondFactorRequired,
    TableUnavailable,
    WrongCredentials,
)
from docket.domain.language import Language
from docket.domain.notices import notice
from docket.domain.rate_limits import network
from docket.runtime import config
from docket.runtime.clock import new_id
from docket.table import client, rate_limits
from docket.table.accounts import account_access, mails, sessions
from docket.table.client import ConditionFailed, Update, Write
from docket.table.rate_limit_attempts import Attempt, OwnerAttempt

logger = Logger(child=True)


def login(
    email: str, password: str, *, device: RequestDevice, at: datetime
) -> AuthResult | LoginStep:
    """Log in, or the first step of it, if the account has a second factor.

    Raises `WrongCredentials` and `TooManyTries`; only after the right password `AccountDisabled`,
    and `ConcurrentChange` if the second factor was turned on or off meanwhile.
    """
    address = address_of(email)
    credential = credentials().find(address)
    # Without a cookie a user pool is asked only after the try was counted.
    is_known = device.token is not None and known_devices.is_known(credential.user, device, at=at)
    attempt = known_devices.count_login(address, device, is_known=is_known, at=at)
    is_right, user = credential.verify(password), credential.user
    if not is_right or user is None:
        login_log.refused(user.id if user else None, "password", is_known_device=is_known)
        raise WrongCredentials

    access = account_access.find(user.id)
    if access.is_closed:
        raise AccountDisabled
    login_log.accepted(user.id, "password", is_known_device=is_known)
    if user.second_factor:
        rate_limits.undo_count(attempt)
        _renew_hash(credential, password)
        step = login_steps.issue(user, at=at)
        return LoginStep(token=step, seconds=int(login_steps.LIFETIME.total_seconds()))
    session, token = new_session(user, access, device, at=at)
    recognition = known_devices.recognise(user, access, device, is_known=is_known, at=at)
    opening = (session, *recognition.writes, *_use_writes(user, access, device, at=at))
    try:
        _open(opening, attempt, credential.unchanged_writes(password))
    except ConditionFailed as refused:
        if refused.part < len(opening):
            raise AccountDisabled from None  # its deletion has begun meanwhile
        # The hash was replaced concurrently, by another login or a new password.
        stored = credentials().find(address)
        if not stored.verify(password) or stored.user is None:
            raise WrongCredentials from None
        if stored.user.version != user.version:  # a second factor was turned on or off
            raise ConcurrentChange from None
        _open(opening, attempt, stored.unchanged_writes(password))
    return result_of(user, token, at=at, device_token=recognition.token)


def _use_writes(
    user: User, access: AccountAccess, device: RequestDevice, *, at: datetime
) -> tuple[Update, ...]:
    """The write that records the use of an account, once a day."""
    if access.is_use_recorded(at):
        return ()
    return (account_access.use_write(user.id, device.language, at=at),)


def _renew_hash(credential: AccountCredential, password: str) -> None:
    """Replace an outdated hash, if no session is opened yet. Idempotent.

    Another login may have replaced it, and a change of the password makes the login void.
    """
    if credential.is_outdated:
        with suppress(ConditionFailed, ConcurrentChange):
            client.write(*credential.unchanged_writes(password))


def _open(
    opening: Sequence[Write], attempt: Attempt | OwnerAttempt, unchanged: Sequence[Write]
) -> None:
    """Open the session while the password is the same, and undo the count of the attempt.

    Other logins from the network change the same counter, and a reset of the password deletes it.
    That must not fail a login. Raises `ConditionFailed` for the other writes.
    """
    required = (*opening, *unchanged)
    try:
        client.write(*required, *rate_limits.undo_writes(attempt))
    except (ConcurrentChange, TableUnavailable):
        client.write(*required)
    except ConditionFailed as refused:
        if refused.part < len(required):
            raise
        client.write(*required)


def refresh(refresh_token: str, *, device: RequestDevice, at: datetime) -> AuthResult:
    """Exchange a refresh token. Within the grace period a repetition gets the same successor.

    A token that is used after that may have been stolen, so the session ends for both holders. A
    token that was never issued ends nothing. The owner gets a mail about a reuse. Each of them, and
    one of an ended session, raises `NotSignedIn`; too many raise `TooManyTries`.

    The account is looked up each time, and before the token is replaced, which an outage must not
    waste. Without an account that may be used the session ends: in a user pool another tool may
    have disabled or deleted it.
    """
    old = RefreshToken.parse(refresh_token)
    _count_refresh(old, device, at=at)
    found = sessions.find_with_access(old.caller, at=at)
    user = _owner(found.session, old) if found else None
    language = device.language
    new = _exchanged(old, found.session, user, language=language, at=at) if found and user else None
    if found is None or user is None or new is None:
        logger.warning("refresh token refused", user_id=old.user_id, session_id=old.session_id)
        raise NotSignedIn
    if not found.access.is_use_recorded(at):
        account_access.record_use(user.id, language, at=at)
    return result_of(user, new, at=at, ends_at=found.session.ends_at)


def _owner(session: Session, token: RefreshToken) -> User | None:
    """The account of a session, which ends if there is none that may be used.

    Only a token that was issued ends it: its id alone is no secret.
    """
    user = credentials().account(session.user_id)
    if user is None and token.was_issued():
        sessions.end(token.caller)
    return user


def _count_refresh(token: RefreshToken, device: RequestDevice, *, at: datetime) -> None:
    """Count a refresh: by its session if a token of it proves that, else by its network.

    So nobody without a token of the session can use up its refreshes, from whatever network.
    """
    if token.was_issued():
        rate_limits.count_refresh(token.session_id, at=at)
    else:
        most = config.read(config.RateLimits).of("refresh")
        rate_limits.count("refresh", network(device.address), most=most, at=at)


def _exchanged(
    old: RefreshToken, session: Session, user: User, *, language: Language, at: datetime
) -> RefreshToken | None:
    """The successor, if the token is current or was replaced within the grace period.

    Within it an older token with a used successor is refused, but does not end the session: the
    request may be a late one. Every other token that was issued ends it, however recent the
    present one is.
    """
    new = old.successor()
    stored = sessions.rotate(session, old=old.hash, new=new.hash, at=at, until=at + _idle())
    if stored is None:
        return None
    if stored.in_grace(old.hash, at=at):
        candidates = chain([new], old.successors())
        return next(
            (candidate for candidate in candidates if candidate.hash == stored.refresh_hash), None
        )
    if old.was_issued():
        _end_reused(session, user, language=language, at=at)
    return None


def _end_reused(session: Session, user: User, *, language: Language, at: datetime) -> None:
    """End a session whose token was copied, and owe its owner a mail. Idempotent."""
    kind, mail_id = MailKind.SESSION_REUSED, new_id()
    mail = notice(kind, user, session.device, language, mail_id=mail_id, at=at)
    caller = Caller(user_id=session.user_id, session_id=session.id)
    sessions.revoke(caller, mails.put(mail), at=at)


def logout(caller: Caller, refresh_token: str | None) -> None:
    """End the session, which invalidates all its tokens. Idempotent."""
    del refresh_token  # ending the session invalidates all its tokens
    sessions.end(caller)


def end_replaced(refresh_token: str | None) -> None:
    """End the session whose refresh token the browser has sent with a login, and replaces."""
    try:
        token = RefreshToken.parse(refresh_token or "")
    except NotSignedIn:
        return
    if token.was_issued():
        sessions.end(token.caller)


def _idle() -> timedelta:
    return timedelta(seconds=config.read(config.Tokens).refresh_token_seconds)


def reauthenticate(caller: Caller, password: str, code: str | None = None, *, at: datetime) -> None:
    """Confirm by the password, and a code if the account has a second factor, who is present.

    Raises `WrongCredentials`, `SecondFactorRequired`, `WrongCode`, `TooManyTries`, and
    `NotSignedIn` if the account is gone. Attempts are counted for the session, so that a stranger's
    attempts to log in do not matter, and whoever has stolen a session guesses as slowly as anybody.
    """
    attempt = rate_limits.begin_in_session(caller.session_id, at=at)
    credential = credentials().of(caller.user_id)
    user = credential.user
    if not credential.verify(password) or user is None:
        login_log.refused(caller.user_id, "password")
        raise WrongCredentials
    login_log.accepted(user.id, "password")
    try:
        second_factors.prove(user, code, sessions.confirm_write(caller, at=at), at=at)
    except SecondFactorRequired:
        rate_limits.undo_count(attempt)  # the password was right
        raise
    except ConditionFailed:
        raise NotSignedIn from None  # it has ended meanwhile
    rate_limits.undo_count(attempt)

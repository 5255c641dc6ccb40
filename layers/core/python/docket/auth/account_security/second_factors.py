"""The second factor of an account: an authenticator app and recovery codes.

It is the same wherever passwords are. A user pool does not know of it: its own would answer a right
password with a challenge, and could not be one of several factors that a customer chooses from.
"""

from datetime import datetime

from docket.auth import known_devices, login_log, login_steps, one_time_codes, sealing
from docket.auth.account_security.credentials import AccountCredential, credentials
from docket.auth.account_security.verified_addresses import require_verified_address
from docket.auth.session_opening import new_session, result_of
from docket.domain.accounts.mail import Mail, MailKind
from docket.domain.accounts.second_factor import SecondFactor, UsedCode
from docket.domain.accounts.user import AuthResult, OpenSession, RequestDevice, User
from docket.domain.errors import (
    AccountDisabled,
    ConcurrentChange,
    LoginExpired,
    NotSignedIn,
    SecondFactorExists,
    SecondFactorRequired,
    WrongCode,
)
from docket.domain.notices import notice
from docket.domain.rate_limits import network
from docket.runtime import config
from docket.runtime.clock import new_id
from docket.table import client, rate_limits
from docket.table.accounts import account_access, mails, second_factors, sessions
from docket.table.client import ConditionFailed, Delete, Update, Write
from docket.table.rate_limit_attempts import AnyAttempt

_PURPOSE = "authenticator app"


def begin(session: OpenSession, *, at: datetime) -> tuple[str, str]:
    """Make a secret for an authenticator app: the secret in base32, and its `otpauth:` address.

    It has no effect until a code confirms it. Where addresses are verified, that of the account
    must be: whoever registered the address of somebody else would lock them out, even after they
    have reset the password. Raises `NotVerified` and `SecondFactorExists`.
    """
    user = _find(session)
    require_verified_address(user)
    secret = one_time_codes.new_secret()
    sealed = sealing.seal(secret, purpose=_PURPOSE, owner=user.id)
    try:
        second_factors.begin(SecondFactor(user_id=user.id, sealed_secret=sealed, created_at=at))
    except ConditionFailed:
        raise SecondFactorExists from None
    return secret, one_time_codes.uri(secret, user.email)


def confirm(
    session: OpenSession, code: str, *, device: RequestDevice, at: datetime
) -> tuple[list[str], Mail]:
    """Turn the second factor on by a code of the app: the recovery codes, and the mail owed.

    All other sessions end, and the account forgets all other devices. It counts as a change of the
    credential. Raises `NotVerified`, `WrongCode`, `TooManyTries`, `SecondFactorExists`, and
    `ConcurrentChange` if the session has ended meanwhile.
    """
    credential, user = _credential(session)
    require_verified_address(user)
    factor = second_factors.find(session.user_id)
    if factor is None or factor.confirmed_at is not None:
        raise SecondFactorExists if factor else WrongCode
    attempt = rate_limits.begin_in_session(session.session_id, at=at)
    used = _check(code, factor, at=at)
    rate_limits.undo_count(attempt)
    rate_limits.count_change(user.id, at=at)
    codes, used_by = one_time_codes.new_recovery_codes(), new_id()
    hashes = [one_time_codes.recovery_hash(text) for text in codes]
    mail = _switch(
        credential,
        user,
        session,
        second_factors.confirm_write(factor, used, hashes, at=at, used_by=used_by),
        device=device,
        at=at,
    )
    return codes, mail


def remove(session: OpenSession, *, device: RequestDevice, at: datetime) -> Mail | None:
    """Turn the second factor off: the mail that is owed, None if there was none.

    All other sessions end, and the account forgets all other devices. Raises `ConcurrentChange` if
    the session has ended, or the factor was changed, meanwhile.
    """
    credential, user = _credential(session)
    factor = second_factors.find(session.user_id)
    if factor is None:
        return None
    if factor.confirmed_at is None:
        _forget(factor)
        return None
    change = second_factors.remove_write(factor)
    return _switch(credential, user, session, change, device=device, at=at)


def _forget(factor: SecondFactor) -> None:
    """Remove a factor that is not confirmed. Idempotent."""
    try:
        client.write(second_factors.remove_write(factor))
    except ConditionFailed as refused:
        if refused.stored_item:
            raise ConcurrentChange from None  # it was confirmed, or begun again, meanwhile


def _switch(
    credential: AccountCredential,
    user: User,
    session: OpenSession,
    change: Update | Delete,
    *,
    device: RequestDevice,
    at: datetime,
) -> Mail:
    """Turn the second factor on or off, which raises the version of the account."""
    is_on = not user.second_factor
    kind = MailKind.SECOND_FACTOR_ADDED if is_on else MailKind.SECOND_FACTOR_REMOVED
    mail = notice(kind, user, device, device.language, mail_id=new_id(), at=at)
    is_known = known_devices.is_known(user, device, at=at)
    known_device = known_devices.after_change(user, device.token, at=at)
    try:
        client.write(
            change,
            *credential.second_factor_writes(is_on=is_on),
            *sessions.end_others_writes(session, at=at),
            *(known_device.writes if is_known else ()),
            mails.put(mail),
        )
    except ConditionFailed:
        raise ConcurrentChange from None
    return mail


def renew_recovery_codes(
    session: OpenSession, *, device: RequestDevice, at: datetime
) -> tuple[list[str], Mail]:
    """New recovery codes in place of all earlier ones, and the mail that is owed.

    Raises `SecondFactorRequired`, and `ConcurrentChange` if the session has ended meanwhile.
    """
    user = _find(session)
    factor = second_factors.find(session.user_id)
    if factor is None or factor.confirmed_at is None:
        raise SecondFactorRequired
    codes = one_time_codes.new_recovery_codes()
    hashes = [one_time_codes.recovery_hash(text) for text in codes]
    kind = MailKind.RECOVERY_CODES_RENEWED
    mail = notice(kind, user, device, device.language, mail_id=new_id(), at=at)
    try:
        client.write(
            second_factors.renew_write(factor, hashes),
            mails.put(mail),
            *sessions.open_writes(session),
        )
    except ConditionFailed:
        raise ConcurrentChange from None
    return codes, mail


def login(token: str, code: str, *, device: RequestDevice, at: datetime) -> AuthResult:
    """Complete a login whose password was right.

    Raises `LoginExpired`, `WrongCode`, `AccountDisabled` and `TooManyTries`. Attempts are counted
    for the account, those of a device that it knows by themselves; so whoever knows the password
    cannot lock the owner out.
    """
    user_id, version = login_steps.read(token, at=at)
    access = account_access.find(user_id)  # first: see `account_access.unchanged_use_write`
    user = credentials().account(user_id)
    if user is None or user.version != version:
        raise LoginExpired
    is_known = known_devices.is_known(user, device, at=at)
    attempts = _attempts(user, device, is_known=is_known, at=at)
    if access.is_closed:
        raise AccountDisabled
    factor, used = _right_code(user, code, at=at)
    session, refresh_token = new_session(user, access, device, at=at)
    recognition = known_devices.recognise(user, access, device, is_known=is_known, at=at)
    try:
        _use(
            factor,
            used,
            session,
            *recognition.writes,
            *_recovery_notice(user, factor, used, device, at=at),
            account_access.unchanged_use_write(user.id, access, device.language, at=at),
            used_by=refresh_token.session_id,
        )
    except ConditionFailed:
        raise LoginExpired from None  # the account was changed meanwhile
    for attempt in attempts:
        rate_limits.undo_count(attempt)
    return result_of(user, refresh_token, at=at, device_token=recognition.token)


def _attempts(
    user: User, device: RequestDevice, *, is_known: bool, at: datetime
) -> tuple[AnyAttempt, ...]:
    """Count a try of a code: that of a device which the account knows only by itself."""
    subject = f"second factor {user.id}"
    if is_known:
        return (rate_limits.begin_as_owner(f"{subject} {device.token}", at=at),)
    most = config.read(config.RateLimits).of("second_factor")
    return (
        rate_limits.count("second-factor", network(device.address), most=most, at=at),
        rate_limits.begin_as_owner(subject, at=at),
    )


def prove(user: User, code: str | None, confirm_session: Update, *, at: datetime) -> None:
    """Confirm that a customer is present, by a code, if the account has a second factor.

    Raises `SecondFactorRequired` without one, `WrongCode`, and `ConditionFailed` for a session that
    has ended.
    """
    if not user.second_factor:
        client.update(confirm_session)
        return
    if code is None:
        raise SecondFactorRequired
    factor, used = _right_code(user, code, at=at)
    _use(factor, used, confirm_session, used_by=new_id())


def _right_code(user: User, code: str, *, at: datetime) -> tuple[SecondFactor, UsedCode]:
    factor = second_factors.find(user.id)
    if factor is None:
        raise WrongCode
    return factor, _check(code, factor, at=at)


def _check(code: str, factor: SecondFactor, *, at: datetime) -> UsedCode:
    secret = sealing.unseal(factor.sealed_secret, purpose=_PURPOSE, owner=factor.user_id)
    used = one_time_codes.check(code, factor, secret, at=at)
    if used is None:
        login_log.refused(factor.user_id, "code")
        raise WrongCode
    login_log.accepted(factor.user_id, "recovery_code" if used.recovery_hash else "app")
    return used


def _use(factor: SecondFactor, used: UsedCode, *effect: Write, used_by: str) -> None:
    """Use the code up together with its effect. Raises `WrongCode` if another request has used it.

    A concurrent change of the account refuses the effect: then `ConditionFailed` is raised.
    """
    try:
        client.write(second_factors.use_write(factor, used, used_by=used_by), *effect)
    except ConditionFailed as refused:
        if refused.part:
            raise
        raise WrongCode from None


def _recovery_notice(
    user: User, factor: SecondFactor, used: UsedCode, device: RequestDevice, *, at: datetime
) -> tuple[Write, ...]:
    if used.recovery_hash is None:
        return ()
    left = str(len(factor.recovery_hashes) - 1)
    kind = MailKind.RECOVERY_CODE_USED
    mail = notice(kind, user, device, device.language, mail_id=new_id(), at=at, left=left)
    return (mails.put(mail),)


def _find(session: OpenSession) -> User:
    user = credentials().account(session.user_id)
    if user is None:
        raise NotSignedIn
    return user


def _credential(session: OpenSession) -> tuple[AccountCredential, User]:
    credential = credentials().of(session.user_id)
    if credential.user is None:
        raise NotSignedIn
    return credential, credential.user

"""Forgotten and changed passwords.

A password is replaced by the transaction that ends the sessions which it has opened. A user pool
has it a moment earlier, while nobody else changes the account; see `AccountCredential.change`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from docket.auth import known_devices, login_log, new_passwords
from docket.auth.account_security.credentials import AccountCredential, credentials
from docket.auth.account_security.verified_addresses import (
    may_be_anothers,
    require_verified_address,
)
from docket.domain.accounts.mail import Mail, MailKind
from docket.domain.accounts.one_time_link import LinkPurpose
from docket.domain.accounts.user import OpenSession, RequestDevice, User
from docket.domain.errors import (
    AccountDisabled,
    BadInput,
    ConcurrentChange,
    FieldProblem,
    LinkInvalid,
    NoPassword,
    NotSignedIn,
    WrongCredentials,
)
from docket.domain.notices import notice
from docket.runtime import config
from docket.runtime.clock import new_id
from docket.table import client, rate_limits
from docket.table.accounts import (
    account_access,
    mails,
    one_time_links,
    passkeys,
    second_factors,
    sessions,
)
from docket.table.accounts.pool import pool_leases
from docket.table.client import Check, ConditionFailed, Delete

_RESET = LinkPurpose.RESET_PASSWORD


@dataclass(frozen=True)
class Reset:
    """The notice that is owed, and the token of the cookie by which the device is known now."""

    notice: Mail
    device_token: str


def reset(token: str, password: str, *, device: RequestDevice, at: datetime) -> Reset:
    """Set a new password by a mailed link. All sessions and API keys end.

    The second factor and the passkeys stay; the mail says how many passkeys there are. But where
    addresses are verified, the reset that verifies the address removes them: somebody else may have
    added them before the stage verified any. The address is verified, unless passkeys or a factor
    stay that a later reset has to remove.

    The account forgets its devices, and knows the one of this request: its owner has shown to read
    the mail, and signs in from there however many strangers guess. Raises `LinkRefused`,
    `AccountDisabled` for an account that is disabled or being deleted, `BadInput`, and
    `ConcurrentChange` while another request changes the account. None of them uses the link.
    """

    def attempt() -> tuple[User, Reset]:
        link = one_time_links.find(token, _RESET, at=at)
        access = account_access.find(link.user_id)
        credential = credentials().find(link.address)
        user = credential.user
        if user is None or (user.id, user.version) != (link.user_id, link.user_version):
            raise LinkInvalid
        if access.is_closed:
            raise AccountDisabled
        new_passwords.require_acceptable(password, user.email, user.full_name)
        left, is_verified, effects = _verification(user)
        mail = notice(
            MailKind.PASSWORD_RESET,
            user,
            device,
            device.language,
            mail_id=new_id(),
            at=at,
            passkeys=str(left),
        )
        known_device = known_devices.after_change(user, device.token, at=at)
        with credential.change(None, at=at) as lease:
            writes, since = credential.replace_password(
                password,
                field="password",
                replaced=None,
                verified=is_verified,
                without_factor=may_be_anothers(user),
                lease=lease,
                at=at,
            )
            ended = account_access.end_sessions_write(user.id, at=since, with_keys=True)
            client.write(
                one_time_links.use_write(link, at=at, used_by=new_id()),
                *writes,
                pool_leases.held_write(ended, lease),
                *known_device.writes,
                mails.put(mail),
                *effects,
            )
        if is_verified:
            credential.copy_verification()
        return user, Reset(mail, known_device.token)

    user, completed = client.decide(attempt)
    rate_limits.forgive(user.address, at=at)
    return completed


def _verification(user: User) -> tuple[int, bool, tuple[Delete | Check, ...]]:
    """How many passkeys a reset leaves, whether the address is verified then, and the writes of it.

    They remove the second factor and all passkeys where addresses are verified, and this one was
    not. An address becomes verified only while the passkeys are those that were found here.
    """
    if may_be_anothers(user):
        removal = passkeys.remove_all_writes(user.id, passkeys.of_user(user.id))
        return 0, True, (second_factors.forget_write(user.id), *removal)
    left = passkeys.count(user.id)
    if user.email_verified or left or user.second_factor:
        return left, user.email_verified, ()
    return 0, True, (passkeys.has_none(user.id),)


def change(
    session: OpenSession, password: str, new_password: str, *, device: RequestDevice, at: datetime
) -> Mail | None:
    """Change the password. All other sessions end, and the account forgets all other devices.

    Returns the notice that is owed; None if the password is the new one already, because the
    request was repeated after a lost reply: then only sessions end. Guesses are counted with those
    of a proof of being present, for the session. An account with a second factor needs such a proof
    besides, which a code belongs to. Where addresses are verified, that of the account must be:
    each change voids the links that were mailed before, by which its owner would get in. For the
    same reason changes are counted. Raises `NotVerified`, `NoPassword`, `ReauthenticationRequired`,
    `WrongCredentials`, `TooManyTries`, `BadInput`, `NotSignedIn` if the account is gone, and
    `ConcurrentChange` if the session has ended meanwhile.
    """
    if new_password == password:
        raise BadInput(FieldProblem("new_password", "password_unchanged"))
    credential = credentials().of(session.user_id)
    user = credential.user
    if user is None:
        raise NotSignedIn
    require_verified_address(user)
    if not user.has_password:
        raise NoPassword
    if user.second_factor:
        seconds = config.read(config.Reauthentication).reauthentication_seconds
        session.caller.require_recent(at, timedelta(seconds=seconds))
    replaced = _password_to_replace(credential, session, password, new_password, at=at)
    if replaced is None:
        sessions.end_others(session.caller, at=at)
        return None
    new_passwords.require_acceptable(new_password, user.email, user.full_name, field="new_password")
    rate_limits.count_change(user.id, at=at)
    kind, mail_id = MailKind.PASSWORD_CHANGED, new_id()
    mail = notice(kind, user, device, device.language, mail_id=mail_id, at=at)
    is_known = known_devices.is_known(user, device, at=at)
    known_device = known_devices.after_change(user, device.token, at=at)
    try:
        with credential.change(session.access, sessions.exists_write(session), at=at) as lease:
            writes, since = credential.replace_password(
                new_password,
                field="new_password",
                replaced=replaced,
                verified=False,
                lease=lease,
                at=at,
            )
            client.write(
                *writes,
                *sessions.end_others_writes(session, at=since, lease=lease),
                *(known_device.writes if is_known else ()),
                mails.put(mail),
            )
    except ConditionFailed:
        raise ConcurrentChange from None
    return mail


def _password_to_replace(
    credential: AccountCredential,
    session: OpenSession,
    password: str,
    new_password: str,
    *,
    at: datetime,
) -> str | None:
    """The present password of the account; None if a repeated request has changed it.

    Each password that is compared is a guess. If the pool has the new one, the rest of the change
    may be missing: then it is done again.
    """
    counted = [rate_limits.begin_in_session(session.session_id, at=at)]
    is_present = credential.verify(password)
    if not is_present:
        counted.append(rate_limits.begin_in_session(session.session_id, at=at))
        if not credential.verify(new_password):
            login_log.refused(session.user_id, "password")
            raise WrongCredentials
    for attempt in counted:
        rate_limits.undo_count(attempt)
    if is_present:
        return password
    return None if credential.is_replaced_at_once else new_password

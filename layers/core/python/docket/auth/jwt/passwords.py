"""Passwords of accounts in the table: forgotten and changed ones."""

from dataclasses import dataclass
from datetime import datetime

from docket.auth import known_devices, login_log, new_passwords, password_hashing
from docket.domain.accounts.mail import Mail, MailKind
from docket.domain.accounts.one_time_link import LinkPurpose
from docket.domain.accounts.user import Caller, Credential, RequestDevice
from docket.domain.errors import (
    BadInput,
    ConcurrentChange,
    FieldProblem,
    LinkInvalid,
    NotSignedIn,
    WrongCredentials,
)
from docket.domain.notices import notice
from docket.runtime.clock import new_id
from docket.table import client, rate_limits
from docket.table.accounts import account_access, mails, one_time_links, users
from docket.table.client import ConditionFailed

_RESET = LinkPurpose.RESET_PASSWORD


@dataclass(frozen=True)
class Reset:
    """The notice that is owed, and the token of the cookie by which the device is known now."""

    notice: Mail
    device_token: str


def reset(token: str, password: str, *, device: RequestDevice, at: datetime) -> Reset:
    """Set a new password by a mailed link. All sessions and API keys end.

    The address is verified. The account forgets its devices, and knows the one of this request: its
    owner has shown to read the mail, and signs in from there however many strangers guess. Raises
    `LinkRefused` and `BadInput`; a refused password does not use the link.
    """
    link = one_time_links.find(token, _RESET, at=at)
    known = users.credential(link.address)
    if known is None or (known.user.id, known.user.version) != (link.user_id, link.user_version):
        raise LinkInvalid
    new_passwords.require_acceptable(password, known.user.email, known.user.full_name)
    mail = _changed(known, device, at=at)
    known_device = known_devices.after_change(known.user, device.token, at=at)
    try:
        client.write(
            one_time_links.use_write(link, at=at, used_by=new_id()),
            *users.password_writes(known, password_hashing.hashed(password), verified=True),
            account_access.end_sessions_write(known.user.id, at=at, with_keys=True),
            *known_device.writes,
            mails.put(mail),
        )
    except ConditionFailed as refused:
        if refused.part == 0:
            one_time_links.find(token, _RESET, at=at)
        raise LinkInvalid from None
    rate_limits.forgive(known.address, at=at)
    return Reset(mail, known_device.token)


def change(
    caller: Caller, password: str, new_password: str, *, device: RequestDevice, at: datetime
) -> Mail | None:
    """Change the password. All other sessions end, and the account forgets all other devices.

    Returns the notice that is owed; None if the password is the new one already, because the
    request was repeated after a lost reply: then only sessions end. Guesses are counted with those
    of a proof of being present, for the session. Raises `WrongCredentials`, `TooManyTries` and
    `BadInput`.
    """
    if new_password == password:
        raise BadInput(FieldProblem("new_password", "password_unchanged"))
    user = users.find(caller.user_id)
    known = users.credential(user.address) if user else None
    if known is None or known.user.id != caller.user_id:
        raise NotSignedIn
    attempt = rate_limits.begin_in_session(caller.session_id, at=at)
    if not password_hashing.matches(known.password_hash, password):
        if not password_hashing.matches(known.password_hash, new_password):
            login_log.refused(caller.user_id, "password")
            raise WrongCredentials
        rate_limits.undo_count(attempt)
        account_access.end_sessions(caller.user_id, at=at, kept_session=caller.session_id)
        return None
    rate_limits.undo_count(attempt)
    new_passwords.require_acceptable(
        new_password, known.user.email, known.user.full_name, field="new_password"
    )
    mail = _changed(known, device, at=at)
    is_known = known_devices.is_known(known.user, device, at=at)
    known_device = known_devices.after_change(known.user, device.token, at=at)
    try:
        client.write(
            *users.password_writes(known, password_hashing.hashed(new_password)),
            account_access.end_sessions_write(
                caller.user_id, at=at, kept_session=caller.session_id
            ),
            *(known_device.writes if is_known else ()),
            mails.put(mail),
        )
    except ConditionFailed:
        raise ConcurrentChange from None
    return mail


def _changed(known: Credential, device: RequestDevice, *, at: datetime) -> Mail:
    kind = MailKind.PASSWORD_CHANGED
    return notice(kind, known.user, device, device.language, mail_id=new_id(), at=at)

"""Passwords of accounts in the table: forgotten and changed ones."""

from datetime import datetime

from docket.auth import new_passwords, password_hashing
from docket.domain.errors import ConcurrentChange, LinkInvalid, NotSignedIn, WrongCredentials
from docket.domain.mail import Mail, Notify
from docket.domain.one_time_link import LinkPurpose
from docket.domain.user import Caller
from docket.runtime import config
from docket.runtime.clock import new_id
from docket.table import account_access, client, mails, one_time_links, rate_limits, users
from docket.table.client import ConditionFailed

_RESET = LinkPurpose.RESET_PASSWORD


def reset(token: str, password: str, *, notify: Notify, at: datetime) -> Mail:
    """Set a new password by a mailed link. All sessions end, and the address is verified.

    Returns the notice that is owed. Raises `LinkRefused` and `BadInput`; a refused password does
    not use the link.
    """
    link = one_time_links.find(token, _RESET, at=at)
    known = users.credential(link.address)
    if known is None or (known.user.id, known.user.version) != (link.user_id, link.user_version):
        raise LinkInvalid
    new_passwords.require_acceptable(password, known.user.email, known.user.full_name)
    notice = notify(known.address)
    try:
        client.write(
            one_time_links.use_write(link, at=at, used_by=new_id()),
            *users.password_writes(known, password_hashing.hashed(password), verified=True),
            account_access.end_sessions_write(known.user.id, at=at),
            mails.put(notice),
        )
    except ConditionFailed as refused:
        if refused.part == 0:
            one_time_links.find(token, _RESET, at=at)
        raise LinkInvalid from None
    rate_limits.forgive(known.address, at=at)
    return notice


def change(
    caller: Caller, password: str, new_password: str, *, network: str, notify: Notify, at: datetime
) -> Mail | None:
    """Change the password. All other sessions end.

    Returns the notice that is owed; None if the password is the new one already, because the
    request was repeated after a lost reply. Raises `WrongCredentials`, `TooManyTries` and
    `BadInput`.
    """
    user = users.find(caller.user_id)
    known = users.credential(user.address) if user else None
    if known is None or known.user.id != caller.user_id:
        raise NotSignedIn
    most = config.read(config.RateLimits).of("login")
    attempt = rate_limits.begin(known.address, network, most=most, at=at)
    if not password_hashing.matches(known.password_hash, password):
        if not password_hashing.matches(known.password_hash, new_password):
            raise WrongCredentials
        rate_limits.undo_count(attempt)
        return None
    new_passwords.require_acceptable(
        new_password, known.user.email, known.user.full_name, field="new_password"
    )
    notice = notify(known.address)
    try:
        client.write(
            *users.password_writes(known, password_hashing.hashed(new_password)),
            account_access.end_sessions_write(
                caller.user_id, at=at, kept_session=caller.session_id
            ),
            mails.put(notice),
        )
    except ConditionFailed:
        raise ConcurrentChange from None
    rate_limits.undo_count(attempt)
    return notice

"""The removal of a password, after which only passkeys open the account.

There is none in a user pool, whose users always have a password.
"""

from datetime import datetime

from aws_lambda_powertools import Logger

from docket.auth import known_devices
from docket.auth.account_security.verified_addresses import require_verified_address
from docket.auth.jwt import credentials
from docket.domain.accounts.mail import Mail, MailKind, mailbox_of
from docket.domain.accounts.user import OpenSession, RequestDevice, User
from docket.domain.errors import (
    ConcurrentChange,
    MailSuppressed,
    NoMail,
    NoPasskey,
    NotSignedIn,
)
from docket.domain.notices import notice
from docket.runtime import config
from docket.runtime.clock import new_id
from docket.table import client
from docket.table.accounts import mails, passkeys, sessions, suppressions, users
from docket.table.client import ConditionFailed

logger = Logger(child=True)


def remove(session: OpenSession, *, device: RequestDevice, at: datetime) -> Mail | None:
    """Remove the password. All other sessions end, and the account forgets all other devices.

    Returns the notice that is owed; None if the account has no password, because the request was
    repeated after a lost reply: then only sessions end. A password is set again by a mailed link,
    so the address must be verified where addresses are, and get mail. Raises `NotVerified`,
    `NoMail`, `MailSuppressed`, `NoPasskey`, and `ConcurrentChange` if the session has ended
    meanwhile.
    """
    stored = credentials.of(session.user_id).stored
    if stored is None:
        raise NotSignedIn
    user = stored.user
    if not user.has_password:
        sessions.end_others(session.caller, at=at)
        return None
    require_verified_address(user)
    _require_mail(user)
    mail_id = new_id()
    mail = notice(MailKind.PASSWORD_REMOVED, user, device, device.language, mail_id=mail_id, at=at)
    is_known = known_devices.is_known(user, device, at=at)
    known_device = known_devices.after_change(user, device.token, at=at)
    try:
        client.write(
            passkeys.has_some(user.id),
            *users.remove_password_writes(stored),
            *sessions.end_others_writes(session, at=at),
            *(known_device.writes if is_known else ()),
            mails.put(mail),
        )
    except ConditionFailed as refused:
        raise (NoPasskey if refused.part == 0 else ConcurrentChange) from None
    logger.info("password removed", user_id=user.id, session_id=session.session_id)
    return mail


def _require_mail(user: User) -> None:
    """Raises `NoMail` in a stage that sends none, `MailSuppressed` if the address gets none."""
    if config.read(config.MailSender).mail_sender is None:
        raise NoMail
    if suppressions.find(mailbox_of(user.address)):
        raise MailSuppressed

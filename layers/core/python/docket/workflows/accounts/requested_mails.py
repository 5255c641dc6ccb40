"""Mails that a request asks for: how many, and to whom.

The address of a request is not looked up: the worker does, and drops a mail without an account.
"""

from datetime import datetime

from docket.domain.accounts.mail import Mail, MailKind
from docket.domain.accounts.user import Device
from docket.domain.language import Language
from docket.domain.rate_limits import network
from docket.runtime import config
from docket.runtime.clock import new_id
from docket.table import rate_limits


def count(address: str, kind: MailKind, device: Device, *, at: datetime) -> None:
    """Count a request for a mail of that kind to a normalized address. Raises `TooManyTries`."""
    most = config.read(config.RateLimits).of("forgot")
    rate_limits.count("forgot", network(device.address), most=most, at=at)
    rate_limits.count_mail(address, kind, at=at)


def mail_to(address: str, kind: MailKind, language: Language, *, at: datetime) -> Mail:
    """A mail to the account of that normalized address."""
    return Mail(id=new_id(), kind=kind, address=address, language=language, created_at=at)

"""Notices: mails to the owner of an account about a change of it."""

from datetime import datetime

from docket.domain.language import Language
from docket.domain.mail import PARAMETERS, Mail, MailKind, Notify
from docket.domain.user import Device
from docket.messages.mail_values import written_device, written_time
from docket.runtime.clock import new_id


def notice_of(
    kind: MailKind, device: Device, language: Language, *, at: datetime, **params: str
) -> Notify:
    """What makes the notice for the account of an address; `params` are further parameters."""
    every = {"time": written_time(at, language), "device": written_device(device), **params}
    mail_id = new_id()

    def notify(address: str) -> Mail:
        return Mail(
            id=mail_id,
            kind=kind,
            address=address,
            language=language,
            created_at=at,
            params={name: every[name] for name in PARAMETERS[kind]},
        )

    return notify

"""Notices: mails to the owner of an account about what happened to it, and from which device."""

from datetime import UTC, datetime

from docket.domain.accounts.device import agent_of
from docket.domain.accounts.mail import PARAMETERS, Mail, MailKind
from docket.domain.accounts.user import Device, User
from docket.domain.language import Language


def notice(
    kind: MailKind,
    user: User,
    device: Device,
    language: Language,
    *,
    mail_id: str,
    at: datetime,
    **params: str,
) -> Mail:
    """The mail of that kind, with those of its parameters that the device and the time decide.

    `params` are the others. The time is in ISO 8601, and the name of an unknown device is empty:
    `docket.messages.mail_values` writes both in the language of the mail. Of the User-Agent only
    names that are known are used, because anybody may choose its text.
    """
    usual = {
        "time": at.astimezone(UTC).isoformat(timespec="minutes"),
        "device": agent_of(device.agent).name or "",
        "place": f"{device.place}, {device.address}" if device.place else device.address,
    }
    return Mail(
        id=mail_id,
        kind=kind,
        address=user.address,
        language=language,
        created_at=at,
        requested_by=user.id,
        params={**{name: usual[name] for name in usual.keys() & PARAMETERS[kind]}, **params},
    )

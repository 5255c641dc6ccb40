"""SES: send one mail, read what SES reports about mails, and end the suppression of an address.

SES's interface has no idempotency, so the SDK repeats nothing here: a call whose reply was lost may
have sent the mail, and only the table decides whether it is sent again.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from botocore import exceptions as failures
from pydantic import BaseModel, ConfigDict, Field

from docket.domain.accounts.mail import SuppressionReason
from docket.domain.accounts.user import address_of
from docket.runtime import aws, config
from docket.runtime.snapshot import before_snapshot

MAIL_ID = "mail_id"
MAILBOX = "mailbox"
"""The tags of a mail, which SES repeats in its reports."""

_NOT_CONNECTED = (failures.EndpointConnectionError, failures.ConnectTimeoutError)
_REFUSED = frozenset({"MessageRejected", "BadRequestException"})
"""Refusals of this mail, which no other try changes. All others concern the account."""

_SERVER_ERRORS = 500


class MailRefused(Exception):
    """SES does not accept this mail, and never will."""


class NotSent(Exception):
    """SES did not accept the mail now."""


class PossiblySent(Exception):
    """SES's reply was lost or was an error of SES itself, so the mail may have been sent."""


@dataclass(frozen=True, kw_only=True)
class Message:
    """A mail as it is sent. `mail_id` and `mailbox` return in SES's reports."""

    to: str
    subject: str
    text: str
    html: str
    mail_id: str
    mailbox: str


@dataclass(frozen=True, kw_only=True)
class Report:
    """What SES reports about a mail: that it was sent, or why its address gets no more mail."""

    mail_id: str
    mailbox: str
    is_sent: bool
    suppression: SuppressionReason | None


def send(message: Message) -> None:
    """Send a mail. Raises `MailRefused`, `NotSent` or `PossiblySent`."""
    settings = config.read(config.Mail)
    tags = {MAIL_ID: message.mail_id, MAILBOX: message.mailbox}
    with _named_failures():
        _ses().send_email(
            FromEmailAddress=settings.mail_sender,
            Destination={"ToAddresses": [_ascii_domain(message.to)]},
            Content={
                "Simple": {
                    "Subject": _content(message.subject),
                    "Body": {"Text": _content(message.text), "Html": _content(message.html)},
                }
            },
            EmailTags=[{"Name": name, "Value": value} for name, value in tags.items()],
            ConfigurationSetName=settings.mail_configuration,
        )


def end_suppression(address: str) -> None:
    """Remove an address from SES's suppression list. Idempotent. Raises as `send`."""
    with _named_failures(), suppress(_ses().exceptions.NotFoundException):
        _ses().delete_suppressed_destination(EmailAddress=_ascii_domain(address))


def parse_report(body: str) -> Report | None:
    """A report as SES publishes it; None for one that changes nothing.

    Raises `ValidationError` for a malformed report.
    """
    event = _Event.model_validate_json(body)
    (mail_id, *_), (mailbox, *_) = event.mail.tags.mail_id, event.mail.tags.mailbox
    suppression = event.suppression()
    is_sent = event.event_type == "Send"
    if not is_sent and suppression is None:
        return None
    return Report(mail_id=mail_id, mailbox=mailbox, is_sent=is_sent, suppression=suppression)


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, defer_build=True)


class _Tags(_Part):
    mail_id: tuple[str, ...] = Field(min_length=1)
    mailbox: tuple[str, ...] = Field(min_length=1)


class _Mail(_Part):
    tags: _Tags


class _Bounce(_Part):
    bounce_type: str = Field(alias="bounceType")


class _Complaint(_Part):
    feedback_type: str | None = Field(alias="complaintFeedbackType", default=None)


class _Event(_Part):
    """SES may add fields and types: what is not named here is ignored."""

    event_type: str = Field(alias="eventType")
    mail: _Mail
    bounce: _Bounce | None = None
    complaint: _Complaint | None = None

    def suppression(self) -> SuppressionReason | None:
        """Why the mailbox gets no mail any more; None: it still does.

        A bounce that may pass, and a report that a mail is no spam, suppress nothing.
        """
        if self.bounce and self.bounce.bounce_type == "Permanent":
            return SuppressionReason.BOUNCE
        if self.complaint and self.complaint.feedback_type != "not-spam":
            return SuppressionReason.COMPLAINT
        return None


@before_snapshot
@cache
def _ses() -> Any:
    return aws.client("sesv2", read_seconds=10, max_attempts=0)


@contextmanager
def _named_failures() -> Iterator[None]:
    """Raise SES's failures by what they mean. Its own messages contain addresses."""
    try:
        yield
    except _NOT_CONNECTED:
        raise NotSent from None
    except (failures.ConnectionError, failures.HTTPClientError):
        raise PossiblySent from None
    except failures.ClientError as error:
        raise _failure(error.response) from None


def _content(text: str) -> dict[Literal["Data", "Charset"], str]:
    return {"Data": text, "Charset": "UTF-8"}


def _failure(response: Mapping[str, Any]) -> Exception:
    if response["ResponseMetadata"]["HTTPStatusCode"] >= _SERVER_ERRORS:
        return PossiblySent()
    code = response["Error"]["Code"]
    return MailRefused(code) if code in _REFUSED else NotSent(code)


def _ascii_domain(email: str) -> str:
    """The address with its domain in ASCII, as SES requires it."""
    local = email.strip().rpartition("@")[0]
    return f"{local}@{address_of(email).rpartition('@')[2]}"

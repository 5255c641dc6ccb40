"""Mails to customers, which are owed until they were sent, and addresses that get no more mail."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from docket.domain.accounts.one_time_link import LinkPurpose
from docket.domain.language import Language

CONFIRMATION_WAIT = timedelta(minutes=15)
"""The wait for SES's report of a sending whose reply was lost. Then the mail is sent again."""

MAIL_DEADLINE = timedelta(days=3)
"""A mail that could not be sent in this time is dropped: its recipient has asked again since."""


class MailKind(StrEnum):
    """What a mail says. Each kind has a template in every language."""

    VERIFY_ADDRESS = "verify_address"
    RESET_PASSWORD = "reset_password"  # noqa: S105 - a kind, not a secret
    CONFIRM_NEW_ADDRESS = "confirm_new_address"
    CONFIRM_OLD_ADDRESS = "confirm_old_address"
    ADDRESS_TAKEN = "address_taken"
    """Somebody registered with the address of this account."""
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a kind, not a secret
    PASSWORD_RESET = "password_reset"  # noqa: S105 - a kind, not a secret
    """It was changed by a mailed link."""
    PASSWORD_REMOVED = "password_removed"  # noqa: S105 - a kind, not a secret
    """Only passkeys open the account."""
    ADDRESS_CHANGED = "address_changed"
    """To the address before, after both addresses confirmed the change."""
    NEW_DEVICE = "new_device"
    SESSION_REUSED = "session_reused"
    """A refresh token was used twice: the session is over for both holders."""
    SECOND_FACTOR_ADDED = "second_factor_added"
    SECOND_FACTOR_REMOVED = "second_factor_removed"
    SECOND_FACTOR_RESET = "second_factor_reset"
    """The operator has turned it off."""
    RECOVERY_CODE_USED = "recovery_code_used"
    RECOVERY_CODES_RENEWED = "recovery_codes_renewed"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    PASSKEYS_RESET = "passkeys_reset"
    """The operator has removed them all."""
    API_KEY_CREATED = "api_key_created"
    EXPORT_READY = "export_ready"
    DELETION_STARTED = "deletion_started"
    ACCOUNT_DELETED = "account_deleted"
    ACCOUNT_UNUSED = "account_unused"


LINKS: Mapping[MailKind, LinkPurpose] = {
    MailKind.VERIFY_ADDRESS: LinkPurpose.VERIFY_ADDRESS,
    MailKind.RESET_PASSWORD: LinkPurpose.RESET_PASSWORD,
    MailKind.CONFIRM_NEW_ADDRESS: LinkPurpose.CONFIRM_NEW_ADDRESS,
    MailKind.CONFIRM_OLD_ADDRESS: LinkPurpose.CONFIRM_OLD_ADDRESS,
}
"""The kinds that have a link. It is made when the mail is sent, so no token is stored."""

NOTICES = frozenset(MailKind) - LINKS.keys() - {MailKind.ADDRESS_TAKEN, MailKind.ACCOUNT_UNUSED}
"""The kinds that report an act of whoever is signed in, who may cause as many as they like.

Only the owner of an address gets them. Otherwise whoever has registered the address of somebody
else could flood that mailbox, and a complaint of its owner would suppress it. All other kinds are
counted for the address, but that about an unused account, which is sent once.
"""

REQUESTED = (frozenset(LINKS) | {MailKind.ADDRESS_TAKEN}) - {MailKind.RESET_PASSWORD}
"""The kinds that a stranger may cause for any address, of which few are sent in a day.

A reset is not among them: else strangers could use up those by which its owner gets in.
"""

PARAMETERS: Mapping[MailKind, frozenset[str]] = {
    MailKind.VERIFY_ADDRESS: frozenset({"link", "minutes"}),
    MailKind.RESET_PASSWORD: frozenset({"link", "minutes"}),
    MailKind.CONFIRM_NEW_ADDRESS: frozenset({"link", "minutes", "old_address"}),
    MailKind.CONFIRM_OLD_ADDRESS: frozenset({"link", "minutes", "new_address"}),
    MailKind.ADDRESS_TAKEN: frozenset(),
    MailKind.PASSWORD_CHANGED: frozenset({"time", "device", "place"}),
    MailKind.PASSWORD_RESET: frozenset({"time", "device", "place", "passkeys"}),
    MailKind.PASSWORD_REMOVED: frozenset({"time", "device", "place"}),
    MailKind.ADDRESS_CHANGED: frozenset({"time", "new_address"}),
    MailKind.NEW_DEVICE: frozenset({"time", "device", "place"}),
    MailKind.SESSION_REUSED: frozenset({"time", "device"}),
    MailKind.SECOND_FACTOR_ADDED: frozenset({"time", "device"}),
    MailKind.SECOND_FACTOR_REMOVED: frozenset({"time", "device"}),
    MailKind.SECOND_FACTOR_RESET: frozenset({"time"}),
    MailKind.RECOVERY_CODE_USED: frozenset({"time", "device", "left"}),
    MailKind.RECOVERY_CODES_RENEWED: frozenset({"time", "device"}),
    MailKind.PASSKEY_ADDED: frozenset({"time", "device", "name"}),
    MailKind.PASSKEY_REMOVED: frozenset({"time", "device", "name"}),
    MailKind.PASSKEYS_RESET: frozenset({"time"}),
    MailKind.API_KEY_CREATED: frozenset({"time", "device", "name"}),
    MailKind.EXPORT_READY: frozenset({"until"}),
    MailKind.DELETION_STARTED: frozenset({"time"}),
    MailKind.ACCOUNT_DELETED: frozenset({"time"}),
    MailKind.ACCOUNT_UNUSED: frozenset({"date"}),
}
"""The parameters of each kind: those of its link, and those that the request has.

Every template may also use `site`, the address of the site.
"""


class SuppressionReason(StrEnum):
    """Why an address gets no mail."""

    BOUNCE = "bounce"
    """The mailbox does not exist, or its server refuses mail for good."""
    COMPLAINT = "complaint"
    """Its owner marked a mail as spam."""


@dataclass(frozen=True, kw_only=True)
class Suppression:
    """Why, and since when, an address gets no mail."""

    reason: SuppressionReason
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Mail:
    """A mail that is owed to the mailbox with the normalized `address`.

    Without `to` its recipient is the account with that address, at the address as the customer
    wrote it; without such an account the mail is dropped. So a request that must not tell whether
    an address has an account need not look it up. `to` is for a mailbox without an account.

    `may_be_anothers`: the address of a mail with `to` was not verified, where addresses are. Of
    another recipient the account says it.

    `requested_by` is the account that has caused it, whose deletion deletes it; None if nobody was
    signed in, and for what reports the deletion itself. `owner` is the account of a link in a mail
    with `to`, else it is the recipient's. `about` is what the link confirms. `sending_since`: a
    sending began then, and its result is unknown.
    """

    id: str
    kind: MailKind
    address: str
    language: Language
    created_at: datetime
    params: Mapping[str, str] = field(default_factory=dict)
    to: str | None = None
    may_be_anothers: bool = False
    requested_by: str | None = None
    owner: str | None = None
    about: str | None = None
    sending_since: datetime | None = None

    @property
    def mailbox(self) -> str:
        """The pseudonym of its address, which is its partition in the table."""
        return mailbox_of(self.address)

    def is_unconfirmed(self, at: datetime) -> bool:
        """Whether a sending may still be reported that began before."""
        return self.sending_since is not None and at < self.sending_since + CONFIRMATION_WAIT

    def is_overdue(self, at: datetime) -> bool:
        """Whether it is too late to send it: at `MAIL_DEADLINE` it is dropped."""
        return at >= self.created_at + MAIL_DEADLINE


def mailbox_of(address: str) -> str:
    """A pseudonym of a normalized address: 32 hex digits of its SHA-256."""
    return hashlib.sha256(address.encode()).hexdigest()[:32]

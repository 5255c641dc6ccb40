"""`allow-mail`: send mail again to an address that bounced or complained."""

from collections.abc import Iterator

from docket.domain.accounts.mail import mailbox_of
from docket.domain.accounts.user import address_of
from docket.gateways import mail
from docket.table import operator_acts
from docket.table.accounts import suppressions
from operations.deployment import Operator


def allow_mail(address: str, operator: Operator) -> Iterator[str]:
    """End the suppression of an address, at SES first. Only its pseudonym is printed or recorded.

    Raises `mail.NotSent` or `mail.PossiblySent` if SES does not do it: run the command again.
    """
    mailbox = mailbox_of(address_of(address))
    operator_acts.record("allow-mail", {"mailbox": mailbox}, operator.audit())
    mail.end_suppression(address)
    suppressions.end(mailbox)
    yield f"mailbox {mailbox}: gets mail again"

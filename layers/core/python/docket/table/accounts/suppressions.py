"""Addresses that get no mail any more, by a pseudonym of the address."""

from datetime import datetime

from docket.domain.accounts.mail import Suppression, SuppressionReason
from docket.table import client, keys
from docket.table.client import ConditionFailed, Delete, Put
from docket.table.items import codec


def suppress(mailbox: str, reason: SuppressionReason, *, at: datetime) -> None:
    """Send no mail to a mailbox from now on. Idempotent."""
    suppression = codec.to_item(Suppression(reason=reason, at=at))
    client.write(Put(item={**keys.suppression(mailbox), **suppression}, condition=None))


def find(mailbox: str) -> Suppression | None:
    """Why a mailbox gets no mail; None if it does."""
    stored_item = client.get(keys.suppression(mailbox))
    return codec.from_item(Suppression, stored_item) if stored_item else None


def end(mailbox: str) -> None:
    """Send mail to a mailbox again. Idempotent."""
    try:
        client.write(Delete(key=keys.suppression(mailbox)))
    except ConditionFailed:
        return

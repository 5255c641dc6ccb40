"""Addresses that get no mail any more, by a pseudonym of the address."""

from datetime import datetime

from docket.domain.mail import SuppressionReason
from docket.table import client, keys
from docket.table.client import ConditionFailed, Delete, Put
from docket.table.times import to_iso


def suppress(mailbox: str, reason: SuppressionReason, *, at: datetime) -> None:
    """Send no mail to a mailbox from now on. Idempotent."""
    item = {**keys.suppression(mailbox), "reason": reason, "at": to_iso(at)}
    client.write(Put(item=item, condition=None))


def reason_for(mailbox: str) -> SuppressionReason | None:
    """Why a mailbox gets no mail; None if it does."""
    stored_item = client.get(keys.suppression(mailbox))
    return SuppressionReason(stored_item["reason"]) if stored_item else None


def lift(mailbox: str) -> None:
    """Send mail to a mailbox again. Idempotent."""
    try:
        client.write(Delete(key=keys.suppression(mailbox)))
    except ConditionFailed:
        return

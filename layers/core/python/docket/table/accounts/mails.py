"""Mails that are owed, one item for each.

A sending is marked before it begins, so that no other worker begins one; the item is deleted when
the mail was sent. SES has no idempotency: a mark that is left shows that the result is unknown.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import batched

from docket.domain.accounts.mail import Mail
from docket.domain.debt import due
from docket.table import client, keys
from docket.table.client import ConditionFailed, Delete, Put, Update
from docket.table.debts import DueKey
from docket.table.items import codec
from docket.table.items.attributes import Item
from docket.table.items.times import to_iso


def put(mail: Mail) -> Put:
    """The write that owes a mail, for the transaction that causes it."""
    return Put(item=to_item(mail))


def due_key(mail: Mail) -> DueKey:
    """The due key that `put` stores, by which a worker is called at once."""
    item = to_item(mail)
    return DueKey(key=_key(mail), due_key=item[keys.DUE])


def start(mail: Mail, attempt: str, *, at: datetime) -> bool:
    """Mark that a sending begins. Returns False if the mail was sent or another one has begun.

    A mark whose sending was never reported is replaced. `attempt` is unique to this sending: a
    repetition with it succeeds.
    """
    since = to_iso(mail.sending_since) if mail.sending_since else ""
    unmarked = "#sending_since = :known" if since else "attribute_not_exists(#sending_since)"
    try:
        client.update(
            Update(
                key=_key(mail),
                condition=f"attribute_exists(PK) AND ({unmarked} OR #attempt = :attempt)",
                set={("sending_since",): to_iso(at), ("attempt",): attempt},
                values={"attempt": attempt, **({"known": since} if since else {})},
            )
        )
    except ConditionFailed:
        return False
    return True


def unmark_sending(mail: Mail, attempt: str) -> None:
    """Remove the mark of a sending that SES did not accept. Idempotent."""
    try:
        client.update(
            Update(
                key=_key(mail),
                condition="#attempt = :attempt",
                values={"attempt": attempt},
                remove=[("sending_since",)],
            )
        )
    except ConditionFailed:
        return


def finish(mailbox: str, mail_id: str) -> None:
    """Delete a mail that was sent or dropped. Idempotent."""
    try:
        client.write(Delete(key=keys.mail(mailbox, mail_id)))
    except ConditionFailed:
        return


def requested_by_account(user_id: str) -> Iterator[Mail]:
    """The mails that are owed because of what the owner of an account has done."""
    partition = keys.by_status_partition(user_id, keys.MAIL)
    indexed = client.query(partition=partition, index=keys.BY_STATUS)
    for some in batched(indexed, client.MAX_BATCH, strict=False):
        items = client.batch_get([{"PK": item["PK"], "SK": item["SK"]} for item in some])
        yield from (from_item(item) for item in items if item)


def requested_anonymously(mailbox: str) -> Iterator[Mail]:
    """The mails that are owed to a mailbox because of somebody who was not signed in."""
    items = client.query(partition=keys.mail_partition(mailbox), prefix=keys.MAILS)
    found = (from_item(item) for item in items)
    return (mail for mail in found if mail.requested_by is None)


def to_item(mail: Mail) -> Item:
    """The item of a mail, in an index by the account that has caused it."""
    key = _key(mail)
    debt = keys.debt(due(mail, mail.created_at), mail.id, key)
    index = keys.by_status(mail.requested_by, keys.MAIL, mail.id) if mail.requested_by else {}
    return {**key, **debt, **index, **codec.to_item(mail)}


def from_item(item: Item) -> Mail:
    return codec.from_item(Mail, item)


def _key(mail: Mail) -> keys.Key:
    return keys.mail(mail.mailbox, mail.id)

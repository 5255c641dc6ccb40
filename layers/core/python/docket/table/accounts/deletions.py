"""Deletions of accounts that are under way, and the items that they remove.

Every function deletes what it finds, in transactions, so it can be stopped after
any of them and repeated. What owes money is not deleted: its item has a due key.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import batched
from typing import Any

from docket.domain.accounts.deletion import Deletion, Invoice
from docket.domain.accounts.mail import Mail
from docket.domain.accounts.user import OpenSession, User
from docket.domain.debt import due
from docket.domain.orders.order import Order
from docket.domain.payments.payment import Payment
from docket.table import client, keys
from docket.table.accounts import account_access, api_keys, mails, sessions
from docket.table.accounts.account_retention import LastUses
from docket.table.client import ConditionFailed, Delete, Put, Update
from docket.table.items import codec
from docket.table.items.attributes import Item
from docket.table.items.times import to_iso
from docket.table.orders import payment_items

_PARTS = 100
"""The parts of one transaction."""

_SETTLED = "attribute_not_exists(#GSI2PK)"


def begin(deletion: Deletion, user: User, mail: Mail, session: OpenSession) -> bool:
    """Begin the deletion of an account: all its sessions are over, and its owner gets `mail`.

    With `is_address_free` its credential goes at once. Returns False if a deletion of it has begun
    before, if the account is disabled, if its address was verified or replaced meanwhile, or if the
    session that requests it has ended since it was looked up. The same call has the same result
    again.
    """
    access = session.access
    try:
        client.write(
            Put(item=to_item(deletion)),
            mails.put(mail),
            account_access.deleting_write(
                deletion.user_id, at=deletion.requested_at, requested_with=access
            ),
            sessions.exists_write(session),
            *_free_address_writes(deletion, user),
        )
    except ConditionFailed as refused:
        # After a lost reply the mail may have been sent and deleted; the deletion is still there.
        stored = refused.stored_item or {}
        return refused.part == 0 and stored.get("mail_id") == deletion.mail_id
    return True


def _free_address_writes(deletion: Deletion, user: User) -> tuple[Delete, ...]:
    """The write that removes the credential of an account; none if that is in a user pool."""
    if not deletion.is_address_free:
        return ()
    return (
        Delete(
            key=keys.credential(user.address),
            condition="#id = :id AND #email_verified = :verified",
            values={"id": user.id, "verified": user.email_verified},
        ),
    )


def begin_unused(deletion: Deletion, user: User, uses: LastUses) -> bool:
    """Begin the deletion of an account that was not used since its last uses were read.

    Returns False if it was used, or if a deletion of it has begun, or if it is disabled, or has
    another address now.
    """
    try:
        client.write(
            Put(item=to_item(deletion)),
            account_access.deleting_write(
                deletion.user_id, at=deletion.requested_at, unused=uses.access
            ),
            *_free_address_writes(deletion, user),
            *(api_keys.unused_write(key) for key in uses.keys),
        )
    except ConditionFailed:
        return False
    return True


def is_under_way(user_id: str) -> bool:
    """Whether the deletion of an account has begun and not ended (consistent read)."""
    return client.get(keys.deletion(user_id)) is not None


def record_free_address(deletion: Deletion) -> Deletion:
    """Record that the user pool has deleted the account. Returns the deletion. Idempotent."""
    client.update(
        Update(
            key=keys.deletion(deletion.user_id),
            condition="attribute_exists(PK)",
            set={("is_address_free",): True},
        )
    )
    return replace(deletion, is_address_free=True)


def remove_account(deletion: Deletion, *, at: datetime) -> Deletion:
    """Delete the profile. Returns the deletion. Idempotent."""
    removed = replace(deletion, removed_at=at)
    try:
        client.write(
            Delete(key=keys.user(deletion.user_id)),
            Update(
                key=keys.deletion(deletion.user_id),
                condition="attribute_exists(PK)",
                set={("removed_at",): to_iso(at)},
            ),
        )
    except ConditionFailed:
        item = client.get(keys.deletion(deletion.user_id)) or {}
        if "removed_at" not in item:
            raise
        return from_item(item)
    return removed


def finish(deletion: Deletion, mail: Mail) -> None:
    """End a deletion, and owe the mail that reports it. Idempotent."""
    try:
        client.write(Delete(key=keys.deletion(deletion.user_id)), mails.put(mail))
    except ConditionFailed as refused:
        if refused.part != 0:
            raise


def order_is_settled(order_id: str) -> bool:
    """Whether neither a payment nor a refund of an order owes anything."""
    return not any(keys.DEBT_PARTITION in item for item in _money_items(order_id))


def payments_of(order_id: str) -> list[Payment]:
    """All payments that were ever opened for an order."""
    return [
        payment_items.from_item(item)
        for item in client.query(partition=keys.order_partition(order_id), prefix=keys.PAYMENTS)
    ]


def erase_order(order: Order) -> bool:
    """Delete an order and everything of it. Returns False if it owes money again.

    Its payments, its refunds and the order itself go last, and only if they owe nothing.
    """
    partition = keys.order_partition(order.id)
    _delete(
        item
        for item in client.query(partition=partition)
        if not item["SK"].startswith((keys.PAYMENTS, keys.REFUNDS))
    )
    last = [
        *(Delete(key=_key(item), condition=_SETTLED) for item in _money_items(order.id)),
        Delete(key=keys.order(order.user_id, order.id), condition=_SETTLED),
    ]
    try:
        for parts in batched(last, _PARTS, strict=False):
            client.write(*parts)
    except ConditionFailed:
        return False
    return True


def erase_sessions(user_id: str, *, access: bool) -> None:
    """Delete sessions, known devices and API keys; with `access` also what decides about them.

    The keys themselves go before the list that names them.
    """
    access_key = keys.account_access(user_id)
    items = list(client.query(partition=keys.session_partition(user_id)))
    _delete(keys.api_key(item["hash"]) for item in items if item["SK"].startswith(keys.API_KEYS))
    _delete(item for item in items if access or item["SK"] != access_key["SK"])


def erase_links_and_mails(user_id: str) -> None:
    """Delete the links that were mailed to an account, and the mails that it has caused."""
    for kind in (keys.LINK, keys.MAIL):
        partition = keys.by_status_partition(user_id, kind)
        _delete(client.query(partition=partition, index=keys.BY_STATUS))


def erase_mails_to(mailbox: str, *, before: datetime) -> None:
    """Delete the mails that somebody who was not signed in has requested for a mailbox.

    Later ones may be for another account, which has the address since the deletion began, and one
    of that moment reports it.
    """
    _delete(
        mails.to_item(mail)
        for mail in mails.requested_anonymously(mailbox)
        if mail.created_at < before
    )


def erase_own(user_id: str, *, with_usage: bool) -> None:
    """Delete what the customer has beside profile and orders.

    Whatever completes or cancels an order changes the usage: it goes when no money is owed.
    """
    _delete(client.query(partition=keys.factor_partition(user_id)))
    left = {keys.user(user_id)["SK"]}
    if not with_usage:
        left.add(keys.usage(user_id)["SK"])
    _delete(
        item
        for item in client.query(partition=keys.user_partition(user_id))
        if item["SK"] not in left and not item["SK"].startswith(keys.ORDERS)
    )


def keep_invoice(invoice: Invoice, *, until: datetime) -> None:
    """Store the invoice data of a payment, until then. Idempotent."""
    key = keys.invoice(invoice.user_id, invoice.payment_intent_id)
    item = {**key, **codec.to_item(invoice), "ttl": int(until.timestamp())}
    client.write(Put(item=item, condition=None))


def to_item(deletion: Deletion) -> Item:
    key = keys.deletion(deletion.user_id)
    debt = keys.debt(due(deletion, deletion.requested_at), deletion.user_id, key)
    return {**key, **debt, **codec.to_item(deletion)}


def from_item(item: Item) -> Deletion:
    return codec.from_item(Deletion, item)


def _money_items(order_id: str) -> list[Item]:
    partition = keys.order_partition(order_id)
    return [
        item
        for prefix in (keys.PAYMENTS, keys.REFUNDS)
        for item in client.query(partition=partition, prefix=prefix)
    ]


def _delete(items: Iterable[Mapping[str, Any]]) -> None:
    for some in batched(items, _PARTS, strict=False):
        client.write(*(Delete(key=_key(item), condition=None) for item in some))


def _key(item: Mapping[str, Any]) -> keys.Key:
    return {"PK": item["PK"], "SK": item["SK"]}

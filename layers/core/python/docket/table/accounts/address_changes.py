"""Changes of address that await their confirmations: at most one for each account."""

from datetime import datetime

from docket.domain.accounts.address_change import CHANGE_LIFETIME, CONFIRMATIONS, AddressChange
from docket.domain.accounts.one_time_link import LinkPurpose
from docket.table import client, keys
from docket.table.client import Delete, Put, Update
from docket.table.items import codec
from docket.table.items.times import to_iso


def put(change: AddressChange) -> Put:
    """The write that begins a change, in place of an earlier one, whose links are then invalid.

    It fails if a later one was begun, by the order of their ids: a repetition that is late does not
    take its place. The mails of a change that was begun before are not owed again.
    """
    ttl = int((change.created_at + CHANGE_LIFETIME).timestamp())
    return Put(
        item={**keys.address_change(change.user_id), **codec.to_item(change), "ttl": ttl},
        condition="attribute_not_exists(#id) OR #id < :id",
        values={"id": change.id},
        mark="id",
    )


def find(user_id: str) -> AddressChange | None:
    """The change that an account has requested last; None if there is none.

    It may be void, because the account has changed since, or over: its item may outlive `ttl`.
    """
    stored_item = client.get(keys.address_change(user_id))
    return codec.from_item(AddressChange, stored_item) if stored_item else None


def confirm_write(change: AddressChange, by: LinkPurpose, *, at: datetime) -> Update:
    """The write that records the first of both confirmations."""
    (other,) = {*CONFIRMATIONS.values()} - {CONFIRMATIONS[by]}
    return Update(
        key=keys.address_change(change.user_id),
        condition="#id = :id AND attribute_not_exists(#other)",
        names={"other": other},
        values={"id": change.id},
        set={(CONFIRMATIONS[by],): to_iso(at)},
    )


def remove_write(change: AddressChange) -> Delete:
    """The write that ends a change, for the transaction that carries it out."""
    return Delete(
        key=keys.address_change(change.user_id), condition="#id = :id", values={"id": change.id}
    )

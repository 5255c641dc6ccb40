"""Leases of accounts in a user pool, so that one request at a time changes one there.

A pool has no conditions, and no transaction with the table: a request that has looked at the
account before another one changes it could still set its own password after that. So whoever
changes a password or an address holds the lease of the account from before the call of the pool
until the write of the table, which fails without it. The lease is given back when no call of its
request can arrive any more; of a request that has stopped in between it expires later than that.
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from docket.domain.accounts.user import AccountAccess
from docket.domain.errors import ConcurrentChange, TableUnavailable
from docket.table import client, keys
from docket.table.accounts import account_access
from docket.table.client import ConditionFailed, Update
from docket.table.items.times import to_iso

LIFETIME = timedelta(minutes=1)
"""Longer than the timeout of a function, and than a call of the pool that it has left behind."""

_HELD = (("pool_lease",), ("pool_lease_until",))
_IS_OPEN = "attribute_not_exists(#disabled_at) AND attribute_not_exists(#deleting_at)"


@dataclass(kw_only=True)
class Lease:
    """The lease of an account, by an id that is unique to its request.

    `is_settled`: no call of the pool is on its way. A call that had to be repeated, or that got no
    answer, may arrive later, so its lease is left to expire.
    """

    user_id: str
    id: str
    is_settled: bool = True


def take_write(lease: Lease, access: AccountAccess | None, *, at: datetime) -> Update:
    """The write that takes the lease. It fails while another request has it.

    It also fails if all sessions were ended, or the account was changed, since `access` was read.
    None, for a reset: only if the account is disabled or being deleted. Whoever has a session of it
    could end the others again and again.
    """
    if access:
        admitted = account_access.unchanged_write(lease.user_id, access)
    else:
        admitted = Update(key=keys.account_access(lease.user_id), condition=_IS_OPEN)
    is_free = (
        "attribute_not_exists(#pool_lease) OR #pool_lease = :lease OR #pool_lease_until < :now"
    )
    return replace(
        admitted,
        condition=f"({admitted.condition}) AND ({is_free})",
        set={
            ("pool_lease",): lease.id,
            ("pool_lease_until",): to_iso(at + LIFETIME),
        },
        values={**admitted.values, "lease": lease.id, "now": to_iso(at)},
    )


def held_write(write: Update, lease: Lease | None) -> Update:
    """A write of the account's access, which fails without the lease, and gives it back if it may.

    None: accounts are not in a pool, and the write stays as it is.
    """
    if lease is None:
        return write
    return replace(
        write,
        condition=f"({write.condition}) AND #pool_lease = :lease",
        remove=[*write.remove, *(_HELD if lease.is_settled else ())],
        values={**write.values, "lease": lease.id},
    )


def give_back(lease: Lease) -> None:
    """Give the lease back, if no call of the pool is on its way. Idempotent."""
    if not lease.is_settled:
        return
    with suppress(ConditionFailed, ConcurrentChange, TableUnavailable):  # it expires
        client.update(
            Update(
                key=keys.account_access(lease.user_id),
                condition="#pool_lease = :lease",
                remove=_HELD,
                values={"lease": lease.id},
            )
        )

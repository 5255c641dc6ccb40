"""The retention of accounts: their profiles are debts, which are due when they are looked at next.

Uses do not move the due key: the worker reads the last ones when it looks at the account.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from docket.domain.accounts.api_key import ApiKey
from docket.domain.accounts.mail import Mail
from docket.domain.accounts.retention import RemovalNotice, RetainedAccount
from docket.domain.accounts.user import AccountAccess, User
from docket.domain.debt import due
from docket.table import client, keys
from docket.table.accounts import account_access, api_keys, mails
from docket.table.client import ConditionFailed, Update
from docket.table.debts import Claim
from docket.table.items import codec
from docket.table.items.attributes import Item


@dataclass(frozen=True)
class LastUses:
    """What shows when an account was used: its access item, and its API keys."""

    access: AccountAccess
    keys: Sequence[ApiKey]

    @property
    def times(self) -> tuple[datetime | None, ...]:
        """When each of them was last used, the access first; None: never."""
        return (self.access.used_at, *(key.last_used_at for key in self.keys))


def owed(user: User) -> Item:
    """The keys of the profile of a new account, with its first due key."""
    key = keys.user(user.id)
    account = RetainedAccount(id=user.id, created_at=user.created_at)
    return {**key, **keys.debt(due(account, user.created_at), user.id, key)}


def from_item(item: Item) -> RetainedAccount:
    """What the profile of an account says about its retention."""
    return codec.from_item(RetainedAccount, item)


def notice_of(user_id: str) -> RemovalNotice | None:
    """The last notice of a removal to an account; None if it got none, or does not exist."""
    item = client.get(keys.user(user_id))
    return from_item(item).removal_notice if item else None


def last_uses(user_id: str) -> LastUses:
    return LastUses(account_access.find(user_id), api_keys.of_user(user_id))


def notify(claim: Claim, notice: RemovalNotice, mail: Mail) -> None:
    """Owe the mail with a notice, and look at the account again at the time of its removal.

    Does nothing if its debt was moved.
    """
    try:
        client.write(
            mails.put(mail),
            Update(
                key=claim.key,
                condition="#GSI2SK = :seen",
                set={
                    ("removal_notice",): codec.to_item(notice),
                    (keys.DUE,): keys.due_key(notice.removal_at, claim.key),
                },
                values={"seen": claim.due_key},
            ),
        )
    except ConditionFailed:
        return

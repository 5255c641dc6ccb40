"""A change of an account's address, which both addresses confirm."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from docket.domain.accounts.one_time_link import LIFETIMES, LinkPurpose
from docket.domain.accounts.user import User, address_of

CHANGE_LIFETIME = max(
    LIFETIMES[LinkPurpose.CONFIRM_NEW_ADDRESS], LIFETIMES[LinkPurpose.CONFIRM_OLD_ADDRESS]
) + timedelta(days=1)
"""A link is made when its mail is sent, which may be later than the request."""


@dataclass(frozen=True, kw_only=True)
class AddressChange:
    """A change of the address `old_address` (normalized) to `new_email`, as the customer wrote it.

    It was requested in the version `user_version` of the account, and is void in a later one:
    whoever requested it with a stolen password cannot complete it after a reset.
    """

    id: str
    user_id: str
    user_version: int
    old_address: str
    new_email: str
    created_at: datetime
    old_confirmed_at: datetime | None = None
    new_confirmed_at: datetime | None = None

    @classmethod
    def requested(cls, change_id: str, user: User, new_email: str, *, at: datetime) -> Self:
        """A new change of the account as it is now, without a confirmation."""
        return cls(
            id=change_id,
            user_id=user.id,
            user_version=user.version,
            old_address=user.address,
            new_email=new_email,
            created_at=at,
        )

    @property
    def new_address(self) -> str:
        """The normalized form of `new_email`."""
        return address_of(self.new_email)

    def is_complete(self, user: User) -> bool:
        """Whether it has all confirmations that it needs, with the account as it is now.

        An address that is not verified need not confirm: it may be a typing error, or belong to
        somebody else. One that was verified since the request has to.
        """
        is_confirmed = self.old_confirmed_at is not None or not user.email_verified
        return is_confirmed and self.new_confirmed_at is not None

    def confirmed(self, by: LinkPurpose, *, at: datetime) -> Self:
        """The change after the address of a link of that purpose has confirmed it."""
        if by is LinkPurpose.CONFIRM_OLD_ADDRESS:
            return replace(self, old_confirmed_at=at)
        return replace(self, new_confirmed_at=at)


CONFIRMATIONS: Mapping[LinkPurpose, str] = {
    LinkPurpose.CONFIRM_OLD_ADDRESS: "old_confirmed_at",
    LinkPurpose.CONFIRM_NEW_ADDRESS: "new_confirmed_at",
}
"""The field of a confirmation, by the purpose of the link that gives it."""

"""One-time links: mailed to an address, and used once, by whoever can read its mail."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class LinkPurpose(StrEnum):
    """What the holder of a link may do with it."""

    VERIFY_ADDRESS = "verify_address"
    RESET_PASSWORD = "reset_password"  # noqa: S105 - a purpose, not a secret
    CONFIRM_NEW_ADDRESS = "confirm_new_address"
    """Confirm a change of address, at the address that the account is to have."""
    CONFIRM_OLD_ADDRESS = "confirm_old_address"
    """Confirm a change of address, at the address that the account has."""


LIFETIMES: Mapping[LinkPurpose, timedelta] = {
    LinkPurpose.VERIFY_ADDRESS: timedelta(minutes=60),
    LinkPurpose.RESET_PASSWORD: timedelta(minutes=30),
    LinkPurpose.CONFIRM_NEW_ADDRESS: timedelta(minutes=60),
    LinkPurpose.CONFIRM_OLD_ADDRESS: timedelta(minutes=60),
}

PAGES: Mapping[LinkPurpose, str] = {
    LinkPurpose.VERIFY_ADDRESS: "/verify-email",
    LinkPurpose.RESET_PASSWORD: "/reset-password",
    LinkPurpose.CONFIRM_NEW_ADDRESS: "/confirm-email",
    LinkPurpose.CONFIRM_OLD_ADDRESS: "/confirm-email",
}
"""The pages of the site that use a link. Opening a page uses nothing: it sends the token by POST
when a person presses its button."""


@dataclass(frozen=True, kw_only=True)
class OneTimeLink:
    """A link of the account `user_id`, mailed to the normalized `address`.

    Only `token_hash` is stored. `user_version` is that of the account when the link was made: a
    password, address or second factor that was changed since makes the link invalid. `about` is the
    id of what it confirms, if there may be several.
    """

    token_hash: str
    purpose: LinkPurpose
    user_id: str
    address: str
    user_version: int
    created_at: datetime
    expires_at: datetime
    about: str | None = None
    used_at: datetime | None = None


def page_url(site: str, purpose: LinkPurpose, token: str) -> str:
    """The URL that is mailed. Browsers send no fragment, so the token is in no log of a server."""
    return f"{site}{PAGES[purpose]}#{token}"

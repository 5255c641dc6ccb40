"""What a customer may do only after confirming the address of the account."""

from typing import Literal

from docket.auth import accounts
from docket.domain.accounts.user import Caller
from docket.domain.errors import NotVerified
from docket.runtime import config


def require_verified(caller: Caller, *, before: Literal["order", "payment"]) -> None:
    """Raises `NotVerified` if the stage asks for a confirmed address before this act."""
    if (
        config.read(config.Verification).is_due(before)
        and not accounts().find(caller).email_verified
    ):
        raise NotVerified

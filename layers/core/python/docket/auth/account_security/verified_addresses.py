"""Whether an account belongs to whoever reads the mail of its address."""

from docket.domain.accounts.user import User
from docket.domain.errors import NotVerified
from docket.runtime import config


def require_verified_address(user: User) -> None:
    """Raises `NotVerified` where addresses are verified, and that of the account is not.

    That is for what outlasts another password: whoever registered the address of somebody else
    would get in even after its owner has reset the password.
    """
    if may_be_anothers(user):
        raise NotVerified


def may_be_anothers(user: User) -> bool:
    """Whether the address may be that of somebody else: not verified, where addresses are."""
    return config.read(config.Verification).is_on and not user.email_verified

"""The deletion of an account: begun by its owner, or because nobody has used it for long.

DELETE /auth/me ──► deletion owed (table) ──► worker of debts: sweep, remove, sweep again ──► mail
unused, notice ─────────────►│
"""

from dataclasses import replace
from datetime import datetime

from docket.auth.account_security.verified_addresses import may_be_anothers
from docket.domain.accounts.deletion import Deletion
from docket.domain.accounts.mail import Mail, MailKind
from docket.domain.accounts.user import OpenSession, RequestDevice, User
from docket.domain.errors import AccountDisabled, ConcurrentChange, NotSignedIn
from docket.domain.language import Language
from docket.domain.notices import notice
from docket.domain.orders.order import OrderStatus
from docket.runtime.clock import new_id
from docket.table import rate_limits
from docket.table.accounts import account_access, deletions, users
from docket.table.accounts.account_retention import LastUses
from docket.table.accounts.pool import pool_profiles
from docket.table.orders import orders

CLOSED = (OrderStatus.COMPLETED, OrderStatus.CANCELLED)
"""The states of an order that is not paid any more."""


def begin(session: OpenSession, device: RequestDevice, *, at: datetime) -> Mail:
    """Begin the deletion of the account of a session. Returns the mail that is owed.

    The address is free at once, that of a user pool a minute later: it may be somebody else's, who
    need not wait for the account of a stranger to be removed. The deletion of an account that has
    not verified it is counted: it voids the links that were mailed to its owner. A repeated request
    changes nothing. Raises `NotSignedIn`, `AccountDisabled`, `TooManyTries`, and
    `ConcurrentChange` if the session has ended meanwhile.
    """
    user = users.find(session.user_id)
    if user is None:
        raise NotSignedIn
    if not user.email_verified:
        rate_limits.count_departure(user.address, at=at)
    mail = replace(
        notice(MailKind.DELETION_STARTED, user, device, device.language, mail_id=new_id(), at=at),
        to=user.email,  # no account has the address any more
        requested_by=None,  # it is sent also after the rest is erased
        may_be_anothers=may_be_anothers(user),
    )
    if not deletions.begin(_deletion(user, device.language, at), user, mail, session):
        access = account_access.find(user.id)
        if not access.deleting_at:
            raise AccountDisabled if access.disabled_at else ConcurrentChange
    return mail


def begin_unused(user: User, uses: LastUses, *, at: datetime) -> bool:
    """Begin the deletion of an account that nobody uses. Returns False if it was used meanwhile.

    It was announced, so no mail reports that it begins.
    """
    return deletions.begin_unused(_deletion(user, uses.access.language, at), user, uses)


def owes_money(user_id: str) -> bool:
    """Whether an order of the account may still be paid, or a payment or refund of it is open."""
    return any(
        order.status not in CLOSED or not deletions.order_is_settled(order.id)
        for order in orders.every(user_id)
    )


def _deletion(user: User, language: Language, at: datetime) -> Deletion:
    return Deletion(
        user_id=user.id,
        email=user.email,
        language=language,
        requested_at=at,
        mail_id=new_id(),
        may_be_anothers=may_be_anothers(user),
        is_address_free=not pool_profiles.is_in_pool(user.id),
    )

"""The deletion of an account, and what the law asks to keep of its payments.

requested ──► swept ──► removed ──► swept again ──► over

requested  every session is over; nobody can sign in; the address is free, that of a user pool
           after `LAST_REQUEST`
removed    `LAST_WRITE` later, when no money is owed: the profile is gone
over       `LAST_REQUEST` later, when no request is left that had read them
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from docket.domain.accounts.user import User
from docket.domain.language import Language
from docket.domain.orders.order import Order
from docket.domain.payments.payment import Payment
from docket.domain.payments.pricing import Money
from docket.domain.task import LAST_WRITE

MONEY_CHECK = timedelta(hours=1)
"""Interval of the checks whether the money of an order is settled. Its debts do that."""

LAST_REQUEST = timedelta(minutes=1)
"""Longer than the timeout of any function behind the API."""


@dataclass(frozen=True, kw_only=True)
class Deletion:
    """A deletion that is under way. `email` is the address as the customer wrote it.

    `mail_id` is the id of the mail that reports its end, so that it is sent once.
    """

    user_id: str
    email: str
    language: Language
    requested_at: datetime
    mail_id: str
    may_be_anothers: bool = False
    """Whether its address was not verified, where addresses are."""
    is_address_free: bool = False
    """Whether the credential is gone: another account may have the address."""
    removed_at: datetime | None = None

    @property
    def frees_pool_address_after(self) -> datetime:
        """After this time no request changes the account in the user pool any more."""
        return self.requested_at + LAST_REQUEST

    @property
    def ends_after(self) -> datetime:
        """After this time nothing is stored any more that was on its way."""
        return self.requested_at + LAST_WRITE


@dataclass(frozen=True, kw_only=True)
class Invoice:
    """What is retained of a payment after its account was deleted. Amounts: in minor units."""

    user_id: str
    payment_intent_id: str
    order_id: str
    email: str
    full_name: str | None
    money: Money
    paid_at: datetime
    amount_refunded: int
    amount_lost: int
    amount_acknowledged: int = 0
    charged_pages: int | None
    """Of the order, if this is the payment that it was completed with."""

    @classmethod
    def of(cls, user: User, order: Order, payment: Payment) -> "Invoice | None":
        """None for a payment that never succeeded."""
        if payment.paid_at is None:
            return None
        return cls(
            user_id=user.id,
            payment_intent_id=payment.payment_intent_id,
            order_id=order.id,
            email=user.email,
            full_name=user.full_name,
            money=payment.money,
            paid_at=payment.paid_at,
            amount_refunded=payment.amount_refunded,
            amount_lost=payment.amount_lost,
            amount_acknowledged=payment.amount_acknowledged,
            charged_pages=(
                order.quoted_pages if order.is_paid_for_by(payment.payment_intent_id) else None
            ),
        )

    def retained_until(self, years: int) -> datetime:
        """The end of that many years, counted from the end of the year of the payment."""
        return datetime(self.paid_at.year + years + 1, 1, 1, tzinfo=UTC)

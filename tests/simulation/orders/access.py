"""Whether the analysis of an order is open, by what is paid: nothing of it rests on `is_paid`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from docket.domain.orders.order import Order, OrderStatus
from docket.domain.payments.payment import DisputeStatus
from tests.simulation.environment.stripe_side import StripeSide


@dataclass
class Access:
    """Since when an order is open, or not, by its items: in microseconds."""

    is_open: bool = False
    since: int = 0

    def follow(self, order: Order, now: int) -> None:
        """Follow a write of the order."""
        if self.is_open is not _is_open(order):
            self.is_open, self.since = not self.is_open, now

    def allows(self, *, is_open: bool, begun_at: int) -> bool:
        """Whether a reply may be so that a request got which began then, and ends now."""
        return is_open is self.is_open or begun_at <= self.since


def at_stripe(order: Order, stripe: StripeSide, returned_outside: Mapping[str, int]) -> bool:
    """Whether an order is open by what the shop has of it once all disputes are decided.

    A dispute that was lost closes it, whatever its amount. `returned_outside` is what was returned
    outside of Stripe.
    """
    if order.status is not OrderStatus.COMPLETED or order.payment is None:
        return order.status is OrderStatus.COMPLETED and order.is_sample
    intent: Any = stripe.intent(order.payment.payment_intent_id)
    if intent is None or stripe.amount_lost(intent["id"]):
        return False
    return stripe.amount_left(intent) > returned_outside.get(intent["id"], 0)


def _is_open(order: Order) -> bool:
    """Whether it is completed, and paid by an amount that was not returned nor is withheld."""
    if order.status is not OrderStatus.COMPLETED or order.payment is None:
        return order.status is OrderStatus.COMPLETED and order.is_sample
    payment = order.payment
    is_lost = payment.amount_lost > 0 or payment.dispute is DisputeStatus.LOST
    is_held = payment.dispute is DisputeStatus.OPEN and payment.is_withheld
    returned = payment.amount_refunded + payment.amount_acknowledged
    return not is_lost and not is_held and returned < payment.money.amount

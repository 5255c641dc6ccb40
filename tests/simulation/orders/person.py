"""The person who returns the money of refunds that failed for good, at Stripe or outside of it."""

from functools import partial
from random import Random

from docket.domain.payments.refund import Refund
from tests.simulation.aws import SimulatedAws
from tests.simulation.environment.operator_side import OperatorSide
from tests.simulation.environment.stripe_side import StripeSide
from tests.simulation.orders.watch import AT_AN_END, Watcher

SOON_SECONDS = (300.0, 3600.0)
LATER_SECONDS = (3600.0, 86_400.0)

LEFT = 0.5
"""How many of the failed refunds that nobody is owed the person leaves as they are."""


class Person:
    """Returns what the service states, soon after its alarm, and knows what happened meanwhile.

    `Fault.RETURNED_OUTSIDE` decides of which payments the money is returned outside of Stripe, and
    so is that of those of which Stripe refuses every refund.
    """

    def __init__(
        self,
        aws: SimulatedAws,
        stripe: StripeSide,
        operator: OperatorSide,
        watcher: Watcher,
        seed: int,
    ) -> None:
        self._aws, self._stripe, self._operator, self._watcher = aws, stripe, operator, watcher
        self._random = Random(f"{seed} person")
        self._alarmed: set[str] = set()
        self._left: set[str] = set()

    @property
    def is_at_work(self) -> bool:
        """Whether money waits for the person."""
        return bool(self._alarmed)

    def check_alarms(self) -> None:
        """Plan what each alarm asks for: half of what is owed to nobody is left as it is."""
        for refund in self._watcher.needing_person():
            if refund.id in self._alarmed | self._left:
                continue
            if self._is_voluntary(refund) and self._random.random() < LEFT:
                self._left.add(refund.id)
            else:
                self._alarmed.add(refund.id)
                self._later(refund.id, *SOON_SECONDS)

    def _later(self, refund_id: str, *seconds: float) -> None:
        self._aws.world.after(self._random.uniform(*seconds), partial(self._return, refund_id))

    def _is_voluntary(self, refund: Refund) -> bool:
        """Whether the service owes no refund of the payment: it has completed its order."""
        order = self._watcher.orders[refund.order_id].order
        is_paid = order is not None and order.is_paid_for_by(refund.payment_intent_id)
        return refund.was_made_at_stripe and is_paid

    def _return(self, refund_id: str) -> None:
        """Return the money if the refund still waits for it, or try it again later."""
        refund = next((r for r in self._watcher.needing_person() if r.id == refund_id), None)
        if refund is None:
            self._alarmed.discard(refund_id)
            return
        intent = refund.payment_intent_id
        if not self._is_clear(refund):
            self._later(refund_id, *LATER_SECONDS)
        elif intent in self._operator.returns_outside:
            self._alarmed.discard(refund_id)
            self._operator.return_outside(refund, times=self._random.choice((1, 1, 2)))
        else:
            if not self._stripe.refund(intent, refund.money.amount):
                self._operator.returns_outside.add(intent)
            self._later(refund_id, *LATER_SECONDS)

    def _is_clear(self, refund: Refund) -> bool:
        """Whether nobody else returns the same money: neither a bank, nor the service, nor others.

        The person compares the service's page with Stripe's.
        """
        record, intent = self._watcher.orders[refund.order_id], refund.payment_intent_id
        payment, by_service = record.payments[intent], record.refunds.get(intent)
        is_recorded = (
            payment.amount_refunded == self._stripe.amount_refunded(intent)
            and payment.amount_lost == self._stripe.amount_lost(intent)
            and not self._stripe.is_disputed(intent)
        )
        is_left = by_service is None or not by_service.is_open or by_service.needs_person
        is_ended = record.order is not None and record.order.status in AT_AN_END
        return is_recorded and is_left and is_ended and not self._operator.acts_on(refund.order_id)

"""What happens to a payment afterwards: refunds by hand, disputes, and refunds that fail."""

from collections import Counter
from collections.abc import Callable
from math import inf
from random import Random
from typing import Any

from tests.simulation.aws import SimulatedAws
from tests.simulation.environment.operator_side import OperatorSide
from tests.simulation.environment.stripe_side import TIMING, StripeSide
from tests.simulation.faults import Fault

BY_HAND_SECONDS = (0.0, 3000.0)
EFFECTS_SECONDS = TIMING.settle_seconds + 60
"""After this time a refund that fails later has failed, and is known."""

REFUSED_TIMES = (1, 2, 5, inf)
"""How many requests of a refund Stripe refuses; the service makes five."""

INQUIRY = "warning_needs_response"
INQUIRIES = 0.25
"""How many disputes begin with an inquiry of the bank."""
APPEALS = 0.5
"""Against how many lost disputes the shop appeals."""
MOST_MEANWHILE = 40
"""How often something happens to a payment while an answer about it is under way. Each change is
asked about again, so without a limit some lives would not end."""


class Reversals:
    """Acts of people and banks. `active` counts those that have not had their effects yet."""

    def __init__(
        self, aws: SimulatedAws, stripe: StripeSide, operator: OperatorSide, seed: int
    ) -> None:
        self._aws, self._stripe, self._operator = aws, stripe, operator
        self._bank = Random(f"{seed} bank")
        self._overtaken: Counter[str] = Counter()
        self.active = 0
        self.on_change: Callable[[str], None] = lambda payment_intent_id: None
        """Is called when something happened to a payment."""
        stripe.transport.overtake = self._meanwhile

    def follow(self, order_id: str, intent: str, random: Random) -> None:
        """Let happen to a payment what this life has for it."""
        after, fires = self._aws.world.after, self._aws.faults.fires
        if fires(Fault.REFUND_BY_HAND, "payment"):
            body: dict[str, Any] = {"outcome": random.choice(("at_once", "pending", "fails_later"))}
            if random.random() < 0.5:
                body["amount"] = random.choice((1, 50, 200))
            self._soon(random, lambda: self._by_hand(intent, "refund", body))
        if fires(Fault.DISPUTE, "payment"):
            decision = random.choice(("won", "lost", "")), random.uniform(600, 9000)
            in_part = fires(Fault.DISPUTE_OF_PART, "payment")
            self._soon(random, lambda: self._dispute(intent, decision, in_part=in_part))
        if fires(Fault.REFUND_REFUSED, "payment"):
            self._stripe.refuse_refunds(intent, random.choice(REFUSED_TIMES))
        if fires(Fault.RETURNED_OUTSIDE, "payment"):
            self._operator.returns_outside.add(intent)
        if fires(Fault.REFUND_FAILS, "payment"):
            after(random.uniform(300, 9000), lambda: self._fail_refund(intent))
        if fires(Fault.OPERATOR_REFUND, "payment"):
            self._refunded_by_operator(order_id, intent, random)

    def get_back(self, order_id: str, intent: str, random: Random) -> None:
        """Return a payment at once."""
        match random.randrange(3):
            case 0:
                self._by_hand(intent, "refund", {"outcome": "at_once"})
            case 1:
                self._operator.refund(order_id)
            case _:
                self._dispute(intent, ("lost", random.uniform(5, 600)), in_part=False)

    def _soon(self, random: Random, act: Callable[[], None]) -> None:
        """Let something happen at Stripe soon. The faults go on until it has had its effects."""
        self.active += 1

        def done() -> None:
            self.active -= 1

        def begin() -> None:
            act()
            self._aws.world.after(EFFECTS_SECONDS, done)

        self._aws.world.after(random.uniform(*BY_HAND_SECONDS), begin)

    def _refunded_by_operator(self, order_id: str, intent: str, random: Random) -> None:
        """The operator refunds the order's payment, sometimes twice at once."""
        options = random.choice(((), ("--payment", intent)))
        delay = random.uniform(*BY_HAND_SECONDS)
        for _ in range(random.choice((1, 1, 2))):
            self._aws.world.after(delay, lambda: self._operator.refund(order_id, *options))

    def _by_hand(self, intent: str, act: str, body: dict[str, Any]) -> None:
        if act == "refund" and self._operator.returned_outside[intent]:
            return  # people know what they have returned outside of Stripe
        if self._stripe.act(f"/payment_intents/{intent}/{act}", body):
            self.on_change(intent)
            self._aws.world.note(f"stripe: {act} {intent} {body}")

    def _dispute(
        self,
        intent: str,
        decision_and_delay: tuple[str, float],
        *,
        in_part: bool,
        appeals: float = APPEALS,
    ) -> None:
        is_inquiry = self._bank.random() < INQUIRIES
        body: dict[str, Any] = {"status": INQUIRY} if is_inquiry else {}
        if in_part:
            body["amount"] = self._part_of(intent)
        self._by_hand(intent, "dispute", body)
        decision, later = decision_and_delay
        if is_inquiry and decision != "lost":
            decision = "warning_closed"  # by itself it would take the bank four months
        if decision:
            self._aws.world.after(later, lambda: self._decide(intent, decision))
            if decision == "lost" and self._bank.random() < appeals:
                won = self._bank.choice(("won", "lost"))
                appealed, decided = (self._bank.uniform(60, 9000) for _ in range(2))
                after = self._aws.world.after
                after(later + appealed, lambda: self._decide(intent, "appeal_needs_response"))
                after(later + appealed + decided, lambda: self._decide(intent, won))

    def _part_of(self, intent: str) -> int:
        """A part of a payment, from the smallest up to all of it."""
        whole = int((self._stripe.intent(intent) or {}).get("amount", 1))
        return self._bank.choice((1, self._bank.randint(1, whole), max(1, whole - 1), whole))

    def _decide(self, intent: str, decision: str) -> None:
        """The bank decides on a dispute, or the shop appeals."""
        for dispute in self._stripe.disputes(intent):
            if self._stripe.act(f"/disputes/{dispute['id']}/decide", {"status": decision}):
                self.on_change(intent)
                self._aws.world.note(f"stripe: dispute of {intent} is {decision}")

    def _meanwhile(self, intent: str) -> None:
        """Something happens to a payment while Stripe's answer about it is under way."""
        self._overtaken[intent] += 1
        if self._overtaken[intent] > MOST_MEANWHILE:
            return
        match self._bank.randrange(4):
            case 0:
                self._fail_refund(intent)
            case 1:
                outcome = self._bank.choice(("at_once", "fails_later", "fails_later"))
                self._by_hand(intent, "refund", {"outcome": outcome})
            case 2:
                in_part = self._aws.faults.fires(Fault.DISPUTE_OF_PART, "payment")
                lost = "lost", self._bank.uniform(600, 9000)
                self._dispute(intent, lost, in_part=in_part, appeals=1)
            case _:
                self._decide(intent, self._bank.choice(("won", "lost", "appeal_needs_response")))

    def _fail_refund(self, intent: str) -> None:
        """The bank rejects one of the refunds, also an earlier one than the newest."""
        refunds = self._stripe.refunds(intent)
        for refund in [self._bank.choice(refunds)] if len(refunds) > 1 else refunds:
            if self._stripe.act(f"/refunds/{refund['id']}/fail"):
                self._aws.world.note(f"stripe: refund of {intent} fails")

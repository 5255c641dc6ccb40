"""What a customer buys in a life of accounts, so that an account may be deleted with open money."""

from collections.abc import Generator, Iterator
from random import Random
from typing import Any

from tests.simulation.accounts.people import People, Person
from tests.simulation.accounts.requests import Device
from tests.simulation.aws import SimulatedAws
from tests.simulation.bucket.presigned import Refused, customer_uploads
from tests.simulation.environment.contents import Content
from tests.simulation.environment.stripe_side import StripeSide

SIZE = 64
FILE = Content(name="bought", pages=2, readable=2)

CARDS = (
    "pm_card_visa",
    "pm_card_visa",
    "pm_success_de",
    "pm_successDelayed_de",
    "pm_card_pendingRefund",
    "pm_card_visa_chargeDeclined",
)

TRIES = 4


class Purchases:
    """Buys analyses for people, and pays at the Stripe of a life."""

    def __init__(self, aws: SimulatedAws, people: People, stripe: StripeSide, seed: int) -> None:
        self._aws, self._people, self._stripe = aws, people, stripe
        self._random = Random(f"{seed} purchases")

    def buy(self, person: Person, device: Device) -> Generator[Any, Any]:
        """Create an order, upload a file, and pay when there is a quote."""
        act, random = self._people.act, self._random
        created = yield from act(person, device, "orders/create", {"title": "bought"})
        orders = [answer.body["id"] for answer in created if answer.status == 201]
        if not orders:
            return
        ids = {"order_id": orders[0]}
        file = {"filename": "a.pdf", "content_type": "application/pdf", "size": SIZE}
        for answer in (yield from act(person, device, "orders/add_document", file, ids=ids)):
            if answer.status == 201:
                self._upload(answer.body["upload"])
        for _ in range(TRIES):
            yield random.uniform(20, 90)
            answers = yield from act(person, device, "payments/create_intent", ids=ids)
            for answer in answers:
                if answer.status == 200:
                    yield random.uniform(0, 30)
                    self._stripe.pay(answer.body["payment_intent_id"], random.choice(CARDS))
                    return

    def _upload(self, form: dict[str, Any]) -> None:
        try:
            customer_uploads(self._aws.bucket, form, FILE.bytes(SIZE))
        except Refused:
            return


def unrecorded(aws: SimulatedAws, stripe: StripeSide) -> Iterator[str]:
    """What was captured and not refunded is a payment of an order, or of a deleted account."""
    recorded = {
        item["SK"]["S"].removeprefix("PAYMENT#")
        for item in aws.store.items()
        if item["PK"]["S"].startswith(("ORDER#", "INVOICE#"))
    }
    for intent in stripe.intents():
        if stripe.amount_left(intent) and intent["id"] not in recorded:
            yield f"{intent['id']}: captured, and neither a payment nor an invoice has it"

"""How soon a lost webhook is repaired while strangers' uploads and payments are due.

The real dispatcher and workers run in the simulation's world, under its clock. Abandoned uploads,
opened, never paid intents, and refunds are due, all of them at once. Then somebody pays, and the
webhook of that is lost. Measured are the seconds until the order is completed, and the calls of
Stripe, for payments at different times after a run of the dispatcher.

All due items are in the table. Stripe's double has only the oldest of the intents, which are more
than the workers reach meanwhile.
"""

import argparse
import io
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, redirect_stdout
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any
from unittest.mock import patch

import stripe as sdk

from docket.domain.debt import PAYMENT_DEADLINE, UPLOAD_CHECKS
from docket.domain.orders.order import OrderStatus
from docket.domain.payments.payment import PaymentStatus
from docket.domain.payments.refund import Refund, RefundReason
from docket.runtime import clock
from docket.table import keys
from docket.table.documents import document_items
from docket.table.items import attributes
from docket.table.items.attributes import Item
from docket.table.orders import order_items, orders, payment_items
from docket.table.payments import refunds
from docket.workflows.debts.capacity import WORKERS
from local.stripe_double import InProcessDouble
from tests.make import a_document, a_payment, a_read_document, an_order
from tests.simulation.aws import ENVIRONMENT, SimulatedAws
from tests.simulation.functions import Functions
from tests.simulation.process import simulated_process
from tests.simulation.queues.client import QUEUE_URL
from tests.simulation.queues.mapping import Mapping
from tests.simulation.queues.queue import QueueSettings
from tests.simulation.stripe_transport import StripeTransport
from tests.simulation.table.store import NO_LAG

SHARDS = keys.SHARDS
TIMEOUT_SECONDS = 120
"""The timeout of `events/settle_debt`."""
VISIBILITY_SECONDS = 720
"""Six times that, as in `infra.queues`."""

REACHED = 3000
"""The oldest intents, which exist at Stripe."""

PAID_AFTER_SECONDS = (61, 72, 85)
"""The dispatcher runs each minute, from 60 seconds on."""

LONGEST_SECONDS = 600
"""The maximum wait for the repair."""

SETTINGS = {
    **ENVIRONMENT,
    "DOCKET_STAGE": "bench",
    "DOCKET_DISPUTE_CLOSES": "false",
    "DOCKET_STRIPE_SECRET": "stripe",
    "DOCKET_UNPAID_ORDERS": "20",
    "DOCKET_UNPAID_PAGES": "500",
    "DOCKET_DOCUMENTS_A_DAY": "100",
    "DOCKET_READER_SLOTS": "5",
    "DOCKET_ORDER_EXPIRY_DAYS": "30",
    "DOCKET_COMPLETION_MINUTES": "120",
    "DOCKET_VERIFICATION": "never",
    "DOCKET_READER_TRIES": "5",
    "DOCKET_MALWARE_SCAN": "false",
    "POWERTOOLS_METRICS_DISABLED": "true",
    "POWERTOOLS_METRICS_NAMESPACE": "Docket",
    "POWERTOOLS_LOG_LEVEL": "CRITICAL",
    **{
        f"DOCKET_{name.upper()}_QUEUE_URL": f"{QUEUE_URL}{name}"
        for name in ("readings", "parts", *WORKERS)
    },
}


@dataclass(frozen=True)
class Measured:
    """What happened until a minute after the repair."""

    uploads: int
    payments: int
    seconds: float | None
    """From the payment to the completed order; None if it was not completed."""
    busiest_second: int
    """The most calls of Stripe in a second."""
    uploads_checked: int
    payments_cancelled: int
    refunded: int


class CountedStripe(StripeTransport):
    """The way to Stripe, which counts the attempts in each second."""

    def __init__(self, aws: SimulatedAws, double: sdk.HTTPClient) -> None:
        super().__init__(aws, double)
        self._clock = aws.clock
        self.attempts = Counter[int]()

    def request(self, *arguments: Any, **named: Any) -> Any:
        """Count the attempt in its second, and pass it on."""
        self.attempts[int(self._clock.true_time())] += 1
        return super().request(*arguments, **named)


class Stage:
    """A stage in the simulation's world, with its customers."""

    def __init__(self, aws: SimulatedAws) -> None:
        self.aws = aws
        self.double = InProcessDouble(
            clock=aws.clock.true_time,
            sleep=aws.clock.sleep,
            random=Random(1),  # noqa: S311 - ids of a simulation
        )
        self._customers = sdk.StripeClient(
            self.double.secret_key, http_client=self.double.http_client()
        )
        self.calls = CountedStripe(aws, self.double.http_client())
        aws.life.clients["stripe"] = self.calls
        aws.secrets.put(
            "stripe",
            secret_key=self.double.secret_key,
            webhook_secret="whsec",  # noqa: S106 - no webhook is sent
            publishable_key=self.double.publishable_key,
        )

    def close(self) -> None:
        """Close the double."""
        self.double.close()

    def start(self) -> None:
        """Start the schedule, and the workers of each class."""
        functions = Functions()
        for debt_class, workers in WORKERS.items():
            Mapping(
                world=self.aws.world,
                queue=self.aws.queues[debt_class],
                name="events/settle_debt",
                handler=functions.handler("events/settle_debt"),
                batch_size=1,
                max_concurrency=workers,
                timeout_seconds=TIMEOUT_SECONDS,
            )
        dispatch = partial(functions.handler("events/dispatch"), {}, None)
        self.aws.world.every(
            60, "schedule", lambda: self.aws.world.start("events/dispatch", dispatch)
        )

    def abandon_uploads(self, count: int, *, at: datetime) -> None:
        """Upload forms of different orders, whose first check is due."""
        issued = at - UPLOAD_CHECKS[0] - timedelta(hours=1)
        template = document_items.to_item(a_document(upload_issued_at=issued), at=issued)
        for number in range(count):
            order_id = f"01JA{number:022d}"
            key = keys.document(order_id, f"{order_id}-1")
            self._put({**template, "id": f"{order_id}-1"}, key, order_id)

    def abandon_payments(self, count: int, *, at: datetime) -> None:
        """Payments of different orders, which are to be cancelled."""
        for number in range(count):
            order_id = f"01JB{number:022d}"
            opened_at = at - PAYMENT_DEADLINE - timedelta(hours=2) + timedelta(milliseconds=number)
            if number < REACHED:
                self.start_payment(order_id, at=opened_at)
                continue
            payment = a_payment(payment_intent_id=f"pi_{number}", order_id=order_id, opened_at=at)
            item = payment_items.to_item(payment, at=at)
            item["GSI2SK"] = keys.due_key(opened_at + PAYMENT_DEADLINE, item)
            self._put(item, item, order_id)

    def owe_refunds(self, count: int, *, at: datetime) -> None:
        """Payments that succeeded after their orders were cancelled, whose refunds are owed."""
        for number in range(count):
            order_id = f"01JD{number:022d}"
            payment_intent_id = self.start_payment(order_id, at=at)
            self.pay(payment_intent_id)
            paid = a_payment(
                payment_intent_id=payment_intent_id,
                order_id=order_id,
                opened_at=at,
                status=PaymentStatus.SUCCEEDED,
                paid_at=at,
            )
            order = an_order(id=order_id, payment=paid, status=OrderStatus.CANCELLED)
            refund = Refund.owed(paid, RefundReason.ORDER_CANCELLED, at=at)
            for item in (
                order_items.to_item(order, at=at),
                payment_items.to_item(paid, at=at),
                refunds.to_item(refund, at=at),
            ):
                self._put(item, item, order_id)

    def start_payment(self, order_id: str, *, at: datetime) -> str:
        """A payment at Stripe and in the table. Returns its id."""
        metadata = {"order_id": order_id, "user_id": "ada", "stage": "bench"}
        intent = self._customers.v1.payment_intents.create(
            {"amount": 250, "currency": "eur", "metadata": metadata},
            {"idempotency_key": order_id},
        )
        payment = a_payment(payment_intent_id=intent.id, order_id=order_id, opened_at=at)
        read = a_read_document(id=f"{order_id}-1")
        expires = clock.now() + timedelta(days=30)
        order = an_order(read, id=order_id, payment=payment, expires_at=expires)
        for item in (order_items.to_item(order, at=at), payment_items.to_item(payment, at=at)):
            self._put(item, item, order_id)
        usage = keys.usage("ada")
        self._put({**usage, "unpaid_orders": 1, "unpaid_pages": 1}, usage, order_id)
        return intent.id

    def pay(self, payment_intent_id: str) -> None:
        """Pay, without a webhook."""
        self._customers.v1.payment_intents.confirm(
            payment_intent_id,
            {"payment_method": "pm_card_visa", "return_url": "https://shop.test/"},
            {"idempotency_key": payment_intent_id},
        )

    def still_due(self, prefix: str, *, by: datetime) -> int:
        """How many items with that start of a sort key have been due by then."""
        items = (attributes.from_attributes(item) for item in self.aws.store.items())
        return sum(
            item["SK"].startswith(prefix)
            and "GSI2SK" in item
            and keys.due_since(item["GSI2SK"]) < by
            for item in items
        )

    def _put(self, item: Item, key: keys.Key, order_id: str) -> None:
        """Store an item, with its due key for another key than it was made with."""
        due = {}
        if "GSI2SK" in item:
            debt_class = item["GSI2PK"].partition("#")[0]
            due = {
                "GSI2PK": keys.debt_partition(debt_class, keys.shard(order_id)),
                "GSI2SK": keys.due_key(keys.due_since(item["GSI2SK"]), key),
            }
        stored = attributes.to_attributes({**item, "PK": key["PK"], "SK": key["SK"], **due})
        self.aws.store.write((key["PK"], key["SK"]), self.aws.store.check(stored))


@contextmanager
def stage() -> Iterator[Stage]:
    """An empty stage until the block ends."""
    queues = [
        (QueueSettings(name=name, visibility_seconds=VISIBILITY_SECONDS), None)
        for name in ("readings", "parts", *WORKERS)
    ]
    with (
        simulated_process(SETTINGS) as process,
        SimulatedAws(1, queues=queues, lags=NO_LAG) as aws,
        patch.object(keys, "SHARDS", SHARDS),
    ):
        process.live(aws.life)
        with closing(Stage(aws)) as docket:
            yield docket


def measure(*, uploads: int, payments: int, owed: int, paid_after: float) -> Measured:
    """Let a lost webhook be repaired while so many uploads, payments and refunds are due."""
    with stage() as docket:
        world, now = docket.aws.world, clock.now()
        docket.abandon_uploads(uploads, at=now)
        docket.abandon_payments(payments, at=now)
        docket.owe_refunds(owed, at=now)
        order_id = f"01JC{0:022d}"
        payment_intent_id = docket.start_payment(order_id, at=now)
        docket.start()
        world.run(paid_after)
        docket.pay(payment_intent_id)
        seconds = _seconds_until_paid(docket, order_id)
        world.run(60)
        return Measured(
            uploads=uploads,
            payments=payments,
            seconds=seconds,
            busiest_second=max(docket.calls.attempts.values()),
            uploads_checked=uploads - docket.still_due(keys.DOCUMENTS, by=now),
            refunded=owed - docket.still_due(keys.REFUNDS, by=clock.now()),
            payments_cancelled=payments - docket.still_due(keys.PAYMENTS, by=now),
        )


def _seconds_until_paid(docket: Stage, order_id: str) -> float | None:
    for seconds in range(LONGEST_SECONDS):
        if orders.get("ada", order_id).is_paid:
            return seconds
        docket.aws.world.run(1)
    return None


def main() -> None:
    """Print one line of JSON for each time of a payment."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=100_000, help="uploads, and payments, due")
    parser.add_argument("--owed", type=int, default=300, help="refunds that are owed")
    arguments = parser.parse_args()
    count, owed = arguments.each, arguments.owed
    for paid_after in PAID_AFTER_SECONDS:
        with redirect_stdout(io.StringIO()):  # the functions write their metrics to it
            measured = measure(uploads=count, payments=count, owed=owed, paid_after=paid_after)
        print(json.dumps({"paid_after": paid_after, **asdict(measured)}))


if __name__ == "__main__":
    main()

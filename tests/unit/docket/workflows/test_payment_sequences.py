"""The order of the reports about a payment does not change the result.

Events, the browser's confirmation and the workers of debts come in any order, and some never come.
The order always ends in the state that Stripe reports for the payment.
"""

import json
from contextlib import suppress
from datetime import timedelta
from itertools import count, permutations

import pytest

from docket.domain.errors import QuoteOutdated
from docket.domain.orders.order import OrderStatus
from docket.domain.reason import CANCELLED_BY_CUSTOMER
from docket.gateways import stripe as gateway
from docket.runtime.clock import now
from docket.table.documents import documents
from docket.table.orders import events, orders, payment_items
from docket.workflows.audit import audit_context
from docket.workflows.orders import payment as payment_workflow
from tests.due_debts import owed_but_files, settle_due
from tests.fakes import signed
from tests.make import LIMITS, a_document, a_read_document, an_event, an_order, numbered
from tests.table_state import save

pytestmark = pytest.mark.usefixtures("service", "simulated_table")

START = now()
REPORTS = ("succeeded", "confirm", "workers", "reversed")
SEQUENCES = [sequence for length in (0, 2) for sequence in permutations(REPORTS, length)]

RESULTS = {
    "paid": (OrderStatus.COMPLETED, True, 0, None),
    "quote changed": (OrderStatus.PENDING, False, 250, "quote_changed"),
    "cancelled": (OrderStatus.CANCELLED, False, 250, "order_cancelled"),
    "partly refunded": (OrderStatus.COMPLETED, True, 100, "partially_refunded"),
    "refunded": (OrderStatus.COMPLETED, False, 250, "refunded"),
    "charged back": (OrderStatus.COMPLETED, False, 0, "dispute_lost"),
}
"""The status, whether it is paid, the refunded amount and the reason's code in each case."""


class Sequence:
    """An order, its payment, and the reports about it."""

    def __init__(self, stripe, order_id):
        self.stripe, self.id = stripe, order_id
        self.days = count(1)
        read = a_read_document(id=f"{order_id}-1")
        expires = START + timedelta(days=300)
        save(an_order(read, id=order_id, created_at=START, expires_at=expires), read)
        self.intent = payment_workflow.current_intent(self.order, audit_context("customer"))

    @property
    def order(self):
        return orders.get("ada", self.id)

    def apply(self, case):
        if case == "quote changed":
            more = a_document(id=f"{self.id}-2")
            documents.add("ada", [more], an_event("document_added", at=START), limits=LIMITS)
            documents.remove("ada", more.id, audit_context("customer"))
        if case == "cancelled":
            event = an_event("cancelled", at=START)
            orders.cancel("ada", self.id, event, reason=CANCELLED_BY_CUSTOMER)
        self.stripe.pay(
            self.intent.id, "pm_card_createDispute" if case == "charged back" else "pm_card_visa"
        )
        if case == "charged back":
            self.stripe.decide_dispute(self.intent.id, "lost")
        if case in {"partly refunded", "refunded"}:
            amount = RESULTS[case][2]
            self.stripe.sdk.v1.refunds.create({"payment_intent": self.intent.id, "amount": amount})

    def report(self, report):
        match report:
            case "succeeded":
                self.deliver_webhook(self.stripe.event("payment_intent.succeeded", self.intent.id))
            case "confirm":
                with suppress(QuoteOutdated):
                    payment_workflow.confirm(
                        "ada", self.order.id, self.intent.id, audit_context("customer")
                    )
            case "workers":
                assert all(settle_due(START + timedelta(days=next(self.days))))
            case "reversed":
                self.deliver_reversals()

    def deliver_reversals(self):
        for event in self.stripe.sdk.v1.events.list({"limit": 20}).data:
            body = json.dumps(event.to_dict())
            if event.type in gateway.REVERSAL_EVENTS and self.intent.id in body:
                self.deliver_webhook(body)

    def deliver_webhook(self, body):
        webhook_event = gateway.verify_webhook(body, signed(body)["stripe-signature"])
        payment_workflow.handle_event(webhook_event, audit_context("stripe"))

    def count_events(self, name):
        return [event.name for event in events.of_order(self.id)].count(name)


@pytest.mark.parametrize("case", RESULTS)
def test_the_result_does_not_depend_on_the_order_of_reports(stripe, case):
    status, is_paid, refunded, code = RESULTS[case]
    for sequence, order_id in zip(SEQUENCES, numbered(len(SEQUENCES)), strict=True):
        run = Sequence(stripe, order_id)
        run.apply(case)

        for report in (*sequence, "workers", "reversed", "workers", "workers", "workers"):
            run.report(report)

        order, payment = run.order, payment_items.get(run.id, run.intent.id)
        assert (order.status, order.is_paid) == (status, is_paid), sequence
        assert sum(stripe.refunds(run.intent.id)) == refunded, sequence
        assert payment is not None
        assert payment.amount_refunded == refunded, sequence
        assert code is None or order.explanation.code == code, sequence
        assert order.is_paid or order.explanation.code != "completed", sequence
        assert run.count_events("paid") == (status is OrderStatus.COMPLETED), sequence
        assert run.count_events("refunded") == bool(refunded), sequence
        of_order = [key for key in owed_but_files() if run.id in key or run.intent.id in key]
        assert [key for key in of_order if not key.startswith("ORDER#")] == [], sequence

"""The order of the reports about a payment does not change the result.

Events, the browser's confirmation and sweeps come in any order, and some never come. After the
last sweep the order shows what happened to the money.
"""

import json
from contextlib import suppress
from datetime import timedelta
from itertools import count, permutations

import pytest

from docket.domain.errors import QuoteOutdated
from docket.domain.order import OrderStatus
from docket.domain.reason import CANCELLED_BY_CUSTOMER
from docket.gateways import stripe as gateway
from docket.runtime.clock import now
from docket.table import documents, events, keys, orders
from docket.workflows import debts
from docket.workflows import payment as payment_workflow
from docket.workflows.audit import audit_context
from tests.fakes import signed
from tests.make import a_read_document, an_audit_context, an_event, an_order, numbered

pytestmark = pytest.mark.usefixtures("service")

START = now()
REPORTS = ("succeeded", "confirm", "sweep", "reversed")
SEQUENCES = [sequence for length in (0, 2) for sequence in permutations(REPORTS, length)]

RESULTS = {
    "paid": (OrderStatus.COMPLETED, True, 0, None),
    "quote changed": (OrderStatus.PENDING, False, 250, "quote_changed"),
    "cancelled": (OrderStatus.CANCELLED, False, 250, "order_cancelled"),
    "partly refunded": (OrderStatus.COMPLETED, True, 100, None),
    "refunded": (OrderStatus.COMPLETED, False, 250, None),
}
"""The status, whether it is paid, the refunded amount and the reason's code in each case."""


class Sequence:
    """An order, its payment, and the reports about it."""

    def __init__(self, stripe, order_id):
        self.stripe, self.id = stripe, order_id
        self.days = count(1)
        read = a_read_document(id=f"{order_id}-1")
        order = an_order(id=order_id, documents=(read,), created_at=START)
        orders.create_order(order, an_event("opened", at=START))
        self.intent = payment_workflow.current_intent(self.order, audit_context("customer"))

    @property
    def order(self):
        return orders.get("ada", self.id)

    def apply(self, case):
        if case == "quote changed":
            more = a_read_document(id=f"{self.id}-2")
            documents.add("ada", more, an_event("document_added", at=START))
        if case == "cancelled":
            cancelled = an_event("cancelled", at=START)
            orders.cancel(self.order, cancelled, reason=CANCELLED_BY_CUSTOMER)
        self.stripe.pay(self.intent.id)
        if case in {"partly refunded", "refunded"}:
            amount = RESULTS[case][2]
            self.stripe.sdk.v1.refunds.create({"payment_intent": self.intent.id, "amount": amount})

    def report(self, report):
        match report:
            case "succeeded":
                self.deliver_webhook(self.stripe.event("payment_intent.succeeded", self.intent.id))
            case "confirm":
                with suppress(QuoteOutdated):
                    payment_workflow.confirm(self.order, self.intent.id, audit_context("customer"))
            case "sweep":
                at = START + timedelta(days=next(self.days))
                assert debts.sweep(an_audit_context("sweeper", at))[1] == 0
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


def is_anything_due():
    far = START + timedelta(days=60)
    classes = (keys.DUE_MONEY, keys.DUE_WORK)
    return any(orders.due(far, due_class=due_class, limit=9) for due_class in classes)


@pytest.mark.parametrize("case", RESULTS)
def test_the_result_does_not_depend_on_the_order_of_reports(stripe, case):
    status, is_paid, refunded, code = RESULTS[case]
    ids = numbered(len(SEQUENCES))
    for sequence, order_id in zip(SEQUENCES, ids, strict=True):
        run = Sequence(stripe, order_id)
        run.apply(case)

        for report in (*sequence, "sweep", "reversed", "sweep", "sweep"):
            run.report(report)

        order = run.order
        assert (order.status, order.is_paid) == (status, is_paid), sequence
        assert sum(stripe.refunds(run.intent.id)) == refunded, sequence
        assert sum(reversal.amount_refunded for reversal in order.reversals) == refunded, sequence
        assert code is None or order.explanation.code == code, sequence
        assert order.is_paid or order.explanation.code != "completed", sequence
        assert run.count_events("paid") == (status is OrderStatus.COMPLETED), sequence
        assert run.count_events("refunded") == bool(refunded), sequence
        assert not is_anything_due(), sequence

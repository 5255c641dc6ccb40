"""Stripe, the table, the bucket and the queues of a stage are compared."""

from datetime import timedelta

import pytest

from docket.domain.payments.pricing import Money
from docket.gateways import stripe as gateway
from docket.gateways.stripe_ranges import Range
from docket.runtime.clock import now
from docket.table.orders import orders
from docket.workflows.audit import audit_context
from docket.workflows.orders import payment as payment_workflow
from operations import reconcile
from operations.reconciliation.difference import Kind
from tests.make import OID, a_document, a_read_document, an_order
from tests.table_state import save

pytestmark = pytest.mark.usefixtures("stage_queues")


def kinds():
    at = now()
    within = Range(since=at - timedelta(days=1), until=at + timedelta(minutes=1))
    return sorted(it.kind for it in reconcile.differences("test", within, at))


def paid_order(stripe, method="pm_card_visa"):
    """An order that was paid at Stripe, whose event has not arrived. Returns the intent."""
    document = a_read_document()
    save(an_order(document), document)
    order = orders.get("ada", OID)
    intent = payment_workflow.current_intent(order, audit_context("customer"))
    stripe.pay(intent.id, method)
    return intent


def test_an_empty_stage_has_no_difference():
    assert kinds() == []


def test_a_lost_webhook_is_found_until_the_order_is_completed(stripe):
    intent = paid_order(stripe)

    assert kinds() == [
        Kind.CAPTURED_FOR_NOTHING, Kind.EVENT_WITHOUT_EFFECT, Kind.PAYMENT_STATUS
    ]  # fmt: skip

    paid = gateway.get_intent(intent.id)
    assert paid
    payment_workflow.reconcile(paid, audit_context("stripe"))
    assert kinds() == []


def test_a_refund_by_hand_is_found_until_it_is_recorded(stripe):
    intent = paid_order(stripe)
    paid = gateway.get_intent(intent.id)
    assert paid
    payment_workflow.reconcile(paid, audit_context("stripe"))
    stripe.sdk.v1.refunds.create({"payment_intent": intent.id, "amount": 100})

    assert kinds() == [Kind.REFUND_NOT_RECORDED]

    payment_workflow.follow_reversal(paid, audit_context("stripe"))
    assert kinds() == []


def test_a_dispute_is_found_until_it_is_recorded(stripe):
    intent = paid_order(stripe, "pm_card_createDispute")
    paid = gateway.get_intent(intent.id)
    assert paid
    payment_workflow.reconcile(paid, audit_context("stripe"))

    assert kinds() == [Kind.DISPUTE_STATUS]

    payment_workflow.follow_reversal(paid, audit_context("stripe"))
    assert kinds() == []


def test_a_file_without_a_document_is_found(bucket):
    bucket.upload(a_document().id)

    assert kinds() == [Kind.OBJECT_WITHOUT_DOCUMENT]


def test_dead_letters_are_found(stage_queues):
    stage_queues.send("uploads-dead-letters", "{}")
    stage_queues.send("uploads", "{}")

    assert kinds() == [Kind.DEAD_LETTERS]


def test_payments_of_other_shops_are_left_out(stripe):
    stripe.sdk.v1.payment_intents.create({"amount": 500, "currency": "eur"})

    assert kinds() == []


def test_an_intent_without_an_order_is_found(stripe):
    gateway.create_intent(an_order(), Money(250, "eur"))

    assert kinds() == [Kind.INTENT_WITHOUT_ORDER]

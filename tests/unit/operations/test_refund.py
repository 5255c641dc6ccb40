"""A refund is owed before it is requested, once."""

from datetime import timedelta

import pytest

from docket.domain.errors import OrderNotFound
from docket.domain.payments.payment import PaymentStatus, RefundStatus
from docket.gateways import stripe as gateway
from docket.runtime.clock import now
from docket.table import debts
from docket.table.orders import events, orders
from docket.table.payments import refunds
from docket.workflows.audit import audit_context
from docket.workflows.orders import payment as payment_workflow
from operations import refund, snapshot
from operations.deployment import Operator
from operations.refund import NothingToRefund
from tests import due_debts
from tests.make import OID, a_payment, a_read_document, an_order
from tests.table_state import save

OPERATOR = Operator(stage="test", pseudonym="0123456789abcdef")


def run(payment_intent_id=None, order_id=OID):
    return list(refund.refund(snapshot.of_table(), order_id, payment_intent_id, OPERATOR))


@pytest.fixture
def intent(service, stripe):
    """The payment of a completed order."""
    document = a_read_document()
    save(an_order(document), document)
    intent = payment_workflow.current_intent(orders.get("ada", OID), audit_context("customer"))
    stripe.pay(intent.id)
    paid = gateway.get_intent(intent.id)
    assert paid
    payment_workflow.reconcile(paid, audit_context("stripe"))
    return intent


def owed(intent):
    """The refund of a payment."""
    found = refunds.get(OID, intent.id)
    assert found
    return found


def test_the_payment_is_returned_by_the_workflow(intent, stripe):
    lines = run()

    assert lines[0].startswith(f"{intent.id}: refund of 250 eur is owed")
    assert stripe.refunds(intent.id) == [250]
    assert owed(intent).attempts == 1


def test_the_events_name_the_operator(intent):
    run()

    recorded = next(event for event in events.of_order(OID) if event.name == "refund_owed")
    assert (recorded.actor, recorded.facts["operator"]) == ("operator", OPERATOR.pseudonym)


def test_a_repeated_command_refunds_nothing_more(intent, stripe):
    run()
    (line,) = run()

    assert "was decided before (by_hand)" in line
    assert stripe.refunds(intent.id) == [250]


def test_a_refund_that_stripe_does_not_take_stays_owed(intent, stripe):
    stripe.fail_calls()

    lines = run()

    assert "stays owed" in lines[1]
    assert owed(intent).status is RefundStatus.OWED
    stripe.restore()
    run()
    assert stripe.refunds(intent.id) == [250]


def test_a_named_payment_is_refunded(intent, stripe):
    run(intent.id)

    assert stripe.refunds(intent.id) == [250]


def acknowledge(refund_id):
    return list(refund.acknowledge(snapshot.of_table(), OID, refund_id, OPERATOR))


def test_a_refund_that_failed_for_good_ends_when_it_was_returned_otherwise(intent, stripe):
    created = stripe.sdk.v1.refunds.create({"payment_intent": intent.id, "amount": 100})
    stripe.double.control.answer("POST", f"/_double/refunds/{created.id}/fail", {})
    payment_workflow.follow_reversal(intent, audit_context("stripe"))

    (line,) = acknowledge(created.id)
    (again,) = acknowledge(created.id)
    payment_workflow.follow_reversal(intent, audit_context("stripe"))

    assert line == f"{created.id}: 100 eur counts as returned outside of Stripe"
    assert again == f"{created.id}: is succeeded, and does not wait for a person"
    recorded = events.of_order(OID)
    assert any(event.facts.get("operator") == OPERATOR.pseudonym for event in recorded)
    assert f"REFUND#{created.id}" not in due_debts.owed()


def test_what_stripe_has_returned_meanwhile_is_not_acknowledged_besides(intent, stripe):
    created = stripe.sdk.v1.refunds.create({"payment_intent": intent.id, "amount": 250})
    stripe.double.control.answer("POST", f"/_double/refunds/{created.id}/fail", {})
    payment_workflow.follow_reversal(intent, audit_context("stripe"))
    stripe.sdk.v1.refunds.create({"payment_intent": intent.id})  # its event has not arrived

    (line,) = acknowledge(created.id)

    assert "does not wait for a person" in line
    payment = orders.get("ada", OID).payment
    assert payment
    assert payment.amount_returned == 250


@pytest.fixture
def returned_outside(intent, stripe):
    """A part of the payment whose refund by hand failed, which was returned outside of Stripe."""

    def returned_outside(amount):
        created = stripe.sdk.v1.refunds.create({"payment_intent": intent.id, "amount": amount})
        stripe.double.control.answer("POST", f"/_double/refunds/{created.id}/fail", {})
        payment_workflow.follow_reversal(intent, audit_context("stripe"))
        acknowledge(created.id)

    return returned_outside


def test_what_was_returned_outside_of_stripe_is_not_refunded_again(
    returned_outside, intent, stripe
):
    returned_outside(100)

    run()

    assert stripe.refunds(intent.id) == [150, 100]  # that of 100 failed
    assert not orders.get("ada", OID).is_paid


def test_a_payment_that_was_returned_outside_of_stripe_in_whole_closes_the_order(
    returned_outside, intent, stripe
):
    returned_outside(250)

    assert not orders.get("ada", OID).is_paid
    with pytest.raises(NothingToRefund):
        run()
    assert stripe.refunds(intent.id) == [250]  # it failed
    assert "TASK#content" in str(due_debts.owed())


def test_a_refund_that_its_worker_has_claimed_is_not_requested_twice(intent, stripe):
    stripe.fail_calls()
    run()
    stripe.restore()
    (seen,) = (debt for debt in due_debts.due() if debt.key["SK"].startswith("REFUND#"))
    assert debts.reserve(seen, until=now() + timedelta(minutes=5))

    lines = run()

    assert "claimed" in lines[1]
    assert stripe.refunds(intent.id) == []


def test_a_refund_that_is_no_failure_is_not_acknowledged(intent):
    run()

    assert "does not wait for a person" in acknowledge(intent.id)[0]
    with pytest.raises(NothingToRefund):
        acknowledge("re_none")


def test_a_payment_that_is_not_paid_has_nothing_to_refund(service):
    save(an_order(payment=a_payment(status=PaymentStatus.OPEN)))

    with pytest.raises(NothingToRefund):
        run()


def test_an_order_without_a_payment_has_nothing_to_refund(service):
    save(an_order())

    with pytest.raises(NothingToRefund):
        run()


def test_an_order_that_does_not_exist_is_not_found(service):
    with pytest.raises(OrderNotFound):
        run()

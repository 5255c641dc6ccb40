import json
from datetime import UTC, datetime, timedelta

import pytest

from docket.domain.debt import BANK_DEADLINE, DISPUTE_CHECK, PAYMENT_DEADLINE, PROCESSING_CHECK
from docket.domain.orders.order import OrderStatus
from docket.domain.payments.payment import DisputeStatus, PaymentStatus, RefundStatus
from docket.domain.payments.refund import StripeReversal
from docket.domain.reason import CANCELLED_BY_CUSTOMER
from docket.gateways import stripe as gateway
from docket.runtime.clock import now
from docket.table import debts
from docket.table.orders import orders
from docket.table.payments import reversals
from docket.workflows.audit import audit_context
from docket.workflows.debts.settle import settle
from docket.workflows.orders import payment as payment_workflow
from tests.due_debts import due, next_check, owed, owed_but_files, settle_due
from tests.make import OID, a_read_document, an_audit_context, an_event, an_order
from tests.table_state import event_names, get_order, get_payment, get_refund, save

pytestmark = pytest.mark.usefixtures("service")

READ = a_read_document()
DEBIT = "pm_success_de"


@pytest.fixture
def intent(stripe):
    """The intent of a payment that was opened now."""
    save(an_order(READ), READ)
    return payment_workflow.current_intent(get_order(), audit_context("customer"))


def cancel_order():
    event = an_event("cancelled", at=now())
    orders.cancel("ada", OID, event, reason=CANCELLED_BY_CUSTOMER)


def test_an_open_payment_is_left_alone_for_a_day(intent, stripe):
    assert owed(now() + PAYMENT_DEADLINE - timedelta(minutes=1)) == []

    assert settle_due(now() + PAYMENT_DEADLINE) == [True]

    assert stripe.intent(intent.id).status == "canceled"
    assert get_payment(intent.id).status is PaymentStatus.CANCELED
    assert get_order().explanation.code == "payment_expired"
    assert f"PAYMENT#{intent.id}" not in owed()


def test_an_unreported_paid_intent_completes_its_order_when_it_expires(intent, stripe):
    stripe.pay(intent.id)

    settle_due(now() + PAYMENT_DEADLINE)

    assert get_order().is_paid
    assert get_order().payment.paid_at < now() + timedelta(minutes=1)


def test_a_payment_that_stripe_does_not_cancel_is_not_settled(intent, monkeypatch):
    cancel_order()
    monkeypatch.setattr(gateway, "cancel_intent", gateway.get_intent)

    assert settle_due(now()) == [False]

    assert get_payment(intent.id).status is PaymentStatus.TO_CANCEL


def test_the_payment_of_a_cancelled_order_is_cancelled(intent, stripe):
    cancel_order()

    settle_due(now())

    assert stripe.intent(intent.id).status == "canceled"
    assert get_order().explanation == CANCELLED_BY_CUSTOMER
    assert owed_but_files() == []


def test_a_payment_that_was_faster_than_its_cancellation_is_refunded(intent, stripe):
    cancel_order()
    stripe.pay(intent.id)

    settle_due(now())
    assert get_refund(intent.id).status is RefundStatus.OWED
    settle_due(now())

    assert stripe.refunds(intent.id) == [250]
    assert owed_but_files() == []


def test_a_debit_that_can_no_longer_be_cancelled_is_followed_and_refunded(intent, stripe):
    cancel_order()
    stripe.pay(intent.id, DEBIT)

    settle_due(now())
    assert get_payment(intent.id).status is PaymentStatus.PROCESSING
    stripe.complete_payment(intent.id)
    settle_due(now() + PROCESSING_CHECK)
    settle_due(now() + PROCESSING_CHECK)

    assert stripe.refunds(intent.id) == [250]


def test_a_debit_is_checked_until_the_bank_answers(intent, stripe):
    stripe.pay(intent.id, DEBIT)
    current = gateway.get_intent(intent.id)
    assert current is not None
    payment_workflow.reconcile(current, audit_context("stripe"))
    later = now() + PROCESSING_CHECK

    settle_due(later)
    assert get_order().status is OrderStatus.PROCESSING
    assert get_order().payment.paid_at is None
    assert abs(next_check(f"PAYMENT#{intent.id}") - later - PROCESSING_CHECK) < timedelta(minutes=1)
    stripe.complete_payment(intent.id)
    settle_due(later + PROCESSING_CHECK)

    assert get_order().is_paid
    event = json.loads(stripe.event("payment_intent.succeeded", intent.id))
    paid_at = datetime.fromtimestamp(event["created"], UTC)
    assert get_order().payment.paid_at == paid_at < later


def test_a_debit_that_its_bank_does_not_answer_for_weeks_alerts_a_person(intent, stripe, capsys):
    stripe.pay(intent.id, DEBIT)
    current = gateway.get_intent(intent.id)
    assert current is not None
    payment_workflow.reconcile(current, audit_context("stripe"))
    opened_at = get_payment(intent.id).opened_at
    assert settle_due(opened_at + BANK_DEADLINE - timedelta(minutes=1)) == [True]

    for days in range(1, 7):
        settle_due(opened_at + BANK_DEADLINE + timedelta(days=days))

    assert '"DebtNeedsPerson":[1.0]' in capsys.readouterr().out
    assert get_payment(intent.id).status is PaymentStatus.PROCESSING
    stripe.complete_payment(intent.id)
    settle_due(opened_at + BANK_DEADLINE + timedelta(days=8))
    assert get_order().is_paid


def test_a_debit_whose_success_is_not_listed_is_paid_when_it_is_found(intent, stripe, monkeypatch):
    stripe.pay(intent.id, DEBIT)
    current = gateway.get_intent(intent.id)
    assert current is not None
    payment_workflow.reconcile(current, audit_context("stripe"))
    stripe.complete_payment(intent.id)
    monkeypatch.setattr(gateway, "success_time", lambda *_, **__: None)  # after 30 days

    settle_due(now() + PROCESSING_CHECK)

    assert abs(get_order().payment.paid_at - now() - PROCESSING_CHECK) < timedelta(minutes=1)


def test_the_success_of_a_debit_is_looked_up_once(intent, stripe, monkeypatch):
    stripe.pay(intent.id, DEBIT)
    stripe.complete_payment(intent.id)
    paid = gateway.get_intent(intent.id)
    assert paid is not None
    assert payment_workflow.reconcile(paid, audit_context("stripe"))
    monkeypatch.setattr(gateway, "success_time", pytest.fail)

    assert not payment_workflow.reconcile(paid, audit_context("stripe"))


def test_a_dispute_is_checked_every_day(intent, stripe):
    stripe.pay(intent.id, "pm_card_createDispute")
    payment_workflow.confirm("ada", OID, intent.id, audit_context("customer"))
    payment_workflow.follow_reversal(
        payment_workflow.paid_intent(get_payment(intent.id)), audit_context("stripe")
    )
    stripe.decide_dispute(intent.id, "lost")

    settle_due(now() + DISPUTE_CHECK)

    assert get_payment(intent.id).dispute is DisputeStatus.LOST
    assert not get_order().is_paid
    assert f"PAYMENT#{intent.id}" not in owed()


def test_a_dispute_that_stripe_does_not_know_stays_owed(intent, stripe):
    stripe.pay(intent.id)
    payment_workflow.confirm("ada", OID, intent.id, audit_context("customer"))
    paid = payment_workflow.paid_intent(get_payment(intent.id))
    reversal = StripeReversal(dispute=DisputeStatus.OPEN)  # by another account's key
    reversals.record(paid, lambda: reversal, audit_context("stripe"), dispute_closes=False)

    assert settle_due(now() + DISPUTE_CHECK)[-1] is False

    assert get_payment(intent.id).dispute is DisputeStatus.OPEN
    assert f"PAYMENT#{intent.id}" in owed()


def test_a_payment_that_stripe_does_not_know_stays_owed(intent, monkeypatch):
    cancel_order()
    (debt,) = due(now())
    monkeypatch.setattr(gateway, "cancel_intent", lambda _: None)  # another account's key

    assert not settle(debt, an_audit_context("worker", now()))

    assert get_payment(intent.id).status is PaymentStatus.TO_CANCEL
    assert owed(now() + timedelta(minutes=16)) == [f"PAYMENT#{intent.id}"]


def test_an_outage_postpones_a_payment(intent, stripe):
    cancel_order()
    stripe.fail_calls()

    assert settle_due(now()) == [False]
    stripe.restore()
    assert settle_due(now() + timedelta(minutes=16)) == [True]

    assert stripe.intent(intent.id).status == "canceled"


def test_a_payment_is_settled_once_although_two_workers_get_its_message(intent):
    cancel_order()
    (debt,) = due(now())

    for _ in range(2):
        assert settle(debt, an_audit_context("worker", now()))

    assert event_names().count("payment_withdrawn") == 1
    assert debts.reserve(debt, until=now()) is None

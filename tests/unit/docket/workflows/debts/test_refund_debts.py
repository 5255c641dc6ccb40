import json
from datetime import timedelta

import pytest

from docket.domain.debt import BANK_DEADLINE, PROCESSING_CHECK
from docket.domain.payments.payment import DisputeStatus, PaymentStatus, RefundStatus
from docket.domain.payments.refund import (
    BACK_OFF,
    MANUAL_CHECK,
    MANUAL_DEADLINE,
    PENDING_CHECK,
    RefundReason,
)
from docket.domain.reason import CANCELLED_BY_CUSTOMER
from docket.gateways import stripe as gateway
from docket.runtime.clock import now
from docket.table.orders import orders
from docket.table.payments import payments, refunds, reversals
from docket.workflows.audit import audit_context
from docket.workflows.debts import event_list
from docket.workflows.orders import payment as payment_workflow
from tests.due_debts import next_check, owed, owed_but_files, settle_due
from tests.make import OID, a_read_document, an_audit_context, an_event, an_order
from tests.table_state import event_names, get_payment, get_refund, save

pytestmark = pytest.mark.usefixtures("service")

READ = a_read_document()
MINUTE = timedelta(minutes=1)


@pytest.fixture
def pay(stripe):
    """Pay with a method an order that was cancelled meanwhile. Returns the intent."""

    def pay(method="pm_card_visa"):
        save(an_order(READ), READ)
        customer = audit_context("customer")
        intent = payment_workflow.current_intent(orders.get("ada", OID), customer)
        event = an_event("cancelled", at=now())
        orders.cancel("ada", OID, event, reason=CANCELLED_BY_CUSTOMER)
        stripe.pay(intent.id, method)
        settle_due(now())  # the payment is found, and its refund is owed
        return intent

    return pay


def stripe_refunds(stripe, intent):
    """The refunds at Stripe, the newest first."""
    return stripe.sdk.v1.refunds.list({"payment_intent": intent.id}).data


def refund_by_hand(stripe, intent, amount):
    stripe.sdk.v1.refunds.create({"payment_intent": intent.id, "amount": amount})


def test_what_is_owed_is_refunded_once(pay, stripe):
    intent = pay()

    settle_due(now())
    settle_due(now() + timedelta(days=29))

    assert stripe.refunds(intent.id) == [250]
    assert get_refund(intent.id).status is RefundStatus.SUCCEEDED
    assert orders.get("ada", OID).explanation.code == "order_cancelled"
    assert event_names().count("refunded") == 1
    assert owed_but_files() == []


def test_nothing_is_owed_of_what_was_refunded_by_hand_before_the_success_was_known(stripe):
    save(an_order(READ), READ)
    customer = audit_context("customer")
    intent = payment_workflow.current_intent(orders.get("ada", OID), customer)
    event = an_event("cancelled", at=now())
    orders.cancel("ada", OID, event, reason=CANCELLED_BY_CUSTOMER)
    stripe.pay(intent.id, "pm_card_visa")
    refund_by_hand(stripe, intent, 250)
    paid = gateway.get_intent(intent.id)
    assert paid is not None
    payment_workflow.follow_reversal(paid, audit_context("stripe"))

    settle_due(now())

    assert get_payment(intent.id).status is PaymentStatus.SUCCEEDED
    assert refunds.get(OID, intent.id) is None
    assert stripe.refunds(intent.id) == [250]
    assert owed_but_files() == []


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_failed_request_is_repeated_under_another_key(pay, stripe, when):
    """For a day, Stripe repeats its response to a key, whether or not it had taken effect."""
    intent = pay()
    stripe.fail_calls("error", when=when, path="/v1/refunds", method="POST")
    assert settle_due(now()) == [False]
    assert get_refund(intent.id).status is RefundStatus.OWED
    stripe.restore()

    assert settle_due(now() + BACK_OFF[0] + MINUTE) == [True]

    key = json.loads(stripe.newest_event("refund.created"))["request"]["idempotency_key"]
    assert key.startswith(f"refund-{intent.id}-0-{int(when == 'before')}-250-")
    assert stripe.refunds(intent.id) == [250]
    assert get_refund(intent.id).status is RefundStatus.SUCCEEDED


@pytest.mark.parametrize("when", ["before", "after"])
def test_an_error_that_stripe_saved_delays_nothing(pay, stripe, when):
    intent = pay()
    stripe.fail_calls("error", times=1, when=when, path="/v1/refunds", method="POST")

    assert settle_due(now()) == [True]

    assert stripe.refunds(intent.id) == [250]
    assert get_refund(intent.id).status is RefundStatus.SUCCEEDED


def test_a_refund_that_stripe_refuses_is_tried_again_until_a_person_returns_it(pay, stripe, capsys):
    """Stripe refunds nothing of a payment of which a dispute was lost."""
    intent = pay()
    stripe.double.control.answer(
        "POST", f"/_double/payment_intents/{intent.id}/dispute", {"amount": 100}
    )
    stripe.decide_dispute(intent.id, "lost")
    event_list.handle_missed(audit_context("stripe"))
    at = now()
    for _ in range(2 * len(BACK_OFF) + 2):
        at += timedelta(days=2)
        settle_due(at)

    refund = get_refund(intent.id)
    assert (refund.money.amount, refund.needs_person) == (150, True)
    assert '"RefundFailed":[1.0]' in capsys.readouterr().out
    assert reversals.acknowledge(refund, an_audit_context("operator", at))
    assert get_payment(intent.id).refundable.amount == 0
    assert owed_but_files() == []


def test_a_request_whose_effect_is_unknown_is_looked_up_first(pay, stripe):
    intent = pay()
    gateway.create_refund(get_refund(intent.id))
    stripe.expire_idempotency_keys()

    settle_due(now())

    assert stripe.refunds(intent.id) == [250]
    assert get_refund(intent.id).status is RefundStatus.SUCCEEDED


def test_a_pending_refund_is_checked_until_the_bank_answers(pay, stripe):
    intent = pay("pm_card_pendingRefund")
    settle_due(now())
    assert get_refund(intent.id).status is RefundStatus.PENDING
    sort_key = f"REFUND#{intent.id}"

    settle_due(now() + PENDING_CHECK)
    assert next_check(sort_key) > now() + 2 * PENDING_CHECK - MINUTE
    stripe.complete_refunds(intent.id)
    settle_due(now() + 2 * PENDING_CHECK)

    assert get_refund(intent.id).status is RefundStatus.SUCCEEDED
    assert owed_but_files() == []


def test_a_refund_that_its_bank_does_not_answer_for_weeks_alerts_a_person(pay, stripe, capsys):
    intent = pay("pm_card_pendingRefund")
    settle_due(now())
    since = get_refund(intent.id).since
    assert settle_due(since + BANK_DEADLINE - MINUTE)[-1]

    for days in range(1, 7):
        settle_due(since + BANK_DEADLINE + timedelta(days=days))

    assert '"DebtNeedsPerson":[1.0]' in capsys.readouterr().out
    assert get_refund(intent.id).status is RefundStatus.PENDING
    stripe.complete_refunds(intent.id)
    settle_due(since + BANK_DEADLINE + timedelta(days=8))
    assert get_refund(intent.id).status is RefundStatus.SUCCEEDED


def test_a_rejected_refund_is_tried_again_until_a_person_returns_the_money(pay, stripe, capsys):
    intent = pay("pm_card_refundFail")
    at = now()
    for attempt in range(1, len(BACK_OFF) + 2):
        settle_due(at)  # it is requested
        assert len(stripe_refunds(stripe, intent)) == get_refund(intent.id).attempts == attempt
        stripe.double.control.answer(
            "POST", f"/_double/refunds/{get_refund(intent.id).stripe_id}/settle", {}
        )
        at += timedelta(days=1)
        event_list.handle_missed(an_audit_context("stripe", at))  # the bank has rejected it
        assert get_refund(intent.id).status is RefundStatus.FAILED
        at += timedelta(days=2)
        settle_due(at)  # it is owed again
    capsys.readouterr()

    assert get_refund(intent.id).needs_person
    for day in range(1, 3):
        settle_due(at + day * (MANUAL_CHECK + MINUTE))
    assert capsys.readouterr().out.count('"RefundFailed":[1.0]') == 2
    assert [refund.id for refund in refunds.of_order(OID)] == [intent.id]

    refund_by_hand(stripe, intent, 250)
    settle_due(at + timedelta(days=9))
    assert owed_but_files() == []


def test_what_is_refunded_by_hand_is_not_refunded_again(pay, stripe):
    intent = pay()
    refund_by_hand(stripe, intent, 100)

    settle_due(now())

    assert sorted(stripe.refunds(intent.id)) == [100, 150]
    assert get_payment(intent.id).amount_refunded == 250
    assert owed_but_files() == []


def test_a_refund_by_hand_in_whole_settles_what_is_owed(pay, stripe):
    intent = pay()
    refund_by_hand(stripe, intent, 250)

    settle_due(now())

    assert stripe.refunds(intent.id) == [250]
    assert owed_but_files() == []


@pytest.mark.parametrize(("decision", "refunded"), [("won", [250]), ("lost", [])])
def test_a_disputed_payment_is_refunded_only_if_the_dispute_is_won(pay, stripe, decision, refunded):
    intent = pay("pm_card_createDispute")
    assert all(settle_due(now()))  # nothing is requested that Stripe would refuse
    assert get_refund(intent.id).status is RefundStatus.OWED
    assert get_payment(intent.id).dispute is DisputeStatus.OPEN
    stripe.decide_dispute(intent.id, decision)

    settle_due(now() + PROCESSING_CHECK + MINUTE)
    settle_due(now() + timedelta(days=2))

    payment = get_payment(intent.id)
    assert stripe.refunds(intent.id) == refunded
    assert payment.amount_refunded + payment.amount_lost == 250
    assert owed_but_files() == []


def test_a_payment_that_the_bank_only_inquires_about_is_refunded(pay, stripe):
    intent = pay("pm_card_createDisputeInquiry")

    assert all(settle_due(now()))

    assert stripe.refunds(intent.id) == [250]
    assert get_refund(intent.id).status is RefundStatus.SUCCEEDED
    settle_due(now() + timedelta(days=2))
    assert owed_but_files() == []


@pytest.fixture
def complete(stripe):
    """Pay an order that is complete. Returns the intent."""

    def complete():
        save(an_order(READ), READ)
        intent = payment_workflow.current_intent(orders.get("ada", OID), audit_context("customer"))
        stripe.pay(intent.id, "pm_card_visa")
        event_list.handle_missed(audit_context("stripe"))
        return intent

    return complete


def fail_by_hand(stripe, intent, amount):
    """A refund in Stripe's dashboard that the bank rejects; Docket learns both."""
    refund = stripe.sdk.v1.refunds.create({"payment_intent": intent.id, "amount": amount})
    event_list.handle_missed(audit_context("stripe"))
    stripe.double.control.answer("POST", f"/_double/refunds/{refund.id}/fail", {})
    event_list.handle_missed(audit_context("stripe"))
    return refund.id


def test_a_failed_refund_by_hand_alerts_a_person_until_its_deadline(complete, stripe, capsys):
    intent = complete()
    refund_id = fail_by_hand(stripe, intent, 100)
    assert [refund.id for refund in orders.get("ada", OID).refunds] == [refund_id]
    capsys.readouterr()

    settle_due(now() + MANUAL_CHECK + MINUTE)
    assert '"RefundFailed":[1.0]' in capsys.readouterr().out
    settle_due(now() + MANUAL_DEADLINE + MINUTE)

    failed = refunds.get(OID, refund_id)
    assert failed is not None
    assert (failed.status, failed.is_open) == (RefundStatus.FAILED, False)
    assert owed_but_files() == []
    order = orders.get("ada", OID)
    assert (order.refunds, order.explanation.code) == ((), "completed")
    assert order.is_paid
    assert event_names()[-1] == "refund_closed"


@pytest.mark.parametrize("amounts", [[100], [60, 40], [250]])
def test_later_refunds_by_hand_close_a_failed_one(complete, stripe, amounts):
    intent = complete()
    refund_id = fail_by_hand(stripe, intent, 100)

    for amount in amounts:
        assert f"REFUND#{refund_id}" in owed()
        refund_by_hand(stripe, intent, amount)
        event_list.handle_missed(audit_context("stripe"))

    assert not [debt for debt in owed() if debt.startswith("REFUND#")]
    assert get_payment(intent.id).amount_refunded == sum(amounts)


def test_a_lost_dispute_closes_a_failed_refund_by_hand(complete, stripe):
    intent = complete()
    fail_by_hand(stripe, intent, 100)
    stripe.double.control.answer("POST", f"/_double/payment_intents/{intent.id}/dispute", {})
    stripe.decide_dispute(intent.id, "lost")

    settle_due(now() + timedelta(days=2))

    assert not [debt for debt in owed() if debt.startswith("REFUND#")]


def test_the_operators_refund_closes_a_failed_one_by_hand_and_is_tried_again(complete, stripe):
    intent = complete()
    refund_id = fail_by_hand(stripe, intent, 100)
    audit = audit_context("operator")
    assert payments.owe_refund("ada", OID, intent.id, audit, reason=RefundReason.BY_HAND)
    settle_due(now())
    closed = refunds.get(OID, refund_id)
    assert closed is not None
    assert closed.closed_at

    path = f"/_double/refunds/{get_refund(intent.id).stripe_id}/fail"
    stripe.double.control.answer("POST", path, {})
    event_list.handle_missed(audit_context("stripe"))
    assert get_refund(intent.id).status is RefundStatus.FAILED
    settle_due(now() + BACK_OFF[0] + MINUTE)  # it is owed again
    settle_due(now() + BACK_OFF[0] + 2 * MINUTE)

    assert get_refund(intent.id).status is RefundStatus.SUCCEEDED
    assert get_payment(intent.id).amount_refunded == 250
    assert not [debt for debt in owed() if debt.startswith("REFUND#")]


def test_a_payment_for_nothing_is_refunded_after_a_refund_by_hand_failed(stripe):
    save(an_order(READ), READ)
    intent = payment_workflow.current_intent(orders.get("ada", OID), audit_context("customer"))
    orders.cancel("ada", OID, an_event("cancelled", at=now()), reason=CANCELLED_BY_CUSTOMER)
    stripe.pay(intent.id, "pm_card_visa")
    refund_by_hand(stripe, intent, 250)
    paid = gateway.get_intent(intent.id)
    assert paid is not None
    payment_workflow.follow_reversal(paid, audit_context("stripe"))
    settle_due(now())
    assert refunds.get(OID, intent.id) is None
    (stripe_refund,) = stripe_refunds(stripe, intent)
    stripe.double.control.answer("POST", f"/_double/refunds/{stripe_refund.id}/fail", {})

    event_list.handle_missed(audit_context("stripe"))
    settle_due(now())

    assert get_refund(intent.id).status is RefundStatus.SUCCEEDED
    assert [refund.status for refund in stripe_refunds(stripe, intent)] == ["succeeded", "failed"]
    assert owed_but_files() == []

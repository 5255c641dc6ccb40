from dataclasses import replace
from datetime import timedelta

import pytest

from docket.domain.order import OrderStatus
from docket.domain.payment import (
    DisputeStatus,
    PaymentStatus,
    RefundStatus,
)
from docket.domain.pricing import Money
from docket.domain.refund import BACK_OFF, Refund, RefundReason, StripeRefund, StripeReversal
from docket.domain.task import TaskKind
from docket.table import keys, orders, payment_items, refunds, reversals, tasks
from tests.make import (
    OID,
    THEN,
    a_payment,
    a_read_document,
    an_audit_context,
    an_intent,
    an_order,
)
from tests.table_state import event_names, interrupted, item_at, save

pytestmark = pytest.mark.usefixtures("table")

LATER = THEN + timedelta(minutes=5)
AUDIT = an_audit_context("stripe", at=LATER)
READ = a_read_document()
PAID = a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN)
OWED = Refund.owed(PAID, RefundReason.QUOTE_CHANGED, at=THEN)
PENDING = OWED.requested("re_1", at=THEN)


def stated(status=RefundStatus.SUCCEEDED, amount=250, id_="re_1", dispute=None):
    refund = StripeRefund(id=id_, status=status, money=Money(amount, "eur"))
    return StripeReversal(refunds=(refund,), dispute=dispute)


def record(reversal, **options):
    return reversals.record(an_intent(), reversal, AUDIT, **options)


def save_owed(refund, **fields):
    save(an_order(READ, payment=PAID, revision=1, **fields), READ, refunds_=(refund,))


def save_completed():
    save(an_order(READ, payment=PAID, status=OrderStatus.COMPLETED), READ)


def get_order():
    return orders.get("ada", OID)


def get_payment(id_="pi_1"):
    return payment_items.get(OID, id_)


def get_refund(id_="pi_1"):
    return refunds.get(OID, id_)


def test_an_owed_refund_is_requested_once():
    save_owed(OWED)

    assert reversals.record_request(OWED, "re_1", AUDIT)

    assert get_refund() == OWED.requested("re_1", at=LATER)
    assert not reversals.record_request(OWED, "re_1", AUDIT)
    assert event_names() == ["refund_requested"]


def test_a_refund_is_followed_to_its_end():
    save_owed(PENDING)

    (refund,) = record(stated(), stripe_event="evt_1")

    assert get_refund() == refund == PENDING.succeeded(at=LATER)
    assert get_order().payment.amount_refunded == 250
    assert get_order().explanation.code == "quote_changed"
    assert get_payment() == get_order().payment
    assert "GSI2PK" not in item_at(keys.refund(OID, "pi_1"))
    assert record(stated(), stripe_event="evt_2") == []
    assert event_names() == ["refunded"]


def test_two_reports_of_a_refund_at_the_same_time_have_one_effect():
    save_owed(PENDING)

    with interrupted(lambda: record(stated())):
        assert record(stated()) == []

    assert event_names() == ["refunded"]


def test_a_webhook_may_be_faster_than_the_reply_to_the_request():
    save_owed(OWED)

    record(stated())

    assert (get_refund().status, get_refund().stripe_id) == (RefundStatus.SUCCEEDED, "re_1")
    assert not reversals.record_request(OWED, "re_1", AUDIT)
    assert len(refunds.of_order(OID)) == 1


def test_a_refund_that_fails_later_is_tried_again():
    save_owed(PENDING.succeeded(at=THEN))

    record(stated(RefundStatus.FAILED))

    failed = get_refund()
    assert failed.status is RefundStatus.FAILED
    assert get_order().payment.amount_refunded == 0
    assert get_order().explanation.code == "refund_failed"
    due = item_at(keys.refund(OID, "pi_1"))["GSI2SK"]
    assert due.startswith((LATER + BACK_OFF[0]).isoformat()[:16])
    assert get_order().refunds == (failed.summary,)
    assert reversals.retry(failed, AUDIT) == failed.retried(at=LATER) == get_refund()
    assert get_order().refunds == (failed.retried(at=LATER).summary,)
    assert reversals.retry(failed, AUDIT) == get_refund()
    assert get_refund().stripe_key != OWED.stripe_key


def test_a_refund_that_failed_too_often_needs_a_person():
    failed = replace(PENDING.failed(at=THEN), attempts=len(BACK_OFF) + 1)
    save_owed(failed)

    assert failed.needs_person
    assert reversals.retry(failed, AUDIT) is None


def test_a_partial_refund_by_hand_keeps_the_order_open():
    save_completed()

    (refund,) = record(stated(amount=100))

    assert (refund.id, refund.reason) == ("re_1", RefundReason.BY_HAND)
    assert get_refund("re_1") == refund
    assert get_order().is_paid
    assert get_order().explanation.code == "partially_refunded"
    assert tasks.get(OID, TaskKind.CONTENT, OID) is None


def test_a_whole_refund_by_hand_closes_the_order():
    save_completed()

    record(stated())

    assert not get_order().is_paid
    assert get_order().explanation.code == "refunded"
    assert tasks.get(OID, TaskKind.CONTENT, OID) is not None


def test_a_dispute_is_followed_to_its_end():
    save_completed()
    reversal = StripeReversal(dispute=DisputeStatus.OPEN)
    record(reversal)
    assert get_order().explanation.code == "dispute_open"
    assert get_order().is_paid
    assert item_at(keys.payment(OID, "pi_1"))["GSI2PK"].startswith("money#")

    record(StripeReversal(dispute=DisputeStatus.LOST))

    assert not get_order().is_paid
    assert "GSI2PK" not in item_at(keys.payment(OID, "pi_1"))
    assert event_names() == ["payment_disputed", "dispute_closed"]


def test_a_refund_of_another_payment_does_not_explain_a_completed_order():
    other = replace(PAID, payment_intent_id="pi_0")
    refund = Refund.owed(other, RefundReason.QUOTE_CHANGED, at=THEN).requested("re_0", at=THEN)
    order = an_order(READ, payment=PAID, status=OrderStatus.COMPLETED)
    save(order, READ, payments=(other,), refunds_=(refund,))

    reversals.record(an_intent(id="pi_0"), stated(id_="re_0"), AUDIT)

    assert get_order().explanation.code == "completed"
    assert get_payment("pi_0").amount_refunded == 250


def test_the_refunds_of_an_unknown_payment_are_not_recorded():
    save(an_order(READ), READ)

    assert record(stated()) == []

from datetime import timedelta

import pytest

from docket.domain.debt import EXPIRY_GRACE
from docket.domain.orders.order import OrderStatus
from docket.domain.orders.sample import with_samples
from docket.domain.payments.payment import PaymentStatus
from docket.domain.payments.refund import RefundReason
from docket.domain.reason import NEVER_PAID, SAMPLE_EXPIRED
from docket.table.orders import events, payment_items
from docket.table.payments import refunds
from tests.due_debts import next_check, owed, settle_due
from tests.make import (
    OID,
    THEN,
    a_document,
    a_payment,
    a_read_document,
    a_reading_document,
    an_order,
)
from tests.table_state import get_order, save

pytestmark = pytest.mark.usefixtures("service")

READ = a_read_document()
PROMISED = THEN + timedelta(hours=2)
PAID = a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN, promised_at=PROMISED)
ORDER = f"ORDER#{OID}"


def save_waiting():
    late = a_reading_document(reading_since=PROMISED)
    save(an_order(late, payment=PAID, status=OrderStatus.PROCESSING), late)


def test_an_order_that_is_never_paid_expires():
    save(an_order(READ), READ)
    assert owed(get_order().expires_at - timedelta(seconds=1)) == []

    settle_due(get_order().expires_at)

    assert (get_order().status, get_order().explanation) == (OrderStatus.CANCELLED, NEVER_PAID)
    (event,) = events.of_order(OID)
    assert (event.name, event.to_status) == ("expired", "cancelled")
    assert ORDER not in owed()


def test_a_sample_order_that_is_not_read_in_time_expires_as_that():
    document = a_document()
    save(with_samples(an_order(), [document]), document)

    settle_due(get_order().expires_at)

    assert (get_order().status, get_order().explanation) == (OrderStatus.CANCELLED, SAMPLE_EXPIRED)
    assert "sample_expired" in {event.name for event in events.of_order(OID)}
    assert ORDER not in owed()


def test_an_order_that_may_be_being_paid_expires_a_day_later():
    expires = THEN + timedelta(days=30)
    save(an_order(READ, payment=a_payment(opened_at=expires - timedelta(minutes=5))), READ)

    settle_due(expires)
    assert get_order().status is OrderStatus.PENDING
    assert next_check(ORDER) == expires + EXPIRY_GRACE
    orders_due = expires + EXPIRY_GRACE

    # Its payment is open for longer than a day, so both are due; Stripe is not reached here.
    settle_due(orders_due)
    assert get_order().status is OrderStatus.CANCELLED
    payment = payment_items.get(OID, "pi_1")
    assert payment is not None
    assert payment.status is PaymentStatus.TO_CANCEL


def test_a_paid_order_that_is_not_completed_in_time_is_refunded():
    save_waiting()
    assert ORDER not in owed(PROMISED - timedelta(seconds=1))

    settle_due(PROMISED)

    assert get_order().status is OrderStatus.CANCELLED
    assert get_order().explanation.code == "not_completed_in_time"
    refund = refunds.get(OID, "pi_1")
    assert refund is not None
    assert refund.reason is RefundReason.NOT_COMPLETED_IN_TIME
    assert ORDER not in owed()


def test_the_breach_of_the_promise_is_counted(capsys):
    save_waiting()

    settle_due(PROMISED)

    assert '"OrderNotCompletedInTime":[1.0]' in capsys.readouterr().out

from dataclasses import replace

import pytest

from docket.domain import errors
from docket.domain.orders.order import OrderStatus
from docket.domain.payments.confirmation import require_paid_by
from docket.domain.payments.payment import IntentStatus, PaymentStatus
from docket.domain.payments.pricing import Money
from tests.make import OTHER_OID, THEN, a_payment, a_read_document, an_intent, an_order

READ = a_read_document()
PAID = a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN)


@pytest.mark.parametrize(
    "wrong",
    [
        {"order_id": OTHER_OID},
        {"user_id": "eve"},
        {"order_id": None, "user_id": None},
        {"money": Money(249, "eur")},
        {"money": Money(250, "jpy")},
        {"status": IntentStatus.OPEN},
        {"status": IntentStatus.PROCESSING},
        {"status": IntentStatus.CANCELED},
    ],
)
def test_an_intent_of_another_order_or_amount_or_status_is_rejected(wrong):
    with pytest.raises(errors.PaymentNotConfirmed):
        require_paid_by(an_order(payment=a_payment()), an_intent(**wrong), a_payment())


def test_the_confirmation_of_a_payment_is_idempotent():
    require_paid_by(an_order(READ, payment=a_payment()), an_intent(), a_payment())
    for status in (OrderStatus.COMPLETED, OrderStatus.PROCESSING):
        require_paid_by(an_order(READ, payment=PAID, status=status), an_intent(), PAID)


def test_the_confirmation_of_an_outdated_payment_is_rejected():
    with pytest.raises(errors.QuoteOutdated):
        require_paid_by(an_order(READ, payment=a_payment(), revision=1), an_intent(), a_payment())


def test_a_payment_of_another_amount_is_not_confirmed_after_it_was_recorded():
    other = replace(PAID, money=Money(100, "eur"))

    with pytest.raises(errors.PaymentNotConfirmed):
        require_paid_by(an_order(READ, payment=other), an_intent(money=other.money), other)

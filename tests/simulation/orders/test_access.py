"""A reply is compared with whether the analysis was open while the request was made."""

from dataclasses import replace

import pytest

from docket.domain.orders.order import OrderStatus
from docket.domain.payments.payment import DisputeStatus, PaymentStatus
from tests.make import a_payment, an_order
from tests.simulation.orders.access import Access

PAID = replace(a_payment(), status=PaymentStatus.SUCCEEDED)
RETURNED = [
    replace(PAID, amount_refunded=PAID.money.amount),
    replace(PAID, amount_refunded=PAID.money.amount - 1, amount_acknowledged=1),
    replace(PAID, dispute=DisputeStatus.LOST),
    replace(PAID, amount_lost=1),
    replace(PAID, dispute=DisputeStatus.OPEN, is_withheld=True),
]


def completed(payment):
    return replace(an_order(payment=payment), status=OrderStatus.COMPLETED)


@pytest.fixture
def access():
    """Of an order that was completed at 5."""
    access = Access()
    access.follow(completed(PAID), 5)
    return access


def test_an_order_is_closed_until_it_is_completed():
    assert not Access().allows(is_open=True, begun_at=1)


def test_a_completed_order_is_open(access):
    assert access.allows(is_open=True, begun_at=6)
    assert not access.allows(is_open=False, begun_at=6)


def test_a_request_during_the_change_may_get_either(access):
    assert access.allows(is_open=False, begun_at=4)
    assert access.allows(is_open=True, begun_at=4)


@pytest.mark.parametrize("payment", RETURNED)
def test_an_order_is_closed_when_its_payment_was_returned(access, payment):
    access.follow(completed(payment), 8)

    assert not access.allows(is_open=True, begun_at=9)


def test_a_partial_refund_leaves_the_order_open(access):
    access.follow(completed(replace(PAID, amount_refunded=1, amount_acknowledged=1)), 8)

    assert access.allows(is_open=True, begun_at=9)

from datetime import timedelta

from docket.domain.orders.order import OrderStatus
from docket.domain.payments.payment import PaymentStatus
from docket.table import keys
from docket.table.orders import order_items
from tests.make import THEN, a_payment, an_order

PAID = a_payment(
    status=PaymentStatus.SUCCEEDED, paid_at=THEN, promised_at=THEN + timedelta(hours=2)
)


def test_an_order_is_listed_by_its_status():
    item = order_items.to_item(an_order(), at=THEN)

    assert item["GSI1PK"] == keys.by_status_partition("ada", "pending")


def test_the_debt_of_an_order_follows_from_its_state():
    waiting = an_order(payment=PAID, status=OrderStatus.PROCESSING)
    completed = an_order(payment=PAID, status=OrderStatus.COMPLETED)

    assert order_items.to_item(an_order(), at=THEN)["GSI2PK"].startswith("housekeeping#")
    assert order_items.to_item(waiting, at=THEN)["GSI2PK"].startswith("money#")
    assert "GSI2PK" not in order_items.to_item(completed, at=THEN)


def test_the_copy_of_the_payment_is_read_with_its_owner():
    order = an_order(payment=PAID)
    item = order_items.to_item(order, at=THEN)

    assert "user_id" not in item["payment"]
    assert order_items.from_item(item) == order

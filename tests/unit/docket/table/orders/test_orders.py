from datetime import timedelta

import pytest

from docket.domain.errors import IllegalMove, KeyReused, LimitReached, OrderNotFound
from docket.domain.idempotency import IdempotencyKey
from docket.domain.orders.document import Outcome
from docket.domain.orders.order import OrderStatus
from docket.domain.payments.payment import PaymentStatus
from docket.domain.reason import CANCELLED_BY_CUSTOMER, NEVER_PAID
from docket.table import client, keys
from docket.table.documents import readings
from docket.table.documents.readings import Finished
from docket.table.orders import orders, usage
from tests.make import (
    LIMITS,
    OID,
    OTHER_OID,
    THEN,
    a_payment,
    a_read_document,
    a_reading_document,
    an_audit_context,
    an_event,
    an_order,
    numbered,
)
from tests.table_state import event_names, get_order, get_payment, interrupted, item_at, save

pytestmark = pytest.mark.usefixtures("table")

LATER = THEN + timedelta(minutes=5)
EXPIRED = THEN + timedelta(days=30)
GRACE = timedelta(days=1)
KEY = IdempotencyKey(user_id="ada", operation="order", key="k", request="1")


def create(order=None, key=None, limits=LIMITS):
    return orders.create_order(order or an_order(), an_event("opened"), key, limits=limits)


def cancel(user_id="ada"):
    event = an_event("cancelled", at=LATER)
    return orders.cancel(user_id, OID, event, reason=CANCELLED_BY_CUSTOMER)


def expire(at=EXPIRED):
    return orders.expire("ada", OID, an_event("expired", at=at), reason=NEVER_PAID, grace=GRACE)


def test_an_order_is_created_with_its_event_its_usage_and_its_expiry():
    assert create() == OID

    assert get_order() == an_order()
    assert event_names() == ["opened"]
    assert usage.get("ada").unpaid_orders == 1
    item = item_at(keys.order("ada", OID))
    assert item["GSI2PK"].startswith("housekeeping#")
    assert item["GSI2SK"].startswith(EXPIRED.isoformat()[:16])
    assert orders.with_usage("ada", OID) == (get_order(), usage.get("ada"))


def test_a_request_with_the_same_key_creates_no_second_order():
    create(key=KEY)

    assert create(an_order(id=OTHER_OID), KEY) == OID
    with pytest.raises(OrderNotFound):
        orders.get("ada", OTHER_OID)


def test_another_request_with_the_same_key_is_refused():
    create(key=KEY)
    other = IdempotencyKey(user_id="ada", operation="order", key="k", request="2")

    with pytest.raises(KeyReused):
        create(an_order(id=OTHER_OID), other)


def test_a_customer_has_a_limited_number_of_unpaid_orders():
    ids = list(numbered(LIMITS.unpaid_orders))
    for order_id in ids[:-1]:
        create(an_order(id=order_id))
    create(an_order(id=ids[-1]), KEY)

    with pytest.raises(LimitReached):
        create()
    assert create(key=KEY) == ids[-1]


def test_orders_that_are_created_at_the_same_time_do_not_exceed_the_limit():
    for order_id in numbered(LIMITS.unpaid_orders - 1):
        create(an_order(id=order_id))

    with interrupted(lambda: create(an_order(id=OTHER_OID))), pytest.raises(LimitReached):
        create()


def test_a_cancelled_order_has_its_payment_cancelled():
    save(an_order(a_read_document(), payment=a_payment()))

    order = cancel()

    assert order == get_order()
    assert (order.status, order.status_reason) == (OrderStatus.CANCELLED, CANCELLED_BY_CUSTOMER)
    assert get_payment().status is PaymentStatus.TO_CANCEL
    assert (usage.get("ada").unpaid_orders, usage.get("ada").unpaid_pages) == (0, 0)
    assert "GSI2PK" not in item_at(keys.order("ada", OID))
    assert cancel() == order
    assert event_names() == ["cancelled"]


def test_an_order_that_is_paid_meanwhile_is_not_cancelled():
    order = an_order(a_read_document(), payment=a_payment())
    save(order)
    paid = a_payment(status=PaymentStatus.SUCCEEDED, paid_at=LATER)

    def pay():
        orders.commit(order, order.completed(paid, at=LATER), an_event("paid"))

    with interrupted(pay), pytest.raises(IllegalMove):
        cancel()
    assert usage.get("ada").unpaid_orders == 0


@pytest.mark.parametrize("end", [cancel, expire])
def test_pages_that_are_read_as_an_order_ends_are_not_counted_as_unpaid(end):
    reading = a_reading_document()
    save(an_order(reading), reading)
    outcome = Outcome(reader_version="1", page_count=3, charged_pages=3)
    read = Finished(document_id=reading.id, attempt=1, outcome=outcome)

    with interrupted(lambda: readings.record("ada", OID, [read], an_audit_context("reader"))):
        end()

    assert get_order().charged_pages == 3
    assert usage.get("ada").unpaid_pages == 0


def test_another_customers_order_is_not_cancelled():
    create()

    with pytest.raises(OrderNotFound):
        cancel("eve")


def test_an_order_that_is_never_paid_expires():
    save(an_order(a_read_document()))
    assert not expire(at=EXPIRED - timedelta(seconds=1))

    assert expire()

    assert get_order().status_reason == NEVER_PAID
    assert usage.get("ada").unpaid_orders == 0
    assert not expire()
    assert event_names() == ["expired"]


def test_an_order_expires_later_if_its_customer_may_be_paying():
    save(an_order(a_read_document(), payment=a_payment()))

    assert not expire(at=EXPIRED + GRACE - timedelta(seconds=1))
    assert expire(at=EXPIRED + GRACE)

    assert get_payment().status is PaymentStatus.TO_CANCEL


@pytest.mark.parametrize("status", [PaymentStatus.TO_CANCEL, PaymentStatus.CANCELED])
def test_an_order_expires_whose_payment_can_no_longer_be_made(status):
    save(an_order(a_read_document(), payment=a_payment(status=status)))

    assert expire()


def test_the_first_request_of_the_analysis_is_recorded():
    create()
    order = get_order()

    requested = orders.request_analysis(order, an_event("analysis_requested", at=LATER))
    again = orders.request_analysis(order, an_event("analysis_requested", at=EXPIRED))

    assert requested == again == get_order()

    assert get_order().analysed_at == LATER
    assert event_names() == ["opened", "analysis_requested"]


def test_orders_are_listed_newest_first():
    ids = sorted(numbered(5), reverse=True)
    for order_id in ids:
        save(an_order(id=order_id))

    page = orders.newest("ada", limit=3)
    rest = orders.newest("ada", limit=3, after=page.after)

    assert [order.id for order in page.orders] == ids[:3]
    assert [order.id for order in rest.orders] == ids[3:]
    assert rest.after is None
    assert orders.newest("eve", limit=3).orders == []


def test_orders_of_a_status_are_listed_newest_first():
    ids = sorted(numbered(5), reverse=True)
    for order_id in ids:
        save(an_order(id=order_id))
    save(an_order(id=OID, status=OrderStatus.CANCELLED))

    page = orders.newest("ada", limit=3, status=OrderStatus.PENDING)
    rest = orders.newest("ada", limit=3, status=OrderStatus.PENDING, after=page.after)

    assert [order.id for order in (*page.orders, *rest.orders)] == ids
    assert rest.after is None


def test_an_order_is_not_listed_by_the_status_of_a_lagging_index(monkeypatch):
    save(an_order())
    query = client.query
    seen = list(query(partition=keys.by_status_partition("ada", "pending"), index="GSI1"))
    cancel()
    monkeypatch.setattr(client, "query", lambda **_: iter(seen))

    assert orders.newest("ada", limit=3, status=OrderStatus.PENDING).orders == []


def test_of_one_order_a_page_is_listed_as_of_all():
    create()
    create(an_order(id=OTHER_OID))

    assert orders.newest_of("ada", OID).orders == [an_order()]
    assert orders.newest_of("ada", OID, after=OTHER_OID).orders == [an_order()]
    assert orders.newest_of("ada", OID, status=OrderStatus.PENDING).orders == [an_order()]
    nothing = orders.Page(orders=[], after=None)
    assert orders.newest_of("ada", OID, status=OrderStatus.COMPLETED) == nothing
    assert orders.newest_of("ada", OID, after=OID) == nothing
    assert orders.newest_of("eve", OID) == nothing
    assert orders.newest_of("ada", None) == nothing

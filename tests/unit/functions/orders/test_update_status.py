import pytest

from docket.domain.order import OrderStatus
from docket.table import orders
from tests.make import OID, a_document, a_payment, a_read_document, an_event, an_order
from tests.make_calls import call

pytestmark = pytest.mark.usefixtures("service")


def save(**fields):
    orders.create_order(an_order(**fields), an_event("opened"))


def move(status, **fields):
    return call("orders/update_status", {"status": status}, order_id=OID, **fields)


def test_an_order_is_cancelled_and_says_why():
    save()

    reply = move("cancelled")

    assert (reply.status, reply.json["status"]) == (200, "cancelled")
    assert "Nothing was charged" in reply.json["status_reason"]
    assert call("orders/get", order_id=OID).json == reply.json


def test_cancelling_twice_is_cancelling_once():
    save()

    assert move("cancelled").json == move("cancelled").json


@pytest.mark.parametrize("wanted", ["completed", "processing"])
def test_nobody_completes_an_order_without_paying(wanted):
    save(documents=(a_read_document(),), payment=a_payment())

    reply = move(wanted)

    assert reply.refusal == (409, "illegal_move")
    assert reply.fields == ["status"]
    assert "cancelled" in reply.json["details"][0]["error"]
    assert orders.get("ada", OID).status is OrderStatus.PENDING


@pytest.mark.parametrize("status", [OrderStatus.PROCESSING, OrderStatus.COMPLETED])
@pytest.mark.parametrize("wanted", ["pending", "cancelled", "completed"])
def test_what_is_paid_for_is_moved_by_nobody(status, wanted):
    save(status=status)

    assert move(wanted).refusal == (409, "illegal_move")


def test_what_was_cancelled_does_not_come_back():
    save(status=OrderStatus.CANCELLED)

    assert move("pending").refusal == (409, "illegal_move")


def test_another_customers_order_is_not_found_and_not_moved():
    save()

    assert move("cancelled", as_user="eve").refusal == (404, "order_not_found")
    assert orders.get("ada", OID).status is OrderStatus.PENDING


@pytest.mark.parametrize(
    "body", [{}, {"status": "paid"}, {"status": None}, {"status": ["pending"]}]
)
def test_a_status_that_is_none_is_named(body):
    save()

    reply = call("orders/update_status", body, order_id=OID)

    assert reply.status == 400
    assert reply.fields == ["status"]


def test_nothing_is_added_to_a_cancelled_order():
    save(documents=(a_document(),))
    move("cancelled")
    wanted = {"filename": "a.pdf", "content_type": "application/pdf", "size": 1}

    reply = call("orders/add_document", wanted, order_id=OID)

    assert reply.refusal == (409, "order_closed")

import pytest

from docket.domain.orders.order import OrderStatus
from docket.table.orders import orders
from tests import table_state
from tests.make import OID, a_document, a_payment, a_read_document, an_order
from tests.make_calls import call

pytestmark = pytest.mark.usefixtures("service")


def save(*documents, **fields):
    table_state.save(an_order(*documents, **fields), *documents)


def update_status(status, **fields):
    return call("orders/update_status", {"status": status}, order_id=OID, **fields)


def test_a_cancelled_order_has_a_reason():
    save()

    reply = update_status("cancelled")

    assert (reply.status, reply.json["status"]) == (200, "cancelled")
    assert "Nothing was charged" in reply.json["status_reason"]
    assert call("orders/get", order_id=OID).json == reply.json


def test_cancelling_is_idempotent():
    save()

    assert update_status("cancelled").json == update_status("cancelled").json


@pytest.mark.parametrize("new_status", ["completed", "processing"])
def test_an_order_cannot_be_completed_without_a_payment(new_status):
    save(a_read_document(), payment=a_payment())

    reply = update_status(new_status)

    assert reply.refusal == (409, "illegal_move")
    assert reply.fields == ["status"]
    assert "cancelled" in reply.json["details"][0]["error"]
    assert orders.get("ada", OID).status is OrderStatus.PENDING


@pytest.mark.parametrize("status", [OrderStatus.PROCESSING, OrderStatus.COMPLETED])
@pytest.mark.parametrize("new_status", ["pending", "cancelled", "completed"])
def test_a_paid_order_cannot_be_changed(status, new_status):
    save(status=status)

    assert update_status(new_status).refusal == (409, "illegal_move")


def test_a_cancelled_order_cannot_be_reopened():
    save(status=OrderStatus.CANCELLED)

    assert update_status("pending").refusal == (409, "illegal_move")


def test_another_customers_order_is_not_changed():
    save()

    assert update_status("cancelled", as_user="eve").refusal == (404, "order_not_found")
    assert orders.get("ada", OID).status is OrderStatus.PENDING


@pytest.mark.parametrize(
    "body", [{}, {"status": "paid"}, {"status": None}, {"status": ["pending"]}]
)
def test_an_unknown_status_is_rejected(body):
    save()

    reply = call("orders/update_status", body, order_id=OID)

    assert reply.status == 400
    assert reply.fields == ["status"]


def test_a_cancelled_order_takes_no_documents():
    save(a_document())
    update_status("cancelled")
    file = {"filename": "a.pdf", "content_type": "application/pdf", "size": 1}

    reply = call("orders/add_document", file, order_id=OID)

    assert reply.refusal == (409, "order_closed")

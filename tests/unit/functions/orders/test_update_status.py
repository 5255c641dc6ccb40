import pytest

from tests.make_calls import call

pytestmark = pytest.mark.usefixtures("service")


@pytest.fixture
def order():
    return call("orders/create", {}).json["id"]


def moved(order, status, **how):
    return call("orders/update_status", {"status": status}, order_id=order, **how)


@pytest.mark.parametrize("status", ["completed", "processing", "pending"])
def test_an_owner_cannot_move_an_order_where_only_a_payment_can(order, status):
    reply = moved(order, status)

    assert reply.refusal == (409, "illegal_move")
    assert "cancelled" in reply.json["details"][0]["error"]
    assert call("orders/get", order_id=order).json["status"] == "pending"


def test_cancelling_twice_is_cancelling_once(order):
    first, again = moved(order, "cancelled"), moved(order, "cancelled")

    history = call("orders/list_events", order_id=order).json
    assert (first.status, again.status) == (200, 200)
    assert first.json["status"] == again.json["status"] == "cancelled"
    assert [event["what"] for event in history] == ["opened", "cancelled"]


def test_a_cancelled_order_is_not_opened_again(order):
    moved(order, "cancelled")

    assert moved(order, "pending").refusal == (409, "illegal_move")


def test_a_status_that_is_none_is_named(order):
    assert moved(order, "paid").fields == ["status"]


def test_a_stranger_moves_nothing(order):
    assert moved(order, "cancelled", as_user="eve").refusal == (404, "order_not_found")

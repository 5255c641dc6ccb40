import pytest

from tests.make import OID
from tests.make_calls import call

pytestmark = pytest.mark.usefixtures("service")


def test_an_order_is_shown_to_its_owner():
    opened = call("orders/create", {"title": "March"}).json

    assert call("orders/get", order_id=opened["id"]).json == opened


def test_a_stranger_cannot_tell_an_order_exists():
    opened = call("orders/create", {}).json

    theirs = call("orders/get", order_id=opened["id"], as_user="eve")
    nobodys = call("orders/get", order_id=OID, as_user="eve")

    assert theirs.refusal == nobodys.refusal == (404, "order_not_found")


@pytest.mark.parametrize("order_id", ["x", OID.lower(), OID + "0", "x" * 3000])
def test_what_cannot_be_an_id_is_not_found(order_id):
    assert call("orders/get", order_id=order_id).refusal == (404, "not_found")

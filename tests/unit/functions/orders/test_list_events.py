import pytest

from tests.make import OID
from tests.make_calls import call

pytestmark = pytest.mark.usefixtures("service")


def test_the_history_says_who_did_what_oldest_first():
    order = call("orders/create", {}).json["id"]
    call("orders/update_status", {"status": "cancelled"}, order_id=order)

    opened, cancelled = call("orders/list_events", order_id=order).json

    assert (opened["what"], opened["who"], opened["to"]) == ("opened", "customer", "pending")
    assert (cancelled["what"], cancelled["from"], cancelled["to"]) == (
        "cancelled",
        "pending",
        "cancelled",
    )


def test_the_history_of_what_is_not_ones_own_is_not_found():
    assert call("orders/list_events", order_id=OID).refusal == (404, "order_not_found")

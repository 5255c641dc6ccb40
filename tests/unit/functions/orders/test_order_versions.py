"""The version of an order, of which its entity tag is made, follows what `GET order` shows."""

import pytest

from docket.domain.errors import OrderNotFound
from docket.schemas.orders import LISTED, OrderResponse
from docket.table.documents import documents
from docket.table.orders import orders
from docket.table.payments import refunds
from tests.make import OID
from tests.unit.docket.table.test_lost_replies import CASES

pytestmark = pytest.mark.usefixtures("table")

OF_ORDERS = ("orders.", "documents.", "document_changes.", "readings.", "payments.", "reversals.")
WRITES = {name: case for name, case in CASES.items() if name.startswith(OF_ORDERS)}
SHOWS_NOTHING_NEW = {
    "documents.renew_upload",
    "documents.renew_upload after a reading",
    "admissions.admit",
}
CREATES = {"orders.create_order", "orders.create_order under a key"}


def response_and_version():
    """What the response shows, and the version of the order; None without an order."""
    try:
        order = orders.get("ada", OID)
    except OrderNotFound:
        return None
    view = OrderResponse.of(order, documents.of_order(OID, limit=LISTED))
    return view.model_dump(), order.version


@pytest.mark.parametrize("name", sorted(WRITES.keys() - CREATES))
def test_a_write_that_changes_what_an_order_shows_changes_its_version(name):
    WRITES[name].setup()
    before = response_and_version()

    WRITES[name].act()

    after = response_and_version()
    assert (before[0] != after[0]) is (name not in SHOWS_NOTHING_NEW)
    assert (before[1] != after[1]) is (name not in SHOWS_NOTHING_NEW)


@pytest.mark.parametrize("name", WRITES)
def test_an_order_shows_its_refunds_as_they_are_stored_but_for_hidden_ones(name):
    WRITES[name].setup()

    WRITES[name].act()

    stored = refunds.of_order(OID)
    visible = {refund.id: refund.summary for refund in stored if not refund.is_hidden}
    assert {summary.id: summary for summary in orders.get("ada", OID).refunds} == visible

import pytest

from docket.table import orders
from tests.make import OID, OTHER_OID, a_read_document, an_event, an_order

EVES_ORDER = "01JD000000000000000000000E"


@pytest.fixture(autouse=True)
def order(service):
    """Two payable orders of Ada's (250 cents each) and one of Eve's."""
    for user_id, order_id in (("ada", OID), ("ada", OTHER_OID), ("eve", EVES_ORDER)):
        order = an_order(id=order_id, user_id=user_id, documents=(a_read_document(),))
        orders.create_order(order, an_event("opened"))

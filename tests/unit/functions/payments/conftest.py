import pytest

from tests.make import OID, OTHER_OID, a_read_document, an_order
from tests.table_state import save

EVES_ORDER = "01JD000000000000000000000E"


@pytest.fixture(autouse=True)
def order(service):
    """Two payable orders of Ada's (250 cents each) and one of Eve's."""
    for user_id, order_id in (("ada", OID), ("ada", OTHER_OID), ("eve", EVES_ORDER)):
        order = an_order(a_read_document(), id=order_id, user_id=user_id)
        save(order)

"""Orders are listed with what they owe, and without what customers wrote."""

from docket.domain.orders.order import OrderStatus
from operations import orders, snapshot
from tests.make import OID, OTHER_OID, a_reading_document, an_order
from tests.table_state import save


def listed(status=None, *, owing=False):
    return list(orders.lines(snapshot.of_table(), status=status, owing=owing))


def test_an_order_is_listed_with_its_debts(table):
    document = a_reading_document()
    save(an_order(document, title="Secret title"), document)

    (line,) = listed()

    assert OID in line
    assert "1 in progress" in line
    assert "work document" in line
    assert "Secret" not in line


def test_orders_of_a_status_are_listed(table):
    save(an_order())
    save(an_order(id=OTHER_OID, status=OrderStatus.CANCELLED))

    (line,) = listed(OrderStatus.CANCELLED)

    assert line.startswith(OTHER_OID)


def test_an_order_that_only_expires_owes_nothing(table):
    document = a_reading_document()
    save(an_order(document), document)
    save(an_order(id=OTHER_OID))

    (line,) = listed(owing=True)

    assert line.startswith(OID)

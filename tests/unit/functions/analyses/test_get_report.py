"""What it answers is tested with its worker: tests/unit/functions/events/test_make_report.py."""

from docket.domain.orders.order import OrderStatus
from tests.make import OID, THEN, a_payment, a_read_document, an_order
from tests.make_calls import call
from tests.table_state import save

READ = a_read_document("a.pdf")


def get(**fields):
    return call("analyses/get_report", order_id=OID, query={"format": "pdf"}, **fields)


def test_an_unpaid_order_has_no_report(queues):
    save(an_order(READ), READ)

    assert get().refusal == (402, "not_paid")


def test_another_customers_report_is_not_found(queues):
    save(an_order(READ, payment=a_payment(), status=OrderStatus.COMPLETED, analysed_at=THEN), READ)

    assert get(as_user="eve").refusal == (404, "order_not_found")

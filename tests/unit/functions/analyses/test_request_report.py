import pytest

from docket.domain.orders.order import OrderStatus
from tests.make import OID, THEN, a_payment, a_read_document, an_order
from tests.make_calls import call
from tests.table_state import save

READ = a_read_document("a.pdf")


def request(body, **fields):
    return call("analyses/request_report", body, order_id=OID, **fields)


@pytest.fixture
def paid(queues):
    order = an_order(READ, payment=a_payment(), status=OrderStatus.COMPLETED, analysed_at=THEN)
    save(order, READ)


@pytest.mark.usefixtures("paid")
def test_the_worker_gets_the_choices_of_the_request(queues):
    body = {"format": "csv", "table": "line_items", "doubtful": "omit"}

    reply = request(body, headers={"accept-language": "de"})

    (message,) = queues["reports"].receive_all()
    assert reply.status == 202
    assert {name: message[name] for name in ("form", "language", "table", "doubtful")} == {
        "form": "csv", "language": "de", "table": "line_items", "doubtful": "omit",
    }  # fmt: skip


def test_an_unpaid_order_has_no_report(queues):
    save(an_order(READ), READ)

    assert request({"format": "pdf"}).refusal == (402, "not_paid")


@pytest.mark.usefixtures("paid")
def test_an_unknown_format_is_refused():
    assert request({"format": "xls"}).fields == ["format"]


@pytest.mark.usefixtures("paid")
def test_another_customers_order_is_not_found():
    assert request({"format": "pdf"}, as_user="eve").refusal == (404, "order_not_found")

import pytest

from tests.make import OID, OTHER_OID, a_read_document, an_order
from tests.make_calls import call
from tests.table_state import save

pytestmark = pytest.mark.usefixtures("service")


@pytest.fixture(autouse=True)
def order(service):
    read = a_read_document(pages=3)
    save(an_order(read), read)


def test_an_order_has_its_documents_and_its_quote():
    reply = call("orders/get", order_id=OID)

    assert reply.status == 200
    assert [document["filename"] for document in reply.json["documents"]] == ["invoice.pdf"]
    assert reply.json["quote"]["amount"] == 350
    assert '"amount":350,' in reply.body
    assert reply.json["status_reason"]


def test_another_customers_order_is_like_a_missing_one():
    forbidden = call("orders/get", order_id=OID, as_user="eve")
    missing = call("orders/get", order_id=OTHER_OID, as_user="eve")

    assert forbidden.refusal == (404, "order_not_found")
    assert forbidden.json == missing.json


@pytest.mark.parametrize(
    "order_id", ["1", OID.lower(), "USER", f"{OID}0", "%00", 'a"b', "a\\b", "a\nb"]
)
def test_a_malformed_id_is_not_found(order_id):
    assert call("orders/get", order_id=order_id).refusal == (404, "not_found")


def test_a_request_without_a_caller_is_rejected():
    assert call("orders/get", order_id=OID, as_user=None).refusal == (401, "not_signed_in")

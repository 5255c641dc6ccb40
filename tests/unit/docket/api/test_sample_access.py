import pytest

from docket.api import api
from docket.domain.orders.document import document_id
from docket.schemas.ids import DocumentId, OrderId
from tests.make import OID, OTHER_OID
from tests.make_calls import Reply, a_request

SESSION = {"user_id": "ada", "session_id": "S1"}
LIVE_KEY = {"user_id": "ada", "api_key_id": "K1", "scopes": "read"}
TEST_KEY = {"user_id": "ada", "api_key_id": "K2", "scopes": "", "sample_scopes": "read"}


def ask(path, **context):
    app = api(scope="read", test_keys=True)

    @app.get("/orders/<order_id>")
    def order(order_id: OrderId) -> dict[str, str]:
        return {"found": order_id}

    @app.get("/documents/<document_id>")
    def document(document_id: DocumentId) -> dict[str, str]:
        return {"found": document_id}

    return Reply(app.resolve(a_request("GET", path, caller=context), None))


@pytest.mark.parametrize("context", [SESSION, LIVE_KEY, {**TEST_KEY, "sample_order_id": OID}])
def test_the_order_and_its_documents_are_found(context):
    assert ask(f"/orders/{OID}", **context).json == {"found": OID}
    assert ask(f"/documents/{document_id(OID, OID)}", **context).status == 200


@pytest.mark.parametrize("sample", [{}, {"sample_order_id": OTHER_OID}])
def test_a_test_key_finds_no_other_order_than_the_sample(sample):
    context = {**TEST_KEY, **sample}

    assert ask(f"/orders/{OID}", **context).refusal == (404, "order_not_found")
    assert ask(f"/documents/{document_id(OID, OTHER_OID)}", **context).refusal == (
        404,
        "document_not_found",
    )


def test_an_id_that_is_not_valid_is_not_found_either():
    assert ask("/orders/1", **TEST_KEY).refusal == (404, "not_found")
    assert ask("/elsewhere", **TEST_KEY).refusal == (404, "not_found")

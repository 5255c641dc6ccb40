import pytest

from tests.make_calls import call


@pytest.fixture
def document(service):
    """A document with a pending upload, in an order of Ada's."""
    order = call("orders/create", {}).json["id"]
    body = {"filename": "Rechnung März.pdf", "content_type": "application/pdf", "size": 10}
    return call("orders/add_document", body, order_id=order).json

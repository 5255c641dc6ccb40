"""Another customer's objects are not found on the deployed stack."""

import pytest

from infra.endpoints import ENDPOINTS
from tests.soft_authenticator import SoftAuthenticator

PDF = {"filename": "a.pdf", "content_type": "application/pdf", "size": 10}
BODIES = {
    "passkeys/rename": {"name": "Mine"},
    "orders/update_status": {"status": "cancelled"},
    "orders/update_review": {"status": "finished"},
    "orders/add_document": PDF,
    "analyses/create": {},
    "analyses/request_report": {"format": "pdf"},
    "documents/rename": {"title": "Mine"},
    "documents/correct_fact": {"action": "accept"},
    "documents/correct_line_items": {"items": None},
    "payments/confirm": {"payment_id": "pi_nothing"},
}
KEY = {"name": "Import", "scopes": ["read"]}
OWNED = [row for row in ENDPOINTS if "_id}" in row.path]
NOT_FOUND = {
    "order_not_found",
    "document_not_found",
    "session_not_found",
    "api_key_not_found",
    "passkey_not_found",
}


@pytest.fixture(scope="module")
def adas_ids(ada, stack):
    """The ids of Ada's objects, by the parameters of the paths."""
    order = ada.call("an order", "POST", "/orders", expect=201, body={"title": "Mine"})
    documents = f"/orders/{order['id']}/documents"
    document = ada.call("a document", "POST", documents, expect=201, body=PDF)
    [session, *_] = ada.call("sessions", "GET", "/auth/sessions", expect=200)
    key = ada.call("a key", "POST", "/auth/keys", expect=201, body=KEY)
    device = SoftAuthenticator(origin=stack.site, relying_party=stack.host.partition(":")[0])
    options = ada.call("options", "POST", "/auth/passkeys/options", expect=200)
    credential = device.make(options)
    passkey = ada.call("a passkey", "POST", "/auth/passkeys", expect=201, body=credential)
    return {
        "order_id": order["id"],
        "document_id": document["id"],
        "session_id": session["id"],
        "key_id": key["id"],
        "passkey_id": passkey["id"],
        "fact_id": "0123456789abcdef",
        "page": 1,
    }


@pytest.mark.parametrize("row", OWNED, ids=lambda row: row.name)
def test_another_customers_objects_are_not_found(adas_ids, eve, row):
    path = row.path.removeprefix("/api/v1").format(**adas_ids)

    error = eve.call(row.name, row.method, path, expect=404, body=BODIES.get(row.name))

    assert error["code"] in NOT_FOUND


def test_another_customers_orders_are_not_listed(ada, eve):
    adas_order = ada.call("an order", "POST", "/orders", expect=201, body={"title": "Mine"})

    eves_orders = eve.call("listing", "GET", "/orders", expect=200)

    assert adas_order["id"] not in {order["id"] for order in eves_orders}

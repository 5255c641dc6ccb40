"""Another customer's objects are not found on the deployed stack."""

import pytest

from infra.endpoints import ENDPOINTS

PDF = {"filename": "a.pdf", "content_type": "application/pdf", "size": 10}
BODIES = {
    "orders/update_status": {"status": "cancelled"},
    "orders/add_document": PDF,
    "analyses/create": {},
    "payments/confirm": {"payment_id": "pi_nothing"},
}
OWNED = [row for row in ENDPOINTS if "{" in row.path]


@pytest.mark.parametrize("row", OWNED, ids=lambda row: row.name)
def test_another_customers_objects_are_not_found(ada, eve, row):
    order = ada.call("an order", "POST", "/orders", expect=201, body={"title": "Mine"})
    document = ada.call(
        "a document", "POST", f"/orders/{order['id']}/documents", expect=201, body=PDF
    )
    [session, *_] = ada.call("sessions", "GET", "/auth/sessions", expect=200)
    path = row.path.removeprefix("/api/v1").format(
        order_id=order["id"], document_id=document["id"], session_id=session["id"]
    )

    error = eve.call(row.name, row.method, path, expect=404, body=BODIES.get(row.name))

    assert error["code"] in {"order_not_found", "document_not_found", "session_not_found"}


def test_another_customers_orders_are_not_listed(ada, eve):
    adas_order = ada.call("an order", "POST", "/orders", expect=201, body={"title": "Mine"})

    eves_orders = eve.call("listing", "GET", "/orders", expect=200)

    assert adas_order["id"] not in {order["id"] for order in eves_orders}

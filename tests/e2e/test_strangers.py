"""What is one customer's is nobody else's on the deployed stack: it is not found."""

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
def test_a_stranger_cannot_tell_that_it_exists(ada, eve, row):
    order = ada.call("an order", "POST", "/orders", expect=201, body={"title": "Mine"})
    document = ada.call(
        "a document", "POST", f"/orders/{order['id']}/documents", expect=201, body=PDF
    )
    path = row.path.removeprefix("/api/v1").format(order_id=order["id"], document_id=document["id"])

    refused = eve.call(row.name, row.method, path, expect=404, body=BODIES.get(row.name))

    assert refused["code"] in {"order_not_found", "document_not_found"}


def test_strangers_see_nothing_of_each_other_in_their_lists(ada, eve):
    mine = ada.call("an order", "POST", "/orders", expect=201, body={"title": "Mine"})

    theirs = eve.call("listing", "GET", "/orders", expect=200)

    assert mine["id"] not in {order["id"] for order in theirs}

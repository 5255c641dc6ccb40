"""The deployed stack conforms to the description that it serves.

One valid request per operation: `tests/unit/functions/test_conformance.py` sends the others.
"""

import pytest

from tests.conformance import DESCRIPTION, ROWS, VALID, conforms
from tests.e2e.conftest import API
from tests.e2e.timeouts import TIMEOUT_MS


@pytest.fixture(scope="session")
def ids(ada):
    """The ids of an order and its document."""
    order = ada.call("an order", "POST", "/orders", expect=201, body={})
    document = ada.call(
        "a document",
        "POST",
        f"/orders/{order['id']}/documents",
        expect=201,
        body={"filename": "a.pdf", "content_type": "application/pdf", "size": 10},
    )
    return {"order_id": order["id"], "document_id": document["id"]}


def test_the_served_description_is_the_stored_one(visitor):
    assert visitor.get(f"{API}/openapi.json").json() == DESCRIPTION


DELETES_THE_CUSTOMER = "account/delete"
"""The customer is that of other tests, too."""


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row.name != DELETES_THE_CUSTOMER], ids=lambda row: row.name
)
def test_a_reply_to_a_valid_request_conforms_to_the_description(row, stack, ada, ids):
    conforms(
        row,
        VALID,
        examples=1,
        ids=ids,
        base_url=stack.base,
        headers={"Host": stack.host, **ada.authorization()},
        timeout=TIMEOUT_MS / 1000,
    )

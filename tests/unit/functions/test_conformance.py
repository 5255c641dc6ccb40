"""Every reply of the API conforms to the OpenAPI description: Schemathesis, in process."""

import pytest
from werkzeug.test import Client

from docket.schemas.ids import EXAMPLE_FACT_ID
from tests import http_api
from tests.conformance import INVALID, ROWS, VALID, WITH_INPUT, conforms

EXAMPLES = 12
CALLS = [(row, VALID) for row in ROWS] + [(row, INVALID) for row in WITH_INPUT]
ADA = {"email": "ada@example.com", "password": "seven purple bicycles", "full_name": "Ada"}


@pytest.fixture
def ask():
    """Call the API as a client does. Returns the reply's JSON."""
    client = Client(http_api.application)

    def send(path, body, token=""):
        headers = {"Authorization": f"Bearer {token}"}
        return client.post(f"/api/v1/{path}", json=body, headers=headers).json

    return send


@pytest.fixture
def ada(service, jwt_stage, ask):
    """The access token of a registered user."""
    ask("auth/register", ADA)
    return ask("auth/login", {"email": ADA["email"], "password": ADA["password"]})["access_token"]


@pytest.fixture
def ids(ada, ask):
    """The ids of an order of Ada's and its document."""
    order = ask("orders", {}, ada)["id"]
    file = {"filename": "a.pdf", "content_type": "application/pdf", "size": 10}
    document = ask(f"orders/{order}/documents", file, ada)["id"]
    return {"order_id": order, "document_id": document, "fact_id": EXAMPLE_FACT_ID}


@pytest.mark.parametrize(
    ("row", "mode"), CALLS, ids=lambda value: getattr(value, "name", "").lower()
)
def test_a_reply_conforms_to_the_description(row, mode, ada, ids):
    conforms(
        row,
        mode,
        examples=EXAMPLES,
        ids=ids,
        app=http_api.application,
        headers={"Authorization": f"Bearer {ada}"},
    )

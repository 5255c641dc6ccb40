"""The served description is kept to, whatever is sent: Schemathesis, as a real customer."""

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.e2e.conftest import API

EXAMPLES = 12
ENDS_THE_SESSION = "/api/v1/auth/logout"
PROMISES = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]


@pytest.fixture(scope="session")
def described(stack, ada):
    """The served description; half of the ids it asks for are those of things that exist."""
    served = ada.session.get(
        f"{stack.base}{API}/openapi.json", headers={"Host": stack.host}, timeout=60
    ).json()
    schema = schemathesis.openapi.from_dict(served)
    order = ada.call("an order", "POST", "/orders", expect=201, body={})
    document = ada.call(
        "a document",
        "POST",
        f"/orders/{order['id']}/documents",
        expect=201,
        body={"filename": "a.pdf", "content_type": "application/pdf", "size": 10},
    )
    real = {"order_id": order["id"], "document_id": document["id"]}

    @schema.hook
    def map_path_parameters(context, path_parameters):
        if path_parameters and len(str(path_parameters)) % 2:
            return {name: real.get(name, value) for name, value in path_parameters.items()}
        return path_parameters

    return schema.exclude(path=ENDS_THE_SESSION)


schema = schemathesis.pytest.from_fixture("described")


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_no_call_makes_it_break_its_promise(case, stack, ada):
    case.call_and_validate(
        base_url=stack.base,
        headers={"Host": stack.host, "Authorization": f"Bearer {ada.token}"},
        checks=PROMISES,
    )

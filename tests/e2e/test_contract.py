"""The served description is kept to, whatever is sent: Schemathesis, as a real customer."""

import json

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, assume, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from docket.schemas.description import FILE
from infra.endpoints import ENDPOINTS
from tests.e2e.conftest import API

EXAMPLES = 12
ENDS_THE_SESSION = "auth/logout"
PROMISES = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
AS_PROMISED = schemathesis.GenerationMode.POSITIVE
OTHERWISE = schemathesis.GenerationMode.NEGATIVE
ROWS = [row for row in ENDPOINTS if row.name != ENDS_THE_SESSION]
DESCRIBED = json.loads(FILE.read_text())["paths"]
ASKING = [
    row
    for row in ROWS
    if {"parameters", "requestBody"} & DESCRIBED[row.path][row.method.lower()].keys()
]
CALLS = [(row, AS_PROMISED) for row in ROWS] + [(row, OTHERWISE) for row in ASKING]


@pytest.fixture(scope="session")
def real(ada):
    """The ids of things that exist."""
    order = ada.call("an order", "POST", "/orders", expect=201, body={})
    document = ada.call(
        "a document",
        "POST",
        f"/orders/{order['id']}/documents",
        expect=201,
        body={"filename": "a.pdf", "content_type": "application/pdf", "size": 10},
    )
    return {"order_id": order["id"], "document_id": document["id"]}


def test_the_description_that_is_served_is_the_one_that_is_kept(visitor):
    served = visitor.get(f"{API}/openapi.json").json()

    assert served == json.loads(FILE.read_text())


@pytest.mark.parametrize(("row", "mode"), CALLS, ids=lambda each: getattr(each, "name", "").lower())
def test_no_call_makes_it_break_its_promise(row, mode, stack, ada, real):
    described = schemathesis.openapi.from_dict(json.loads(FILE.read_text()))
    operation = described[row.path][row.method]

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def holds(case):
        if mode is AS_PROMISED:
            # An id that fits names nothing; what is asked of a real thing goes further.
            case.path_parameters = {
                name: real.get(name, value) for name, value in (case.path_parameters or {}).items()
            }
        # The emulator's distribution takes a path with a line break in it for a page of the site.
        assume(not any("\n" in str(value) for value in (case.path_parameters or {}).values()))
        case.call_and_validate(
            base_url=stack.base,
            headers={"Host": stack.host, "Authorization": f"Bearer {ada.token}"},
            checks=PROMISES,
        )

    holds()

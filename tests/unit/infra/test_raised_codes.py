"""The API description lists every code that a route may respond with, with an example."""

import json
from typing import Any

import pytest

from docket.schemas.description import FILE
from infra.endpoint_spec import EndpointSpec
from infra.endpoints import ENDPOINTS
from infra.openapi.errors import ERRORS
from tests.raised_codes import codes_of_function

PATHS: dict[str, Any] = json.loads(FILE.read_text())["paths"]
ROUTES = [row for row in ENDPOINTS if row.path in PATHS]
NEVER = {
    # It reads the order that it has created; no order is ever deleted.
    "orders/create": {"order_not_found"},
    "orders/create_sample": {"order_not_found"},
    # The token of the first step is no access token: one that is refused means `login_expired`.
    "auth/login_mfa": {"not_signed_in"},
}


def examples(row: EndpointSpec) -> dict[str, Any]:
    """The examples of a route's error responses, by their code."""
    return {
        code: example["value"]
        for response in PATHS[row.path][row.method.lower()]["responses"].values()
        for code, example in (
            response.get("content", {}).get("application/json", {}).get("examples", {}).items()
        )
        if code in ERRORS
    }


@pytest.mark.parametrize("row", ROUTES, ids=lambda row: row.name)
def test_every_code_that_a_route_raises_has_an_example(row):
    raised = codes_of_function(row.name) - NEVER.get(row.name, set())

    assert raised <= examples(row).keys()
    assert all(example["code"] == code for code, example in examples(row).items())


def test_codes_are_found_behind_imports_and_methods_of_the_domain():
    raised = codes_of_function("documents/renew_upload")

    assert {"document_settled", "order_closed", "limit_reached", "too_many_tries"} <= raised


@pytest.mark.parametrize(
    ("name", "code", "context"),
    [
        ("orders/create", "limit_reached", "unpaid_orders"),
        ("orders/add_document", "limit_reached", "unpaid_pages"),
        ("orders/add_document", "too_many_tries", "documents_a_day"),
        ("documents/renew_upload", "limit_reached", "unpaid_pages"),
        ("documents/renew_upload", "too_many_tries", "documents_a_day"),
    ],
)
def test_an_example_is_of_the_limit_that_the_route_has(name, code, context):
    row = next(row for row in ROUTES if row.name == name)

    assert examples(row)[code]["params"]["context"] == context

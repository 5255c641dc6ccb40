"""The OpenAPI description states everything that a client needs."""

import ast
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

import jsonschema_rs
import pytest

from analysis.errors import CONTRADICTION_CODES, WARNING_CODES
from analysis.errors import DOCUMENT_CODES as READER_CODES
from analysis.model import Kind
from docket.api.error_response import EDGE_CODES
from docket.domain.event import Actor, EventName
from docket.domain.reason import DOCUMENT_CODES, ORDER_CODES
from docket.domain.reason import WARNING_CODES as SERVICE_WARNING_CODES
from docket.schemas.base import MessageResponse
from docket.schemas.description import FILE
from docket.schemas.field_problems import FIELD_CODES
from infra.endpoint_spec import EndpointSpec
from infra.endpoints import ENDPOINTS
from infra.openapi.enumerations import ENUMERATIONS
from infra.openapi.errors import ERRORS, codes_of
from infra.openapi.examples import RESPONSES
from infra.setting_types.rate_limits import RATE_LIMITS

DESCRIPTION: dict[str, Any] = json.loads(FILE.read_text())
SCHEMAS: dict[str, Any] = DESCRIPTION["components"]["schemas"]


def operation(name: str) -> dict[str, Any]:
    row = next(row for row in ENDPOINTS if row.name == name)
    described: dict[str, Any] = DESCRIPTION["paths"][row.path][row.method.lower()]
    return described


def undescribed_properties() -> Iterator[str]:
    for name, schema in SCHEMAS.items():
        for field, described in schema.get("properties", {}).items():
            if not described.get("description"):
                yield f"{name}.{field}"


def test_every_property_has_a_description():
    assert list(undescribed_properties()) == []


def test_every_schema_has_a_description():
    assert [name for name, schema in SCHEMAS.items() if not schema.get("description")] == []


def test_every_response_has_a_specific_description():
    for row in ENDPOINTS:
        for response in operation(row.name)["responses"].values():
            assert response["description"] not in {"", "Successful Response"}, row.name


def test_every_tag_has_a_description():
    used = {
        tag
        for methods in DESCRIPTION["paths"].values()
        for described in methods.values()
        for tag in described["tags"]
    }

    assert used == {tag["name"] for tag in DESCRIPTION["tags"] if tag["description"]}


def test_the_licence_and_a_contact_are_stated():
    assert DESCRIPTION["info"]["license"]["identifier"] == "Apache-2.0"
    assert DESCRIPTION["info"]["contact"]


@pytest.mark.parametrize("row", ENDPOINTS, ids=lambda row: row.name)
def test_every_header_of_a_response_is_described(row: EndpointSpec):
    for response in operation(row.name)["responses"].values():
        for header in response.get("headers", {}).values():
            assert header["$ref"].rpartition("/")[2] in DESCRIPTION["components"]["headers"]


@pytest.mark.parametrize(
    ("name", "status", "header"),
    [
        ("auth/login", "200", "Set-Cookie"),
        ("auth/login", "401", "WWW-Authenticate"),
        ("auth/login", "429", "Retry-After"),
        ("auth/logout", "200", "Set-Cookie"),
        ("orders/list", "200", "Link"),
        ("documents/get", "302", "Location"),
        ("meta/openapi", "304", "ETag"),
        ("orders/get", "default", "Allow"),
        ("orders/get", "200", "x-request-id"),
    ],
)
def test_a_header_is_described(name: str, status: str, header: str):
    assert header in operation(name)["responses"][status]["headers"]


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("orders/create", "Idempotency-Key"),
        ("orders/add_document", "Idempotency-Key"),
        ("auth/register", "Idempotency-Key"),
        ("analyses/report", "Accept-Language"),
        ("payments/webhook", "Stripe-Signature"),
        ("meta/openapi", "If-None-Match"),
    ],
)
def test_a_header_of_a_request_is_described(name: str, header: str):
    parameters = operation(name)["parameters"]

    assert (header, "header") in [(found["name"], found["in"]) for found in parameters]


def test_a_parameter_of_a_query_is_never_null():
    parameters = [
        parameter
        for methods in DESCRIPTION["paths"].values()
        for operation in methods.values()
        for parameter in operation.get("parameters", [])
    ]

    assert parameters
    assert not [parameter for parameter in parameters if "null" in str(parameter["schema"])]


def confirmations_of(operation: str) -> list[MessageResponse]:
    handler = import_module(f"functions.{operation.replace('/', '.')}")
    return [value for value in vars(handler).values() if isinstance(value, MessageResponse)]


def test_the_example_of_a_confirmation_is_the_constant_that_its_handler_returns():
    confirmations = {
        operation: response
        for (operation, _), response in RESPONSES.items()
        if isinstance(response, MessageResponse)
    }
    del confirmations["auth/logout"]  # the body of `logout_response`, which the handler returns

    assert len(confirmations) > 10
    for operation, response in confirmations.items():
        assert confirmations_of(operation) == [response], operation


def test_no_handler_makes_a_confirmation_that_its_example_does_not_show():
    made_in_functions = [
        path.name
        for path in Path("functions").rglob("*.py")
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, ast.FunctionDef)
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "MessageResponse"
    ]

    assert made_in_functions == []


def test_the_body_of_the_webhook_is_described():
    body = operation("payments/webhook")["requestBody"]

    assert body["required"]
    assert body["content"]["application/json"]["schema"]["$ref"].endswith("/StripeEvent")


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("auth/login", "401", "wrong_credentials"),
        ("analyses/report", "402", "not_paid"),
        ("payments/webhook", "400", "bad_signature"),
        ("orders/update_status", "409", "illegal_move"),
        ("payments/confirm", "400", "payment_not_confirmed"),
    ],
)
def test_a_status_lists_its_codes_with_an_example_of_each(name: str, status: str, code: str):
    response = operation(name)["responses"][status]
    examples = response["content"]["application/json"]["examples"]

    assert f"`{code}`" in response["description"]
    assert examples[code]["value"]["code"] == code


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("ErrorCode", {*ERRORS, *EDGE_CODES}),
        ("FieldErrorCode", FIELD_CODES),
        ("OrderReasonCode", ORDER_CODES),
        ("DocumentReasonCode", {*DOCUMENT_CODES, *READER_CODES}),
        ("UnreadPageCode", READER_CODES),
        ("WarningCode", {*SERVICE_WARNING_CODES, *WARNING_CODES}),
        ("ContradictionCode", CONTRADICTION_CODES),
        ("DocumentKind", get_args(Kind.__value__)),
        ("Actor", get_args(Actor.__value__)),
        ("EventName", get_args(EventName.__value__)),
    ],
)
def test_enumerations_are_complete(name: str, values: Iterable[str]):
    assert SCHEMAS[name]["enum"] == sorted(values)


@pytest.mark.parametrize("name", ENUMERATIONS)
def test_the_property_of_an_enumeration_states_that_it_may_grow(name: str):
    for path in ENUMERATIONS[name].properties:
        schema, _, field = path.partition(".")
        described = SCHEMAS[schema]["properties"][field]

        assert {"$ref": f"#/components/schemas/{name}"} in (
            described.get("anyOf") or [{"$ref": described["$ref"]}]
        )
        assert "may be added" in described["description"], path


WITH_A_CODE_OF_AN_APP = {"LoginCodeRequest", "ConfirmTotpRequest", "ReauthenticateRequest"}


def test_every_property_that_is_a_code_is_an_enumeration():
    described = {path for enumeration in ENUMERATIONS.values() for path in enumeration.properties}
    codes = {
        f"{name}.{field}"
        for name, schema in SCHEMAS.items()
        for field in schema.get("properties", {})
        if field.endswith("code") and name not in WITH_A_CODE_OF_AN_APP
    }

    assert codes <= described


def test_every_code_belongs_to_an_operation():
    """Except the codes of the base classes, which are never raised."""
    documented = {code for row in ENDPOINTS for codes in codes_of(row).values() for code in codes}

    assert {*ERRORS, *EDGE_CODES} - documented == {"conflict", "link_refused", "outage"}


def test_a_box_has_four_numbers_without_prefix_items():
    box = SCHEMAS["Box"]

    assert (box["minItems"], box["maxItems"], box["items"]) == (4, 4, {"type": "number"})
    assert "prefixItems" not in FILE.read_text()


def test_money_has_a_type():
    normalised = SCHEMAS["FactResponse"]["properties"]["normalised"]["anyOf"]

    assert {"$ref": "#/components/schemas/MoneyResponse"} in normalised


def test_the_description_states_that_enumerations_may_grow():
    assert "Enumerations" in DESCRIPTION["info"]["description"]


def require_valid(example: Any, schema: dict[str, Any]) -> None:
    whole = {"components": DESCRIPTION["components"], **schema}
    jsonschema_rs.validator_for(whole, validate_formats=True).validate(example)


@pytest.mark.parametrize(
    "name", [name for name in SCHEMAS if name.endswith(("Request", "StripeEvent"))]
)
def test_every_request_has_an_example_that_conforms(name: str):
    (example,) = SCHEMAS[name]["examples"]

    assert example
    require_valid(example, {"$ref": f"#/components/schemas/{name}"})


@pytest.mark.parametrize("row", ENDPOINTS, ids=lambda row: row.name)
def test_every_response_with_json_has_examples_that_conform(row: EndpointSpec):
    for response in operation(row.name)["responses"].values():
        if content := response.get("content", {}).get("application/json"):
            named = [example["value"] for example in content.get("examples", {}).values()]
            for example in named or [content["example"]]:
                require_valid(example, content["schema"])


def test_the_examples_belong_to_responses_of_the_description():
    described = {
        (row.name, status) for row in ENDPOINTS for status in operation(row.name)["responses"]
    }

    assert RESPONSES.keys() <= described


def test_the_description_has_the_limits_of_every_operation():
    text = DESCRIPTION["info"]["description"]

    for limit in asdict(RATE_LIMITS).values():
        row = " | ".join(f"{limit[name]:,}" for name in ("network", "site", "everyone"))
        assert f"| {row} |" in text


def test_the_quickstart_calls_paths_of_the_description():
    text = DESCRIPTION["info"]["description"].replace("$ORDER", "{order_id}")
    called = re.findall(r"\$SITE(/api/v1/[\w/{}-]+)", text)

    assert len(called) > 5
    assert set(called) <= DESCRIPTION["paths"].keys()


def test_the_example_of_the_description_names_this_api():
    response = operation("meta/openapi")["responses"]["200"]
    example = response["content"]["application/json"]["example"]

    assert example["openapi"] == DESCRIPTION["openapi"]
    assert example["info"].items() <= DESCRIPTION["info"].items()


def test_the_firewalls_answers_are_listed_by_their_status():
    rows = {row.name: codes_of(row) for row in ENDPOINTS}

    assert rows["auth/login"]["403"] == ["account_disabled", "direct_call", "request_blocked"]
    assert rows["auth/login"]["429"] == ["too_many_requests", "too_many_tries"]
    assert rows["auth/login"]["default"] == ["method_not_allowed"]
    assert rows["meta/health"].keys() == {"400", "500", "default"}
    assert {"request_blocked", "too_many_requests"} <= {*rows["meta/health"]["default"]}

"""The description as a whole, from the handlers.

Powertools describes each handler. What all operations have in common, security and error responses,
is added here from the table of endpoints.
"""

import importlib
import inspect
import json
from typing import Any

from aws_lambda_powertools.event_handler.openapi.merge import OpenAPIMerge

from docket.schemas.errors import Error
from infra.endpoint_spec import EndpointSpec, ResponseSpec
from infra.endpoints import ENDPOINTS
from infra.layers.build import ROOT
from infra.openapi.enumerations import REF, add_enumerations
from infra.openapi.errors import error_responses
from infra.openapi.examples import request_examples, response_example
from infra.openapi.headers import RESPONSE_HEADERS, request_header
from infra.openapi.limits import rate_limits
from infra.openapi.text import INTRODUCTION, TAGS, quickstart

type Json = dict[str, Any]

NOT_DESCRIBED = "Successful Response"
"""The description that Powertools gives a response."""

SECURITY_SCHEMES: Json = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "The access token of a session, from `POST /api/v1/auth/login`",
    },
    "api_key": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "dk_live_…",
        "description": "An API key, from `POST /api/v1/auth/keys`, in a stage whose sessions "
        "are Docket's own. An operation lists the scope that the key needs; one that lists none "
        "accepts no key",
    },
    "test_key": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "dk_test_…",
        "description": "An API key that was created with the mode `test`. It opens and uses the "
        "sample order, which is free; every other order is `order_not_found`",
    },
}

STRIPE_EVENT: Json = {
    "type": "object",
    "title": "StripeEvent",
    "description": "An event as Stripe sends it, byte for byte as it was signed: see "
    "<https://docs.stripe.com/api/events/object>. Types that concern no payment are ignored",
    "properties": {
        "id": {"type": "string", "description": "The id of the event: it has its effect once"},
        "type": {"type": "string", "description": "What happened at Stripe"},
    },
    "required": ["id", "type"],
    "additionalProperties": True,
}


def description() -> Json:
    """The whole description."""
    merged = OpenAPIMerge(
        title="Docket",
        version="1",
        openapi_version="3.1.0",
        description=INTRODUCTION + quickstart() + rate_limits(),
    )
    for row in ENDPOINTS:
        merged.add_file(ROOT / "functions" / f"{row.name}.py")
    whole: Json = json.loads(merged.get_openapi_json_schema())
    whole["servers"] = [{"url": "/"}]
    whole["info"]["license"] = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
    whole["info"]["contact"] = {"name": "Docket"}
    whole["tags"] = [{"name": name, "description": text} for name, text in TAGS.items()]
    components = whole["components"]
    components["headers"] = dict(RESPONSE_HEADERS)
    components["securitySchemes"] = SECURITY_SCHEMES
    for unused in ("HTTPValidationError", "ValidationError", "ResponseValidationError"):
        components["schemas"].pop(unused, None)
    error = Error.model_json_schema(ref_template=f"{REF}{{model}}")
    components["schemas"] |= error.pop("$defs")
    components["schemas"]["Error"] = error
    components["schemas"]["StripeEvent"] = STRIPE_EVENT
    for name, example in request_examples().items():
        components["schemas"][name]["examples"] = [example]
    add_enumerations(components["schemas"])
    for row in ENDPOINTS:
        _complete(whole["paths"][row.path][row.method.lower()], row, components["schemas"])
    return whole


def _complete(operation: Json, row: EndpointSpec, schemas: Json) -> None:
    noun, verb = row.name.split("/")
    operation["tags"] = [noun]
    operation["summary"], _, more = docstring_of(row).partition("\n\n")
    operation["description"] = more or operation["summary"]
    operation["operationId"] = f"{noun}_{verb}"
    operation["security"] = _security(row)
    _complete_request(operation, row)
    _complete_responses(operation["responses"], row, schemas)


def _security(row: EndpointSpec) -> list[Json]:
    """Who may call the operation: a session, or an API key with the scope of the row."""
    if row.public:
        return [{"bearer": []}, {}] if row.optional_session else []
    keys = [*(["api_key"] if row.scope else []), *(["test_key"] if row.test_keys else [])]
    return [{"bearer": []}, *({key: [row.scope]} for key in keys)]


def _complete_request(operation: Json, row: EndpointSpec) -> None:
    for parameter in operation.get("parameters", []):
        _remove_null(parameter)
    for name in (*(["Idempotency-Key"] if row.idempotent else []), *row.headers):
        operation.setdefault("parameters", []).append(request_header(name))
    if row.request:
        schema = {"$ref": REF + row.request}
        operation["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": schema}},
        }


def _complete_responses(responses: Json, row: EndpointSpec, schemas: Json) -> None:
    for status in ("422", "500"):
        responses.pop(status, None)
    responses.pop("default", None)
    responses |= error_responses(row)
    for spec in row.responses:
        _describe_response(responses, spec)
    for status, response in responses.items():
        for content in response.get("content", {}).values():
            _remove_null(content)
        if status.startswith("2"):
            (content,) = response["content"].values()
            response["content"] = {row.content_type: content}
            if response["description"] == NOT_DESCRIBED:
                response["description"] = _describe_content(content["schema"], schemas)
            if row.content_type == "application/json":
                content["example"] = response_example(row.name, status)
        response.setdefault("headers", {})["x-request-id"] = _header("x-request-id")


def _describe_response(responses: Json, spec: ResponseSpec) -> None:
    """Add the response of a row, or its headers to the response that the handler describes."""
    status = str(spec.status)
    if spec.description is not None:
        responses[status] = {"description": spec.description}
    if spec.schema is not None:
        schema = {"type": "object"} if spec.schema == "object" else {"$ref": REF + spec.schema}
        responses[status]["content"] = {"application/json": {"schema": schema}}
    if spec.headers:
        responses[status]["headers"] = {name: _header(name) for name in spec.headers}


def _describe_content(schema: Json, schemas: Json) -> str:
    """The description of a response: the first sentence of its schema's description."""
    if "$ref" in schema:
        described: str = schemas[schema["$ref"].removeprefix(REF)]["description"]
        return described.replace("\n\n", " ").partition(". ")[0].removesuffix(".")
    if "anyOf" in schema:
        return "; or: ".join(_describe_content(choice, schemas) for choice in schema["anyOf"])
    if schema["type"] == "array":
        return f"A list of `{schema['items']['$ref'].removeprefix(REF)}`"
    return "The page"


def _header(name: str) -> Json:
    return {"$ref": f"#/components/headers/{name}"}


def _remove_null(described: Json) -> None:
    """Remove null from the types of a parameter or a response.

    A handler that may redirect is typed to return None as well, and a query has no null.
    """
    types = described["schema"].get("anyOf", [])
    if {"type": "null"} in types:
        (described["schema"],) = [schema for schema in types if schema != {"type": "null"}]


def docstring_of(row: EndpointSpec) -> str:
    """The description that Powertools generates from the row's handler."""
    app: Any = importlib.import_module(f"functions.{row.name.replace('/', '.')}").app
    routes: list[Any] = [*app._static_routes, *app._dynamic_routes]  # noqa: SLF001 - no other way
    (route,) = routes
    return inspect.getdoc(route.func) or row.name

"""Generate the API's description from its handlers: OpenAPI 3.1, as `/openapi.json` serves it.

    python -m infra.openapi           write it
    python -m infra.openapi --check   exit with 1 if the one that is kept is stale

Powertools describes each handler; what is the same for all of them, who may call and how a refusal
looks, is added here from the table of endpoints.
"""

import importlib
import inspect
import json
import sys
from typing import Any

from aws_lambda_powertools.event_handler.openapi.merge import OpenAPIMerge

from docket.schemas.description import FILE
from docket.schemas.errors import Error
from infra.endpoint_spec import EndpointSpec, ResponseSpec
from infra.endpoints import ENDPOINTS
from infra.layers.build import ROOT

type Json = dict[str, Any]

DESCRIPTION = (
    "Documents in, priced and paid for; facts out, with evidence. Times are UTC in ISO 8601, money "
    "is an integer of minor units with a lower-case ISO 4217 currency, pages count from 1 "
    "(in reports as well), boxes are left, top, right and bottom as fractions of the page. Bodies "
    "are JSON in UTF-8, sent with `Content-Type: application/json`; unknown fields and query "
    "parameters are refused. A path takes the methods that are listed and no other, such as HEAD, "
    "and ends without a slash."
)
REF = "#/components/schemas/"
REFUSALS = {
    "400": "A field is wrong; `details` names each",
    "401": "No token, or one that no longer counts",
    "404": "There is no such thing, or it is somebody else's",
    "default": "Any other refusal: the path takes other methods (405, with `Allow`), the state "
    "does not allow it (409), too many tries (429, with `Retry-After`), or somebody else's system "
    "cannot be reached (502)",
}
TEXT: Json = {"type": "string"}
REFUSAL_HEADERS: dict[str, Json] = {
    "401": {"WWW-Authenticate": {"schema": TEXT, "description": 'Always `Bearer realm="docket"`'}},
    "default": {
        "Allow": {"schema": TEXT, "description": "With 405: the methods that this path takes"},
        "Retry-After": {
            "schema": {"type": "integer"},
            "description": "With 429: seconds until another try is let through",
        },
    },
}
HEADERS: dict[str, Json] = {
    "Cache-Control": {"schema": TEXT, "description": "Every other reply says `no-store`"},
    "ETag": {"schema": TEXT, "description": "To be sent as `If-None-Match`"},
    "Link": {
        "schema": TEXT,
        "description": '`<address>; rel="next"`, absent on the last page. Only this says that a '
        "page is the last: it may hold fewer than `limit` all the same",
    },
    "Location": {"schema": {"type": "string", "format": "uri"}},
}
"""The headers of the responses that rows name."""


def description() -> Json:
    """The whole description."""
    merged = OpenAPIMerge(
        title="Docket", version="1", openapi_version="3.1.0", description=DESCRIPTION
    )
    for row in ENDPOINTS:
        merged.add_file(ROOT / "functions" / f"{row.name}.py")
    whole: Json = json.loads(merged.get_openapi_json_schema())
    whole["servers"] = [{"url": "/"}]
    components = whole["components"]
    components["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer"}}
    for unused in ("HTTPValidationError", "ValidationError", "ResponseValidationError"):
        components["schemas"].pop(unused, None)
    error = Error.model_json_schema(ref_template=f"{REF}{{model}}")
    components["schemas"] |= error.pop("$defs")
    components["schemas"]["Error"] = error
    for row in ENDPOINTS:
        _complete(whole["paths"][row.path][row.method.lower()], row)
    return whole


def _complete(operation: Json, row: EndpointSpec) -> None:
    noun, verb = row.name.split("/")
    operation["tags"] = [noun]
    operation["summary"], _, more = promised(row).partition("\n\n")
    if more:
        operation["description"] = more
    operation["operationId"] = f"{noun}_{verb}"
    operation["security"] = [] if row.public else [{"bearer": []}]
    responses = operation["responses"]
    for ours in ("422", "500"):
        responses.pop(ours, None)
    for status in _refusals(row):
        responses[status] = {
            "description": REFUSALS[status],
            **({"headers": REFUSAL_HEADERS[status]} if status in REFUSAL_HEADERS else {}),
            "content": {"application/json": {"schema": {"$ref": f"{REF}Error"}}},
        }
    for spec in row.responses:
        _describe_response(responses, spec)
    for status, response in responses.items():
        for content in response.get("content", {}).values():
            _without_nothing(content)
        if status.startswith("2"):
            (content,) = response["content"].values()
            response["content"] = {row.content_type: content}


def _describe_response(responses: Json, spec: ResponseSpec) -> None:
    """Add the response of a row, or its headers to the response that the handler describes."""
    status = str(spec.status)
    if spec.description is not None:
        responses[status] = {"description": spec.description}
    if spec.schema is not None:
        schema = {"type": "object"} if spec.schema == "object" else {"$ref": REF + spec.schema}
        responses[status]["content"] = {"application/json": {"schema": schema}}
    if spec.headers:
        responses[status]["headers"] = {name: HEADERS[name] for name in spec.headers}


def _refusals(row: EndpointSpec) -> list[str]:
    """The statuses by which this operation may refuse."""
    applies = {
        "default": True,
        "400": True,  # a query parameter that it does not know, at least
        "401": not row.public,
        "404": "{" in row.path,
    }
    return [status for status, may in applies.items() if may]


def _without_nothing(content: Json) -> None:
    """A redirect has no body, so a handler that may redirect is typed to return nothing, too."""
    either = content["schema"].get("anyOf", [])
    if {"type": "null"} in either:
        (content["schema"],) = [schema for schema in either if schema != {"type": "null"}]


def promised(row: EndpointSpec) -> str:
    """What the row's handler says of itself."""
    app: Any = importlib.import_module(f"functions.{row.name.replace('/', '.')}").app
    routes: list[Any] = [*app._static_routes, *app._dynamic_routes]  # noqa: SLF001 - no other way
    (route,) = routes
    return inspect.getdoc(route.func) or row.name


def text() -> str:
    return json.dumps(description(), indent=1, ensure_ascii=False) + "\n"


def main() -> int:
    if "--check" in sys.argv[1:]:
        if FILE.is_file() and FILE.read_text() == text():
            return 0
        sys.stderr.write(f"{FILE.relative_to(ROOT)} is stale: run `make openapi`\n")
        return 1
    FILE.write_text(text())
    return 0


if __name__ == "__main__":
    sys.exit(main())

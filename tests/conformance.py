"""The requests that Schemathesis sends to an operation, and the checks of the replies."""

import json
from collections.abc import Mapping
from typing import Any

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
from infra.endpoint_spec import EndpointSpec
from infra.endpoints import ENDPOINTS

VALID = schemathesis.GenerationMode.POSITIVE
INVALID = schemathesis.GenerationMode.NEGATIVE

DESCRIPTION: dict[str, Any] = json.loads(FILE.read_text())
ENDS_THE_SESSION = "auth/logout"
ROWS = [row for row in ENDPOINTS if row.name != ENDS_THE_SESSION]


def _can_be_invalid(operation: Mapping[str, Any]) -> bool:
    """Whether an input can be invalid. An optional header with any text is always valid."""
    parameters = operation.get("parameters", [])
    return "requestBody" in operation or any(
        parameter["required"] or parameter["schema"].keys() != {"type"} for parameter in parameters
    )


WITH_INPUT = [
    row for row in ROWS if _can_be_invalid(DESCRIPTION["paths"][row.path][row.method.lower()])
]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]


def conforms(
    row: EndpointSpec,
    mode: schemathesis.GenerationMode,
    *,
    examples: int,
    ids: Mapping[str, str],
    app: object = None,
    **sending: Any,
) -> None:
    """Send this number of requests to the row's operation and check each reply.

    The requests go to `app` if it is given. `ids` are ids of existing objects for the path.
    """
    schema = schemathesis.openapi.from_dict(DESCRIPTION)
    schema.app = app

    @settings(
        max_examples=examples,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=schema[row.path][row.method].as_strategy(generation_mode=mode))
    def check(case: Any) -> None:
        parameters = case.path_parameters or {}
        if mode is VALID:
            case.path_parameters = {
                name: ids.get(name, value) for name, value in parameters.items()
            }
        # The emulator's distribution answers a path with a line break as a page of the site.
        assume(not any("\n" in str(value) for value in parameters.values()))
        case.call_and_validate(checks=CHECKS, **sending)

    check()

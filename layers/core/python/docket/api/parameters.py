"""The names of a request's parameters and fields."""

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

from docket.domain import errors
from docket.schemas.documents import SHAPES

_IN = {"body", "query", "header", "cookie", "path"}
"""The first component of a field's location: the part of the request."""


def field_name(location: tuple[str | int, ...]) -> str:
    """`("body", "documents", 2, "size")` → `documents.2.size`, as the client wrote it."""
    parts = [str(part) for part in location if part not in SHAPES]
    if len(parts) > 1 and parts[0] in _IN:
        parts = parts[1:]
    return ".".join(parts)


def refuse_unknown_parameters(
    app: APIGatewayHttpResolver, proceed: Callable[[APIGatewayHttpResolver], Response[Any]]
) -> Response[Any]:
    """Middleware that refuses unknown query parameters. Raises `BadInput`."""
    if unknown := unknown_parameters(app):
        raise errors.BadInput(*unknown)
    return proceed(app)


def unknown_parameters(app: APIGatewayHttpResolver) -> list[errors.FieldProblem]:
    """The query parameters that the route does not have."""
    route = app.context["_route"]
    if route.func.__name__ == "not_found_handler":  # the resolver's own, if no route matched
        return []
    expected = {parameter.alias for parameter in route.dependant.query_params}
    parameters = app.current_event.query_string_parameters or {}
    return [
        errors.FieldProblem(name, "unknown_parameter")
        for name in parameters
        if name not in expected
    ]

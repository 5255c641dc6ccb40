"""A test key finds the sample order of its account; every other order is another customer's."""

from collections.abc import Callable, Mapping
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

from docket.api.identity import caller
from docket.domain import errors
from docket.domain.orders.document import order_of


def find_sample_only(
    app: APIGatewayHttpResolver, proceed: Callable[[APIGatewayHttpResolver], Response[Any]]
) -> Response[Any]:
    """Middleware that limits a test key to the sample order: to the ids that the handler gets.

    The authorizer has looked the order up. Which orders are samples never changes, so nothing that
    happens since makes it a customer's own. Raises `OrderNotFound` and `DocumentNotFound`.
    """
    if sample := caller(app).sample:
        _require_sample(sample.order_id, app.context["_route_args"])
    return proceed(app)


def _require_sample(order_id: str | None, arguments: Mapping[str, Any]) -> None:
    if "order_id" in arguments and arguments["order_id"] != order_id:
        raise errors.OrderNotFound
    if "document_id" in arguments and order_of(arguments["document_id"]) != order_id:
        raise errors.DocumentNotFound

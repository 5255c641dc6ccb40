"""The routes of some rows of the table of endpoints, each with its function."""

from collections.abc import Iterable

from aws_cdk import aws_apigatewayv2 as gateway
from constructs import Construct

from infra.constructs.api.route import http_route
from infra.constructs.functions import Function, construct_name
from infra.constructs.functions.context import FunctionContext
from infra.endpoint_spec import EndpointSpec, FunctionSpec


class Endpoints(Construct):
    """A route and a function for each of `specs` that the stage's identity has.

    `default` is called for every path and method that has no route.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: FunctionContext,
        http: gateway.IHttpApi,
        authorizer: gateway.IHttpRouteAuthorizer,
        specs: Iterable[EndpointSpec],
        default: FunctionSpec | None = None,
    ) -> None:
        super().__init__(scope, name)
        self._context = context
        self._http = http
        for spec in specs:
            if spec.exists(context.settings.identity):
                key = gateway.HttpRouteKey.with_(spec.path, gateway.HttpMethod[spec.method])
                is_checked = spec.has_authorizer(context.settings.identity)
                self._route(spec, key, authorizer if is_checked else None)
        if default:
            self._route(default, gateway.HttpRouteKey.DEFAULT, None)

    def _route(
        self,
        spec: FunctionSpec,
        key: gateway.HttpRouteKey,
        authorizer: gateway.IHttpRouteAuthorizer | None,
    ) -> None:
        """Add a route to the row's function. Without an authorizer it knows no caller."""
        name = construct_name(spec)
        function = Function(self, name, spec=spec, context=self._context, alias=True)
        http_route(
            self, name, http=self._http, key=key, function=function.live, authorizer=authorizer
        )

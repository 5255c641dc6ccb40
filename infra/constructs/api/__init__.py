"""The HTTP API: a route and a function for each row of the table of endpoints."""

from aws_cdk import Duration
from aws_cdk import aws_apigatewayv2 as gateway
from constructs import Construct

from infra.constructs.api.authorizer import lambda_authorizer, user_pool_authorizer
from infra.constructs.api.route import http_route
from infra.constructs.api.stage import ApiStage
from infra.constructs.functions import Function, construct_name
from infra.constructs.functions.context import FunctionContext
from infra.endpoint_spec import FunctionSpec
from infra.endpoints import AUTHORIZER, ENDPOINTS, NOT_FOUND

TIMEOUT = Duration.seconds(20)
"""API Gateway's maximum is 30 seconds. With less, the function's own error comes first."""


class Api(Construct):
    """`http` is the API; `functions` holds the function of each row by its name."""

    def __init__(self, scope: Construct, name: str, *, context: FunctionContext) -> None:
        super().__init__(scope, name)
        self._context = context
        self.functions: dict[str, Function] = {}
        self.http = gateway.HttpApi(
            self,
            "Http",
            api_name=f"docket-{context.settings.stage}",
            create_default_stage=False,
        )
        ApiStage(self, "Default", http=self.http, settings=context.settings)
        authorizer = self._authorizer()
        for spec in ENDPOINTS:
            if spec.exists(context.settings.identity_provider):
                key = gateway.HttpRouteKey.with_(spec.path, gateway.HttpMethod[spec.method])
                self._route(spec, key, None if spec.public else authorizer)
        self._route(NOT_FOUND, gateway.HttpRouteKey.DEFAULT, None)

    def _authorizer(self) -> gateway.IHttpRouteAuthorizer:
        identity_provider = self._context.identity_provider
        if identity_provider.pool and identity_provider.client:
            return user_pool_authorizer(identity_provider.pool, identity_provider.client)
        return lambda_authorizer(self._function(AUTHORIZER))

    def _route(
        self,
        spec: FunctionSpec,
        key: gateway.HttpRouteKey,
        authorizer: gateway.IHttpRouteAuthorizer | None,
    ) -> None:
        """Add a route to the row's function. Without an authorizer the route is public."""
        function = self.functions[spec.name] = self._function(spec)
        http_route(
            self,
            construct_name(spec),
            http=self.http,
            key=key,
            function=function.live,
            authorizer=authorizer,
        )

    def _function(self, spec: FunctionSpec) -> Function:
        name = construct_name(spec)
        return Function(self, name, spec=spec, context=self._context, timeout=TIMEOUT, alias=True)

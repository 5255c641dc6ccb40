"""The HTTP API: a route and a function for every row of the table, and who may call it."""

import json

from aws_cdk import Aws, Duration, RemovalPolicy
from aws_cdk import aws_apigatewayv2 as gateway
from aws_cdk import aws_apigatewayv2_authorizers as authorizers
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.constructs.explained import explained
from infra.constructs.function import Function, Surroundings, construct_name, retention
from infra.endpoints import AUTHORIZER, ENDPOINTS, NOT_FOUND
from infra.endpoints import Function as Row

LAYERS = ("core", "vendor")
MORE_LAYERS: dict[str, tuple[str, ...]] = {
    "analyses/create": ("analysis",),
    "analyses/get": ("analysis",),
    "analyses/report": ("analysis", "reader"),
}
"""The first two look at a reading's shape, so they have our analysis code without what it reads
with; the report is drawn with the reader's own packages."""
DRAWS = {"analyses/report"}

TIMEOUT = Duration.seconds(20)  # API Gateway waits 30 at most: a function's own error comes first

ACCESS_LOG = json.dumps(
    {
        "request_id": "$context.requestId",
        "time": "$context.requestTimeEpoch",
        "method": "$context.httpMethod",
        "route": "$context.routeKey",
        "path": "$context.path",
        "status": "$context.status",
        "latency_ms": "$context.responseLatency",
        "bytes": "$context.responseLength",
        "source": "$context.identity.sourceIp",
        "agent": "$context.identity.userAgent",
        "user": "$context.authorizer.user_id",
        "authorizer_error": "$context.authorizer.error",
        "integration_error": "$context.integrationErrorMessage",
    }
)


class Api(Construct):
    """`http` is the API, `functions` its Lambdas by their row's name."""

    def __init__(self, scope: Construct, name: str, *, around: Surroundings) -> None:
        super().__init__(scope, name)
        self._around = around
        self.http = gateway.HttpApi(
            self,
            "Http",
            api_name=f"docket-{around.settings.stage}",
            create_default_stage=False,
        )
        self._stage()
        authorizer = self._authorizer()
        self.functions: dict[str, Function] = {}
        for row in ENDPOINTS:
            if row.identity in {None, around.settings.identity}:
                self.functions[row.name] = self._function(row)
                self._route(
                    row,
                    gateway.HttpRouteKey.with_(row.path, gateway.HttpMethod[row.method]),
                    None if row.public else authorizer,
                )
        self.functions[NOT_FOUND.name] = self._function(NOT_FOUND)
        self._route(NOT_FOUND, gateway.HttpRouteKey.DEFAULT, None)

    def _function(self, row: Row) -> Function:
        settings = self._around.settings
        draws = row.name in DRAWS
        return Function(
            self,
            construct_name(row),
            row=row,
            around=self._around,
            layers=(*LAYERS, *MORE_LAYERS.get(row.name, ())),
            memory_mb=settings.drawing_memory_mb if draws else settings.function_memory_mb,
            timeout=TIMEOUT,
            alias=True,
        )

    def _route(
        self,
        row: Row,
        key: gateway.HttpRouteKey,
        authorizer: gateway.IHttpRouteAuthorizer | None,
    ) -> None:
        route = gateway.HttpRoute(
            self,
            f"{construct_name(row)}Route",
            http_api=self.http,
            route_key=key,
            integration=integrations.HttpLambdaIntegration(
                construct_name(row),
                self.functions[row.name].live,
                payload_format_version=gateway.PayloadFormatVersion.VERSION_2_0,
            ),
            authorizer=authorizer or gateway.HttpNoneAuthorizer(),
        )
        if authorizer is None:
            explained(
                route,
                "AwsSolutions-APIG4",
                "The table says that this route is public, or no route.",
            )

    def _authorizer(self) -> gateway.IHttpRouteAuthorizer:
        identity = self._around.identity
        if identity.pool and identity.client:
            return authorizers.HttpJwtAuthorizer(
                "UserPool",
                # Spelled out: the emulator does not know the attribute that holds it.
                f"https://cognito-idp.{Aws.REGION}.{Aws.URL_SUFFIX}/{identity.pool.user_pool_id}",
                jwt_audience=[identity.client.user_pool_client_id],
            )
        remembered = self._around.settings.authorizer_cache_seconds
        return authorizers.HttpLambdaAuthorizer(
            "Tokens",
            self._function(AUTHORIZER).live,
            response_types=[authorizers.HttpLambdaResponseType.SIMPLE],
            # A request without what is named here is refused by the gateway, in its own words.
            # Naming nothing lets ours refuse it, but leaves nothing to remember an answer by.
            identity_source=["$request.header.Authorization"] if remembered else [],
            results_cache_ttl=Duration.seconds(remembered),
        )

    def _stage(self) -> None:
        settings = self._around.settings
        access_log = logs.LogGroup(
            self,
            "AccessLog",
            retention=retention(settings.log_retention_days),
            removal_policy=RemovalPolicy.DESTROY,
        )
        stage = gateway.HttpStage(
            self,
            "Stage",
            http_api=self.http,
            stage_name="$default",
            auto_deploy=True,
            detailed_metrics_enabled=True,
            throttle=gateway.ThrottleSettings(
                rate_limit=settings.throttle.rate, burst_limit=settings.throttle.burst
            ),
        )
        resource = stage.node.default_child
        assert isinstance(resource, gateway.CfnStage)  # noqa: S101 - narrows the library's type
        resource.access_log_settings = gateway.CfnStage.AccessLogSettingsProperty(
            destination_arn=access_log.log_group_arn, format=ACCESS_LOG
        )

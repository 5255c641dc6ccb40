"""The API's stage: throttling, metrics, and an access log of JSON lines."""

import json

from aws_cdk import aws_apigatewayv2 as gateway
from constructs import Construct

from infra.constructs.log_group import log_group_arn
from infra.names import ACCESS_LOG
from infra.settings import Settings

ACCESS_LOG_FORMAT = json.dumps(
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
        "api_key": "$context.authorizer.api_key_id",
        "authorizer_error": "$context.authorizer.error",
        "integration_status": "$context.integration.status",
        "integration_error": "$context.integrationErrorMessage",
    }
)


class ApiStage(Construct):
    """Create the default stage of `http`."""

    def __init__(
        self, scope: Construct, name: str, *, http: gateway.HttpApi, settings: Settings
    ) -> None:
        super().__init__(scope, name)
        stage = gateway.HttpStage(
            self,
            "Stage",
            http_api=http,
            stage_name="$default",
            auto_deploy=True,
            # Metrics for each route would cost as much as all other metrics; the access log has the
            # route of each request.
            detailed_metrics_enabled=False,
            throttle=gateway.ThrottleSettings(
                rate_limit=settings.throttle.rate, burst_limit=settings.throttle.burst
            ),
        )
        resource = stage.node.default_child
        assert isinstance(resource, gateway.CfnStage)  # noqa: S101 - narrows the library's type
        resource.access_log_settings = gateway.CfnStage.AccessLogSettingsProperty(
            destination_arn=log_group_arn(ACCESS_LOG, settings), format=ACCESS_LOG_FORMAT
        )

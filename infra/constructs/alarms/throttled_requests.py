"""The metric of requests that API Gateway refused because there were too many."""

from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.metrics import MetricSpec
from infra.names import ACCESS_LOG, Names

PATTERN = '{ $.status = "429" && $.integration_status != "429" }'
"""The requests whose 429 is the gateway's. A function's own 429 is the status of the integration.

https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
"""


class ThrottledRequests(Construct):
    """Counts them in the access log: of an HTTP API, AWS has a metric of all 4xx only."""

    def __init__(self, scope: Construct, name: str, *, names: Names, metric: MetricSpec) -> None:
        super().__init__(scope, name)
        logs.MetricFilter(
            self,
            "Filter",
            log_group=logs.LogGroup.from_log_group_name(
                self, "AccessLog", names.log_group(ACCESS_LOG)
            ),
            filter_pattern=logs.FilterPattern.literal(PATTERN),
            metric_namespace=metric.namespace,
            metric_name=metric.name,
        )

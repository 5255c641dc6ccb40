"""The metrics that alarms and the dashboard share."""

from aws_cdk import Duration
from aws_cdk import aws_apigatewayv2 as gateway
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_lambda as lambda_

from infra.constructs.data import Data

FIVE_MINUTES = Duration.minutes(5)


class Metrics:
    """AWS's metrics of the API, the upload queue and the two background functions."""

    def __init__(
        self,
        *,
        http: gateway.HttpApi,
        data: Data,
        on_upload: lambda_.Function,
        sweep: lambda_.Function,
    ) -> None:
        self.faults = http.metric_server_error(period=FIVE_MINUTES, statistic="Sum")
        self.calls = http.metric_count(period=FIVE_MINUTES, statistic="Sum")
        self.latency = http.metric_latency(period=FIVE_MINUTES, statistic="p95")
        self.waiting = data.queue.metric_approximate_age_of_oldest_message(period=FIVE_MINUTES)
        self.dead_letters = data.dead_letters.metric_approximate_number_of_messages_visible(
            period=FIVE_MINUTES
        )
        self.reading_duration = on_upload.metric_duration()
        self.reading_errors = on_upload.metric_errors(period=FIVE_MINUTES)
        self.sweep_errors = sweep.metric_errors(period=FIVE_MINUTES)
        self.throttled = cloudwatch.Metric(
            namespace="AWS/Lambda", metric_name="Throttles", statistic="Sum", period=FIVE_MINUTES
        )


def docket_metric(name: str, statistic: str) -> cloudwatch.Metric:
    """A metric that Docket's functions write."""
    return cloudwatch.Metric(
        namespace="Docket",
        metric_name=name,
        dimensions_map={"service": "docket"},
        statistic=statistic,
        period=FIVE_MINUTES,
    )

"""The metrics that alarms and the dashboard share."""

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch

from infra.endpoints import ON_UPLOAD, SWEEP
from infra.stacks.names import Names

FIVE_MINUTES = Duration.minutes(5)


class Metrics:
    """AWS's metrics of the API, the upload queue and the two background functions."""

    def __init__(self, *, names: Names, api_id: str) -> None:
        api = {"ApiId": api_id}
        self.faults = _metric("AWS/ApiGateway", "5xx", "Sum", api)
        self.calls = _metric("AWS/ApiGateway", "Count", "Sum", api)
        self.latency = _metric("AWS/ApiGateway", "Latency", "p95", api)
        self.waiting = _metric(
            "AWS/SQS", "ApproximateAgeOfOldestMessage", "Maximum", {"QueueName": names.uploads}
        )
        self.dead_letters = _metric(
            "AWS/SQS",
            "ApproximateNumberOfMessagesVisible",
            "Maximum",
            {"QueueName": names.uploads_dead_letters},
        )
        on_upload = {"FunctionName": names.function(ON_UPLOAD.name)}
        self.reading_duration = _metric("AWS/Lambda", "Duration", "Average", on_upload)
        self.reading_errors = _metric("AWS/Lambda", "Errors", "Sum", on_upload)
        sweep = {"FunctionName": names.function(SWEEP.name)}
        self.sweep_errors = _metric("AWS/Lambda", "Errors", "Sum", sweep)
        self.throttled = _metric("AWS/Lambda", "Throttles", "Sum", {})


def _metric(
    namespace: str, name: str, statistic: str, dimensions: dict[str, str]
) -> cloudwatch.Metric:
    return cloudwatch.Metric(
        namespace=namespace,
        metric_name=name,
        statistic=statistic,
        dimensions_map=dimensions or None,
        period=FIVE_MINUTES,
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

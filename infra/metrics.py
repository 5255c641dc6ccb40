"""The metrics that alarms and the dashboard use. They are data: this module does not import CDK."""

from dataclasses import dataclass, field

from infra.endpoint_spec import QueueName
from infra.endpoints.actions import BY_DUE, BY_STATUS
from infra.endpoints.events import DISPATCH, READ_DOCUMENT
from infra.names import FIREWALL, Names

NAMESPACE = "Docket"
"""The namespace of the metrics that Docket's functions write."""

INDEXES = (BY_STATUS, BY_DUE)


@dataclass(frozen=True, kw_only=True)
class MetricSpec:
    """A metric as CloudWatch identifies it, and the statistic that is of interest.

    Without dimensions a metric of AWS/Lambda is the sum of all functions of the account in the
    region.
    """

    namespace: str
    name: str
    statistic: str
    dimensions: dict[str, str] = field(default_factory=dict)


def service_name(stage: str) -> str:
    """The dimension of Docket's own metrics, and the `service` of its log lines."""
    return f"docket-{stage}"


class Metrics:
    """The metrics of one stage."""

    def __init__(self, *, names: Names, api_id: str) -> None:
        self._service = {"service": service_name(names.stage)}
        api = {"ApiId": api_id}
        self.faults = _metric("AWS/ApiGateway", "5xx", "Sum", api)
        self.calls = _metric("AWS/ApiGateway", "Count", "Sum", api)
        # Without a dimension: those of a filter are fields of the log.
        self.throttled_requests = _metric(
            f"{NAMESPACE}/{names.stage}", "ThrottledRequests", "Sum", {}
        )
        self.latency = _metric("AWS/ApiGateway", "Latency", "p95", api)
        self._names = names
        reader = {"FunctionName": names.function(READ_DOCUMENT.name)}
        self.reading_duration = _metric("AWS/Lambda", "Duration", "Average", reader)
        self.reading_errors = _metric("AWS/Lambda", "Errors", "Sum", reader)
        dispatch = {"FunctionName": names.function(DISPATCH.name)}
        self.dispatches = _metric("AWS/Lambda", "Invocations", "Sum", dispatch)
        self.dispatch_errors = _metric("AWS/Lambda", "Errors", "Sum", dispatch)
        self.throttled_functions = _metric("AWS/Lambda", "Throttles", "Sum", {})
        # The metrics of a table do not contain those of its indexes.
        self.throttled_table = tuple(
            _metric("AWS/DynamoDB", name, "Sum", {"TableName": names.table, **index})
            for index in ({}, *({"GlobalSecondaryIndexName": index} for index in INDEXES))
            for name in ("ReadThrottleEvents", "WriteThrottleEvents")
        )

    def oldest_message(self, queue: QueueName) -> MetricSpec:
        """The age in seconds of the oldest message of a queue that was not deleted."""
        dimensions = {"QueueName": self._names.queue(queue)}
        return _metric("AWS/SQS", "ApproximateAgeOfOldestMessage", "Maximum", dimensions)

    def dead_letters(self, queue: QueueName) -> MetricSpec:
        """How many messages are in the dead-letter queue of a queue."""
        dimensions = {"QueueName": self._names.dead_letters(queue)}
        return _metric("AWS/SQS", "ApproximateNumberOfMessagesVisible", "Maximum", dimensions)

    def docket(self, name: str, statistic: str) -> MetricSpec:
        """A metric that Docket's functions write."""
        return _metric(NAMESPACE, name, statistic, self._service)


class DistributionMetrics:
    """The metrics of the distribution and its firewall, which are in us-east-1 only.

    Their dimensions are documented in
    https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html
    and https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html: a firewall of
    CloudFront has no region among them.
    """

    def __init__(self, *, names: Names, region: str, distribution_id: str) -> None:
        distribution = {"DistributionId": distribution_id, "Region": "Global"}
        self.error_rate = _metric("AWS/CloudFront", "5xxErrorRate", "Average", distribution)
        firewall = {"WebACL": names.cloudfront(FIREWALL, region=region), "Rule": "ALL"}
        self.blocked = _metric("AWS/WAFV2", "BlockedRequests", "Sum", firewall)


def _metric(namespace: str, name: str, statistic: str, dimensions: dict[str, str]) -> MetricSpec:
    return MetricSpec(namespace=namespace, name=name, statistic=statistic, dimensions=dimensions)

"""The widgets of the dashboard."""

from aws_cdk import aws_cloudwatch as cloudwatch

from infra.constructs.alarms.metrics import cloudwatch_metric as metric_of
from infra.constructs.alarms.metrics import sum_of
from infra.metrics import Metrics

BUSINESS_METRICS = (
    "OrderOpened",
    "DocumentRead",
    "DocumentUnreadable",
    "OrderPaid",
    "OrderRefunded",
)


def dashboard_rows(metrics: Metrics) -> list[list[cloudwatch.IWidget]]:
    """The customers' metrics in the first row, the background functions in the second."""
    business: list[cloudwatch.IMetric] = [
        metric_of(metrics.docket(name, "Sum")) for name in BUSINESS_METRICS
    ]
    return [
        [
            cloudwatch.GraphWidget(
                title="Calls and faults",
                left=[metric_of(metrics.calls)],
                right=[metric_of(metrics.faults)],
            ),
            cloudwatch.GraphWidget(title="Latency, p95", left=[metric_of(metrics.latency)]),
            cloudwatch.GraphWidget(title="Business", left=business),
        ],
        [
            cloudwatch.GraphWidget(
                title="Messages in the upload queue",
                left=[metric_of(metrics.waiting)],
                right=[metric_of(metrics.dead_letters)],
            ),
            cloudwatch.GraphWidget(
                title="Reading",
                left=[metric_of(metrics.reading_duration)],
                right=[metric_of(metrics.reading_errors)],
            ),
            cloudwatch.GraphWidget(
                title="Throttled",
                left=[
                    metric_of(metrics.throttled_functions),
                    metric_of(metrics.throttled_requests),
                ],
                right=[sum_of(metrics.throttled_table)],
            ),
        ],
    ]

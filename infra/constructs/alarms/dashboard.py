"""The widgets of the dashboard."""

from aws_cdk import aws_cloudwatch as cloudwatch

from infra.constructs.alarms.metrics import Metrics, docket_metric

BUSINESS_METRICS = (
    "OrderOpened",
    "DocumentRead",
    "DocumentUnreadable",
    "OrderPaid",
    "OrderRefunded",
)


def dashboard_rows(metrics: Metrics) -> list[list[cloudwatch.IWidget]]:
    """The customers' metrics in the first row, the background functions in the second."""
    business: list[cloudwatch.IMetric] = [docket_metric(name, "Sum") for name in BUSINESS_METRICS]
    return [
        [
            cloudwatch.GraphWidget(
                title="Calls and faults", left=[metrics.calls], right=[metrics.faults]
            ),
            cloudwatch.GraphWidget(title="Latency, p95", left=[metrics.latency]),
            cloudwatch.GraphWidget(title="Business", left=business),
        ],
        [
            cloudwatch.GraphWidget(
                title="Messages in the upload queue",
                left=[metrics.waiting],
                right=[metrics.dead_letters],
            ),
            cloudwatch.GraphWidget(
                title="Reading",
                left=[metrics.reading_duration],
                right=[metrics.reading_errors],
            ),
            cloudwatch.GraphWidget(title="Throttled", left=[metrics.throttled]),
        ],
    ]

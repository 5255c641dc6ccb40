"""The widgets of the dashboard."""

from aws_cdk import aws_cloudwatch as cloudwatch

from infra.constructs.alarms.metrics import cloudwatch_metric as metric_of
from infra.constructs.alarms.metrics import sum_of
from infra.metrics import Metrics
from infra.queues import QUEUES

BUSINESS_METRICS = (
    "OrderOpened",
    "SampleOpened",
    "DocumentRead",
    "DocumentUnreadable",
    "OrderPaid",
    "OrderRefunded",
)

DEBT_METRICS = (
    "OldestMoneyDebt",
    "OldestWorkDebt",
    "OldestHousekeepingDebt",
    "OldestMailDebt",
)


def dashboard_rows(metrics: Metrics) -> list[list[cloudwatch.IWidget]]:
    """Customers in the first row, queues and debts in the second, the rest in the third."""
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
                title="Age of the oldest message",
                left=[metric_of(metrics.oldest_message(queue.name)) for queue in QUEUES],
            ),
            cloudwatch.GraphWidget(
                title="Dead letters",
                left=[metric_of(metrics.dead_letters(queue.name)) for queue in QUEUES],
            ),
            cloudwatch.GraphWidget(
                title="Age of the oldest debt",
                left=[metric_of(metrics.docket(name, "Maximum")) for name in DEBT_METRICS],
            ),
        ],
        [
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

"""CloudWatch's side of the metrics of `infra.metrics`."""

from collections.abc import Sequence

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch

from infra.metrics import MetricSpec


def cloudwatch_metric(metric: MetricSpec, *, minutes: int = 5) -> cloudwatch.Metric:
    """The metric with the statistic of each period of so many minutes."""
    return cloudwatch.Metric(
        namespace=metric.namespace,
        metric_name=metric.name,
        statistic=metric.statistic,
        dimensions_map=metric.dimensions or None,
        period=Duration.minutes(minutes),
    )


def sum_of(metrics: Sequence[MetricSpec], *, minutes: int = 5) -> cloudwatch.IMetric:
    """The sum of the metrics, each zero where it has no data."""
    if len(metrics) == 1:
        return cloudwatch_metric(metrics[0], minutes=minutes)
    used: dict[str, cloudwatch.IMetric] = {
        f"m{number}": cloudwatch_metric(metric, minutes=minutes)
        for number, metric in enumerate(metrics)
    }
    return cloudwatch.MathExpression(
        expression=" + ".join(f"FILL({name}, 0)" for name in used),
        using_metrics=used,
        period=Duration.minutes(minutes),
    )

"""Business metrics for CloudWatch, written into the log as EMF, without an API call."""

from aws_lambda_powertools.metrics import MetricUnit, single_metric


def count(name: str, value: int = 1) -> None:
    """Count an event, after its effect is stored."""
    with single_metric(name=name, unit=MetricUnit.Count, value=value):
        pass


def seconds(name: str, value: float) -> None:
    """Record a duration in seconds."""
    with single_metric(name=name, unit=MetricUnit.Seconds, value=value):
        pass

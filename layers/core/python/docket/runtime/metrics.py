"""What the business counts, as CloudWatch metrics written into the log (EMF): no call is made."""

from aws_lambda_powertools.metrics import MetricUnit, single_metric


def count(name: str, value: int = 1) -> None:
    """Count something that happened, once its effect is kept."""
    with single_metric(name=name, unit=MetricUnit.Count, value=value):
        pass


def seconds(name: str, value: float) -> None:
    """How long something has taken, or has been waited for."""
    with single_metric(name=name, unit=MetricUnit.Seconds, value=value):
        pass

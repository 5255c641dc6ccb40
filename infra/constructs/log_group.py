"""A CloudWatch log group with the retention of the stage."""

from aws_cdk import RemovalPolicy
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.settings import Settings

_BY_DAYS = {7: "ONE_WEEK", 30: "ONE_MONTH", 180: "SIX_MONTHS"}


def log_group(scope: Construct, name: str, *, settings: Settings) -> logs.LogGroup:
    """Create the log group. Raises `KeyError` for a number of days that no stage uses."""
    return logs.LogGroup(
        scope,
        name,
        retention=logs.RetentionDays[_BY_DAYS[settings.log_retention_days]],
        removal_policy=RemovalPolicy.DESTROY,
    )

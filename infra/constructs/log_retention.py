"""The retention of CloudWatch log groups."""

from aws_cdk import aws_logs as logs

_BY_DAYS = {7: "ONE_WEEK", 30: "ONE_MONTH", 180: "SIX_MONTHS"}


def retention(days: int) -> logs.RetentionDays:
    """The CDK's constant for `days`. Raises `KeyError` for a number that no stage uses."""
    return logs.RetentionDays[_BY_DAYS[days]]

"""The CloudWatch log groups, with the retention of the stage, which other stacks use by name."""

from collections.abc import Iterable

from aws_cdk import Aws
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.constructs.removal import removal_policy
from infra.names import ACCESS_LOG, Names
from infra.settings import Settings

_BY_DAYS = {7: "ONE_WEEK", 30: "ONE_MONTH", 180: "SIX_MONTHS"}


class LogGroups(Construct):
    """A log group for each function, and one for the API's access log.

    The functions of both identities have one. A stage that changes its identity, and changes it
    back, would otherwise stop at the name of the group that it retained.
    """

    def __init__(
        self, scope: Construct, name: str, *, settings: Settings, functions: Iterable[str]
    ) -> None:
        super().__init__(scope, name)
        names = Names(settings.stage)
        for writer in (*functions, ACCESS_LOG):
            logs.LogGroup(
                self,
                writer.replace("/", "-").replace("_", "-").title().replace("-", ""),
                log_group_name=names.log_group(writer),
                retention=retention(settings),
                removal_policy=removal_policy(settings),
            )


def retention(settings: Settings) -> logs.RetentionDays:
    """The stage's retention of logs. Raises `KeyError` for a number of days that no stage uses."""
    return logs.RetentionDays[_BY_DAYS[settings.log_retention_days]]


def log_group_arn(name: str, settings: Settings) -> str:
    """The ARN of the log group of a function or of the access log."""
    group = Names(settings.stage).log_group(name)
    return f"arn:{Aws.PARTITION}:logs:{Aws.REGION}:{Aws.ACCOUNT_ID}:log-group:{group}"

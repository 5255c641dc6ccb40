"""The log of the requests that the firewall blocked."""

from aws_cdk import Aws, RemovalPolicy
from aws_cdk import aws_logs as logs
from aws_cdk import aws_wafv2 as wafv2
from constructs import Construct

from infra.constructs.log_group import retention
from infra.names import FIREWALL_LOG
from infra.regions import EDGE_REGION
from infra.settings import Settings

ONLY_BLOCKED = {
    "DefaultBehavior": "DROP",
    "Filters": [
        {
            "Behavior": "KEEP",
            "Requirement": "MEETS_ANY",
            "Conditions": [{"ActionCondition": {"Action": "BLOCK"}}],
        }
    ],
}
"""What was let through is in the access log of the distribution."""


class FirewallLog(Construct):
    """The log is in CloudWatch, where one query answers which rule refused a customer.

    The log group must be in the web ACL's region, with a name that begins with `aws-waf-logs-`:
    https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html. AWS itself lets the
    firewall write to it, because the role that deploys may put its policy:
    https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-CWL.html.

    The log is deleted with the firewall, also in stages that retain their data: see decision 0010.
    """

    def __init__(
        self, scope: Construct, name: str, *, settings: Settings, acl: wafv2.CfnWebACL
    ) -> None:
        super().__init__(scope, name)
        group_name = f"{FIREWALL_LOG}{acl.name}"
        group = logs.LogGroup(
            self,
            "Group",
            log_group_name=group_name,
            retention=retention(settings),
            # A group that stayed would block the next firewall of the stage, by its name.
            removal_policy=RemovalPolicy.DESTROY,
        )
        wafv2.CfnLoggingConfiguration(
            self,
            "Default",
            resource_arn=acl.attr_arn,
            # An ARN without the `:*` at the end, which AWS WAF does not accept.
            log_destination_configs=[_arn(group_name)],
            logging_filter=ONLY_BLOCKED,
        ).node.add_dependency(group)


def _arn(group: str) -> str:
    return f"arn:{Aws.PARTITION}:logs:{EDGE_REGION}:{Aws.ACCOUNT_ID}:log-group:{group}"

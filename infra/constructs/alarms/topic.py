"""The encrypted topic that alarms are published to."""

from aws_cdk import ArnFormat, RemovalPolicy, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

from infra.constructs.nag import suppress_nag
from infra.constructs.removal import KEY_DELETION_WAIT
from infra.setting_types.error import SettingsError
from infra.settings import Settings

NO_REDRIVE = "Nobody reads a queue of undelivered alarms; the console shows each alarm's state."


class AlarmTopic(Construct):
    """`topic`, with a subscription of the address for alarms.

    Raises `SettingsError` if the stage requires that address and has none.
    """

    def __init__(self, scope: Construct, name: str, *, settings: Settings) -> None:
        super().__init__(scope, name)
        if settings.requires_alarm_email and not settings.alarm_email:
            raise SettingsError(
                f"nobody would learn of an alarm of {settings.stage}: set alarm_email in "
                "infra/settings.py, or pass ALARM_EMAIL=… to make"
            )
        # CloudWatch cannot use the key that AWS manages for SNS, whose policy cannot be changed.
        key = kms.Key(
            self,
            "Key",
            description=f"Docket, {settings.stage}: the topic of alarms",
            enable_key_rotation=True,
            removal_policy=RemovalPolicy.DESTROY,
            pending_window=KEY_DELETION_WAIT,
        )
        self.topic = sns.Topic(self, "Default", enforce_ssl=True, master_key=key)
        key.add_to_resource_policy(
            _allow_alarms(self, ["kms:Decrypt", "kms:GenerateDataKey*"], resource="*")
        )
        self.topic.add_to_resource_policy(
            _allow_alarms(self, ["sns:Publish"], resource=self.topic.topic_arn)
        )
        if settings.alarm_email:
            self.topic.add_subscription(subscriptions.EmailSubscription(settings.alarm_email))
            suppress_nag(self.topic, "Serverless-SNSRedrivePolicy", NO_REDRIVE)


def _allow_alarms(scope: Construct, actions: list[str], *, resource: str) -> iam.PolicyStatement:
    """Allow CloudWatch the actions on behalf of this account's alarms in this region."""
    stack = Stack.of(scope)
    alarms = stack.format_arn(
        service="cloudwatch",
        resource="alarm",
        resource_name="*",
        arn_format=ArnFormat.COLON_RESOURCE_NAME,
    )
    return iam.PolicyStatement(
        principals=[iam.ServicePrincipal("cloudwatch.amazonaws.com")],
        actions=actions,
        resources=[resource],
        conditions={
            "StringEquals": {"aws:SourceAccount": stack.account},
            "ArnLike": {"aws:SourceArn": alarms},
        },
    )

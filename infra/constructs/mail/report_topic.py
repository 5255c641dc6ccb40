"""The encrypted topic to which SES publishes what became of mails."""

from aws_cdk import Aws, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns
from constructs import Construct

from infra.constructs.data.references import DataReferences
from infra.constructs.nag import suppress_nag
from infra.constructs.removal import KEY_DELETION_WAIT
from infra.names import Names
from infra.settings import Settings


class ReportTopic(Construct):
    """`arn`; the queue `feedback` gets each report as SES wrote it.

    A report contains addresses. SES cannot use the key that AWS manages for SNS, whose policy
    cannot be changed.
    """

    def __init__(
        self, scope: Construct, name: str, *, settings: Settings, data: DataReferences
    ) -> None:
        super().__init__(scope, name)
        key = kms.Key(
            self,
            "Key",
            description=f"Docket, {settings.stage}: the topic of reports about mails",
            enable_key_rotation=True,
            removal_policy=RemovalPolicy.DESTROY,
            pending_window=KEY_DELETION_WAIT,
        )
        topic = sns.Topic(
            self,
            "Default",
            topic_name=Names(settings.stage).mail,
            enforce_ssl=settings.tls,
            master_key=key,
        )
        key.add_to_resource_policy(
            _allow_ses(settings, ["kms:Decrypt", "kms:GenerateDataKey*"], resource="*")
        )
        topic.add_to_resource_policy(
            _allow_ses(settings, ["sns:Publish"], resource=topic.topic_arn)
        )
        subscription = sns.CfnSubscription(
            self,
            "Queue",
            protocol="sqs",
            topic_arn=topic.topic_arn,
            endpoint=data.queue_arn("feedback"),
            raw_message_delivery=True,
        )
        suppress_nag(
            subscription,
            "Serverless-SNSRedrivePolicy",
            "The queue is in the same account and has a dead-letter queue; a mail whose report is "
            "lost is only sent again if its sending was interrupted.",
        )
        self.arn = topic.topic_arn


def _allow_ses(settings: Settings, actions: list[str], *, resource: str) -> iam.PolicyStatement:
    """Allow SES the actions on behalf of the stage's configuration set.

    The conditions are those of
    https://docs.aws.amazon.com/ses/latest/dg/event-publishing-add-event-destination-sns.html.
    """
    name = Names(settings.stage).mail
    return iam.PolicyStatement(
        principals=[iam.ServicePrincipal("ses.amazonaws.com")],
        actions=actions,
        resources=[resource],
        conditions={
            "StringEquals": {
                "aws:SourceAccount": Aws.ACCOUNT_ID,
                "aws:SourceArn": f"arn:{Aws.PARTITION}:ses:{Aws.REGION}:{Aws.ACCOUNT_ID}:"
                f"configuration-set/{name}",
            },
        },
    )

"""The reports about mails, which SNS sends."""

from aws_cdk import Aws
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sqs as sqs

from infra.names import Names
from infra.settings import Settings


def allow_mail_reports(feedback: sqs.Queue, settings: Settings) -> None:
    """Allow SNS to send the reports of the stage's topic to the queue."""
    topic = f"arn:{Aws.PARTITION}:sns:{Aws.REGION}:{Aws.ACCOUNT_ID}:{Names(settings.stage).mail}"
    feedback.add_to_resource_policy(
        iam.PolicyStatement(
            principals=[iam.ServicePrincipal("sns.amazonaws.com")],
            actions=["sqs:SendMessage"],
            resources=[feedback.queue_arn],
            conditions={"ArnEquals": {"aws:SourceArn": topic}},
        )
    )

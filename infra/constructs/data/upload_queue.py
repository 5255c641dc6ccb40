"""The queue of messages about new uploads, and its dead-letter queue."""

from aws_cdk import Aws, Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sqs as sqs
from constructs import Construct, IDependable

from infra.constructs.nag import suppress_nag
from infra.settings import Settings
from infra.stacks.names import Names

DEAD_LETTER_DAYS = 14
MAX_RECEIVE_COUNT = 3
"""Number of times a message is received before it moves to the dead-letter queue."""


class UploadQueue(Construct):
    """`queue` and `dead_letters`."""

    def __init__(self, scope: Construct, name: str, *, settings: Settings) -> None:
        super().__init__(scope, name)
        names = Names(settings.stage)
        self.dead_letters = sqs.Queue(
            self,
            "DeadLetters",
            queue_name=names.uploads_dead_letters,
            enforce_ssl=settings.tls,
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            retention_period=Duration.days(DEAD_LETTER_DAYS),
        )
        suppress_nag(
            self.dead_letters,
            "Serverless-SQSRedrivePolicy",
            "This is the dead-letter queue.",
        )
        self.queue = sqs.Queue(
            self,
            "Queue",
            queue_name=names.uploads,
            enforce_ssl=settings.tls,
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            visibility_timeout=Duration.seconds(settings.reader.visibility_timeout_seconds),
            dead_letter_queue=sqs.DeadLetterQueue(
                queue=self.dead_letters, max_receive_count=MAX_RECEIVE_COUNT
            ),
        )

    def allow_sender(self, bucket_name: str) -> IDependable | None:
        """Allow S3 to send the bucket's notifications. Returns the queue policy."""
        return self.queue.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[iam.ServicePrincipal("s3.amazonaws.com")],
                actions=["sqs:SendMessage"],
                resources=[self.queue.queue_arn],
                conditions={
                    "StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID},
                    "ArnEquals": {"aws:SourceArn": f"arn:{Aws.PARTITION}:s3:::{bucket_name}"},
                },
            )
        ).policy_dependable

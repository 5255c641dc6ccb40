"""What is kept: the table, the documents and the queue that says a document has come."""

from aws_cdk import Aws, Duration, RemovalPolicy, Stack
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.constructs.explained import explained
from infra.endpoints import BY_DUE, BY_STATUS, PARTS, REPORTS, UPLOADS
from infra.settings import Settings

DEAD_LETTER_DAYS = 14
TRIES = 3
"""How often a message is received before it goes aside."""


class Data(Construct):
    """`table`; `documents`, with its `documents_origin` and `documents_id`; `queue`,
    `dead_letters`; `access_logs`.
    """

    def __init__(self, scope: Construct, name: str, *, settings: Settings) -> None:
        super().__init__(scope, name)
        removal = RemovalPolicy.RETAIN if settings.keeps_data else RemovalPolicy.DESTROY
        self.table = self._table(settings, removal)
        self.dead_letters = sqs.Queue(
            self,
            "DeadLetters",
            enforce_ssl=settings.tls,
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            retention_period=Duration.days(DEAD_LETTER_DAYS),
        )
        self.queue = sqs.Queue(
            self,
            "Queue",
            enforce_ssl=settings.tls,
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            visibility_timeout=Duration.seconds(settings.reader.hidden_seconds),
            dead_letter_queue=sqs.DeadLetterQueue(queue=self.dead_letters, max_receive_count=TRIES),
        )
        self.access_logs = s3.Bucket(
            self,
            "AccessLogs",
            encryption=s3.BucketEncryption.S3_MANAGED,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            enforce_ssl=settings.tls,
            # CloudFront delivers its logs by an access control list.
            object_ownership=s3.ObjectOwnership.OBJECT_WRITER,
            removal_policy=removal,
            lifecycle_rules=[
                s3.LifecycleRule(expiration=Duration.days(settings.log_retention_days))
            ],
        )
        explained(self.access_logs, "AwsSolutions-S1", "It is where the access logs themselves go.")
        # Its name is chosen here because two parts need to know it of each other: the site's
        # content security policy names the bucket, the bucket's CORS rule names the site.
        self._documents_name = f"docket-{settings.stage}-documents-{Aws.ACCOUNT_ID}-{Aws.REGION}"
        self.documents = self._documents(settings, removal)
        self.documents_origin = (
            f"http://127.0.0.1:{settings.emulator.port}"
            if settings.emulator
            else f"https://{self._documents_name}.s3.{Aws.REGION}.{Aws.URL_SUFFIX}"
        )
        self.documents_id = Stack.of(self).get_logical_id(self._bucket_resource())
        self._announce_uploads()

    def _table(self, settings: Settings, removal: RemovalPolicy) -> dynamodb.TableV2:
        def string(attribute: str) -> dynamodb.Attribute:
            return dynamodb.Attribute(name=attribute, type=dynamodb.AttributeType.STRING)

        return dynamodb.TableV2(
            self,
            "Table",
            partition_key=string("PK"),
            sort_key=string("SK"),
            global_secondary_indexes=[
                dynamodb.GlobalSecondaryIndexPropsV2(
                    index_name=index,
                    partition_key=string(f"{index}PK"),
                    sort_key=string(f"{index}SK"),
                )
                for index in (BY_STATUS, BY_DUE)
            ],
            time_to_live_attribute="ttl",
            billing=dynamodb.Billing.on_demand(),
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            deletion_protection=settings.keeps_data,
            removal_policy=removal,
        )

    def _documents(self, settings: Settings, removal: RemovalPolicy) -> s3.Bucket:
        return s3.Bucket(
            self,
            "Documents",
            bucket_name=self._documents_name,
            versioned=True,
            encryption=s3.BucketEncryption.S3_MANAGED,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            enforce_ssl=settings.tls,
            server_access_logs_bucket=self.access_logs,
            server_access_logs_prefix="documents/",
            removal_policy=removal,
            lifecycle_rules=[
                s3.LifecycleRule(
                    id="abandoned-uploads",
                    abort_incomplete_multipart_upload_after=Duration.days(1),
                ),
                # Needed until the parts of a document are joined, or it is given up.
                s3.LifecycleRule(id="parts", prefix=PARTS, expiration=Duration.days(1)),
                # A report is drawn anew whenever it is asked for.
                s3.LifecycleRule(id="reports", prefix=REPORTS, expiration=Duration.days(1)),
                # The sweeper erases every version of a removed document; this rule is for what
                # was replaced: a reading made again, a file uploaded again.
                s3.LifecycleRule(
                    id="old-versions",
                    noncurrent_version_expiration=Duration.days(settings.old_version_days),
                    expired_object_delete_marker=True,
                ),
            ],
        )

    def _announce_uploads(self) -> None:
        """S3 tells the queue of every upload.

        Said on the bucket's own resource: the library's way adds a helper function to the stack,
        with rights over every bucket of the account.
        """
        sender = self.queue.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[iam.ServicePrincipal("s3.amazonaws.com")],
                actions=["sqs:SendMessage"],
                resources=[self.queue.queue_arn],
                conditions={
                    "StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID},
                    "ArnEquals": {
                        "aws:SourceArn": f"arn:{Aws.PARTITION}:s3:::{self._documents_name}"
                    },
                },
            )
        )
        bucket = self._bucket_resource()
        bucket.notification_configuration = s3.CfnBucket.NotificationConfigurationProperty(
            queue_configurations=[
                s3.CfnBucket.QueueConfigurationProperty(
                    event="s3:ObjectCreated:*",
                    queue=self.queue.queue_arn,
                    filter=s3.CfnBucket.NotificationFilterProperty(
                        s3_key=s3.CfnBucket.S3KeyFilterProperty(
                            rules=[s3.CfnBucket.FilterRuleProperty(name="prefix", value=UPLOADS)]
                        )
                    ),
                )
            ]
        )
        if sender.policy_dependable:
            bucket.node.add_dependency(sender.policy_dependable)

    def _bucket_resource(self) -> s3.CfnBucket:
        resource = self.documents.node.default_child
        assert isinstance(resource, s3.CfnBucket)  # noqa: S101 - narrows the library's type
        return resource

    def allow_site(self, origins: list[str]) -> None:
        """Let pages of `origins`, and of no others, send and fetch documents."""
        self.documents.add_cors_rule(
            allowed_origins=origins,
            allowed_methods=[s3.HttpMethods.POST, s3.HttpMethods.GET, s3.HttpMethods.HEAD],
            allowed_headers=["*"],
            exposed_headers=["ETag"],
            max_age=3000,
        )

"""The bucket of uploaded documents, their results and page images, and reports."""

from aws_cdk import Aws, Duration, Stack
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.constructs.data.upload_queue import UploadQueue
from infra.constructs.removal import removal_policy
from infra.endpoints import PARTS, REPORTS, UPLOADS
from infra.settings import Settings


class Documents(Construct):
    """`bucket`; the `origin` of its presigned URLs; its `logical_id` in the template."""

    def __init__(
        self, scope: Construct, name: str, *, settings: Settings, access_logs: s3.Bucket
    ) -> None:
        super().__init__(scope, name)
        # The site's content security policy names the bucket, and the bucket's CORS rule names the
        # site. A fixed name avoids a circular dependency.
        self._name = f"docket-{settings.stage}-documents-{Aws.ACCOUNT_ID}-{Aws.REGION}"
        self.bucket = s3.Bucket(
            self,
            "Default",
            bucket_name=self._name,
            versioned=True,
            encryption=s3.BucketEncryption.S3_MANAGED,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            enforce_ssl=settings.tls,
            server_access_logs_bucket=access_logs,
            server_access_logs_prefix="documents/",
            removal_policy=removal_policy(settings),
            lifecycle_rules=_lifecycle_rules(settings),
        )
        self.origin = (
            f"http://127.0.0.1:{settings.emulator.port}"
            if settings.emulator
            else f"https://{self._name}.s3.{Aws.REGION}.{Aws.URL_SUFFIX}"
        )
        resource = self.bucket.node.default_child
        assert isinstance(resource, s3.CfnBucket)  # noqa: S101 - narrows the library's type
        self._resource = resource
        self.logical_id = Stack.of(self).get_logical_id(resource)

    def notify(self, uploads: UploadQueue) -> None:
        """Send a message to the queue for each upload.

        The notification is set on the L1 resource: the L2 method would add a Lambda function to the
        stack, with permissions on every bucket of the account.
        """
        permission = uploads.allow_sender(self._name)
        self._resource.notification_configuration = s3.CfnBucket.NotificationConfigurationProperty(
            queue_configurations=[_object_created(uploads.queue.queue_arn, UPLOADS)]
        )
        if permission:
            self._resource.node.add_dependency(permission)

    def allow_site(self, origins: list[str]) -> None:
        """Add a CORS rule that lets pages of `origins` upload and download documents."""
        self.bucket.add_cors_rule(
            allowed_origins=origins,
            allowed_methods=[s3.HttpMethods.POST, s3.HttpMethods.GET, s3.HttpMethods.HEAD],
            allowed_headers=["*"],
            exposed_headers=["ETag"],
            max_age=3000,
        )


def _lifecycle_rules(settings: Settings) -> list[s3.LifecycleRule]:
    return [
        s3.LifecycleRule(
            id="abandoned-uploads", abort_incomplete_multipart_upload_after=Duration.days(1)
        ),
        # Needed until the parts of a document are joined or its reading is abandoned.
        s3.LifecycleRule(id="parts", prefix=PARTS, expiration=Duration.days(1)),
        # A report is generated again for each request.
        s3.LifecycleRule(id="reports", prefix=REPORTS, expiration=Duration.days(1)),
        # The sweep deletes every version of a deleted document. This rule deletes replaced
        # versions: of documents that were uploaded again, and results that were written again.
        s3.LifecycleRule(
            id="old-versions",
            noncurrent_version_expiration=Duration.days(settings.old_version_days),
            expired_object_delete_marker=True,
        ),
    ]


def _object_created(queue_arn: str, prefix: str) -> s3.CfnBucket.QueueConfigurationProperty:
    rule = s3.CfnBucket.FilterRuleProperty(name="prefix", value=prefix)
    return s3.CfnBucket.QueueConfigurationProperty(
        event="s3:ObjectCreated:*",
        queue=queue_arn,
        filter=s3.CfnBucket.NotificationFilterProperty(
            s3_key=s3.CfnBucket.S3KeyFilterProperty(rules=[rule])
        ),
    )

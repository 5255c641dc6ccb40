"""The bucket of uploaded documents, their results and page images, and reports."""

from aws_cdk import Aws, Stack
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.constructs.data.lifecycle_rules import lifecycle_rules
from infra.constructs.data.upload_notification import object_created
from infra.constructs.data.upload_queue import UploadQueue
from infra.constructs.removal import removal_policy
from infra.endpoints import UPLOADS
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
            lifecycle_rules=lifecycle_rules(settings),
        )
        self.origin = _origin(self._name, settings)
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
        self._resource.notification_configuration = object_created(uploads.queue.queue_arn, UPLOADS)
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


def _origin(bucket_name: str, settings: Settings) -> str:
    """The scheme and host of the bucket's presigned URLs."""
    if settings.emulator:
        return f"http://127.0.0.1:{settings.emulator.port}"
    return f"https://{bucket_name}.s3.{Aws.REGION}.{Aws.URL_SUFFIX}"

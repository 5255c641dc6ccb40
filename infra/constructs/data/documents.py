"""The bucket of uploaded documents, their results and page images, and reports."""

from aws_cdk import Aws
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.constructs.data.lifecycle_rules import lifecycle_rules
from infra.constructs.data.queues import Queues
from infra.constructs.data.upload_notification import allow_notifications, upload_notifications
from infra.constructs.minimum_tls import minimum_tls
from infra.constructs.physical_names import bucket_name
from infra.constructs.removal import removal_policy
from infra.endpoints.actions import READ_OBJECT, READ_VERSION, UPLOADS
from infra.settings import Settings

# A test holds both equal to those of `docket.workflows.documents.malware_scan`.
SCAN_TAG = "GuardDutyMalwareScanStatus"
INFECTED = "THREATS_FOUND"

DEVELOPMENT_SERVER = "http://localhost:5173"
"""It forwards /api to the local stage."""


class Documents(Construct):
    """`bucket`, with a CORS rule that lets the site's pages upload and download documents."""

    def __init__(
        self, scope: Construct, name: str, *, settings: Settings, access_logs: s3.Bucket
    ) -> None:
        super().__init__(scope, name)
        self._malware_scan = settings.malware_scan
        self._name = bucket_name("documents", settings)
        self.bucket = s3.Bucket(
            self,
            "Default",
            bucket_name=self._name,
            versioned=True,
            encryption=s3.BucketEncryption.S3_MANAGED,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            enforce_ssl=settings.tls,
            minimum_tls_version=minimum_tls(settings),
            server_access_logs_bucket=access_logs,
            server_access_logs_prefix="documents/",
            removal_policy=removal_policy(settings),
            lifecycle_rules=lifecycle_rules(settings),
        )
        self.bucket.add_to_resource_policy(_deny_infected(self.bucket))
        resource = self.bucket.node.default_child
        assert isinstance(resource, s3.CfnBucket)  # noqa: S101 - narrows the library's type
        self._resource = resource
        self.bucket.add_cors_rule(
            allowed_origins=site_origins(settings),
            allowed_methods=[s3.HttpMethods.POST, s3.HttpMethods.GET, s3.HttpMethods.HEAD],
            allowed_headers=["*"],
            exposed_headers=["ETag"],
            max_age=3000,
        )

    def notify(self, queues: Queues) -> None:
        """Send a message to the queue for each upload, and for each scan status.

        The notification is set on the L1 resource: the L2 method would add a Lambda function to the
        stack, with permissions on every bucket of the account.
        """
        permission = allow_notifications(queues.by_name["uploads"], self._name)
        self._resource.notification_configuration = upload_notifications(
            queues.by_name["uploads"].queue_arn, UPLOADS, malware_scan=self._malware_scan
        )
        if permission:
            self._resource.node.add_dependency(permission)


def _deny_infected(bucket: s3.Bucket) -> iam.PolicyStatement:
    """Deny everybody the bytes of an infected upload.

    It is also denied before it is erased, and if it was not erased because its scan ended late.
    That must not end with the setting `malware_scan`, so the statement does not depend on it.
    """
    return iam.PolicyStatement(
        effect=iam.Effect.DENY,
        principals=[iam.AnyPrincipal()],
        actions=[READ_OBJECT, READ_VERSION],
        resources=[bucket.arn_for_objects(f"{UPLOADS}*")],
        conditions={"StringEquals": {f"s3:ExistingObjectTag/{SCAN_TAG}": INFECTED}},
    )


def site_origins(settings: Settings) -> list[str]:
    """The origins of the site's pages.

    Without a custom domain CloudFront chooses the host name, after this bucket was created. The
    rule then allows every distribution. It gives no access: a page that sends a request needs a
    presigned URL for it, and no browser adds credentials to one.
    """
    if settings.emulator:
        return [f"http://*.cloudfront.localhost:{settings.emulator.port}", DEVELOPMENT_SERVER]
    if settings.domain:
        return [f"https://{settings.domain.name}"]
    return ["https://*.cloudfront.net"]


def presigned_origin(settings: Settings) -> str:
    """The scheme and host of the bucket's presigned URLs."""
    if settings.emulator:
        return f"http://127.0.0.1:{settings.emulator.port}"
    return f"https://{bucket_name('documents', settings)}.s3.{Aws.REGION}.{Aws.URL_SUFFIX}"

"""One distribution for the site and the API: one origin for the browser, so CORS is not needed."""

from aws_cdk import Annotations, Fn, RemovalPolicy
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.constructs.data.access_logs import SITE_LOGS
from infra.constructs.data.references import DataReferences
from infra.constructs.minimum_tls import minimum_tls
from infra.constructs.physical_names import bucket_name
from infra.constructs.website.distribution import Distribution
from infra.settings import Settings

ALLOWED_BY_DATA = (
    "@aws-cdk/aws-s3:accessLogsPolicyNotAdded",
    "The stack of the data, which has the bucket of access logs, allows their delivery.",
)
"""A warning of the CDK, and why it is acknowledged."""


class Website(Construct):
    """`bucket` holds the build, `distribution` serves it at `url`."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        settings: Settings,
        data: DataReferences,
        certificate_arn: str | None,
        web_acl_arn: str | None,
    ) -> None:
        super().__init__(scope, name)
        access_logs = s3.Bucket.from_bucket_name(
            self, "AccessLogs", bucket_name("access-logs", settings)
        )
        self.bucket = s3.Bucket(
            self,
            "Bucket",
            bucket_name=bucket_name("site", settings),
            encryption=s3.BucketEncryption.S3_MANAGED,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            enforce_ssl=settings.tls,
            minimum_tls_version=minimum_tls(settings),
            server_access_logs_bucket=access_logs,
            server_access_logs_prefix=SITE_LOGS,
            removal_policy=RemovalPolicy.DESTROY,  # the site can be built and published again
        )
        Annotations.of(self.bucket).acknowledge_warning(*ALLOWED_BY_DATA)
        self.distribution = Distribution(
            self,
            "Default",
            settings=settings,
            site=self.bucket,
            data=data,
            certificate_arn=certificate_arn,
            web_acl_arn=web_acl_arn,
        ).distribution
        self.url = self._url(settings)

    def _url(self, settings: Settings) -> str:
        if settings.domain:
            return f"https://{settings.domain.name}"
        name = self.distribution.distribution_domain_name
        if settings.emulator:
            label = Fn.select(0, Fn.split(".", name))
            return f"http://{label}.cloudfront.localhost:{settings.emulator.port}"
        return f"https://{name}"

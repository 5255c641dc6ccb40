"""The bucket of access logs of the other buckets and of the distribution."""

from aws_cdk import Aws, Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.constructs.nag import suppress_nag
from infra.constructs.physical_names import bucket_name
from infra.constructs.removal import removal_policy
from infra.settings import Settings

SITE_LOGS = "site/"
"""The prefix of the access logs of the site's bucket."""


class AccessLogs(Construct):
    """`bucket`: private, encrypted; its objects expire after the stage's log retention."""

    def __init__(self, scope: Construct, name: str, *, settings: Settings) -> None:
        super().__init__(scope, name)
        self.bucket = s3.Bucket(
            self,
            "Default",
            bucket_name=bucket_name("access-logs", settings),
            encryption=s3.BucketEncryption.S3_MANAGED,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            enforce_ssl=settings.tls,
            # CloudFront delivers logs with an access control list.
            object_ownership=s3.ObjectOwnership.OBJECT_WRITER,
            removal_policy=removal_policy(settings),
            lifecycle_rules=[
                s3.LifecycleRule(expiration=Duration.days(settings.log_retention_days))
            ],
        )
        suppress_nag(
            self.bucket, "AwsSolutions-S1", "This is the bucket that receives access logs."
        )
        self._allow_site_logs(bucket_name("site", settings))

    def _allow_site_logs(self, site_bucket: str) -> None:
        """Let S3 deliver the access logs of the site's bucket, which another stack creates."""
        self.bucket.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[iam.ServicePrincipal("logging.s3.amazonaws.com")],
                actions=["s3:PutObject"],
                resources=[self.bucket.arn_for_objects(f"{SITE_LOGS}*")],
                conditions={
                    "StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID},
                    "ArnLike": {"aws:SourceArn": f"arn:{Aws.PARTITION}:s3:::{site_bucket}"},
                },
            )
        )

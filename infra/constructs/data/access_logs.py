"""The bucket of access logs of the other buckets and of the distribution."""

from aws_cdk import Aws, Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.constructs.minimum_tls import minimum_tls
from infra.constructs.nag import suppress_nag
from infra.constructs.physical_names import bucket_name
from infra.constructs.removal import removal_policy
from infra.names import ACCESS_LOG_DELIVERY, Names
from infra.regions import EDGE_REGION
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
            minimum_tls_version=minimum_tls(settings),
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            removal_policy=removal_policy(settings),
            lifecycle_rules=[
                s3.LifecycleRule(expiration=Duration.days(settings.log_retention_days))
            ],
        )
        suppress_nag(
            self.bucket, "AwsSolutions-S1", "This is the bucket that receives access logs."
        )
        delivery = Names(settings.stage).cloudfront(ACCESS_LOG_DELIVERY, region=Aws.REGION)
        self.bucket.add_to_resource_policy(
            _allow_site_logs(self.bucket, bucket_name("site", settings))
        )
        self.bucket.add_to_resource_policy(_allow_distribution_log(self.bucket, delivery))


def _allow_site_logs(bucket: s3.Bucket, site_bucket: str) -> iam.PolicyStatement:
    """Let S3 deliver the access logs of the site's bucket, which another stack creates."""
    return iam.PolicyStatement(
        principals=[iam.ServicePrincipal("logging.s3.amazonaws.com")],
        actions=["s3:PutObject"],
        resources=[bucket.arn_for_objects(f"{SITE_LOGS}*")],
        conditions={
            "StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID},
            "ArnLike": {"aws:SourceArn": f"arn:{Aws.PARTITION}:s3:::{site_bucket}"},
        },
    )


def _allow_distribution_log(bucket: s3.Bucket, delivery: str) -> iam.PolicyStatement:
    """Let CloudWatch deliver the access log of the distribution, which it does from us-east-1."""
    source = f"arn:{Aws.PARTITION}:logs:{EDGE_REGION}:{Aws.ACCOUNT_ID}:delivery-source:{delivery}"
    return iam.PolicyStatement(
        principals=[iam.ServicePrincipal("delivery.logs.amazonaws.com")],
        actions=["s3:PutObject"],
        resources=[bucket.arn_for_objects("*")],
        conditions={
            "StringEquals": {
                "aws:SourceAccount": Aws.ACCOUNT_ID,
                "s3:x-amz-acl": "bucket-owner-full-control",
            },
            "ArnLike": {"aws:SourceArn": source},
        },
    )

"""Names that contain the account or the region, which CloudFormation fills in."""

from aws_cdk import Aws

from infra.names import Names
from infra.settings import Settings


def bucket_name(purpose: str, settings: Settings) -> str:
    """The name of a bucket: `documents`, `site` or `access-logs`."""
    names = Names(settings.stage)
    return names.bucket(purpose, account=Aws.ACCOUNT_ID, region=Aws.REGION)


def cloudfront_name(purpose: str, settings: Settings) -> str:
    """The name of a policy, function or access control of CloudFront."""
    return Names(settings.stage).cloudfront(purpose, region=Aws.REGION)

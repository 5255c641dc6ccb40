"""The credentials and the region, without which nothing else can be asked."""

import sys
from collections.abc import Callable

import boto3
from botocore.exceptions import BotoCoreError, ClientError, ProfileNotFound

from infra.deployment.deployed import session
from infra.preflight.account import Account
from infra.preflight.finding import Finding, must
from infra.settings import Settings

NO_CREDENTIALS = must(
    "There are no AWS credentials.",
    "Set AWS_PROFILE to a profile of ~/.aws/config (`aws configure sso` makes one), or set "
    "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and AWS_SESSION_TOKEN for temporary ones.",
)
NO_PROFILE = must(
    "AWS_PROFILE names a profile that does not exist.",
    "Make it with `aws configure sso --profile <name>`, or choose another.",
)
NO_REGION = must(
    "There is no region.", "Set AWS_REGION, or `region` in the profile, to where it shall run."
)


def account_or_exit(settings: Settings) -> Account:
    """The account of this machine's session. Exits with what is missing."""
    account = log_in(session, settings)
    if not isinstance(account, Account):
        sys.exit("\n".join(f"{finding.fact} {finding.action}" for finding in account))
    return account


def log_in(
    open_session: Callable[[], boto3.Session], settings: Settings
) -> Account | list[Finding]:
    """The account of the session, or what is missing."""
    try:
        session = open_session()
    except ProfileNotFound:
        return [NO_PROFILE]
    region: str | None = session.region_name
    if session.get_credentials() is None or region is None:
        return [
            *([NO_CREDENTIALS] if session.get_credentials() is None else []),
            *([NO_REGION] if region is None else []),
        ]
    if session.get_partition_for_region(region) != "aws":
        return [
            must(
                f"{region} is not a commercial region.",
                "Choose a commercial one: GovCloud and the regions in China are not supported.",
            )
        ]
    try:
        identity = session.client("sts", region_name=region).get_caller_identity()
    except (ClientError, BotoCoreError) as error:
        return [
            must(
                f"AWS does not accept the credentials in {region}: {type(error).__name__}.",
                "Log in again (`aws sso login`). If the region must be enabled first, do it in the "
                "console under Account, AWS Regions.",
            )
        ]
    return Account(clients=session, id=identity["Account"], region=region, settings=settings)

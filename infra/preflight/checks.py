"""What is asked, one function a subject. Each returns findings; errors of AWS pass through."""

from collections.abc import Callable, Iterator

from botocore.exceptions import BotoCoreError, ClientError

from infra.preflight.account import Account
from infra.preflight.alarms import alarms_lead_to_a_page, alarms_reach_somebody
from infra.preflight.domain import old_tls_is_refused
from infra.preflight.finding import Finding, must, ok, warning
from infra.preflight.firewall import firewall_rules_exist
from infra.preflight.imprint import operator_is_named
from infra.preflight.secrets import secrets_are_set
from infra.regions import EDGE_REGION, has_snap_start
from infra.settings import Settings

NEW_ACCOUNT_EXECUTIONS = 10
NEW_ACCOUNT_MEMORY_MB = 3008
"""AWS says that new accounts have "reduced concurrency and memory quotas", without numbers.

These are what new accounts report and refuse. See
https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html.
"""

BOOTSTRAP_VERSION = 6
"""The oldest version of CDK's bootstrap stack that the templates accept."""

SERVICES = (
    "apigateway",
    "cloudformation",
    "cloudwatch",
    "dynamodb",
    "events",
    "kms",
    "lambda",
    "logs",
    "s3",
    "secretsmanager",
    "sns",
    "sqs",
    "ssm",
    "xray",
)
"""The services that every stage uses in its region, by AWS's names in the parameters below."""

SERVICES_PATH = "/aws/service/global-infrastructure/regions/{region}/services"
"""Public parameters, which only some regions answer, us-east-1 among them. See
https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters-global-infrastructure.html.
"""

BOOTSTRAP_PARAMETER = "/cdk-bootstrap/hnb659fds/version"
BOOTSTRAP_COMMAND = "make bootstrap"


def executions_suffice(account: Account) -> Iterator[Finding]:
    """Lambda's quota of concurrent executions leaves some beside the readers."""
    lambda_ = account.clients.client("lambda", region_name=account.region)
    limit = lambda_.get_account_settings()["AccountLimit"]["UnreservedConcurrentExecutions"]
    readers = account.settings.limits.reader_slots
    request = (
        "Request 1,000 in Service Quotas, AWS Lambda, Concurrent executions (L-B99A9384), "
        f"in {account.region}."
    )
    if limit <= readers:
        yield must(
            f"Lambda may run {limit} executions at once: {readers} readers would take them all.",
            f"{request} Or lower `limits.reader_slots` in infra/settings.py.",
        )
    elif limit <= NEW_ACCOUNT_EXECUTIONS:
        yield warning(
            f"Lambda may run {limit} executions at once, of which {readers} may be readers: "
            "enough to try the service, not to open it.",
            request,
        )
    else:
        yield ok(f"Lambda may run {limit} executions at once.")


def memory_suffices(account: Account) -> Iterator[Finding]:
    """No API reports the quota of a function's memory."""
    largest = max(account.settings.memory.reader, account.settings.memory.report)
    if largest > NEW_ACCOUNT_MEMORY_MB:
        yield warning(
            f"A function has {largest} MB, and no API tells whether the account may use more than "
            f"{NEW_ACCOUNT_MEMORY_MB}. If not, the deployment fails with \"'MemorySize' value "
            'failed to satisfy constraint".',
            "Request 10,240 MB in a case with AWS Support, or lower `memory.reader` to "
            f"{NEW_ACCOUNT_MEMORY_MB} in infra/settings.py.",
        )
    else:
        yield ok(f"No function has more than {NEW_ACCOUNT_MEMORY_MB} MB, which every account has.")


def snap_start_is_offered(account: Account) -> Iterator[Finding]:
    """The region has SnapStart, if the stage uses it."""
    if not account.settings.snap_start:
        yield ok("The stage does not use SnapStart.")
    elif has_snap_start(account.region):
        yield ok(f"{account.region} has SnapStart.")
    else:
        yield warning(
            f"{account.region} has no SnapStart: functions are deployed without it, and the first "
            "calls after a pause take a second longer.",
            "Nothing, or choose another region.",
        )


def services_of(settings: Settings) -> set[str]:
    """The services that the stage uses in its region."""
    used = {*SERVICES}
    if settings.identity_provider == "cognito":
        used.add("cognito-idp")
    if settings.malware_scan:
        used.add("guardduty")
    if settings.mail_identity:
        used.add("ses")
    return used


def services_are_offered(account: Account) -> Iterator[Finding]:
    """The region has every service."""
    used = services_of(account.settings)
    parameters = account.clients.client("ssm", region_name=EDGE_REGION)
    offered = {
        parameter["Value"]
        for page in parameters.get_paginator("get_parameters_by_path").paginate(
            Path=SERVICES_PATH.format(region=account.region)
        )
        for parameter in page["Parameters"]
    }
    if not offered:
        yield warning(
            f"AWS lists no services for {account.region}.",
            "Look at https://aws.amazon.com/about-aws/global-infrastructure/regional-product-services/.",
        )
    elif missing := sorted(used - offered):
        yield must(f"{account.region} lacks {', '.join(missing)}.", "Choose another region.")
    else:
        yield ok(f"{account.region} has all {len(used)} services.")


def regions_are_bootstrapped(account: Account) -> Iterator[Finding]:
    """CDK's bootstrap stack is in the stage's region and in the edge's."""
    for region in sorted({account.region, EDGE_REGION}):
        ssm = account.clients.client("ssm", region_name=region)
        try:
            version = int(ssm.get_parameter(Name=BOOTSTRAP_PARAMETER)["Parameter"]["Value"])
        except ssm.exceptions.ParameterNotFound:
            yield must(f"{region} is not bootstrapped.", BOOTSTRAP_COMMAND)
            continue
        if version < BOOTSTRAP_VERSION:
            yield must(
                f"{region} is bootstrapped with version {version}, not {BOOTSTRAP_VERSION}.",
                BOOTSTRAP_COMMAND,
            )
        else:
            yield ok(f"{region} is bootstrapped, version {version}.")


def cloudfront_is_usable(account: Account) -> Iterator[Finding]:
    """Only an existing distribution shows that AWS has verified the account for CloudFront."""
    cloudfront = account.clients.client("cloudfront", region_name=EDGE_REGION)
    if cloudfront.list_distributions(MaxItems="1")["DistributionList"].get("Quantity", 0):
        yield ok("The account has a CloudFront distribution, so it may create more.")
    else:
        yield warning(
            "The account has no CloudFront distribution. New accounts must be verified first, and "
            'no API tells whether this one is. If it is not, the deployment fails with "Your '
            'account must be verified before you can add new CloudFront resources".',
            "If that happens, send the message to AWS Support (Account and billing, which is "
            "free), and repeat the deployment when they have answered.",
        )


CHECKS: dict[str, Callable[[Account], Iterator[Finding]]] = {
    "Concurrency": executions_suffice,
    "Memory": memory_suffices,
    "SnapStart": snap_start_is_offered,
    "Services": services_are_offered,
    "Bootstrap": regions_are_bootstrapped,
    "CloudFront": cloudfront_is_usable,
    "Firewall": firewall_rules_exist,
    "Domain": old_tls_is_refused,
    "Operator": operator_is_named,
    "Alarms": alarms_reach_somebody,
    "Runbook": alarms_lead_to_a_page,
    "Secrets": secrets_are_set,
}


def run(account: Account) -> Iterator[tuple[str, Finding]]:
    """The subject and finding of every check. What cannot be asked is a warning."""
    for subject, check in CHECKS.items():
        try:
            for finding in check(account):
                yield subject, finding
        except ClientError as error:
            code = error.response["Error"]["Code"]
            yield (
                subject,
                warning(
                    f"This could not be asked: {error.operation_name} failed with {code}.",
                    "Allow that action to the role that deploys, or look it up in the console.",
                ),
            )
        except BotoCoreError as error:
            yield (
                subject,
                warning(
                    f"This could not be asked: {type(error).__name__}.",
                    "Check the network and the region, and repeat.",
                ),
            )

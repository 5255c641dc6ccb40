"""Each finding of `make preflight`, with AWS's answers."""

import json
from contextlib import ExitStack
from dataclasses import replace
from uuid import uuid4

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError
from botocore.stub import Stubber
from moto import mock_aws

from infra.deployment.deployed import session as open_session
from infra.firewall import RULE_GROUPS
from infra.preflight import __main__ as command
from infra.preflight import checks
from infra.preflight.account import Account
from infra.preflight.alarms import alarms_lead_to_a_page, alarms_reach_somebody
from infra.preflight.credentials import NO_CREDENTIALS, NO_PROFILE, NO_REGION, log_in
from infra.preflight.domain import old_tls_is_refused
from infra.preflight.finding import Finding, Level
from infra.preflight.firewall import firewall_rules_exist
from infra.preflight.imprint import operator_is_named
from infra.preflight.secrets import secrets_are_set
from infra.settings import DEV, PROD, Domain, MemorySizes
from tests.deployed_stacks import FakeStack, Stacks

REGION = "eu-central-1"
SECRET_KIND = "AWS::SecretsManager::Secret"


@pytest.fixture
def session(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("MOTO_SSM_LOAD_GLOBAL_PARAMS", "True")
    with mock_aws():
        yield boto3.Session(region_name=REGION)


@pytest.fixture
def account(session):
    """An account in which everything is asked of moto."""
    return Account(clients=session, id="123456789012", region=REGION, settings=PROD)


class Stubbed:
    """Clients of which one service gives the replies of a test, in their order."""

    def __init__(self, stack, service, *replies):
        self.service = service
        self.stubbed = boto3.client(service, region_name=REGION)
        self.stubber = stack.enter_context(Stubber(self.stubbed))
        for operation, reply in replies:
            if isinstance(reply, str):
                self.stubber.add_client_error(operation, reply)
            else:
                self.stubber.add_response(operation, reply)

    def client(self, service, *, region_name):
        assert (service, bool(region_name)) == (self.service, True)
        return self.stubbed


@pytest.fixture
def replying(session):
    with ExitStack() as stack:

        def account_with(service, *replies, settings=PROD):
            return Account(
                clients=Stubbed(stack, service, *replies),
                id="123456789012",
                region=REGION,
                settings=settings,
            )

        yield account_with


def limit(executions):
    return (
        "get_account_settings",
        {"AccountLimit": {"UnreservedConcurrentExecutions": executions}},
    )


@pytest.mark.parametrize(
    ("executions", "level"), [(5, Level.MUST), (10, Level.WARNING), (1000, Level.OK)]
)
def test_readers_must_leave_executions_for_the_api(replying, executions, level):
    (finding,) = checks.executions_suffice(replying("lambda", limit(executions)))

    assert finding.level == level
    assert ("L-B99A9384" in finding.action) == (level != Level.OK)


def test_more_memory_than_a_new_account_has_is_a_warning(account):
    large = replace(PROD, memory=MemorySizes(standard=512, report=1769, reader=3538))

    (usual,) = checks.memory_suffices(account)
    (warned,) = checks.memory_suffices(replace(account, settings=large))

    assert (usual.level, warned.level) == (Level.OK, Level.WARNING)
    assert "MemorySize" in warned.fact


def test_a_region_without_snapstart_is_a_warning_for_a_stage_that_uses_it(account):
    taipei = replace(account, region="ap-east-2")

    levels = [
        next(iter(checks.snap_start_is_offered(it))).level
        for it in (account, taipei, replace(taipei, settings=DEV))
    ]

    assert levels == [Level.OK, Level.WARNING, Level.OK]


def test_a_region_with_every_service_is_ok(account):
    cognito = replace(account, settings=replace(PROD, identity_provider="cognito"))

    scanning = replace(account, settings=replace(PROD, malware_scan=True))

    for stage in (account, cognito, scanning):
        (finding,) = checks.services_are_offered(stage)
        assert finding.level == Level.OK, finding


def test_a_missing_service_must_be_avoided(account, monkeypatch):
    monkeypatch.setattr(checks, "SERVICES", ("lambda", "teleportation"))

    (finding,) = checks.services_are_offered(account)

    assert (finding.level, finding.fact) == (Level.MUST, "eu-central-1 lacks teleportation.")


def test_guardduty_is_required_by_a_stage_that_scans_uploads_only(account, monkeypatch):
    monkeypatch.setattr(checks, "SERVICES", ())

    counted = [
        next(checks.services_are_offered(replace(account, settings=settings))).fact
        for settings in (PROD, replace(PROD, malware_scan=True))
    ]

    assert counted == [f"{REGION} has all {number} services." for number in (0, 1)]


def test_an_unlisted_region_is_a_warning(account):
    (finding,) = checks.services_are_offered(replace(account, region="eu-central-9"))

    assert finding.level == Level.WARNING


def test_both_regions_must_be_bootstrapped_with_a_recent_version(account, session):
    for region, version in ((REGION, "5"), ("us-east-1", "30")):
        session.client("ssm", region_name=region).put_parameter(
            Name=checks.BOOTSTRAP_PARAMETER, Value=version, Type="String"
        )

    old, new = checks.regions_are_bootstrapped(account)
    (missing, _) = checks.regions_are_bootstrapped(replace(account, region="eu-west-1"))

    assert (old.level, new.level, missing.level) == (Level.MUST, Level.OK, Level.MUST)
    assert missing.action == "make bootstrap"


def distributions(quantity):
    listed = {
        "Marker": "",
        "MaxItems": 1,
        "IsTruncated": False,
        "Quantity": quantity,
    }
    return ("list_distributions", {"DistributionList": listed})


def test_only_an_existing_distribution_shows_that_cloudfront_is_usable(replying):
    (unknown,) = checks.cloudfront_is_usable(replying("cloudfront", distributions(0)))
    (usable,) = checks.cloudfront_is_usable(replying("cloudfront", distributions(1)))

    assert (unknown.level, usable.level) == (Level.WARNING, Level.OK)
    assert "must be verified" in unknown.fact


def rules_of(group, *, without=(), added=()):
    """AWS's description of a rule group."""
    names = ({*group.blocking, *group.counted} - {*without}) | {*added}
    return ("describe_managed_rule_group", {"Rules": [{"Name": name} for name in names]})


def test_rule_groups_with_the_rules_that_are_decided_about_are_ok(replying):
    account = replying("wafv2", *map(rules_of, RULE_GROUPS))

    found = list(firewall_rules_exist(account))

    assert {finding.level for finding in found} == {Level.OK}
    assert [finding.fact.split()[0] for finding in found] == [group.name for group in RULE_GROUPS]


def test_a_rule_that_aws_renamed_is_a_warning(replying):
    *others, common = RULE_GROUPS
    renamed = rules_of(common, without=["GenericLFI_BODY"], added=["GenericLFI_Body2"])

    *_, missing, added = firewall_rules_exist(replying("wafv2", *map(rules_of, others), renamed))

    assert (missing.level, added.level) == (Level.WARNING, Level.WARNING)
    assert "has no rule GenericLFI_BODY" in missing.fact
    assert "has GenericLFI_Body2" in added.fact


def test_a_stage_without_a_firewall_does_not_check_it(replying):
    (finding,) = firewall_rules_exist(replying("wafv2", settings=DEV))

    assert finding.level == Level.OK


WATCHED = replace(PROD, alarm_email="on-call@example.com")
CONFIRMED = "arn:aws:sns:eu-central-1:123456789012:alarms:1"
PENDING = "PendingConfirmation"


@pytest.fixture
def subscribed(account):
    """Return the account in which the topics of both regions have these subscriptions."""
    with ExitStack() as stack:

        def account_with(*subscriptions_of_topics, settings=WATCHED):
            replies = [
                (
                    "list_subscriptions_by_topic",
                    {
                        "Subscriptions": [
                            {"SubscriptionArn": arn, "Endpoint": "on-call@example.com"}
                            for arn in subscriptions
                        ]
                    },
                )
                for subscriptions in subscriptions_of_topics
            ]
            topic = [("AWS::SNS::Topic", "arn:aws:sns:eu-central-1:123456789012:alarms")]
            stacks = {
                REGION: [FakeStack(f"docket-{settings.stage}-operations", resources=topic)],
                "us-east-1": [
                    FakeStack(f"docket-{settings.stage}-edge-operations-{REGION}", resources=topic)
                ],
            }
            clients = Stacks(Stubbed(stack, "sns", *replies), stacks)
            return replace(account, clients=clients, settings=settings)

        yield account_with


@pytest.mark.parametrize(
    ("edge", "here", "levels"),
    [
        ([CONFIRMED], [CONFIRMED], [Level.OK, Level.OK]),
        ([CONFIRMED], [PENDING], [Level.OK, Level.WARNING]),
        ([CONFIRMED, PENDING], [CONFIRMED], [Level.WARNING, Level.OK]),
        ([], [CONFIRMED], [Level.WARNING, Level.OK]),
    ],
)
def test_each_region_needs_a_confirmed_subscription(subscribed, edge, here, levels):
    found = list(alarms_reach_somebody(subscribed(edge, here)))

    assert [finding.level for finding in found] == levels
    assert [finding.fact.split(":")[0] for finding in found] == ["us-east-1", REGION]
    assert not any("on-call" in f"{finding.fact}{finding.action}" for finding in found)


def test_a_stage_that_needs_no_address_may_have_no_subscription(subscribed):
    found = alarms_reach_somebody(subscribed([], [], settings=DEV))

    assert [finding.level for finding in found] == [Level.OK, Level.OK]


@pytest.mark.parametrize(
    ("settings", "levels"),
    [(PROD, [Level.WARNING, Level.OK]), (WATCHED, [Level.OK]), (DEV, [Level.OK])],
)
def test_the_address_for_alarms_is_checked_before_the_first_deployment(
    account, session, settings, levels
):
    nothing = replace(account, clients=Stacks(session, {}), settings=settings)

    found = list(alarms_reach_somebody(nothing))

    assert [finding.level for finding in found] == levels
    assert ("ALARM_EMAIL" in found[0].action) == (settings is PROD)


@pytest.mark.parametrize(
    ("settings", "level"),
    [
        (PROD, Level.WARNING),
        (replace(PROD, runbook="https://wiki.example/operations"), Level.OK),
        (DEV, Level.OK),
    ],
)
def test_a_runbook_that_a_browser_cannot_open_is_a_warning(account, settings, level):
    (finding,) = alarms_lead_to_a_page(replace(account, settings=settings))

    assert finding.level == level
    assert settings.runbook in finding.fact


@pytest.mark.parametrize(
    ("settings", "level"),
    [
        (PROD, Level.WARNING),
        (replace(PROD, domain=Domain(name="docket.example")), Level.OK),
        (DEV, Level.OK),
    ],
)
def test_a_stage_with_customers_but_without_a_domain_is_a_warning(account, settings, level):
    (finding,) = old_tls_is_refused(replace(account, settings=settings))

    assert finding.level == level


@pytest.mark.parametrize(("settings", "level"), [(PROD, Level.MUST), (DEV, Level.OK)])
def test_an_operator_is_a_must_where_the_stage_requires_one(account, settings, level):
    (finding,) = operator_is_named(replace(account, settings=settings))

    assert finding.level == level


@pytest.mark.parametrize(
    "check",
    [alarms_reach_somebody, alarms_lead_to_a_page, old_tls_is_refused, operator_is_named],
)
def test_the_checks_before_the_opening_are_made(check):
    assert check in checks.CHECKS.values()


@pytest.mark.usefixtures("session")
def test_the_command_takes_the_address_for_alarms(monkeypatch):
    accounts = []

    def remember(account):
        accounts.append(account)
        yield Finding(Level.OK, "A fact.")

    monkeypatch.setenv("AWS_REGION", REGION)
    monkeypatch.setattr(checks, "CHECKS", {"Subject": remember})

    command.main(["prod", "--alarm-email", "on-call@example.com"])

    assert [it.settings for it in accounts] == [WATCHED]


FILLED = {
    "secret_key": "sk_live_not-a-key",
    "publishable_key": "pk_live_not-a-key",
    "webhook_secret": "whsec_not-a-key",
}


@pytest.mark.parametrize(
    ("secret", "level", "fact"),
    [
        (json.dumps(FILLED), Level.OK, "filled in"),
        ("a generated key", Level.OK, "filled in"),
        ('["a"]', Level.OK, "filled in"),
        (json.dumps({**FILLED, "webhook_secret": ""}), Level.MUST, "not filled in: webhook_secret"),
        (json.dumps({**FILLED, "secret_key": "pk_live_1"}), Level.MUST, "kind: secret_key"),
        (json.dumps({**FILLED, "secret_key": "sk_test_1"}), Level.WARNING, "test keys"),
    ],
)
def test_a_secret_is_judged_and_never_shown(account, session, secret, level, fact):
    # moto's resources stay if other tests of the process have started it before.
    name = f"keys-{uuid4()}"
    arn = session.client("secretsmanager").create_secret(Name=name, SecretString=secret)["ARN"]
    stacks = Stacks(
        session, {REGION: [FakeStack("docket-prod-data", resources=[(SECRET_KIND, arn)])]}
    )

    (finding,) = secrets_are_set(replace(account, clients=stacks))

    assert finding.level == level
    assert fact in finding.fact
    assert not any(
        value in f"{finding.fact}{finding.action}" for value in [secret, *FILLED.values()]
    )


def test_a_stage_that_is_not_deployed_has_no_secrets_yet(account, session):
    other = FakeStack("docket-production-data", resources=[(SECRET_KIND, "arn")])

    (finding,) = secrets_are_set(replace(account, clients=Stacks(session, {REGION: [other]})))

    assert finding.level == Level.OK


def test_a_check_that_fails_is_a_warning_and_the_others_continue(replying, monkeypatch):
    def unreachable(_account):
        yield from ()
        raise EndpointConnectionError(endpoint_url="https://example.invalid")

    denied = replying("lambda", ("get_account_settings", "AccessDeniedException"))
    monkeypatch.setattr(
        checks,
        "CHECKS",
        {
            "Denied": checks.executions_suffice,
            "Unreachable": unreachable,
            "Memory": checks.memory_suffices,
        },
    )

    found = [(subject, finding.level, finding.fact) for subject, finding in checks.run(denied)]

    assert [(subject, level) for subject, level, _ in found] == [
        ("Denied", Level.WARNING),
        ("Unreachable", Level.WARNING),
        ("Memory", Level.OK),
    ]
    assert "GetAccountSettings failed with AccessDeniedException" in found[0][2]


@pytest.fixture
def nobody(monkeypatch, tmp_path):
    """An environment without credentials."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_REGION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))


def test_missing_credentials_and_region_are_named_with_the_remedy(nobody, capsys):
    status = command.main(["dev"])

    shown = capsys.readouterr().out
    assert status == 1
    assert "no AWS credentials" in shown
    assert "Set AWS_PROFILE" in shown
    assert NO_REGION.fact in shown
    assert log_in(lambda: boto3.Session(region_name=REGION), DEV) == [NO_CREDENTIALS]


def test_a_missing_profile_is_named_with_the_remedy(nobody, monkeypatch):
    monkeypatch.setenv("AWS_PROFILE", "absent")

    assert log_in(open_session, DEV) == [NO_PROFILE]


def refusal_of(session):
    refusal = log_in(lambda: session, DEV)
    assert not isinstance(refusal, Account)
    return refusal


def test_a_region_of_another_partition_is_refused(session):
    (finding,) = refusal_of(boto3.Session(region_name="us-gov-west-1"))

    assert finding.level == Level.MUST


def test_credentials_that_aws_does_not_accept_are_a_finding(session, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")

    (finding,) = refusal_of(boto3.Session(region_name=REGION))

    assert "EndpointConnectionError" in finding.fact


def test_the_command_reports_every_finding_and_its_status(account, monkeypatch, capsys):
    monkeypatch.setenv("AWS_REGION", REGION)
    for found, status in (("must", 1), ("warning", 0), ("ok", 0)):
        finding = Finding(Level(found), "A fact.", "An action.")
        monkeypatch.setattr(checks, "CHECKS", {"Subject": lambda _, it=finding: iter([it])})

        assert command.main(["dev", "--identity", "cognito"]) == status
        assert "An action." in capsys.readouterr().out


def test_the_command_refuses_an_identity_that_cannot_be_deployed(capsys):
    assert command.main(["prod", "--identity", "cognito"]) == 1
    assert "change identity_provider" in capsys.readouterr().out

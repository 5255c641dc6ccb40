"""A function's role allows exactly what its row of the endpoint table lists."""

import pytest

from docket.domain.debt import DebtClass
from docket.gateways import object_keys
from docket.table import keys
from infra.endpoints import FUNCTIONS, actions
from infra.endpoints.actions import EMAILS, READ_OBJECT, READ_VERSION, SESSIONS
from infra.names import (
    SEALING_KEY_ARN,
    STRIPE_SECRET_ARN,
    TOKEN_KEY_ARN,
    USER_POOL_ID,
    Names,
)
from tests.infra.conftest import ACCOUNT, REGION


def allowed(stage, function):
    """`(action, resource, keys)` for everything the function's role allows."""
    role = function["Role"]["Fn::GetAtt"][0]
    grants = set()
    for policy in stage.of_type("AWS::IAM::Policy").values():
        if {"Ref": role} not in policy["Properties"]["Roles"]:
            continue
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]:
            assert statement["Effect"] == "Allow"
            actions, resources = statement["Action"], statement["Resource"]
            condition = statement.get("Condition", {})
            keys = condition.get("ForAllValues:StringLike", {}).get("dynamodb:LeadingKeys", ())
            prefixes = condition.get("StringLike", {}).get("s3:prefix", ())
            senders = condition.get("StringEquals", {}).get("ses:FromAddress", ())
            assert set(condition) <= {"ForAllValues:StringLike", "StringLike", "StringEquals"}
            keys = keys or prefixes or senders
            for action in [actions] if isinstance(actions, str) else actions:
                for resource in resources if isinstance(resources, list) else [resources]:
                    for key in [keys] if isinstance(keys, str) else keys or [None]:
                        grants.add((action, stage.resolved(resource), key))
    resource = stage.resources[role]["Properties"]
    assert "Policies" not in resource
    assert "ManagedPolicyArns" not in resource
    return grants


def arn(service, resource):
    return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{resource}"


def granted(stage, spec):
    """What the row lists, in the form of `allowed`."""
    names = Names(stage.settings.stage)
    settings = stage.settings
    access = spec.access(settings.identity, malware_scan=settings.malware_scan)
    table = arn("dynamodb", f"table/{names.table}")
    documents = f"arn:aws:s3:::docket-{names.stage}-documents-{ACCOUNT}-{REGION}"
    pool = arn("cognito-idp", f"userpool/<{names.parameter(USER_POOL_ID)}>")
    secrets = {
        "token_key": TOKEN_KEY_ARN,
        "sealing_key": SEALING_KEY_ARN,
        "stripe": STRIPE_SECRET_ARN,
    }
    grants = set()
    for grant in access.table:
        resource = f"{table}/index/{grant.index}" if grant.index else table
        for action in grant.actions:
            for key in grant.keys:
                grants.add((action, resource, f"{key}*" if key.endswith("#") else key))
    for objects in access.objects:
        grants |= {(action, f"{documents}/{objects.prefix}*", None) for action in objects.actions}
    grants |= {("s3:ListBucketVersions", documents, f"{prefix}*") for prefix in access.listed}
    grants |= {
        (action, arn("sqs", names.queue(queue)), None)
        for messages in access.queues
        for queue in messages.queues
        for action in messages.actions
    }
    grants |= {
        ("secretsmanager:GetSecretValue", f"<{names.parameter(secrets[name])}>", None)
        for name in access.secrets
    }
    if access.sends_mail and (sender := settings.mail_sender):
        resources = (f"identity/{settings.mail_identity}", f"configuration-set/{names.mail}")
        grants |= {("ses:SendEmail", arn("ses", name), sender.address) for name in resources}
    return grants | {(action, pool, None) for action in access.user_pool}


WRITE_LOGS = ("CreateLogStream", "PutLogEvents")
TRACING = {("xray:PutTraceSegments", "*", None), ("xray:PutTelemetryRecords", "*", None)}


@pytest.mark.parametrize("name", ["dev", "prod", "local", "dev with cognito", "prod with gateway"])
def test_a_role_allows_exactly_its_row_logging_and_tracing(synthesise, name):
    stage = synthesise(name)
    identity = stage.settings.identity
    functions = stage.functions()
    rows = {spec.name: spec for spec in FUNCTIONS if spec.exists(identity)}
    groups = {group["Properties"]["LogGroupName"] for group in log_groups(stage).values()}

    assert functions.keys() == rows.keys()
    for function, properties in functions.items():
        log_group = properties["LoggingConfig"]["LogGroup"]
        streams = f"{arn('logs', f'log-group:{log_group}')}:*"
        logging = {(f"logs:{action}", streams, None) for action in WRITE_LOGS}

        assert log_group == Names(stage.settings.stage).log_group(function)
        assert log_group in groups
        assert allowed(stage, properties) == granted(stage, rows[function]) | logging | TRACING, (
            function
        )


def log_groups(stage):
    return stage.of_type("AWS::Logs::LogGroup")


def test_no_two_functions_share_a_role_or_a_log_group(synthesise):
    functions = synthesise("dev").functions().values()

    roles = [properties["Role"]["Fn::GetAtt"][0] for properties in functions]
    groups = [properties["LoggingConfig"]["LogGroup"] for properties in functions]

    assert len(set(roles)) == len(roles)
    assert len(set(groups)) == len(groups)


def test_no_policy_has_a_wildcard_action(synthesise):
    stage = synthesise("prod")

    for name, policy in stage.of_type("AWS::IAM::Policy").items():
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]:
            actions = statement["Action"]
            for action in [actions] if isinstance(actions, str) else actions:
                assert "*" not in action, f"{name}: {action}"


def test_the_stack_has_only_the_functions_of_the_table(synthesise):
    """Some CDK constructs add helper functions."""
    stage = synthesise("prod")

    handlers = [properties["Handler"] for properties in stage.functions().values()]

    assert len(handlers) == len(stage.of_type("AWS::Lambda::Function"))


def test_a_function_that_reads_documents_cannot_list_the_bucket():
    for spec in FUNCTIONS:
        actions = {action for objects in spec.objects for action in objects.actions}

        assert not (actions & {READ_OBJECT, READ_VERSION} and spec.listed), spec.name


def test_with_cognito_the_table_has_only_reservations_of_addresses():
    """A registration makes one, and the deletion of the account removes it."""
    users = {
        spec.name
        for spec in FUNCTIONS
        for grant in spec.access("cognito").table
        if EMAILS in grant.keys and spec.exists("cognito")
    }
    assert users == {"auth/register", "events/settle_debt"}


def test_with_sessions_of_the_pool_no_function_can_use_the_tables():
    for spec in FUNCTIONS:
        if spec.exists("gateway"):
            access = spec.access("gateway")
            assert SESSIONS not in {key for grant in access.table for key in grant.keys}, spec.name
            assert "token_key" not in access.secrets, spec.name


def test_only_the_functions_of_sessions_can_use_them():
    """A function that could write a session could act as any customer."""
    users = {
        spec.name
        for spec in FUNCTIONS
        for grant in spec.access("jwt").table
        if SESSIONS in grant.keys
    }

    assert users == {
        "auth/authorize",
        "sessions/end_others",
        "sessions/end",
        "auth/login",
        "auth/logout",
        "auth/reauthenticate",
        "auth/refresh",
        "sessions/list",
        "auth/login_mfa",
        "auth/login_passkey",
        "auth/reauthenticate_passkey",
        # The list of API keys is in the partition of the sessions.
        "api_keys/create",
        "api_keys/list",
        "api_keys/revoke",
        # These end the other sessions of an account.
        "second_factor/confirm_totp",
        "passkeys/remove",
        "second_factor/remove_totp",
        "account/change_password",
        "account/remove_password",
        "account/confirm_email",
        "auth/reset_password",
        # These look the session of the request up again, and write only while it is open.
        "passkeys/add",
        "account/change_email",
        "account/verify_email",
        "second_factor/renew_recovery_codes",
        "exports/request",
        # These only look it up.
        "second_factor/begin_totp",
        "exports/download",
        "passkeys/options",
        # These delete an account.
        "account/delete",
        "events/settle_debt",
        # It only reads them.
        "events/export_account",
        # Nothing is made for an account whose deletion has begun.
        "events/make_report",
    }


def test_granted_key_prefixes_are_those_of_the_table():
    named = {name: value for name, value in vars(actions).items() if name.isupper()}
    prefixes = {value for value in named.values() if isinstance(value, str) and value.endswith("#")}
    parts = {
        actions.USERS: keys.user_partition(""),
        actions.SESSIONS: keys.session("", "")["PK"],
        actions.EMAILS: keys.credential("")["PK"],
        actions.ORDERS: keys.order_partition(""),
        actions.STRIPE_EVENTS: keys.stripe_event("")["PK"],
        actions.MAILS: keys.mail_partition(""),
        actions.LINKS: keys.one_time_link("")["PK"],
        actions.DELETIONS: keys.deletion("")["PK"],
        actions.INVOICES: keys.invoice("", "")["PK"],
        actions.FACTORS: keys.factor_partition(""),
        actions.API_KEYS: keys.api_key("")["PK"],
        actions.CHALLENGES: keys.answered_challenge("")["PK"],
        actions.BY_STATUS: keys.BY_STATUS,
        actions.BY_DUE: keys.BY_DUE,
    }

    assert all(prefix == part for prefix, part in parts.items()), parts
    assert prefixes <= {*parts, actions.RATE_LIMITS}
    assert {f"{debt_class}#" for debt_class in DebtClass} == {*actions.DEBTS}
    assert keys.rate_limit("", "", 0)["PK"].startswith(actions.RATE_LIMITS)


def test_granted_object_prefixes_are_those_of_the_bucket():
    granted_prefixes = (
        actions.UPLOADS, actions.RESULTS, actions.PARTS, actions.REPORTS, actions.EXPORTS
    )  # fmt: skip

    assert granted_prefixes == (
        object_keys.UPLOADS,
        object_keys.RESULTS,
        object_keys.PARTS,
        object_keys.REPORTS,
        object_keys.EXPORTS,
    )

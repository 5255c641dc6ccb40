"""A function's role allows exactly what its row of the endpoint table lists."""

import pytest

from docket.gateways import s3
from docket.table import keys
from infra import endpoints
from infra.endpoints import FUNCTIONS, READ_OBJECT, READ_VERSION, USERS

TABLE, DOCUMENTS, QUEUE = "DataTable", "DataDocuments", "DataQueue"
TOKEN_KEY, STRIPE, POOL = "IdentityTokenKey", "PaymentsStripe", "IdentityPool"


def resolve(value):
    """An expression of the template as a string, with `<logical id>` for references."""
    match value:
        case str():
            return value
        case {"Ref": name}:
            return f"<{name}>"
        case {"Fn::GetAtt": [name, "Arn"]}:
            return f"<{name}>"
        case {"Fn::Join": [separator, parts]}:
            return separator.join(resolve(part) for part in parts)
    raise AssertionError(f"an unexpected expression: {value}")


def without_hash(resource):
    """`<DataTable1A2B3C4D>/index/GSI1` → `DataTable/index/GSI1`: without the template's hashes."""
    if not resource.startswith("<"):
        return resource
    name, _, rest = resource[1:].partition(">")
    return f"{name[:-8]}{rest}"


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
            assert set(condition) <= {"ForAllValues:StringLike", "StringLike"}
            keys = keys or prefixes
            for action in [actions] if isinstance(actions, str) else actions:
                for resource in resources if isinstance(resources, list) else [resources]:
                    for key in [keys] if isinstance(keys, str) else keys or [None]:
                        grants.add((action, without_hash(resolve(resource)), key))
    resource = stage.template["Resources"][role]["Properties"]
    assert "Policies" not in resource
    assert "ManagedPolicyArns" not in resource
    return grants


def granted(spec, identity_provider):
    """What the row lists, in the form of `allowed`."""
    access = spec.access(identity_provider)
    grants = set()
    for grant in access.table:
        resource = f"{TABLE}/index/{grant.index}" if grant.index else TABLE
        for action in grant.actions:
            for key in grant.keys:
                grants.add((action, resource, f"{key}*" if key.endswith("#") else key))
    for objects in access.objects:
        grants |= {(action, f"{DOCUMENTS}/{objects.prefix}*", None) for action in objects.actions}
    grants |= {("s3:ListBucketVersions", DOCUMENTS, f"{prefix}*") for prefix in access.listed}
    grants |= {(action, QUEUE, None) for action in access.queue}
    secrets = {"token_key": TOKEN_KEY, "stripe": STRIPE}
    grants |= {("secretsmanager:GetSecretValue", secrets[name], None) for name in access.secrets}
    return grants | {(action, POOL, None) for action in access.user_pool}


TRACING = {("xray:PutTraceSegments", "*", None), ("xray:PutTelemetryRecords", "*", None)}


@pytest.mark.parametrize("name", ["dev", "prod", "local", "dev with cognito"])
def test_a_role_allows_exactly_its_row_logging_and_tracing(synthesise, name):
    stage = synthesise(name)
    identity_provider = stage.settings.identity_provider
    functions = stage.functions()
    rows = {spec.name: spec for spec in FUNCTIONS if spec.exists(identity_provider)}
    groups = stage.of_type("AWS::Logs::LogGroup")

    assert functions.keys() == rows.keys()
    for function, properties in functions.items():
        log_group = properties["LoggingConfig"]["LogGroup"]["Ref"]
        logging = {
            ("logs:CreateLogStream", log_group[:-8], None),
            ("logs:PutLogEvents", log_group[:-8], None),
        }

        assert log_group in groups
        assert (
            allowed(stage, properties)
            == granted(rows[function], identity_provider) | logging | TRACING
        ), function


def test_no_two_functions_share_a_role_or_a_log_group(synthesise):
    functions = synthesise("dev").functions().values()

    roles = [properties["Role"]["Fn::GetAtt"][0] for properties in functions]
    groups = [properties["LoggingConfig"]["LogGroup"]["Ref"] for properties in functions]

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


def test_with_cognito_no_function_can_use_the_tables_accounts():
    for spec in FUNCTIONS:
        access = spec.access("cognito")
        keys_used = {key for grant in access.table for key in grant.keys}

        assert "identity" not in spec.config or USERS not in keys_used, spec.name
        assert "token_key" not in access.secrets or spec.only == "jwt", spec.name


def test_granted_key_prefixes_are_those_of_the_table():
    parts = {
        endpoints.USERS: keys.user_partition(""),
        endpoints.EMAILS: keys.credential("")["PK"],
        endpoints.ORDERS: keys.order_partition(""),
        endpoints.STRIPE_EVENTS: keys.stripe_event("")["PK"],
        endpoints.DUE: keys.DUE,
        endpoints.ERASE: keys.ERASE,
        endpoints.BY_STATUS: keys.BY_STATUS,
        endpoints.BY_DUE: keys.BY_DUE,
    }

    assert all(prefix == part for prefix, part in parts.items()), parts
    assert keys.rate_limit("", "", 0)["PK"].startswith(endpoints.RATE_LIMITS)


def test_granted_object_prefixes_are_those_of_the_bucket():
    granted_prefixes = (
        endpoints.UPLOADS, endpoints.RESULTS, endpoints.PARTS, endpoints.REPORTS
    )  # fmt: skip

    assert granted_prefixes == (s3.UPLOADS, s3.RESULTS, s3.PARTS, s3.REPORTS)

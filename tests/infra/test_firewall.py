"""The firewall: what it blocks, what it lets through, how it answers, and what it logs."""

import json
from collections.abc import Callable
from operator import itemgetter
from urllib.parse import unquote

import pytest

from docket import messages
from docket.api.error_response import EDGE_CODES
from docket.schemas.errors import Error
from infra.endpoints import ENDPOINTS
from infra.firewall import ANSWERS, API_PREFIX, RULE_GROUPS, WEBHOOK_PATH
from infra.names import Names
from infra.settings import PROD

MOST_CAPACITY_UNITS = 1500
"""More costs more, see https://aws.amazon.com/waf/pricing/."""
GROUP_CAPACITY_UNITS = {
    "AWSManagedRulesAmazonIpReputationList": 25,
    "AWSManagedRulesKnownBadInputsRuleSet": 200,
    "AWSManagedRulesCommonRuleSet": 700,
}
"""As AWS documents them with each group."""
MOST_BYTES_OF_A_BODY = 4096

KINDS = {"AWS::WAFv2::WebACL", "AWS::WAFv2::LoggingConfiguration"}


@pytest.fixture
def stage(synthesise):
    return synthesise("prod")


@pytest.fixture
def acl(stage):
    return stage.only("AWS::WAFv2::WebACL")


def statements(acl):
    return {rule["Name"]: rule["Statement"] for rule in acl["Rules"]}


def overrides(acl):
    """The action of each rule of AWS's groups, as CloudFormation has it."""
    for statement in statements(acl).values():
        group = statement.get("ManagedRuleGroupStatement", {})
        for override in group.get("RuleActionOverrides", []):
            yield override["Name"], override["ActionToUse"]


def blocks(acl):
    """The custom response of each action that blocks."""
    actions = [rule["Action"] for rule in acl["Rules"] if "Action" in rule]
    for action in (*actions, *(action for _, action in overrides(acl))):
        if "Block" in action:
            yield action["Block"]["CustomResponse"]


@pytest.mark.parametrize("name", ["dev", "dev with cognito", "local"])
def test_a_stage_without_the_setting_has_no_firewall(synthesise, name):
    stage = synthesise(name)

    assert not KINDS & {resource["Type"] for resource in stage.resources.values()}
    assert "WebACLId" not in stage.only("AWS::CloudFront::Distribution")["DistributionConfig"]
    names = Names(stage.settings.stage)
    assert names.edge_stack("edge", stage.settings.region) not in stage.templates


@pytest.mark.parametrize("name", ["prod", "prod with a domain"])
def test_the_distribution_has_the_firewall_that_is_deployed_before_it(synthesise, name):
    stage = synthesise(name)
    edge = f"docket-prod-edge-{stage.settings.region}"

    assert stage.only("AWS::CloudFront::Distribution")["DistributionConfig"]["WebACLId"] == {
        "Fn::GetStackOutput": {
            "StackName": edge,
            "OutputName": "WebAclArn",
            "Region": "us-east-1",
        }
    }
    assert ("us-east-1", edge) in stage.locations
    assert "WebAclArn" in stage.templates[edge]["Outputs"]
    assert edge in stage.deployed_before(stage.stack_name("site"))
    assert stage.only("AWS::WAFv2::WebACL")["Scope"] == "CLOUDFRONT"


def test_a_request_that_no_rule_matches_is_let_through(acl):
    assert acl["DefaultAction"] == {"Allow": {}}


def test_every_documented_rule_of_the_groups_is_decided_about():
    names = {group.name: {*group.blocking, *group.counted} for group in RULE_GROUPS}

    assert {name: len(rules) for name, rules in names.items()} == {
        "AWSManagedRulesAmazonIpReputationList": 3,
        "AWSManagedRulesKnownBadInputsRuleSet": 12,
        "AWSManagedRulesCommonRuleSet": 22,
    }
    assert all(len(group.blocking) + len(group.counted) == len(names[group.name])
               for group in RULE_GROUPS)  # fmt: skip


def test_no_rule_about_the_text_of_a_body_blocks(acl):
    """A title may be "<b>Invoice</b>", a file name "../2026.pdf", a password anything."""
    actions = dict(overrides(acl))

    about_bodies = {name: action for name, action in actions.items() if name.endswith("_BODY")}
    assert len(about_bodies) == 8
    assert [name for name, action in about_bodies.items() if action != {"Count": {}}] == []
    assert actions["NoUserAgent_HEADER"] == {"Count": {}}
    groups = [rule for rule in acl["Rules"] if "ManagedRuleGroupStatement" in rule["Statement"]]
    assert [rule["OverrideAction"] for rule in groups] == [{"None": {}}] * len(RULE_GROUPS)
    assert {name for name, action in actions.items() if "Block" in action} == {
        name for group in RULE_GROUPS for name in group.blocking
    }


def test_every_rule_that_only_counts_has_its_reason():
    assert all(len(reason) > 30 for group in RULE_GROUPS for reason in group.counted.values())


def test_the_rate_rule_counts_the_addresses_requests_to_the_api(acl):
    rate = statements(acl)["RequestsToTheApi"]["RateBasedStatement"]
    path, webhook = rate["ScopeDownStatement"]["AndStatement"]["Statements"]

    assert PROD.waf is not None
    assert (rate["AggregateKeyType"], rate["Limit"]) == ("IP", PROD.waf.requests_per_address)
    assert rate["EvaluationWindowSec"] == 300
    assert path["ByteMatchStatement"]["SearchString"] == API_PREFIX
    assert webhook == NOT_THE_WEBHOOK


TRANSFORMATIONS: dict[str, Callable[[str], str]] = {"NONE": str, "URL_DECODE": unquote}
CONSTRAINTS: dict[str, Callable[[str, str], bool]] = {
    "EXACTLY": str.__eq__,
    "STARTS_WITH": str.startswith,
    "CONTAINS": str.__contains__,
}


def matches(statement, path):
    """Whether a rule's statement about the path is true, by what AWS documents."""
    match statement:
        case {"AndStatement": {"Statements": parts}}:
            return all(matches(part, path) for part in parts)
        case {"NotStatement": {"Statement": part}}:
            return not matches(part, path)
        case {"ByteMatchStatement": {"FieldToMatch": {"UriPath": {}}} as match_of_path}:
            for step in sorted(match_of_path["TextTransformations"], key=itemgetter("Priority")):
                path = TRANSFORMATIONS[step["Type"]](path)
            constraint = CONSTRAINTS[match_of_path["PositionalConstraint"]]
            return constraint(path, match_of_path["SearchString"])
    raise AssertionError(f"an unexpected statement: {statement}")


@pytest.mark.parametrize(
    ("path", "counted"),
    [
        ("/api/v1/orders", True),
        ("//api/v1/orders", True),
        ("/./api/v1/orders", True),
        ("/x/../api/v1/orders", True),
        ("/x/%2e%2e/api/v1/orders", True),
        ("/%61pi/v1/orders", True),
        ("/x/%2E%2e/%61pi/v1/orders", True),
        # An id of an order, which looks like a way out of the API.
        ("/api/v1/orders/..%2f..%2f..%2f..%2fx", True),
        ("/x/../%61pi/v1/orders/..%2f..%2f..%2f..%2fx", True),
        (WEBHOOK_PATH, False),
        # The exemption is for the path that Stripe sends, and for no other form of it.
        (f"/{WEBHOOK_PATH}", True),
        (f"{WEBHOOK_PATH}/", True),
        ("/api/v1/payments/%77ebhook", True),
        ("/api/v1/payments/webhook/../../orders", True),
        ("/", False),
        ("/orders/01JDB2X", False),
        ("/assets/api.js", False),
    ],
)
def test_the_rate_rule_sees_the_api_in_every_path_that_reaches_it(acl, path, counted):
    rate = statements(acl)["RequestsToTheApi"]["RateBasedStatement"]

    assert matches(rate["ScopeDownStatement"], path) is counted


NOT_THE_WEBHOOK = {
    "NotStatement": {
        "Statement": {
            "ByteMatchStatement": {
                "FieldToMatch": {"UriPath": {}},
                "PositionalConstraint": "EXACTLY",
                "SearchString": "/api/v1/payments/webhook",
                "TextTransformations": [{"Priority": 0, "Type": "NONE"}],
            }
        }
    }
}


def test_stripes_events_pass_the_rules_about_rate_and_content(acl):
    assert WEBHOOK_PATH in {row.path for row in ENDPOINTS if "Stripe-Signature" in row.headers}
    groups = {
        name: statement["ManagedRuleGroupStatement"].get("ScopeDownStatement")
        for name, statement in statements(acl).items()
        if "ManagedRuleGroupStatement" in statement
    }

    assert groups == {
        "AWSManagedRulesAmazonIpReputationList": None,
        "AWSManagedRulesKnownBadInputsRuleSet": NOT_THE_WEBHOOK,
        "AWSManagedRulesCommonRuleSet": NOT_THE_WEBHOOK,
    }


def test_the_rules_fit_into_the_capacity_that_the_price_includes(acl):
    assert GROUP_CAPACITY_UNITS.keys() == {group.name for group in RULE_GROUPS}
    rate_rule_and_scopes = 100

    assert sum(GROUP_CAPACITY_UNITS.values()) + rate_rule_and_scopes < MOST_CAPACITY_UNITS
    assert len({rule["Priority"] for rule in acl["Rules"]}) == len(acl["Rules"])


def test_a_request_beyond_the_rate_is_not_inspected_further(acl):
    assert min(acl["Rules"], key=itemgetter("Priority"))["Name"] == "RequestsToTheApi"


def test_every_block_answers_with_an_error_of_the_api(acl):
    bodies = acl["CustomResponseBodies"]
    answers = {
        (response["ResponseCode"], response["CustomResponseBodyKey"]) for response in blocks(acl)
    }

    assert answers == {(403, "request_blocked"), (429, "too_many_requests")}
    for _, code in answers:
        body = json.loads(bodies[code]["Content"])
        error = Error.model_validate(body, strict=True)
        assert bodies[code]["ContentType"] == "APPLICATION_JSON"
        assert len(bodies[code]["Content"]) < MOST_BYTES_OF_A_BODY
        assert error.error == messages.message("error", code, body["params"])
        assert (error.code, {*error.params}) == (code, {*EDGE_CODES[code]})


def test_who_sends_too_many_requests_learns_when_to_try_again(acl):
    headers = {
        response["ResponseCode"]: {
            header["Name"]: header["Value"] for header in response["ResponseHeaders"]
        }
        for response in blocks(acl)
    }

    assert headers[429] == {"Cache-Control": "no-store", "Retry-After": "300"}
    assert headers[403] == {"Cache-Control": "no-store"}


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.code)
def test_the_site_has_a_sentence_for_each_answer_in_both_languages(answer):
    for language in ("en", "de"):
        assert messages.catalogue(language)["error"][answer.code]


def test_logs_and_samples_have_no_secrets_and_no_content(acl):
    protections = acl["DataProtectionConfig"]["DataProtections"]
    fields = {
        protection["Field"]["FieldType"]: protection["Field"].get("FieldKeys")
        for protection in protections
    }

    assert fields.keys() == {"SINGLE_HEADER", "QUERY_STRING", "BODY"}
    assert set(fields["SINGLE_HEADER"]) == {
        "authorization", "cookie", "referer", "stripe-signature"
    }  # fmt: skip
    for protection in protections:
        assert protection["Action"] == "SUBSTITUTION"
        assert not protection.get("ExcludeRuleMatchDetails")
        assert not protection.get("ExcludeRateBasedDetails")


def test_only_blocked_requests_are_logged_and_deleted_in_time(stage):
    logging = stage.only("AWS::WAFv2::LoggingConfiguration")
    edge = stage.templates["docket-prod-edge-eu-central-1"]["Resources"].values()
    (resource,) = [item for item in edge if item["Type"] == "AWS::Logs::LogGroup"]
    group = resource["Properties"]
    (arn,) = logging["LogDestinationConfigs"]

    (acl_id,) = stage.of_type("AWS::WAFv2::WebACL")
    assert logging["ResourceArn"] == {"Fn::GetAtt": [acl_id, "Arn"]}
    assert logging["LoggingFilter"]["DefaultBehavior"] == "DROP"
    (only,) = logging["LoggingFilter"]["Filters"]
    assert only["Behavior"] == "KEEP"
    assert only["Conditions"] == [{"ActionCondition": {"Action": "BLOCK"}}]
    assert group["LogGroupName"] == "aws-waf-logs-docket-prod-eu-central-1-firewall"
    assert group["RetentionInDays"] == PROD.log_retention_days
    assert stage.settings.keeps_data
    # Its name is free when the firewall is switched on again.
    assert (resource["DeletionPolicy"], resource["UpdateReplacePolicy"]) == ("Delete", "Delete")
    assert stage.resolved(arn) == (
        f"arn:aws:logs:us-east-1:123456789012:log-group:{group['LogGroupName']}"
    )

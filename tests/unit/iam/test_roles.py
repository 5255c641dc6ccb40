"""Roles are read from all templates of an assembly, as CloudFormation would deploy them."""

import json
from typing import Any

import pytest

from tests.iam.assembly import Assembly
from tests.iam.calls import LEADING_KEYS, CombinedNeed
from tests.iam.policy import UnsupportedPolicy, allows
from tests.iam.roles import plain_roles, roles_from, roles_of

type Json = dict[str, Any]

TABLE_ARN = "arn:aws:dynamodb:eu-central-1:123456789012:table/docket-dev"
PARAMETER = {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/docket/dev/queue"}


def resource(kind: str, **properties: Any) -> Json:
    return {"Type": f"AWS::{kind}", "Properties": properties}


def statement(action: str, on: Any, **more: Any) -> Json:
    return {"Effect": "Allow", "Action": action, "Resource": on, **more}


def data_stack() -> Json:
    return {
        "Table": resource("DynamoDB::GlobalTable", TableName="docket-dev"),
        "Queue": resource("SQS::Queue"),
        "QueueUrl": resource("SSM::Parameter", Name="/docket/dev/queue", Value={"Ref": "Queue"}),
    }


def function_stack(*statements: Json, **role: Any) -> Json:
    account = ["arn:aws:dynamodb:", {"Ref": "AWS::Region"}, ":", {"Ref": "AWS::AccountId"}]
    table = {"Fn::Join": ["", [*account, ":table/docket-dev"]]}
    on_users = {"ForAllValues:StringLike": {LEADING_KEYS: "USER#*"}}
    return {
        "Logs": resource("Logs::LogGroup"),
        "Role": resource("IAM::Role", **role),
        "Policy": resource(
            "IAM::Policy",
            Roles=[{"Ref": "Role"}],
            PolicyDocument={
                "Statement": [
                    statement("dynamodb:GetItem", table, Condition=on_users),
                    statement("sqs:SendMessage", {"Fn::GetAtt": ["Own", "Arn"]}),
                    *statements,
                ]
            },
        ),
        "Own": resource("SQS::Queue", QueueName="own"),
        "Function": resource(
            "Lambda::Function",
            Handler="orders/get.handler",
            Role={"Fn::GetAtt": ["Role", "Arn"]},
            LoggingConfig={"LogGroup": {"Ref": "Logs"}},
            TracingConfig={"Mode": "Active"},
            Environment={
                "Variables": {
                    "DOCKET_TABLE": "docket-dev",
                    "DOCKET_QUEUE_URL": {"Ref": "QueueParameter"},
                    "DOCKET_OWN_QUEUE_URL": {"Ref": "Own"},
                    "DOCKET_EDGE_KEY": {"Fn::Unknown": "not a resource"},
                }
            },
        ),
        "Alias": resource("Lambda::Alias", FunctionName={"Ref": "Function"}, Name="live"),
        "Mapping": resource(
            "Lambda::EventSourceMapping",
            FunctionName={"Ref": "Alias"},
            EventSourceArn={"Fn::GetAtt": ["Own", "Arn"]},
        ),
    }


@pytest.fixture
def role_of(tmp_path):
    def write_and_read(functions):
        data = {"Resources": data_stack()}
        app = {"Resources": functions, "Parameters": {"QueueParameter": PARAMETER}}
        (tmp_path / "data.template.json").write_text(json.dumps(data))
        (tmp_path / "app.template.json").write_text(json.dumps(app))
        return roles_of(Assembly(tmp_path))["orders/get"]

    return write_and_read


def test_a_need_becomes_a_request_on_the_deployed_resource(role_of):
    role = role_of(function_stack())
    need = CombinedNeed("dynamodb:GetItem", "DOCKET_TABLE", "", LEADING_KEYS, frozenset({"USER#1"}))

    request = role.request(need)

    assert request.resource == TABLE_ARN
    assert allows(role.statements, request)


def test_a_name_from_another_stack_is_resolved(role_of):
    role = role_of(function_stack())
    need = CombinedNeed("sqs:SendMessage", "DOCKET_QUEUE_URL", "", "", frozenset())

    request = role.request(need)

    assert request.resource == "arn:aws:sqs:eu-central-1:123456789012:Queue"
    assert not allows(role.statements, request)


def test_a_resource_without_a_variable_is_denied(role_of):
    role = role_of(function_stack(statement("s3:GetObject", "*")))
    need = CombinedNeed("s3:GetObject", "DOCKET_BUCKET", "uploads/1", "", frozenset())

    assert role.request(need).resource == ""


def test_lambda_itself_needs_logs_traces_and_the_event_source(role_of):
    requests = role_of(function_stack()).lambda_requests

    assert {request.action.partition(":")[0] for request in requests} == {"logs", "xray", "sqs"}
    assert {request.resource for request in requests if "sqs" in request.action} == {
        "arn:aws:sqs:eu-central-1:123456789012:own"
    }
    assert all("log-group:Logs:log-stream:" in r.resource for r in requests if "logs:" in r.action)


def test_roles_are_sent_between_processes(role_of):
    role = role_of(function_stack())
    plain = plain_roles({"dev": ("jwt", {"orders/get": role})})

    ((identity, roles),) = roles_from(json.loads(json.dumps(plain))).values()

    assert identity == "jwt"
    assert plain_roles({"dev": (identity, roles)}) == plain


@pytest.mark.parametrize("field", ["ManagedPolicyArns", "Policies", "PermissionsBoundary"])
def test_a_role_with_another_kind_of_policy_is_refused(role_of, field):
    with pytest.raises(UnsupportedPolicy):
        role_of(function_stack(**{field: []}))


def test_an_unknown_expression_is_refused(role_of):
    with pytest.raises(ValueError, match="unknown expression"):
        role_of(function_stack(statement("s3:GetObject", {"Fn::ImportValue": "table"})))

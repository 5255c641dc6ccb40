"""A missing grant, a needless statement and a statement of one test are found."""

from dataclasses import replace

import pytest

from tests.iam.calls import LEADING_KEYS, Need
from tests.iam.judgement import Judgement, of_one_test, unneeded
from tests.iam.policy import Request, Statement
from tests.iam.recording import Call, Recording
from tests.iam.roles import Role

TABLE = "arn:aws:dynamodb:eu-central-1:123456789012:table/docket"
LOGS = Request("logs:PutLogEvents", "arn:aws:logs:::log", {})


def items(actions, *keys):
    names = [f"dynamodb:{action}" for action in actions.split()]
    condition = {"ForAllValues:StringLike": {LEADING_KEYS: [f"{key}#*" for key in keys]}}
    return {"Effect": "Allow", "Action": names, "Resource": TABLE, "Condition": condition}


def call(*parts, function="orders/get", identity="jwt"):
    """A call with parts such as `("PutItem", "USER#1")`."""
    needs = (
        Need(f"dynamodb:{action}", "DOCKET_TABLE", "", LEADING_KEYS, key) for action, key in parts
    )
    return Call(function, identity, tuple(needs))


READ = call(("GetItem", "USER#1"))
WRITE = call(("UpdateItem", "USER#1"), ("PutItem", "ORDER#1"), ("PutItem", "USER#2"))


def judge(
    statements,
    calls,
    *,
    identity="jwt",
    knows_identity=True,
    lambda_requests=(),
    malware_scan=False,
):
    recording = Recording()
    for recorded_call, *tests in calls:
        for test in tests:
            recording.add(recorded_call, test)
    role = Role(
        tuple(Statement(document) for document in statements),
        {"DOCKET_TABLE": "docket"},
        knows_identity,
        tuple(lambda_requests),
        malware_scan,
    )
    return Judgement(recording, {"orders/get": role}, identity)


@pytest.mark.parametrize(
    ("statements", "readings"),
    [
        ([items("UpdateItem", "USER")], 3),
        ([items("UpdateItem", "USER"), items("PutItem", "ORDER"), items("PutItem", "USER")], 2),
        ([items("UpdateItem", "USER"), items("PutItem", "ORDER", "USER")], 1),
        ([items("UpdateItem PutItem", "USER", "ORDER")], 0),
    ],
)
def test_a_transaction_is_judged_by_three_readings(statements, readings):
    denied = judge(statements, [(WRITE, "test_a")]).denied()

    assert len({line.partition(":")[0] for line in denied}) == readings


def test_a_denial_names_the_function_the_action_and_the_prefix_of_the_key():
    denied = judge([], [(READ, "test_a")]).denied()

    assert denied[0] == (f"orders/get, all keys of an action: dynamodb:GetItem of USER on {TABLE}")


@pytest.mark.parametrize(
    ("knows_identity", "made_with", "is_denied"),
    [
        (True, "jwt", False),
        (True, "cognito", True),
        (False, "jwt", False),
        (False, "cognito", True),
        (False, "", True),
    ],
)
def test_a_call_counts_with_the_identity_that_it_depends_on(knows_identity, made_with, is_denied):
    recorded_call = replace(READ, identity=made_with)
    judgement = judge([], [(recorded_call, "t")], identity="cognito", knows_identity=knows_identity)

    assert bool(judgement.denied()) == is_denied


@pytest.mark.parametrize(("role_scans", "is_denied"), [(True, True), (False, False)])
def test_a_call_of_a_stage_that_scans_counts_in_such_stages_only(role_scans, is_denied):
    scanning = replace(READ, malware_scan=True)

    judgement = judge([], [(scanning, "t")], malware_scan=role_scans)

    assert bool(judgement.denied()) == is_denied


def test_a_request_of_lambda_itself_is_judged():
    assert judge([], [], lambda_requests=[LOGS]).denied() == [
        "orders/get, Lambda itself: logs:PutLogEvents on arn:aws:logs:::log"
    ]


def test_a_statement_that_no_call_needs_is_found():
    statements = [items("GetItem", "USER"), items("DeleteItem", "USER"), items("GetItem", "ORDER")]

    found = unneeded(judge(statements, [(READ, "test_a")]).statements())

    assert [line.partition(" on ")[0] for line in found] == [
        "orders/get: dynamodb:DeleteItem",
        "orders/get: dynamodb:GetItem",
    ]


def test_of_two_statements_for_the_same_call_neither_is_needed():
    statements = [items("GetItem", "USER"), items("GetItem", "USER", "ORDER")]

    assert len(unneeded(judge(statements, [(READ, "test_a")]).statements())) == 2


def test_an_action_that_no_call_needs_is_found_beside_one_that_is_needed():
    statements = [items("GetItem PutItem", "USER")]

    (line,) = unneeded(judge(statements, [(READ, "test_a")]).statements())

    assert line.startswith("orders/get: dynamodb:PutItem on ")


def test_an_action_that_some_readings_allow_twice_is_found():
    statements = [items("UpdateItem PutItem", "USER", "ORDER"), items("UpdateItem", "USER")]

    found = unneeded(judge(statements, [(WRITE, "test_a")]).statements())

    assert {line.partition(" on ")[0] for line in found} == {"orders/get: dynamodb:UpdateItem"}


def test_a_statement_of_one_test_is_listed():
    statements = [items("GetItem", "USER"), items("UpdateItem PutItem", "USER", "ORDER")]
    calls = [(READ, "test_a", "test_b"), (WRITE, "test_a")]

    lines = of_one_test(judge(statements, calls).statements())

    assert [line.partition(" on ")[0] for line in lines] == [
        "orders/get: dynamodb:PutItem",
        "orders/get: dynamodb:UpdateItem",
    ]
    assert all(line.endswith(": test_a") for line in lines)


def test_recordings_of_processes_are_merged():
    first, second = Recording(), Recording()
    first.add(READ, "test_a")
    second.add(READ, "test_b")
    second.add(WRITE, "test_b")

    first.merge(second.plain())

    assert first.tests == {READ: {"test_a", "test_b"}, WRITE: {"test_b"}}


@pytest.mark.parametrize(("function", "is_denied"), [("account/get", True), ("auth/logout", False)])
def test_a_call_with_cognito_counts_with_the_gateway_unless_the_row_differs(function, is_denied):
    recording = Recording()
    recording.add(replace(READ, function=function, identity="cognito"), "t")
    role = Role((), {"DOCKET_TABLE": "docket"}, knows_identity=True, lambda_requests=())

    judgement = Judgement(recording, {function: role}, "gateway")

    assert bool(judgement.denied()) == is_denied

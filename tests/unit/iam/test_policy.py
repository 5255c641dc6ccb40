"""The evaluator decides as AWS documents it, and refuses what it does not know."""

import pytest

from tests.iam.policy import Request, Statement, UnsupportedPolicy, allows

TABLE = "arn:aws:dynamodb:eu-central-1:123456789012:table/docket"
LEADING_KEYS = "dynamodb:LeadingKeys"


def allow(**changes):
    return Statement({"Effect": "Allow", "Action": "dynamodb:GetItem", "Resource": TABLE} | changes)


def on_keys(*patterns, operator="ForAllValues:StringLike"):
    return allow(Condition={operator: {LEADING_KEYS: list(patterns)}})


def get(*keys, action="dynamodb:GetItem", resource=TABLE):
    return Request(action, resource, {LEADING_KEYS: frozenset(keys)} if keys else {})


def test_nothing_is_allowed_by_default():
    assert not allows([], get())
    assert not allows([allow()], get(action="dynamodb:PutItem"))
    assert not allows([allow()], get(resource=f"{TABLE}/index/GSI1"))


def test_a_denial_outweighs_every_allowance():
    assert allows([allow()], get())
    assert not allows([allow(), allow(Effect="Deny")], get())
    assert allows([allow(), allow(Effect="Deny", Action="dynamodb:PutItem")], get())


@pytest.mark.parametrize(
    ("pattern", "matches"),
    [
        (f"{TABLE}*", True),
        (TABLE.replace("docket", "dock??"), True),
        (TABLE.replace("docket", "dock?"), False),
        (TABLE.replace("docket", "doc.*"), False),
        ("*", True),
    ],
)
def test_a_resource_has_wildcards(pattern, matches):
    assert allows([allow(Resource=[pattern])], get()) == matches


def test_an_action_has_wildcards_and_no_case():
    assert allows([allow(Action=["dynamodb:get*"])], get())
    assert not allows([allow(Action=["dynamodb:get?"])], get())


def test_all_values_of_a_key_must_match_a_pattern():
    statement = on_keys("USER#*", "ERASE")

    assert allows([statement], get("USER#ada"))
    assert allows([statement], get("USER#ada", "ERASE"))
    assert not allows([statement], get("ERASED"))
    assert not allows([statement], get("USER#ada", "ORDER#1"))


def test_statements_do_not_combine_for_the_values_of_one_request():
    assert not allows([on_keys("USER#*"), on_keys("ORDER#*")], get("USER#ada", "ORDER#1"))


def test_a_request_without_the_key_satisfies_only_the_operator_for_all_values():
    assert allows([on_keys("USER#*")], get())
    assert not allows([on_keys("USER#*", operator="StringLike")], get())


@pytest.mark.parametrize(
    "changes",
    [
        {"NotAction": "dynamodb:PutItem"},
        {"Effect": "Maybe"},
        {"Condition": {"StringNotEquals": {LEADING_KEYS: "USER#ada"}}},
        {"Condition": {"ForAnyValue:StringLike": {LEADING_KEYS: "USER#*"}}},
        {"Condition": {"StringLike": {"dynamodb:LeadingKey": "USER#*"}}},
        {"Resource": "${aws:username}"},
    ],
)
def test_an_unknown_element_is_refused(changes):
    with pytest.raises(UnsupportedPolicy):
        allow(**changes)

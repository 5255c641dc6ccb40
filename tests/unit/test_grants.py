"""An unused grant fails a complete run of the tests of handlers."""

from types import SimpleNamespace
from typing import Any

import pytest

from infra.endpoint_spec import FunctionSpec, Grant, Objects
from infra.endpoints import (
    BY_STATUS,
    DELETE,
    GET,
    QUERY,
    READ_OBJECT,
    RECEIVE,
    RESULTS,
    SEND,
    USERS,
    WRITE_OBJECT,
)
from tests import conftest, grants

ROW = FunctionSpec(
    name="orders/get",
    table=(Grant((GET, DELETE), (USERS,)), Grant((QUERY,), (USERS,), index=BY_STATUS)),
    objects=(Objects((READ_OBJECT, WRITE_OBJECT), RESULTS),),
    queue=RECEIVE + SEND,
    secrets=("stripe",),
    user_pool=("cognito-idp:AdminGetUser",),
)
CALLS: list[tuple[str, str, dict[str, Any]]] = [
    ("dynamodb", "GetItem", {"Key": {"PK": {"S": "USER#ada"}}}),
    ("s3", "GetObject", {"Key": "results/1.json"}),
]


def used():
    return {grant for call in CALLS for grant in grants.used(ROW, *call)}


def test_a_grant_without_a_call_is_unused():
    assert grants.unused([ROW], used()) == [
        "orders/get: cognito-idp:AdminGetUser",
        "orders/get: dynamodb:DeleteItem - USER#",
        "orders/get: dynamodb:Query GSI1 USER#",
        "orders/get: s3:PutObject results/",
        "orders/get: secret stripe",
        "orders/get: sqs:SendMessage",
    ]


def test_a_call_of_the_table_does_not_use_a_grant_of_its_index():
    query = {"ExpressionAttributeValues": {":pk": {"S": "USER#ada"}}}

    assert grants.used(ROW, "dynamodb", "Query", query) == set()
    assert grants.missing(ROW, "dynamodb", "Query", query) == ["dynamodb:Query - USER#ada"]


def finish(*outputs, exit_code=pytest.ExitCode.OK):
    """The exit code of a run with these outputs of workers."""
    config: Any = SimpleNamespace()
    run = conftest.Run(config, [ROW])
    for output in outputs:
        run.pytest_testnodedown(SimpleNamespace(workeroutput=output))
    session: Any = SimpleNamespace(exitstatus=exit_code)
    run.pytest_sessionfinish(session)
    return session.exitstatus


def test_a_complete_run_fails_for_an_unused_grant():
    every = {f"orders/get: {grant}" for grant in grants.granted(ROW)}
    first, second = used(), every - used()
    whole = {conftest.WHOLE: True}

    assert finish({conftest.USED: first} | whole) == pytest.ExitCode.TESTS_FAILED
    assert finish({conftest.USED: first}) == pytest.ExitCode.OK
    assert finish({conftest.USED: first} | whole, {conftest.USED: second}) == pytest.ExitCode.OK


def test_an_interrupted_run_does_not_check_grants():
    interrupted = pytest.ExitCode.INTERRUPTED

    assert finish({conftest.WHOLE: True}, exit_code=interrupted) == interrupted

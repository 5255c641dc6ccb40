"""A run of all the handlers' tests fails for a grant that is unused, missing or needless."""

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest

from infra.endpoint_spec import FunctionSpec, Grant, Messages, Objects, transaction
from infra.endpoints.actions import (
    BY_STATUS,
    DELETE,
    GET,
    ORDERS,
    PUT,
    QUERY,
    READ_OBJECT,
    RECEIVE,
    RESULTS,
    SEND,
    UPDATE,
    USERS,
    WRITE_OBJECT,
)
from tests import grants
from tests.iam.calls import LEADING_KEYS, Need
from tests.iam.policy import Statement
from tests.iam.recording import Call, Recording
from tests.iam.roles import Role, plain_roles
from tests.iam.run import CALLS, DENIED, NO_ROLES, ROLES, SYNTHESISES, UNNEEDED, WHOLE, Run

NAME = "orders/get"
ROW = FunctionSpec(
    name=NAME,
    table=(Grant((GET, DELETE), (USERS,)), Grant((QUERY,), (USERS,), index=BY_STATUS)),
    objects=(Objects((READ_OBJECT, WRITE_OBJECT), RESULTS),),
    queues=(Messages(RECEIVE, ("uploads",)), Messages(SEND, ("readings",))),
    secrets=("stripe",),
    user_pool=("cognito-idp:AdminGetUser",),
    unused_reasons={f"{action} uploads": "Lambda receives the messages" for action in RECEIVE},
)


def item(action: str, key: str, path: str = "") -> Need:
    return Need(action, "DOCKET_TABLE", path, LEADING_KEYS, key)


GET_USER = Call(NAME, "jwt", (item(GET, "USER#ada"),))
CALLS_MADE = [GET_USER, Call(NAME, "jwt", (Need(READ_OBJECT, "DOCKET_BUCKET", "results/1.json"),))]
EVERY_CALL = [
    *CALLS_MADE,
    Call(
        NAME,
        "jwt",
        (
            item(DELETE, "USER#ada"),
            item(QUERY, "USER#ada", "index/GSI1"),
            Need(WRITE_OBJECT, "DOCKET_BUCKET", "results/1.json"),
            Need(SEND[0], "DOCKET_READINGS_QUEUE_URL"),
            Need("secretsmanager:GetSecretValue", "DOCKET_STRIPE_SECRET"),
            Need("cognito-idp:AdminGetUser", "DOCKET_USER_POOL_ID"),
        ),
    ),
]


def test_a_grant_without_a_call_is_unused():
    assert grants.unused([ROW], grants.used(CALLS_MADE, [ROW])) == [
        "orders/get: cognito-idp:AdminGetUser",
        "orders/get: dynamodb:DeleteItem - USER#",
        "orders/get: dynamodb:Query GSI1 USER#",
        "orders/get: s3:PutObject results/",
        "orders/get: secret stripe",
        "orders/get: sqs:SendMessage readings",
    ]


def test_a_call_of_the_table_does_not_use_a_grant_of_its_index():
    query = Call(NAME, "jwt", (item(QUERY, "USER#ada"),))

    assert grants.used([query], [ROW]) == set()
    assert grants.missing(ROW, query.needs) == ["dynamodb:Query - USER#ada"]


def test_an_explained_grant_must_exist_and_be_unused():
    row = FunctionSpec(
        name=NAME,
        table=(Grant((GET,), (USERS,)),),
        unused_reasons={"dynamodb:GetItem - USER#": "used", "sqs:SendMessage": "absent"},
    )

    assert grants.misexplained([ROW], grants.used(CALLS_MADE, [ROW])) == []
    assert grants.misexplained([row], grants.used(CALLS_MADE, [row])) == [
        "orders/get: dynamodb:GetItem - USER#",
        "orders/get: sqs:SendMessage",
    ]


def test_a_transaction_uses_each_action_on_the_keys_of_all_parts():
    row = FunctionSpec(
        name=NAME, table=(transaction(Grant((UPDATE,), (USERS,)), Grant((PUT,), (ORDERS,))),)
    )
    call = Call(NAME, "jwt", (item(UPDATE, "USER#ada"), item(PUT, "ORDER#1")))

    assert row.table == (Grant((UPDATE, PUT), (USERS, ORDERS)),)
    assert grants.unused([row], grants.used([call], [row])) == []


def test_a_call_on_a_thread_of_a_handler_is_the_handlers():
    namespace: dict[str, Any] = {"calling_row": grants.calling_row, "Threads": ThreadPoolExecutor}
    code = "with Threads() as threads: rows = list(threads.map(lambda _: calling_row(), range(2)))"
    path = next(path for path, row in grants._ROWS.items() if row.name == NAME)

    exec(compile(code, path, "exec"), namespace)  # noqa: S102 - a handler that uses threads

    assert [row.name for row in namespace["rows"]] == [NAME, NAME]


def recorded(*calls: Call, test: str = "test_a") -> dict[str, Any]:
    recording = Recording()
    for call in calls:
        recording.add(call, test)
    return {CALLS: recording.plain()}


def finish(*outputs, exit_code=pytest.ExitCode.OK, rows=(ROW,)):
    """The exit code of a run with these outputs of workers, and the titles of what it found."""
    config: Any = SimpleNamespace()
    run = Run(config, rows, Recording(), {})
    for output in outputs:
        run.pytest_testnodedown(SimpleNamespace(workeroutput=output))
    session: Any = SimpleNamespace(exitstatus=exit_code)
    run.pytest_sessionfinish(session)
    return session.exitstatus, [title for title, found in run.findings.items() if found]


def exit_code(*outputs):
    return finish(*outputs)[0]


def test_a_complete_run_fails_for_an_unused_grant():
    whole = {WHOLE: True}
    some, every = recorded(*CALLS_MADE), recorded(*EVERY_CALL)

    assert exit_code(some | whole) == pytest.ExitCode.TESTS_FAILED
    assert exit_code(some) == pytest.ExitCode.OK
    assert exit_code(some | whole, every) == pytest.ExitCode.OK


def test_an_interrupted_run_does_not_check_grants():
    interrupted = pytest.ExitCode.INTERRUPTED

    assert finish({WHOLE: True}, exit_code=interrupted) == (interrupted, [])


def roles(*actions):
    """The roles of a stage in which the function's role has a statement for each action."""
    statements = tuple(
        Statement({"Effect": "Allow", "Action": action, "Resource": "*"}) for action in actions
    )
    role = Role(statements, {"DOCKET_TABLE": "docket"}, knows_identity=False, lambda_requests=())
    return {ROLES: plain_roles({"dev": ("jwt", {NAME: role})})}


@pytest.mark.parametrize(
    ("actions", "title"), [((), DENIED), ((GET, PUT), UNNEEDED), ((GET,), None)]
)
def test_a_complete_run_fails_for_a_role_that_differs_from_the_calls(actions, title):
    row = FunctionSpec(name=NAME, table=(Grant((GET,), (USERS,)),))
    worker = recorded(GET_USER) | {WHOLE: True}

    code, found = finish(worker, recorded(GET_USER, test="test_b") | roles(*actions), rows=[row])

    assert found == ([f"{title} (dev)"] if title else [])
    assert (code == pytest.ExitCode.TESTS_FAILED) == bool(title)


def test_a_run_of_all_tests_needs_the_roles_of_each_identity():
    row = FunctionSpec(name=NAME)

    code, found = finish({WHOLE: True, SYNTHESISES: True}, rows=[row])

    assert (code, found) == (pytest.ExitCode.TESTS_FAILED, [NO_ROLES])

"""`make deploy` repeats a first deployment that failed, also of a stack with protection."""

import boto3
import pytest

from infra import unfinished
from infra.preflight import credentials
from infra.preflight.account import Account
from infra.preflight.credentials import NO_CREDENTIALS
from infra.settings import PROD
from tests.deployed_stacks import FakeStack, Stacks

REGION = "eu-central-1"


@pytest.fixture
def deployed(monkeypatch):
    """Let the command log in to an account with these stacks."""

    def log_in(**by_region):
        stacks = {region.replace("_", "-"): stacks for region, stacks in by_region.items()}
        clients = Stacks(boto3.Session(), stacks)
        account = Account(clients=clients, id="123456789012", region=REGION, settings=PROD)
        monkeypatch.setattr(credentials, "log_in", lambda *_: account)

    return log_in


@pytest.mark.parametrize("status", ["ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "REVIEW_IN_PROGRESS"])
def test_a_stack_that_was_never_created_loses_its_protection(deployed, capsys, status):
    data = FakeStack("docket-prod-data", protected=True, status=status)
    edge = FakeStack(f"docket-prod-edge-{REGION}", protected=True, status=status)
    deployed(eu_central_1=[data], us_east_1=[edge])

    unfinished.main("prod")

    assert (data.protected, edge.protected) == (False, False)
    assert f"docket-prod-data failed ({status})" in capsys.readouterr().out


@pytest.mark.parametrize(
    "status",
    [
        "CREATE_COMPLETE",
        "CREATE_FAILED",
        "CREATE_IN_PROGRESS",
        "DELETE_FAILED",
        "DELETE_IN_PROGRESS",
        "IMPORT_COMPLETE",
        "IMPORT_ROLLBACK_COMPLETE",
        "IMPORT_ROLLBACK_FAILED",
        "ROLLBACK_IN_PROGRESS",
        "UPDATE_COMPLETE",
        "UPDATE_FAILED",
        "UPDATE_IN_PROGRESS",
        "UPDATE_ROLLBACK_COMPLETE",
        "UPDATE_ROLLBACK_FAILED",
    ],
)
def test_every_other_stack_keeps_its_protection(deployed, capsys, status):
    data = FakeStack("docket-prod-data", protected=True, status=status)
    deployed(eu_central_1=[data])

    unfinished.main("prod")

    assert data.protected
    assert capsys.readouterr().out == ""


def test_stacks_of_other_stages_and_regions_keep_their_protection(deployed):
    here = [FakeStack(name) for name in ("docket-dev-data", "another-docket-prod-data")]
    edge = [FakeStack(name) for name in ("docket-prod-edge-eu-west-1", "docket-prod-data")]
    for stack in (*here, *edge):
        stack.protected, stack.status = True, "ROLLBACK_COMPLETE"
    deployed(eu_central_1=here, us_east_1=edge)

    unfinished.main("prod")

    assert all(stack.protected for stack in (*here, *edge))


def test_nothing_is_deployed_without_credentials_or_to_an_unknown_stage(monkeypatch):
    monkeypatch.setattr(credentials, "log_in", lambda *_: [NO_CREDENTIALS])

    with pytest.raises(SystemExit, match="no AWS credentials"):
        unfinished.main("prod")
    with pytest.raises(SystemExit, match="no stage 'staging'"):
        unfinished.main("staging")

"""The operator ends all sessions of an account, disables and enables it."""

from datetime import timedelta

import pytest

from docket.domain.accounts.second_factor import SecondFactor
from docket.runtime.clock import now
from docket.table import client
from docket.table.accounts import account_access, second_factors, users
from operations import accounts
from operations.accounts import InUserPool, NoSuchAccount
from operations.deployment import Operator
from tests.dynamodb_faults import lost_replies
from tests.make_people import a_credential, a_session
from tests.table_state import stored

OPERATOR = Operator(stage="test", pseudonym="0123456789abcdef")
AT = now()
OPEN = a_session(created_at=AT - timedelta(hours=1))
LATER = a_session(created_at=AT + timedelta(hours=1))


@pytest.fixture
def act(jwt_stage):
    """Run a command on the account of Ada. Returns its line."""
    users.add(a_credential())

    def run(command, account="ada", at=AT):
        (line,) = command(account, OPERATOR, at=at)
        return line

    return run


def admitted():
    access = account_access.find("ada")
    return access.admits(OPEN), access.admits(LATER)


@pytest.mark.parametrize("account", ["ada", "ada@example.com", " ADA@example.com"])
def test_all_sessions_end_and_the_owner_can_sign_in_again(act, account):
    assert act(accounts.end_sessions, account) == "ada: all sessions and API keys have ended"

    assert admitted() == (False, True)


def test_an_account_is_disabled_until_it_is_enabled(act):
    line = f"ada: disabled since {AT:%Y-%m-%dT%H:%MZ}, all sessions have ended"
    assert act(accounts.disable) == line
    assert act(accounts.disable, at=AT + timedelta(days=1)) == line
    assert admitted() == (False, False)

    assert act(accounts.enable) == "ada: enabled; its owner can sign in"
    assert admitted() == (False, False)
    assert account_access.find("ada").admits(a_session(created_at=AT + timedelta(days=2)))


def test_what_is_not_possible_is_said(act):
    assert act(accounts.enable) == "ada: was not disabled"
    client.write(account_access.deleting_write("ada", at=AT))
    assert act(accounts.disable) == "ada: is being deleted"


@pytest.fixture
def factor(act):
    known = users.credential("ada@example.com")
    assert known
    begun = SecondFactor(user_id="ada", sealed_secret="sealed", created_at=AT, confirmed_at=AT)
    second_factors.begin(begun)
    client.write(*users.second_factor_writes(known, is_on=True))


def test_a_lost_second_factor_is_removed(act, factor):
    line = "ada: has no second factor any more, all sessions have ended"
    assert act(accounts.remove_second_factor) == line

    user = users.find("ada")
    assert user
    assert (user.second_factor, user.version) == (False, 2)
    assert second_factors.find("ada") is None
    assert admitted() == (False, True)
    (mail,) = [item for item in stored() if item["PK"].startswith("MAIL#")]
    assert mail["kind"] == "second_factor_reset"
    (record,) = [item for item in stored() if item["PK"] == "OPERATOR"]
    assert (record["what"], record["facts"]) == ("remove-second-factor", {"account": "ada"})
    assert act(accounts.remove_second_factor) == "ada: has no second factor"


def test_a_removal_with_a_lost_reply_succeeds(act, factor):
    with lost_replies(skipped=1):
        line = act(accounts.remove_second_factor)

    assert line == "ada: has no second factor any more, all sessions have ended"


@pytest.mark.parametrize("account", ["eve", "eve@example.com"])
def test_an_unknown_account_is_an_error(act, account):
    with pytest.raises(NoSuchAccount):
        act(accounts.disable, account)


def test_each_act_is_recorded_by_the_id_of_the_account(act):
    for command in (accounts.end_sessions, accounts.disable, accounts.enable):
        act(command, "ada@example.com")

    acts = [item for item in stored() if item["PK"] == "OPERATOR"]
    assert {item["what"] for item in acts} == {"end-sessions", "disable", "enable"}
    assert all(item["facts"] == {"account": "ada"} for item in acts)


def test_a_user_pool_decides_about_its_own_accounts(pool):
    with pytest.raises(InUserPool):
        next(accounts.disable("ada", OPERATOR, at=AT))


def test_the_commands_name_an_account_that_does_not_exist(command, jwt_stage):
    assert command("disable", "eve@example.com") == (2, ["There is no such account."])


def test_the_command_disables(command, jwt_stage):
    users.add(a_credential())

    status, (line,) = command("disable", "ada@example.com")

    assert status == 0
    assert line.startswith("ada: disabled since")
    assert account_access.find("ada").disabled_at

"""The operator ends all sessions of an account, disables and enables it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from docket import auth
from docket.auth.account_security.credentials import credentials
from docket.domain.accounts.second_factor import SecondFactor
from docket.gateways import cognito
from docket.runtime.clock import now
from docket.schemas.accounts.auth import RegisterRequest
from docket.table import client
from docket.table.accounts import account_access, passkeys, second_factors, users
from operations import accounts
from operations.accounts import InUserPool, NoSuchAccount
from operations.deployment import Operator
from tests.dynamodb_faults import before_write, lost_replies
from tests.make_people import a_credential, a_mail, a_passkey, a_session
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
    return access.admits(OPEN), access.admits(replace(LATER, generation=access.generation))


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
    access = account_access.find("ada")
    later = a_session(created_at=AT + timedelta(days=2), generation=access.generation)
    assert access.admits(later)


def test_what_is_not_possible_is_said(act):
    assert act(accounts.enable) == "ada: was not disabled"
    client.write(account_access.deleting_write("ada", at=AT))
    assert act(accounts.disable) == "ada: is being deleted"


@pytest.fixture
def factor(act):
    credential = users.credential("ada@example.com")
    assert credential
    begun = SecondFactor(user_id="ada", sealed_secret="sealed", created_at=AT, confirmed_at=AT)
    second_factors.begin(begun)
    client.write(*users.second_factor_writes(credential, is_on=True))


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


@pytest.fixture
def owner(identity_provider):
    """Ada, who has read German last."""
    request = RegisterRequest(email="ada@example.com", password="seven purple bicycles")
    user = auth.accounts().register(request, key=None, at=AT)
    account_access.record_use(user.id, "de", at=AT)
    return user


@pytest.fixture
def add_passkey(owner):
    def add(number):
        passkey = a_passkey(id=f"{number:032x}", user_id=owner.id)
        answered = passkeys.answered(bytes([number]), until=AT, used_by="R1")
        passkeys.add(passkey, answered, a_mail(id=f"M{number}"))

    return add


def remove_passkeys(owner):
    (line,) = accounts.remove_passkeys(owner.id, OPERATOR, at=AT)
    return line.removeprefix(f"{owner.id}: ")


REMOVED = "has no passkeys any more (2 removed), all sessions have ended"


def test_all_passkeys_are_removed_and_their_owner_gets_a_mail(owner, add_passkey):
    add_passkey(1)
    add_passkey(2)

    assert remove_passkeys(owner) == REMOVED

    assert passkeys.of_user(owner.id) == []
    assert passkeys.count(owner.id) == 0
    assert not account_access.find(owner.id).admits(OPEN)
    (mail,) = [item for item in stored() if item.get("kind") == "passkeys_reset"]
    assert (mail["address"], mail["language"]) == ("ada@example.com", "de")
    assert mail["requested_by"] == owner.id  # not for the next account with the address


def test_the_removal_of_passkeys_is_recorded_and_can_be_repeated(owner, add_passkey):
    add_passkey(1)

    remove_passkeys(owner)

    assert remove_passkeys(owner) == "has no passkeys"
    acts = [item for item in stored() if item["PK"] == "OPERATOR"]
    assert [(item["what"], item["facts"]) for item in acts] == [
        ("remove-passkeys", {"account": owner.id})
    ] * 2
    assert len([item for item in stored() if item.get("kind") == "passkeys_reset"]) == 1


def test_a_passkey_that_is_added_meanwhile_is_not_overlooked(owner, add_passkey):
    add_passkey(1)

    with before_write(lambda: add_passkey(2), number=2):
        line = remove_passkeys(owner)

    assert line == "was changed meanwhile; run the command again"
    assert remove_passkeys(owner) == REMOVED


def test_the_operator_is_told_that_only_a_mailed_link_is_left(act):
    used = passkeys.answered(b"C1", until=AT, used_by="R1")
    passkeys.add(a_passkey(), used, a_mail())
    ada = users.credential("ada@example.com")
    assert ada
    client.write(*users.remove_password_writes(ada))

    removed, left = accounts.remove_passkeys("ada", OPERATOR, at=AT)

    assert "1 removed" in removed
    assert left == "ada: has no password either; its owner sets one by “Forgot your password?”"
    assert passkeys.of_user("ada") == []


def test_a_removal_of_passkeys_with_a_lost_reply_succeeds(owner, add_passkey):
    add_passkey(1)
    add_passkey(2)

    with lost_replies(skipped=1):
        assert remove_passkeys(owner) == REMOVED


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


def test_a_user_pool_decides_about_its_own_sessions(gateway_stage):
    with pytest.raises(InUserPool):
        next(accounts.disable("ada", OPERATOR, at=AT))
    with pytest.raises(InUserPool):
        next(accounts.remove_passkeys("ada", OPERATOR, at=AT))


@pytest.mark.parametrize("name", ["id", " ADA@example.com"])
def test_sessions_of_an_account_in_a_pool_are_the_operators_too(pool, name):
    user = cognito.create("ada@example.com", "Ada").user

    (line,) = accounts.disable(user.id if name == "id" else name, OPERATOR, at=AT)

    assert line.startswith(f"{user.id}: disabled since")
    assert account_access.find(user.id).is_closed
    with pytest.raises(NoSuchAccount):
        next(accounts.disable("eve@example.com", OPERATOR, at=AT))


def test_a_lost_second_factor_of_an_account_in_a_pool_is_removed(pool):
    user = cognito.create("ada@example.com", "Ada").user
    second_factors.begin(SecondFactor(user_id=user.id, sealed_secret="sealed", created_at=AT))
    client.write(*credentials().of(user.id).second_factor_writes(is_on=True))

    (line,) = accounts.remove_second_factor(user.id, OPERATOR, at=AT)

    assert line == f"{user.id}: has no second factor any more, all sessions have ended"
    assert credentials().account(user.id) == replace(user, version=2)
    assert second_factors.find(user.id) is None


def test_the_second_factor_of_an_account_that_is_disabled_in_its_pool_stays(pool):
    user = cognito.create("ada@example.com", "Ada").user
    second_factors.begin(SecondFactor(user_id=user.id, sealed_secret="sealed", created_at=AT))
    cognito._client().admin_disable_user(UserPoolId=pool, Username=user.id)

    (line,) = accounts.remove_second_factor(user.id, OPERATOR, at=AT)

    assert line == f"{user.id}: is disabled in its user pool; enable it there first"
    assert second_factors.find(user.id)


def test_the_commands_name_an_account_that_does_not_exist(command, jwt_stage):
    assert command("disable", "eve@example.com") == (2, ["There is no such account."])


def test_the_command_disables(command, jwt_stage):
    users.add(a_credential())

    status, (line,) = command("disable", "ada@example.com")

    assert status == 0
    assert line.startswith("ada: disabled since")
    assert account_access.find("ada").disabled_at

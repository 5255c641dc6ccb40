from datetime import timedelta

import pytest

from docket.auth import accounts
from docket.domain.errors import IdentityUnreachable
from docket.gateways import cognito
from docket.runtime.clock import now
from docket.table.accounts import users
from docket.table.accounts.pool.pool_leases import LIFETIME
from functions.account import change_email, confirm_email
from functions.api_keys import create as create_key
from functions.auth import login, logout, refresh, register
from functions.sessions import end as end_session
from functions.sessions import end_others as end_other_sessions
from tests.dynamodb_faults import lost_replies
from tests.unit.functions.conftest import (
    PASSWORD,
    WITH_EACH_IDENTITY,
    authorized,
    jwt_unless_parametrized,
)

ADA, NEW = "ada@example.com", "Lovelace@example.com"


identity_provider = jwt_unless_parametrized


@pytest.fixture
def confirm(call):
    def send(token, password=PASSWORD, **fields):
        body = {"token": token, "password": password}
        return call(confirm_email, "POST", "confirm-email", body, **fields)

    return send


@WITH_EACH_IDENTITY
@pytest.mark.parametrize(("first", "second"), [(ADA, NEW), (NEW, ADA)])
def test_both_addresses_confirm_a_change(verified, change, confirm, first, second):
    tokens = change()

    assert confirm(tokens[first]).json["confirmed"] == "one"
    assert accounts().find_by_address(ADA)
    assert confirm(tokens[second]).json["confirmed"] == "both"
    assert accounts().find_by_address(NEW.lower())
    assert accounts().find_by_address(ADA) is None


@WITH_EACH_IDENTITY
def test_a_change_ends_all_sessions_and_is_noticed(change, confirm, sign_in, session, inbox):
    confirm(change()[NEW])

    assert authorized(session["token"]).keys() == {"token"}
    assert sign_in(PASSWORD, ADA) is None
    assert sign_in(PASSWORD, NEW.upper())["user_id"] == session["user_id"]
    user = users.find(session["user_id"])
    assert user
    assert user == accounts().find_by_id(session["user_id"])
    assert (user.email, user.email_verified) == (NEW, True)
    assert inbox() == [(ADA, "The address of your account was changed", None)]


def test_an_address_that_was_never_verified_need_not_confirm(change, confirm):
    tokens = change()

    assert tokens.keys() == {ADA, NEW}, "its owner learns of the request"
    assert confirm(tokens[NEW]).json["confirmed"] == "both"


def test_an_address_that_was_verified_since_the_request_confirms_too(change, confirm, request):
    tokens = change()
    request.getfixturevalue("verified")

    assert confirm(tokens[NEW]).json["confirmed"] == "one"
    assert accounts().find_by_address(ADA)


@pytest.fixture(params=["all others", "that one"])
def end_by_owner(request, call, sign_in):
    """End a session from another one of the same account."""
    if request.param == "all others":
        return lambda _: call(end_other_sessions, "DELETE", "sessions", caller=sign_in())
    return lambda session: call(
        end_session, "DELETE", f"sessions/{session['session_id']}", caller=sign_in()
    )


@WITH_EACH_IDENTITY
def test_the_end_of_sessions_voids_what_they_requested(change, confirm, session, end_by_owner):
    tokens = change()  # by a thief, in `session`

    assert end_by_owner(session).status == 200

    assert confirm(tokens[NEW]).refusal == (409, "link_invalid")
    assert accounts().find_by_address(ADA)


def test_the_reuse_of_a_refresh_token_voids_what_was_requested(
    call, ada, inbox, confirm, monkeypatch
):
    old = call(login, "POST", "login", ada)
    session = authorized(old.json["access_token"])
    call(change_email, "POST", "change-email", {"email": NEW}, caller=session)
    tokens = {to: token for to, _, token in inbox()}
    refreshed = {"refresh_token": old.refresh_token}
    for minutes in (1, 3, 5):
        at = now() + timedelta(minutes=minutes)
        monkeypatch.setattr(refresh, "now", lambda at=at: at)
        reply = call(refresh, "POST", "refresh", refreshed)
    assert reply.status == 401

    assert confirm(tokens[NEW]).refusal == (409, "link_invalid")


def test_a_logout_does_not_void_a_change(call, change, confirm, session):
    tokens = change()
    call(logout, "POST", "logout", caller=session)

    assert confirm(tokens[NEW]).json["confirmed"] == "both"


@WITH_EACH_IDENTITY
def test_a_link_confirms_once(verified, change, confirm):
    tokens = change()
    confirm(tokens[NEW])

    assert confirm(tokens[NEW]).refusal == (409, "link_used")
    assert accounts().find_by_address(ADA)


def test_a_late_link_is_refused(verified, change, confirm, later):
    tokens = change()
    later(confirm_email, minutes=61)

    assert confirm(tokens[NEW]).refusal == (409, "link_expired")


def test_a_scanner_confirms_nothing(scan, verified, change, confirm):
    tokens = change()

    scan(confirm_email, "confirm-email", tokens[NEW])

    assert confirm(tokens[NEW]).json["confirmed"] == "one"


def test_a_later_request_replaces_an_earlier_one(verified, change, confirm):
    earlier, later = change(), change("other@example.com")

    assert confirm(earlier[NEW]).refusal == (409, "link_invalid")
    assert confirm(earlier[ADA]).refusal == (409, "link_invalid")
    assert confirm(later[ADA]).json["confirmed"] == "one"


@WITH_EACH_IDENTITY
def test_an_address_that_was_taken_meanwhile_is_refused(call, change, confirm):
    tokens = change()
    call(register, "POST", "register", {"email": NEW, "password": PASSWORD})

    assert confirm(tokens[NEW]).refusal == (409, "email_taken")
    assert accounts().find_by_address(ADA)


def test_a_taken_address_is_refused_at_its_first_confirmation(call, verified, change, confirm):
    call(register, "POST", "register", {"email": NEW, "password": PASSWORD})

    assert confirm(change()[NEW]).refusal == (409, "email_taken")


@WITH_EACH_IDENTITY
def test_lost_replies_have_one_effect(verified, change, confirm, sign_in, inbox):
    tokens = change()
    with lost_replies(2):
        confirm(tokens[NEW])
    with lost_replies(2):
        assert confirm(tokens[ADA]).json["confirmed"] == "both"

    assert sign_in(PASSWORD, NEW)
    assert len(inbox()) == 1


@WITH_EACH_IDENTITY
def test_the_new_address_needs_the_password_or_a_session(verified, change, confirm, session):
    tokens = change()

    assert confirm(tokens[NEW], None).refusal == (403, "password_required")
    assert confirm(tokens[NEW], "a wrong password").refusal == (401, "wrong_credentials")
    assert confirm(tokens[NEW], None, caller=session).json["confirmed"] == "one"


@WITH_EACH_IDENTITY
def test_a_session_confirms_what_it_completes(change, confirm, session):
    assert confirm(change()[NEW], None, caller=session).json["confirmed"] == "both"


@WITH_EACH_IDENTITY
def test_an_account_that_is_given_a_strangers_address_does_not_get_it(change, confirm):
    """Eve, here `ada`, asks for the address of somebody who follows the link in the mail."""
    tokens = change()

    for password in (None, "nine yellow umbrellas"):
        confirm(tokens[NEW], password)

    assert accounts().find_by_address(NEW.lower()) is None


def test_the_old_address_is_asked_for_nothing_else(verified, change, confirm):
    assert confirm(change()[ADA], None).json["confirmed"] == "one"


@pytest.fixture
def key(call, session):
    """Whether a key that was created before is accepted."""
    body = {"name": "Import", "scopes": ["read"], "expires_in_days": 30}
    text = call(create_key, "POST", "keys", body, caller=session).json["key"]
    return lambda: "api_key_id" in authorized(text)


def test_keys_end_if_the_account_was_not_verified(key, change, confirm):
    assert key()
    assert confirm(change()[NEW]).json["confirmed"] == "both"

    assert not key()


def test_keys_of_a_verified_account_outlast_a_change(key, verified, change, confirm):
    tokens = change()
    assert [confirm(tokens[to]).json["confirmed"] for to in (NEW, ADA)] == ["one", "both"]

    assert key()


IN_POOL = pytest.mark.parametrize("identity_provider", ["pool"], indirect=True)


@pytest.fixture
def interrupted(confirm, fail_use_of_link):
    """Confirm by a link twice: the table fails first, when a user pool has the new address."""

    def send(token):
        fail_use_of_link()
        return [confirm(token).status for _ in range(2)]

    return send


@WITH_EACH_IDENTITY
def test_keys_end_if_the_table_fails_in_between(key, change, interrupted):
    assert interrupted(change()[NEW]) == [502, 200]

    assert not key()


@IN_POOL
def test_keys_end_if_a_sign_in_brings_the_profile_up_to_date_in_between(
    key, change, confirm, sign_in, monkeypatch
):
    token, move = change()[NEW], cognito.move

    def sign_in_meanwhile(*arguments, **named):
        move(*arguments, **named)
        assert sign_in(PASSWORD, NEW)
        monkeypatch.setattr(cognito, "move", move)
        raise IdentityUnreachable

    monkeypatch.setattr(cognito, "move", sign_in_meanwhile)
    assert confirm(token).status == 502
    monkeypatch.setattr(confirm_email, "now", lambda: now() + LIFETIME + timedelta(seconds=1))

    assert confirm(token).status == 200
    assert not key()


@WITH_EACH_IDENTITY
def test_keys_of_a_verified_account_outlast_an_interrupted_change(
    key, verified, change, confirm, interrupted
):
    tokens = change()
    confirm(tokens[NEW])
    assert interrupted(tokens[ADA]) == [502, 200]

    assert key()


@WITH_EACH_IDENTITY
def test_no_notice_of_an_interrupted_change_goes_to_an_address_that_was_not_verified(
    change, interrupted, inbox, request
):
    token = change()[NEW]
    request.getfixturevalue("verifying")
    assert interrupted(token) == [502, 200]

    assert inbox() == []

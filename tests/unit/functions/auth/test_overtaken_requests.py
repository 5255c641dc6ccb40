"""A request that was admitted before its session ended has no effect after that.

The session ends just after the function has looked it up, and before the account is read.
"""

from datetime import timedelta

import pytest

from docket.auth import accounts
from docket.domain.accounts.one_time_link import LinkPurpose
from docket.domain.accounts.user import Caller
from docket.runtime.clock import now
from docket.table import client
from docket.table.accounts import account_access, one_time_links, passkeys, sessions
from functions.account import (
    change_email,
    change_password,
    confirm_email,
    remove_password,
    verify_email,
)
from functions.account import delete as delete_me
from functions.api_keys import create as create_key
from functions.auth import reset_password
from functions.exports import download as download_export
from functions.exports import request as request_export
from functions.passkeys import add as add_passkey
from functions.passkeys import list as list_passkeys
from functions.passkeys import options as passkey_options
from functions.passkeys import remove as remove_passkey
from functions.second_factor import begin_totp, confirm_totp, remove_totp, renew_recovery_codes
from functions.sessions import end as end_session
from functions.sessions import end_others as end_other_sessions
from tests import grants
from tests.soft_authenticator import SoftAuthenticator
from tests.table_state import stored
from tests.unit.functions.conftest import ADA, NEW_ADDRESS, PASSWORD, App, authorized

NEW_PASSWORD = "nine yellow umbrellas"
ONLY_IN_TABLE = pytest.mark.parametrize("identity_provider", ["jwt_stage"], indirect=True)

CHANGE_PASSWORD = (
    change_password,
    "POST",
    "change-password",
    {"password": PASSWORD, "new_password": NEW_PASSWORD},
)
REMOVE_PASSWORD = (remove_password, "DELETE", "me/password")
CHANGE_EMAIL = (change_email, "POST", "change-email", {"email": NEW_ADDRESS})
CREATE_KEY = (create_key, "POST", "keys", {"name": "Import", "scopes": ["read"]})
REQUEST_EXPORT = (request_export, "POST", "me/export")
DELETE_ME = (delete_me, "DELETE", "me")
REMOVE_TOTP = (remove_totp, "DELETE", "mfa/totp")
RENEW_CODES = (renew_recovery_codes, "POST", "mfa/recovery-codes")
END_OTHERS = (end_other_sessions, "DELETE", "sessions")

REFUSED = {
    (409, "changed_meanwhile"),
    (401, "not_signed_in"),
    (409, "link_invalid"),
    (403, "password_required"),
}

OVER = (
    CHANGE_PASSWORD,
    REMOVE_PASSWORD,
    CHANGE_EMAIL,
    CREATE_KEY,
    REQUEST_EXPORT,
    DELETE_ME,
    REMOVE_TOTP,
    RENEW_CODES,
    END_OTHERS,
    (begin_totp, "POST", "mfa/totp"),
    (confirm_totp, "POST", "mfa/totp/confirm", {"code": "123456"}),
    (download_export, "GET", "me/export/archives/1"),
    (end_session, "DELETE", "sessions/01JD0000000000000000000001"),
)


def sending(*request):
    return lambda get: lambda: get("call")(*request, caller=get("session"))


def with_a_factor(*request):
    def prepare(get):
        get("authenticator")
        return sending(*request)(get)

    return prepare


def confirming(get):
    secret = get("begin_factor")().json["secret"]
    code = App(secret, get("clock_at")).next_code()
    return lambda: get("confirm_factor")(code)


def adding_a_passkey(get):
    options = sending(passkey_options, "POST", "passkeys/options")(get)().json
    return sending(add_passkey, "POST", "passkeys", SoftAuthenticator().make(options))(get)


def removing_a_passkey(get):
    get("laptop")
    (passkey,) = sending(list_passkeys, "GET", "passkeys")(get)().json
    return sending(remove_passkey, "DELETE", f"passkeys/{passkey['id']}")(get)


def removing_the_password(get):
    get("laptop")
    return sending(*REMOVE_PASSWORD)(get)


def verifying_the_address(get):
    user = accounts().find_by_address(ADA)
    assert user
    token, link = one_time_links.create(LinkPurpose.VERIFY_ADDRESS, user, ADA, at=now())
    client.write(one_time_links.put(link))
    return sending(verify_email, "POST", "verify-email", {"token": token})(get)


def confirming_the_address(get):
    token = get("change")()[NEW_ADDRESS]
    return sending(confirm_email, "POST", "confirm-email", {"token": token})(get)


ACTS = {
    "verify the address": verifying_the_address,
    "confirm the new address": confirming_the_address,
    "change the password": sending(*CHANGE_PASSWORD),
    "change the address": sending(*CHANGE_EMAIL),
    "create a key": sending(*CREATE_KEY),
    "request an export": sending(*REQUEST_EXPORT),
    "delete the account": sending(*DELETE_ME),
    "turn the factor on": confirming,
    "turn the factor off": with_a_factor(*REMOVE_TOTP),
    "renew the codes": with_a_factor(*RENEW_CODES),
    "end other sessions": sending(*END_OTHERS),
    "add a passkey": adding_a_passkey,
    "remove a passkey": removing_a_passkey,
}
IN_TABLE = {**ACTS, "remove the password": removing_the_password}


@pytest.fixture
def overtaken(monkeypatch, queues):
    """Let something happen after the next look-up. Returns how to read what is stored after it."""

    def by(act):
        look_up, left = sessions.find_with_access, []

        def overtaken_look_up(caller, *, at):
            monkeypatch.setattr(sessions, "find_with_access", look_up)
            found = look_up(caller, at=at)
            with monkeypatch.context() as patch:
                patch.setattr(grants, "calling_row", lambda: None)  # another function acts
                act()
                left.extend(of_accounts())
            return found

        monkeypatch.setattr(sessions, "find_with_access", overtaken_look_up)
        return left

    return by


def end_all(session):
    """End all sessions, later than an authenticator was confirmed by `clock_at`."""
    account_access.end_sessions(session["user_id"], at=now() + timedelta(minutes=5))


def of_accounts():
    """All that is stored but the counts of tries."""
    return [item for item in stored() if not item["PK"].startswith("RATE_LIMIT#")]


def has_no_effect(send, left):
    assert send().refusal in REFUSED
    return of_accounts() == left != []


@pytest.mark.parametrize("prepare", ACTS.values(), ids=ACTS)
def test_a_session_that_ends_meanwhile_changes_nothing(request, session, overtaken, prepare):
    send = prepare(request.getfixturevalue)
    left = overtaken(lambda: end_all(session))

    assert has_no_effect(send, left)
    assert not authorized(session["token"]).get("user_id")


@ONLY_IN_TABLE
def test_a_session_that_ends_meanwhile_removes_no_password(request, session, overtaken):
    send = removing_the_password(request.getfixturevalue)
    left = overtaken(lambda: end_all(session))

    assert has_no_effect(send, left)


@ONLY_IN_TABLE
@pytest.mark.parametrize("prepare", IN_TABLE.values(), ids=IN_TABLE)
def test_a_session_that_is_ended_alone_meanwhile_changes_nothing(
    request, session, overtaken, prepare
):
    caller = Caller(user_id=session["user_id"], session_id=session["session_id"])
    send = prepare(request.getfixturevalue)
    left = overtaken(lambda: sessions.end(caller))

    assert has_no_effect(send, left)


@ONLY_IN_TABLE
def test_a_disabled_account_is_not_deleted_meanwhile(request, session, overtaken):
    disable = account_access.disable_write(session["user_id"], at=now())
    left = overtaken(lambda: client.write(disable))

    reply = sending(*DELETE_ME)(request.getfixturevalue)()

    assert reply.refusal == (403, "account_disabled")
    assert of_accounts() == left


def test_a_reset_of_the_password_overtakes_a_change_of_the_address(
    request, call, session, forget, overtaken
):
    (token,) = forget()
    body = {"token": token, "password": NEW_PASSWORD}
    send = sending(*CHANGE_EMAIL)(request.getfixturevalue)
    left = overtaken(lambda: call(reset_password, "POST", "reset-password", body))

    assert has_no_effect(send, left)


@ONLY_IN_TABLE
def test_a_reset_of_the_password_overtakes_its_removal(request, call, forget, laptop, overtaken):
    (token,) = filter(None, forget())
    body = {"token": token, "password": NEW_PASSWORD}
    send = removing_the_password(request.getfixturevalue)
    left = overtaken(lambda: call(reset_password, "POST", "reset-password", body))

    assert has_no_effect(send, left)


@ONLY_IN_TABLE
def test_a_password_and_the_last_passkey_are_not_both_removed(request, session, monkeypatch):
    """The password is removed after the account was read, which had it."""
    remove_the_passkey = removing_a_passkey(request.getfixturevalue)
    remove_the_password = sending(*REMOVE_PASSWORD)(request.getfixturevalue)
    find = passkeys.find

    def overtaken_find(user_id, passkey_id):
        monkeypatch.setattr(passkeys, "find", find)
        with monkeypatch.context() as patch:
            patch.setattr(grants, "calling_row", lambda: None)  # another function acts
            assert remove_the_password().status == 200
        return find(user_id, passkey_id)

    monkeypatch.setattr(passkeys, "find", overtaken_find)

    assert remove_the_passkey().refusal == (409, "changed_meanwhile")
    assert remove_the_passkey().refusal == (409, "last_passkey")


@ONLY_IN_TABLE
def test_the_last_passkey_and_the_password_are_not_both_removed(request, session, overtaken):
    remove_the_passkey = removing_a_passkey(request.getfixturevalue)
    remove_the_password = sending(*REMOVE_PASSWORD)(request.getfixturevalue)
    left = overtaken(remove_the_passkey)

    assert remove_the_password().refusal == (409, "no_passkey")
    assert of_accounts() == left


@ONLY_IN_TABLE
def test_of_two_passkeys_without_a_password_one_stays(request, call, session, overtaken):
    for _ in range(2):
        adding_a_passkey(request.getfixturevalue)()
    found = call(list_passkeys, "GET", "passkeys", caller=session).json
    first, second = ((remove_passkey, "DELETE", f"passkeys/{passkey['id']}") for passkey in found)
    assert call(*REMOVE_PASSWORD, caller=session).status == 200
    left = overtaken(lambda: call(*first, caller=session))

    assert call(*second, caller=session).refusal == (409, "last_passkey")
    assert of_accounts() == left


@pytest.mark.parametrize("act", OVER, ids=lambda act: act[0].__name__.rpartition(".")[2])
def test_a_session_that_has_ended_since_it_was_admitted_is_refused(call, session, act):
    account_access.end_sessions(session["user_id"], at=now())

    assert call(*act, caller=session).refusal == (401, "not_signed_in")


def test_of_two_requests_at_once_both_end_the_other_sessions(call, session, sign_in, overtaken):
    other = sign_in()
    overtaken(lambda: call(*END_OTHERS, caller=session))

    assert call(*END_OTHERS, caller=session).status == 200
    assert authorized(session["token"])["user_id"]
    assert not authorized(other["token"]).get("user_id")

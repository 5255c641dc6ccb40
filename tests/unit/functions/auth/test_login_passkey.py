import pytest

from docket.domain import rate_limits
from docket.domain.accounts.passkey import passkey_id
from docket.domain.errors import IdentityUnreachable
from docket.gateways import cognito
from docket.runtime import config
from docket.runtime.clock import now
from docket.table import client
from docket.table.accounts import account_access
from functions.account import change_password
from functions.auth import login, login_passkey, login_passkey_options
from functions.passkeys import remove as remove_passkey
from tests.dynamodb_faults import before_write, lost_replies
from tests.soft_authenticator import PRESENT, SoftAuthenticator, from_base64url, to_base64url
from tests.table_state import stored
from tests.unit.functions.conftest import (
    PASSWORD,
    WITH_EACH_IDENTITY,
    authorized,
    jwt_unless_parametrized,
)

IN_POOL = pytest.mark.parametrize("identity_provider", ["pool"], indirect=True)


identity_provider = jwt_unless_parametrized


@WITH_EACH_IDENTITY
def test_a_passkey_opens_a_session_alone(laptop, log_in_by, session):
    reply = log_in_by(laptop)

    assert authorized(reply.json["access_token"])["user_id"] == session["user_id"]
    assert reply.refresh_token
    assert reply.device_token


def test_no_code_is_asked_for(authenticator, laptop, log_in_by):
    assert log_in_by(laptop).json["access_token"]


@WITH_EACH_IDENTITY
def test_a_login_from_a_new_device_owes_a_mail(laptop, log_in_by, later):
    for module in (login_passkey_options, login_passkey):
        later(module, days=1)

    assert log_in_by(laptop).status == 200

    kinds = [item["kind"] for item in stored() if item["PK"].startswith("MAIL#")]
    assert kinds.count("new_device") == 1


def test_a_challenge_is_answered_once(laptop, call, challenge):
    body = laptop.sign(challenge())
    assert call(login_passkey, "POST", "login/passkey", body).status == 200

    assert call(login_passkey, "POST", "login/passkey", body).refusal == (401, "passkey_refused")


def test_a_challenge_expires(laptop, call, challenge, later):
    body = laptop.sign(challenge())
    later(login_passkey, minutes=5)

    assert call(login_passkey, "POST", "login/passkey", body).refusal == (401, "passkey_refused")


@pytest.mark.parametrize(
    "lie",
    [
        {"flags": PRESENT},
        {"origin": "https://docket-example.com"},
        {"relying_party": "example.com"},
        {"key": SoftAuthenticator().key},
        {"credential_id": b"another passkey!"},
        {"user_handle": to_base64url(b"nobody")},
        {"user_handle": to_base64url("näh".encode())},
    ],
    ids=", ".join,
)
def test_what_the_owner_did_not_sign_here_is_refused(laptop, log_in_by, lie):
    for name, value in lie.items():
        setattr(laptop, name, value)

    assert log_in_by(laptop).refusal == (401, "passkey_refused")


@pytest.mark.parametrize("field", ["client_data", "authenticator_data", "signature"])
def test_damaged_answers_are_refused(laptop, log_in_by, challenge, call, field):
    for position in (0, 5, 20, 32, 36):
        body = laptop.sign(challenge())
        content = bytearray(from_base64url(body[field]))
        content[position] ^= 0x5A
        body |= {field: to_base64url(bytes(content))}

        reply = call(login_passkey, "POST", "login/passkey", body)
        assert reply.refusal == (401, "passkey_refused")


def test_a_copied_device_is_refused(add_device, log_in_by):
    token = SoftAuthenticator(counts=True)
    add_device(token)
    assert [log_in_by(token).status for _ in range(2)] == [200, 200]

    token.count -= 1

    assert log_in_by(token).refusal == (401, "passkey_refused")
    assert log_in_by(token).status == 200


def test_two_logins_with_one_count_open_one_session(add_device, log_in_by, call, challenge):
    token = SoftAuthenticator(counts=True)
    add_device(token)
    bodies = [token.sign(challenge())]
    token.count -= 1
    bodies.append(token.sign(challenge()))

    def other():
        assert call(login_passkey, "POST", "login/passkey", bodies[0]).status == 200

    with before_write(other, number=1):
        refused = call(login_passkey, "POST", "login/passkey", bodies[1])

    assert refused.refusal == (401, "passkey_refused")


def test_a_stranger_who_uses_up_the_tries_of_the_password_locks_nobody_out(
    laptop, log_in_by, call, ada
):
    for _ in range(rate_limits.NETWORK_LIMIT):
        assert call(login, "POST", "login", {**ada, "password": "wrong guess"}).status == 401
    assert call(login, "POST", "login", ada).status == 429

    assert log_in_by(laptop).status == 200


def test_tries_of_strangers_use_up_nothing(laptop, log_in_by):
    stranger = SoftAuthenticator(user_handle=laptop.user_handle)
    for _ in range(rate_limits.NETWORK_LIMIT + 1):
        assert log_in_by(stranger).refusal == (401, "passkey_refused")

    assert log_in_by(laptop).status == 200


def test_a_disabled_account_opens_no_session(laptop, log_in_by, session):
    client.write(account_access.disable_write(session["user_id"], at=now()))

    assert log_in_by(laptop).refusal == (403, "account_disabled")


@IN_POOL
@pytest.mark.parametrize("act", ["admin_disable_user", "admin_delete_user"])
def test_an_account_that_may_not_be_used_in_its_pool_opens_no_session(
    laptop, log_in_by, session, act
):
    pool_id = config.read(config.UserPool).user_pool_id
    getattr(cognito._client(), act)(UserPoolId=pool_id, Username=session["user_id"])

    assert log_in_by(laptop).refusal == (403, "account_disabled")


@IN_POOL
def test_a_stranger_without_a_passkey_does_not_reach_the_pool(laptop, log_in_by, monkeypatch):
    def unreachable(name):
        raise IdentityUnreachable

    monkeypatch.setattr(cognito, "find", unreachable)
    stranger = SoftAuthenticator(user_handle=laptop.user_handle)

    assert log_in_by(stranger).refusal == (401, "passkey_refused")


@WITH_EACH_IDENTITY
def test_another_password_leaves_the_passkey(laptop, log_in_by, call, session):
    body = {"password": PASSWORD, "new_password": "nine yellow umbrellas"}
    assert call(change_password, "POST", "change-password", body, caller=session).status == 200

    assert log_in_by(laptop).status == 200


def test_a_login_does_not_escape_a_removal_meanwhile(laptop, log_in_by, call, session):
    path = f"passkeys/{passkey_id(to_base64url(laptop.credential_id))}"

    def remove():
        assert call(remove_passkey, "DELETE", path, caller=session).status == 200

    with before_write(remove, number=1):
        refused = log_in_by(laptop)

    assert refused.refusal == (401, "passkey_refused")


@WITH_EACH_IDENTITY
def test_a_login_does_not_escape_an_end_of_all_sessions_meanwhile(laptop, log_in_by, session):
    def end():
        account_access.end_sessions(session["user_id"], at=now())

    with before_write(end, number=1):
        refused = log_in_by(laptop)

    assert refused.refusal == (401, "passkey_refused")


@WITH_EACH_IDENTITY
def test_a_lost_reply_opens_one_session(laptop, log_in_by):
    def sessions():
        return [item for item in stored() if item.get("refresh_hash")]

    before = len(sessions())
    with lost_replies(4):
        assert log_in_by(laptop).status == 200

    assert len(sessions()) == before + 1


def test_a_new_device_is_noticed_and_then_known(laptop, log_in_by, knows):
    reply = log_in_by(laptop)

    assert knows(reply.device_token)


@WITH_EACH_IDENTITY
def test_the_session_whose_cookie_it_replaces_ends(laptop, log_in_by):
    first = log_in_by(laptop)
    cookies = (f"__Host-docket_refresh={first.refresh_token}",)

    log_in_by(laptop, cookies=cookies)

    assert not authorized(first.json["access_token"]).get("user_id")


def test_each_try_is_logged_with_its_account(laptop, log_in_by, session, logged_tries):
    before = len(logged_tries())
    log_in_by(laptop)
    log_in_by(SoftAuthenticator(user_handle=laptop.user_handle))
    laptop.key = SoftAuthenticator().key
    log_in_by(laptop)

    ada = session["user_id"]
    assert logged_tries()[before:] == [
        ("accepted", ada, "passkey"),
        ("refused", None, "passkey"),
        ("refused", ada, "passkey"),
    ]


def test_neither_a_challenge_nor_an_answer_is_stored(laptop, challenge, call):
    text = challenge()
    body = laptop.sign(text)
    call(login_passkey, "POST", "login/passkey", body)

    everything = repr([*stored()])
    assert text not in everything
    assert body["signature"] not in everything

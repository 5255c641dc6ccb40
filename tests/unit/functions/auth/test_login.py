from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from docket.auth import password_hashing
from docket.domain import rate_limits
from docket.runtime.clock import now
from docket.table import client
from docket.table.accounts import users
from functions.auth import login, register
from tests.table_state import stored
from tests.unit.functions.conftest import ARBITRARY_TEXT, PASSWORD, authorized


@pytest.fixture
def send(call, ada):
    return lambda body, **fields: call(login, "POST", "login", body, **fields)


def test_a_login_returns_an_access_token_and_a_cookie(send, ada):
    reply = send(ada)

    assert reply.status == 200
    assert reply.json.keys() == {"access_token", "token_type", "expires_in", "user"}
    assert reply.json["token_type"] == "Bearer"
    assert reply.json["expires_in"] > 0
    assert reply.json["user"]["email"] == "ada@example.com"
    assert reply.refresh_token
    assert reply.refresh_token not in str(reply.json)


def test_a_wrong_password_and_an_unknown_address_have_the_same_reply(send, ada):
    wrong = send({**ada, "password": "a guess"})
    unknown = send({**ada, "email": "eve@example.com"})

    assert wrong.status == unknown.status == 401
    assert wrong.json == unknown.json
    assert wrong.json["error"] == "Invalid email or password"
    assert wrong.cookies == []


def test_the_id_of_an_account_is_no_address(send, ada):
    """A user pool accepts it. Its tries would be counted beside those of the address."""
    account = send(ada).json["user"]

    assert send({**ada, "email": account["id"]}).refusal == (401, "wrong_credentials")


def guess(send, ada, number, headers=None):
    return send({**ada, "password": f"guess {number}"}, headers=headers).status


def test_viewers_of_the_distribution_are_limited_separately(send, ada, through_distribution):
    for number in range(rate_limits.NETWORK_LIMIT):
        assert guess(send, ada, number, through_distribution("198.51.100.1")) == 401

    assert guess(send, ada, 0, through_distribution("198.51.100.1")) == 429
    assert send(ada, headers=through_distribution("198.51.100.2")).status == 200


def test_addresses_of_one_ipv6_network_are_one_viewer(send, ada, through_distribution):
    statuses = [
        guess(send, ada, number, through_distribution(f"2001:db8:1:2::{number}"))
        for number in range(rate_limits.NETWORK_LIMIT + 1)
    ]

    assert statuses[-1] == 429


@pytest.mark.parametrize(
    ("email", "status"),
    [
        ("\ufdfa" * 100, 401),
        (f"{chr(0xFDFA) * 100}@example.com", 401),
        (f"ada@{chr(0xFDFA) * 100}", 401),
        ("\U0001d15f" * 254, 400),
        ("\ufb2c" * 100, 400),
        ("\U0010fffd" * 254, 401),
        ("\U0010fffd" * 255, 400),
    ],
    ids=range(7),
)
def test_an_unusual_address_is_a_client_error(send, email, status):
    reply = send({"email": email, "password": "seven purple bicycles"})

    assert reply.status == status
    if status == 400:
        assert reply.fields == ["email"]


@ARBITRARY_TEXT
@given(st.text(max_size=127), st.text(max_size=127), st.text(max_size=200))
def test_no_text_is_a_server_error(send, local, domain, password):
    reply = send({"email": f"{local}@{domain}", "password": password})

    assert reply.status < 500


@pytest.mark.parametrize("body", ["{", "[]", "{}", '{"email": "a", "password": {}}'])
def test_an_invalid_body_is_a_bad_request(send, body):
    assert send(body).status == 400


def test_no_secret_is_logged(send, ada, capsys, log_stream):
    token = send(ada).json["access_token"]
    send({**ada, "password": "a wrong guess"})

    output = log_stream.getvalue() + "".join(capsys.readouterr())
    assert "wrong_credentials" in output
    for secret in (ada["password"], ada["email"], token, "a wrong guess"):
        assert secret not in output


def test_a_user_agent_is_stored_with_256_characters(call, jwt_stage):
    body = {"email": "ada@example.com", "password": PASSWORD}
    call(register, "POST", "register", {**body, "full_name": "Ada"})

    call(login, "POST", "login", body, headers={"user-agent": "a" * 1000})

    items = client.dynamodb().scan(TableName="docket")["Items"]
    stored = [item["user_agent"]["S"] for item in items if "user_agent" in item]
    assert stored == ["a" * 256]


def test_a_login_replaces_an_outdated_hash(call, jwt_stage, monkeypatch):
    body = {"email": "ada@example.com", "password": PASSWORD}
    with monkeypatch.context() as patch:
        patch.setattr(
            password_hashing, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8 * 1024)
        )
        call(register, "POST", "register", body)

    assert call(login, "POST", "login", body).status == 200

    credential = users.credential("ada@example.com")
    assert credential
    assert credential.password_hash
    assert not password_hashing.is_outdated(credential.password_hash)


@pytest.fixture
def jwt_ada(jwt_stage, ada_of_yesterday):
    return ada_of_yesterday()


@pytest.fixture
def old_ada(identity_provider, ada_of_yesterday):
    return ada_of_yesterday()


@pytest.fixture
def ada_of_yesterday(call, monkeypatch):
    """The login request of a user who registered a day ago."""

    def registered():
        body = {"email": "ada@example.com", "password": PASSWORD}
        call(register, "POST", "register", body)
        monkeypatch.setattr(login, "now", lambda: now() + timedelta(days=1))
        return body

    return registered


def mails():
    return [item for item in stored() if item["PK"].startswith("MAIL#")]


def test_a_login_from_a_new_device_owes_a_mail_in_its_language(call, old_ada):
    headers = {
        "accept-language": "de",
        "cloudfront-viewer-city": "Bern",
        "cloudfront-viewer-country": "CH",
        "x-docket-viewer": "198.51.100.1",
    }
    reply = call(login, "POST", "login", old_ada, headers=headers)
    device = f"__Host-docket_device={reply.device_token}"

    call(login, "POST", "login", old_ada, cookies=(device,))

    (mail,) = mails()
    assert (mail["kind"], mail["language"]) == ("new_device", "de")
    assert mail["params"]["place"] == "Bern, CH, 198.51.100.1"


def test_a_known_device_is_let_in_during_an_attack(call, jwt_ada, monkeypatch):
    monkeypatch.setattr(rate_limits, "TOTAL_LIMIT", 3)
    token = call(login, "POST", "login", jwt_ada).device_token
    for number in range(4):
        headers = {"x-docket-viewer": f"198.51.{number}.1"}
        call(login, "POST", "login", {**jwt_ada, "password": "a guess"}, headers=headers)

    stranger = call(login, "POST", "login", jwt_ada, headers={"x-docket-viewer": "192.0.2.1"})
    owner = call(login, "POST", "login", jwt_ada, cookies=(f"__Host-docket_device={token}",))

    assert (stranger.status, owner.status) == (429, 200)
    assert int(stranger.headers["Retry-After"]) > 0


def test_a_login_ends_the_session_whose_cookie_it_replaces(call, old_ada):
    first = call(login, "POST", "login", old_ada)
    cookies = (f"__Host-docket_refresh={first.refresh_token}",)

    wrong = call(login, "POST", "login", {**old_ada, "password": "a guess"}, cookies=cookies)
    assert wrong.status == 401
    assert authorized(first.json["access_token"])["user_id"]

    second = call(login, "POST", "login", old_ada, cookies=cookies)
    assert authorized(first.json["access_token"]).keys() == {"token"}
    assert authorized(second.json["access_token"])["user_id"]


def test_a_forged_cookie_ends_no_session(call, jwt_ada):
    first = call(login, "POST", "login", jwt_ada)
    forged = f"{first.refresh_token.rpartition('.')[0]}.{'A' * 43}"

    for value in (forged, "nonsense"):
        cookies = (f"__Host-docket_refresh={value}",)
        assert call(login, "POST", "login", jwt_ada, cookies=cookies).status == 200

    assert authorized(first.json["access_token"])["user_id"]


def test_each_try_is_logged_with_its_account(call, jwt_ada, logged_tries, log_stream):
    user_id = call(login, "POST", "login", jwt_ada).json["user"]["id"]
    call(login, "POST", "login", {**jwt_ada, "password": "a guess"})
    call(login, "POST", "login", {**jwt_ada, "email": "nobody@example.com"})

    assert logged_tries() == [
        ("accepted", user_id, "password"),
        ("refused", user_id, "password"),
        ("refused", None, "password"),
    ]
    assert "example.com" not in log_stream.getvalue()


def test_a_refusal_is_logged_with_its_code(call, jwt_ada, monkeypatch, log_stream):
    monkeypatch.setattr(rate_limits, "NETWORK_LIMIT", 1)
    wrong = {**jwt_ada, "password": "a guess"}
    for body in (wrong, wrong, {**jwt_ada, "unknown": "a text"}):
        call(login, "POST", "login", body)

    output = log_stream.getvalue()
    assert '"code":"too_many_tries"' in output
    assert '"code":"bad_input"' in output
    assert "unknown" not in output

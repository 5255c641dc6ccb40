import json
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docket.gateways import cognito
from docket.table.accounts import users
from functions.auth import forgot_password, login, register, reset_password
from infra.setting_types.rate_limits import RATE_LIMITS
from tests.unit.functions.conftest import ADA, ARBITRARY_TEXT

REGISTRATION = {
    "email": "Ada@example.com",
    "password": "seven purple bicycles",
    "full_name": "Ada Lovelace",
}


@pytest.fixture
def send(call, identity_provider):
    return lambda body, **fields: call(register, "POST", "register", body, **fields)


def test_a_registration_returns_the_user_without_secrets(send):
    reply = send(REGISTRATION)

    assert reply.status == 201
    user = reply.json["user"]
    assert user.keys() == {
        "id",
        "email",
        "full_name",
        "created_at",
        "email_verified",
        "second_factor",
        "has_password",
    }
    assert user["email"] == REGISTRATION["email"]
    assert user["full_name"] == "Ada Lovelace"
    assert "bicycles" not in str(reply.json)
    assert reply.cookies == []


def test_an_address_is_shown_and_mailed_as_it_was_typed(send, call, inbox):
    email = "Ada.Lovelace@example.com"
    send({**REGISTRATION, "email": email})

    body = {"email": email.upper(), "password": REGISTRATION["password"]}
    user = call(login, "POST", "login", body).json["user"]
    call(forgot_password, "POST", "forgot-password", {"email": email.lower()})

    assert user["email"] == email
    assert [to for to, *_ in inbox()] == [email]
    profile = users.find(user["id"])
    assert profile is not None
    assert profile.email == email


def test_a_taken_address_is_a_conflict_except_for_a_repeated_request(send):
    key = {"idempotency-key": "key-1"}
    first = send(REGISTRATION, headers=key)

    assert send(REGISTRATION, headers=key).json == first.json
    repeated = send(REGISTRATION)
    assert (repeated.status, repeated.json["code"]) == (409, "email_taken")


def test_who_registered_the_address_of_another_cannot_try_their_passwords(send, call, inbox):
    key, new_password = {"idempotency-key": "key-1"}, "nine yellow umbrellas"
    assert send(REGISTRATION, headers=key).status == 201
    call(forgot_password, "POST", "forgot-password", {"email": ADA})
    ((*_, token),) = inbox()
    reset = {"token": token, "password": new_password}
    assert call(reset_password, "POST", "reset-password", reset).status == 200

    for password in (new_password, REGISTRATION["password"]):
        repeated = send({**REGISTRATION, "password": password}, headers=key)
        assert repeated.refusal == (409, "email_taken")


def test_a_request_is_repeated_within_a_day(send, later):
    """Else whoever guesses an old key tries passwords, past the limits of logins."""
    key = {"idempotency-key": "key-1"}
    assert send(REGISTRATION, headers=key).status == 201
    later(register, hours=25)

    assert send(REGISTRATION, headers=key).refusal == (409, "email_taken")


@pytest.mark.parametrize("key", ["", "two words", "x" * 256, "é"])
def test_an_invalid_idempotency_key_is_rejected(send, key):
    reply = send(REGISTRATION, headers={"idempotency-key": key})

    assert reply.status == 400
    assert reply.json["details"][0]["field"] == "Idempotency-Key"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"email": "no address"}, "email"),
        ({"email": None}, "email"),
        ({"password": "short"}, "password"),
        ({"password": "password1"}, "password"),
        ({"password": "ada@example.com"}, "password"),
        ({"password": "x" * 10_000}, "password"),
        ({"password": "a\x00bcdefgh"}, "password"),
        ({"password": "abcdefgh\ud800"}, "password"),
        ({"email": "ada\ud800@example.com"}, "email"),
        ({"full_name": "two\nlines"}, "full_name"),
        ({"full_name": "x" * 201}, "full_name"),
        ({"full_name": 7}, "full_name"),
        ({"is_admin": True}, "is_admin"),
    ],
)
def test_an_invalid_field_is_named(send, wrong, field):
    reply = send({**REGISTRATION, **wrong})

    assert (reply.status, reply.json["code"]) == (400, "bad_input")
    assert [detail["field"] for detail in reply.json["details"]] == [field]


@pytest.mark.parametrize(
    "email",
    [
        "\ufdfa" * 100,
        f"{chr(0xFDFA) * 100}@example.com",
        f"ada@{chr(0xFDFA) * 100}.com",
        f"{chr(0xFB2C) * 85}@example.com",
        "\U0010fffd" * 254,
    ],
    ids=range(5),
)
def test_a_long_address_is_rejected_in_any_form(send, email):
    reply = send({**REGISTRATION, "email": email})

    assert reply.status == 400
    assert reply.fields == ["email"]


@ARBITRARY_TEXT
@given(
    st.text(max_size=20),
    st.text(max_size=10).map(lambda domain: f"{domain}.com") | st.just("example.com"),
    st.text(max_size=99),
)
def test_no_text_is_a_server_error(send, local, domain, text):
    reply = send({"email": f"{local}@{domain}", "password": text, "full_name": text})

    assert reply.status < 500


def test_domains_with_different_ascii_forms_are_different_accounts(send):
    for email in ("anna@stra\u00dfe.de", "anna@strasse.de"):
        assert send({**REGISTRATION, "email": email}).status == 201

    for email in ("Anna@STRA\u00dfE.de", "anna@xn--strae-oqa.de", "anna@STRASSE.de"):
        reply = send({**REGISTRATION, "email": email})
        assert reply.refusal == (409, "email_taken")


@pytest.mark.parametrize("body", ["", "not json", "[]", "null", '"text"', "7", "{}", "[" * 5000])
def test_an_invalid_body_is_a_bad_request(send, body):
    assert send(body).status == 400


def test_a_missing_body_is_a_bad_request(send):
    assert send(None).status == 400


def test_registrations_are_limited_by_network(send, monkeypatch):
    limits = {"register": {"network": 2, "site": 2, "everyone": 9}}
    monkeypatch.setenv("DOCKET_RATE_LIMITS", json.dumps(limits))
    for number in range(2):
        assert send({**REGISTRATION, "email": f"{number}@example.com"}).status == 201

    reply = send(REGISTRATION)

    assert (reply.status, reply.json["code"]) == (429, "too_many_tries")
    assert int(reply.headers["Retry-After"]) > 0


def test_a_few_sites_do_not_stop_the_registrations_of_all_others(
    send, through_distribution, monkeypatch
):
    usual = replace(RATE_LIMITS.register, everyone=2)
    monkeypatch.setenv("DOCKET_RATE_LIMITS", json.dumps({"register": asdict(usual)}))

    def register_from(network, number):
        headers = through_distribution(f"{network}.{number}")
        body = {**REGISTRATION, "email": f"{network}-{number}@example.com"}
        return send(body, headers=headers).status

    assert [register_from("203.0.113", number) for number in range(4)] == [201, 201, 201, 429]
    assert register_from("198.51.100", 0) == 201


@pytest.mark.parametrize(
    "email",
    [
        "zq7mark",
        "zq7mark[@example.com",
        "a@zq7mark..com",
        "a@\u2100zq7mark.com",
        'a"zq7mark"@b.com',
    ],
)
def test_an_invalid_address_is_not_in_the_message(send, email):
    reply = send({**REGISTRATION, "email": email})

    assert reply.json["error"] == "email: Must be an email address that can receive mail."
    assert reply.fields == ["email"]


def test_an_incomplete_account_is_completed_with_the_new_name(call, pool):
    cognito.create("ada@example.com", "Half")

    reply = call(register, "POST", "register", REGISTRATION)

    assert reply.status == 201
    assert reply.json["user"]["full_name"] == "Ada Lovelace"

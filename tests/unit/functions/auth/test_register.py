import pytest
from hypothesis import given
from hypothesis import strategies as st

from docket.gateways import cognito
from functions.auth import register
from tests.unit.functions.auth.conftest import ANYTHING

WANTED = {
    "email": "Ada@example.com",
    "password": "seven purple bicycles",
    "full_name": "Ada Lovelace",
}


@pytest.fixture
def send(call, either):
    return lambda body, **fields: call(register, "POST", "register", body, **fields)


def test_who_registers_is_told_who_they_are_and_nothing_secret(send):
    reply = send(WANTED)

    assert reply.status == 201
    user = reply.json["user"]
    assert user.keys() == {"id", "email", "full_name", "created_at", "email_verified"}
    assert user["email"].lower() == "ada@example.com"
    assert user["full_name"] == "Ada Lovelace"
    assert "bicycles" not in str(reply.json)
    assert reply.cookies == []


def test_the_same_address_again_is_a_conflict_but_for_the_same_request(send):
    key = {"idempotency-key": "key-1"}
    first = send(WANTED, headers=key)

    assert send(WANTED, headers=key).json == first.json
    again = send(WANTED)
    assert (again.status, again.json["code"]) == (409, "email_taken")


@pytest.mark.parametrize("key", ["", "two words", "x" * 256, "é"])
def test_a_key_that_cannot_be_one_is_named(send, key):
    reply = send(WANTED, headers={"idempotency-key": key})

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
def test_a_bad_field_is_named(send, wrong, field):
    reply = send({**WANTED, **wrong})

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
def test_an_address_that_is_too_long_is_named_however_it_is_written(send, email):
    reply = send({**WANTED, "email": email})

    assert reply.status == 400
    assert reply.fields == ["email"]


@ANYTHING
@given(
    st.text(max_size=20),
    st.text(max_size=10).map(lambda domain: f"{domain}.com") | st.just("example.com"),
    st.text(max_size=99),
)
def test_no_text_is_a_fault_of_ours(send, local, domain, text):
    reply = send({"email": f"{local}@{domain}", "password": text, "full_name": text})

    assert reply.status < 500


def test_mailboxes_of_domains_that_only_look_alike_are_two_accounts(send):
    for email in ("anna@stra\u00dfe.de", "anna@strasse.de"):
        assert send({**WANTED, "email": email}).status == 201

    for email in ("Anna@STRA\u00dfE.de", "anna@xn--strae-oqa.de", "anna@STRASSE.de"):
        reply = send({**WANTED, "email": email})
        assert reply.refusal == (409, "email_taken")


@pytest.mark.parametrize("body", ["", "not json", "[]", "null", '"text"', "7", "{}", "[" * 5000])
def test_a_body_that_is_no_registration_is_a_bad_request(send, body):
    assert send(body).status == 400


def test_no_body_at_all_is_a_bad_request(send):
    assert send(None).status == 400


def test_who_registers_again_and_again_is_told_to_wait(send, monkeypatch):
    monkeypatch.setenv("DOCKET_REGISTRATIONS", "2")
    for number in range(2):
        assert send({**WANTED, "email": f"{number}@example.com"}).status == 201

    reply = send(WANTED)

    assert (reply.status, reply.json["code"]) == (429, "too_many_tries")
    assert int(reply.headers["Retry-After"]) > 0


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
def test_an_address_that_gets_no_mail_is_refused_without_repeating_it(send, email):
    reply = send({**WANTED, "email": email})

    assert reply.json["error"] == "email: Must be an email address that can receive mail."
    assert reply.fields == ["email"]


def test_an_account_that_was_broken_off_is_finished_under_the_new_name(call, pool):
    cognito.create("ada@example.com", "Half")

    reply = call(register, "POST", "register", WANTED)

    assert reply.status == 201
    assert reply.json["user"]["full_name"] == "Ada Lovelace"

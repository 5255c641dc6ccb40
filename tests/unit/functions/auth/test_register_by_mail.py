import re
from typing import Any

import pytest

from docket.auth import accounts
from docket.gateways import cognito
from docket.table import client
from docket.table.accounts import users
from functions.account import verify_email
from functions.auth import register
from tests.dynamodb_faults import lost_replies
from tests.table_state import stored
from tests.unit.functions.conftest import PASSWORD, jwt_unless_parametrized

identity_provider = jwt_unless_parametrized

NEW = "nine yellow umbrellas"
ADA = "ada@example.com"
REGISTRATION = {"email": ADA, "password": PASSWORD, "full_name": "Ada"}
FORMS = ["jos\u00e9@example.com", "JOSE\u0301@EXAMPLE.com", "Jos\u00e9@example.COM"]


@pytest.fixture
def send(call, verifying):
    return lambda body=None, **fields: call(
        register, "POST", "register", {**REGISTRATION, **(body or {})}, **fields
    )


def verify(call, token):
    return call(verify_email, "POST", "verify-email", {"token": token, "password": PASSWORD})


def is_verified():
    user = accounts().find_by_address(ADA)
    assert user
    return user.email_verified


def test_a_registration_mails_a_link_that_verifies(call, send, inbox):
    reply = send()
    assert (reply.status, reply.json["user"]) == (202, None)
    assert not is_verified()

    ((to, _, token),) = inbox()

    assert to == ADA
    assert verify(call, token).status == 200
    assert is_verified()


@pytest.mark.parametrize("identity_provider", ["pool"], indirect=True)
@pytest.mark.parametrize("password", [f" {NEW}", f"{NEW} ", NEW.replace(" ", "\n")])
def test_a_password_that_the_pool_refuses_does_not_show_whether_there_is_an_account(
    send, inbox, refusing_spaces, password
):
    send()
    inbox()

    replies = [send({"email": email, "password": password}) for email in (ADA, "eve@example.com")]

    assert [(reply.status, reply.fields) for reply in replies] == [(400, ["password"])] * 2
    assert inbox() == []
    assert send({"email": "eve@example.com", "password": NEW}).status == 202
    assert [subject for _, subject, _ in inbox()] == ["Confirm your address"]


@pytest.fixture
def refusing_spaces(monkeypatch):
    """A pool that refuses what Cognito refuses; moto does not."""
    pool = cognito._client()
    set_password = pool.admin_set_user_password

    def strict(**request: Any):
        if not re.fullmatch(r"[\S]+.*[\S]+", request["Password"]):
            error = {"Code": "InvalidParameterException", "Message": "pattern"}
            reply: Any = {"Error": error, "ResponseMetadata": {"HTTPStatusCode": 400}}
            raise pool.exceptions.InvalidParameterException(reply, "AdminSetUserPassword")
        return set_password(**request)

    monkeypatch.setattr(pool, "admin_set_user_password", strict)


def test_a_second_registration_has_the_same_reply_and_mails_the_owner(send, inbox):
    first, _ = send(), inbox()

    second = send({"password": "nine yellow umbrellas"})

    assert (second.status, second.body) == (202, first.body)
    assert inbox() == [(ADA, "You already have an account", None)]
    assert accounts().find_by_address(ADA)


def test_a_repeated_registration_mails_another_link_only(send, inbox):
    key = {"idempotency-key": "key-1"}
    replies = [send(headers=key) for _ in range(2)]

    assert replies[0].body == replies[1].body
    assert {subject for _, subject, _ in inbox()} == {"Confirm your address"}


def test_a_repetition_after_the_link_was_used_says_that_there_is_an_account(call, send, inbox):
    key = {"idempotency-key": "key-1"}
    send(headers=key)
    ((*_, token),) = inbox()
    verify(call, token)

    assert send(headers=key).status == 202
    assert inbox() == [(ADA, "You already have an account", None)]


def test_the_language_of_the_mail_is_that_of_the_request(send, inbox):
    send(headers={"accept-language": "de-AT"})

    assert [subject for _, subject, _ in inbox()] == ["Bestätigen Sie Ihre Adresse"]


def test_a_scanner_verifies_nothing(call, send, inbox, scan):
    send()
    ((*_, token),) = inbox()

    scan(verify_email, "verify-email", token)

    assert not is_verified()
    assert verify(call, token).status == 200


def test_a_link_of_one_account_verifies_no_other(call, send, inbox):
    send()
    send({"email": "eve@example.com"})
    tokens = {to: token for to, _, token in inbox()}

    verify(call, tokens["eve@example.com"])

    assert not is_verified()


class TestOfTheTable:
    @pytest.fixture
    def identity_provider(self, jwt_stage):
        """Accounts in the table."""

    def test_forms_of_an_address_are_one_account(self, send, inbox):
        for email in FORMS:
            assert send({"email": email}).status == 202

        subjects = sorted(subject for _, subject, _ in inbox())
        assert subjects == ["Confirm your address", *["You already have an account"] * 2]

    def test_both_registrations_write_the_same_number_of_times(self, send, table_calls):
        send()
        first = table_calls.copy()
        table_calls.clear()

        send({"password": "nine yellow umbrellas"})

        assert table_calls == first

    def test_a_repetition_does_not_show_whether_there_was_an_account(
        self, call, send, table_calls, queues
    ):
        """Who registers twice with one key could compare the times of both replies."""
        send({"email": "eve@example.com"})

        def repeat(email):
            for _ in range(2):
                table_calls.clear()
                queues["mail"].deliver()
                send({"email": email}, headers={"idempotency-key": "key-1"})
            return table_calls.copy(), len(queues["mail"].deliver())

        assert repeat(ADA) == repeat("eve@example.com")

    def test_lost_replies_have_one_effect(self, send, inbox):
        with lost_replies(2):
            assert send().status == 202

        assert len(inbox()) == 1
        assert len([item for item in stored() if item["PK"].startswith("EMAIL#")]) == 1

    def test_a_second_registration_changes_nothing(self, send):
        send()
        before = users.credential(ADA)

        send({"password": "nine yellow umbrellas"})

        assert users.credential(ADA) == before


@pytest.fixture
def table_calls():
    calls = []
    client.dynamodb().meta.events.register(
        "before-call.dynamodb", lambda model, **_: calls.append(model.name)
    )
    return calls

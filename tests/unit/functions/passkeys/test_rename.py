import pytest

from functions.passkeys import list as list_passkeys
from functions.passkeys import remove as remove_passkey
from functions.passkeys import rename as rename_passkey
from tests.dynamodb_faults import lost_replies
from tests.table_state import open_session


@pytest.fixture
def identity_provider(jwt_stage):
    """The function is the same wherever accounts are."""


@pytest.fixture
def passkeys(call, session, laptop):
    """The passkeys of Ada as they are listed."""
    return lambda: call(list_passkeys, "GET", "passkeys", caller=session).json


@pytest.fixture
def rename(call, session, passkeys):
    (passkey,) = passkeys()

    def send(name="Old laptop", passkey_id=passkey["id"], caller=session):
        body = {"name": name}
        return call(rename_passkey, "PATCH", f"passkeys/{passkey_id}", body, caller=caller)

    return send


def test_a_renamed_passkey_is_listed_by_its_new_name(rename, passkeys):
    (before,) = passkeys()

    reply = rename("Old laptop")

    assert reply.status == 200
    assert reply.json == before | {"name": "Old laptop"}
    assert passkeys() == [reply.json]


def test_a_renamed_passkey_still_logs_in(rename, laptop, log_in_by):
    rename()

    assert log_in_by(laptop).status == 200


def test_a_rename_may_be_repeated(rename, passkeys):
    with lost_replies():
        assert rename("Old laptop").status == 200
    assert rename("Old laptop").status == 200

    assert [passkey["name"] for passkey in passkeys()] == ["Old laptop"]


@pytest.mark.parametrize("name", ["", " ", "x" * 101, "two\nlines"])
def test_a_bad_name_is_refused(rename, name):
    reply = rename(name)

    assert reply.status == 400
    assert reply.fields == ["name"]


def test_another_customers_passkey_is_not_renamed(rename, session, passkeys):
    eve = {**session, "user_id": "eve", "session_id": open_session("eve").session_id}

    assert rename(caller=eve).refusal == (404, "passkey_not_found")
    assert [passkey["name"] for passkey in passkeys()] == ["Laptop"]


def test_a_removed_passkey_is_not_renamed(rename, call, session, passkeys):
    (passkey,) = passkeys()
    call(remove_passkey, "DELETE", f"passkeys/{passkey['id']}", caller=session)

    assert rename().refusal == (404, "passkey_not_found")
    assert passkeys() == []


def test_an_id_that_cannot_exist_is_not_found(rename):
    assert rename(passkey_id="TOTP").status == 404

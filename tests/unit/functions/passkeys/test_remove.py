from datetime import timedelta

import pytest

from docket.runtime.clock import now
from functions.passkeys import list as list_passkeys
from functions.passkeys import remove as remove_passkey
from tests.dynamodb_faults import lost_replies
from tests.soft_authenticator import SoftAuthenticator
from tests.table_state import open_session
from tests.unit.functions.conftest import WITH_EACH_IDENTITY, authorized, jwt_unless_parametrized

identity_provider = jwt_unless_parametrized


@pytest.fixture
def remove(call, session, laptop):
    (passkey,) = call(list_passkeys, "GET", "passkeys", caller=session).json

    def send(passkey_id=passkey["id"], caller=session):
        return call(remove_passkey, "DELETE", f"passkeys/{passkey_id}", caller=caller)

    return send


@WITH_EACH_IDENTITY
def test_a_removed_passkey_opens_nothing(remove, laptop, log_in_by, inbox):
    inbox()

    assert remove().status == 200

    assert log_in_by(laptop).refusal == (401, "passkey_refused")
    assert [subject for _, subject, _ in inbox()] == ["A passkey was removed"]


def test_all_other_sessions_end(remove, laptop, log_in_by, session):
    thief = log_in_by(laptop).json["access_token"]

    remove()

    assert not authorized(thief).get("user_id")
    assert authorized(session["token"])["user_id"]


@WITH_EACH_IDENTITY
def test_a_passkey_is_removed_once(remove):
    remove()

    assert remove().refusal == (404, "passkey_not_found")


def test_another_customers_passkey_is_not_removed(remove, session, laptop, log_in_by):
    eve = {**session, "user_id": "eve", "session_id": open_session("eve").session_id}

    assert remove(caller=eve).refusal == (404, "passkey_not_found")
    assert log_in_by(laptop).status == 200


def test_who_was_not_present_lately_removes_none(remove, session):
    earlier = {**session, "verified_at": (now() - timedelta(hours=1)).isoformat()}

    assert remove(caller=earlier).refusal == (403, "reauthentication_required")


def test_a_removed_passkey_can_be_added_again(remove, laptop, add_device):
    remove()

    assert add_device(laptop).status == 201


@WITH_EACH_IDENTITY
def test_a_lost_reply_removes_one_and_counts_it_once(remove, add_device):
    add_device(SoftAuthenticator())

    with lost_replies(4):
        assert remove().status == 200


def test_an_id_that_cannot_exist_is_not_found(remove):
    assert remove("TOTP").status == 404

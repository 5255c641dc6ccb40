from datetime import timedelta

import pytest

from docket.domain.accounts import api_key
from docket.domain.accounts.api_key import MAX_KEYS, PREFIXES
from docket.runtime.clock import now
from docket.table import client
from docket.table.accounts import account_access, sessions, users
from functions.api_keys import create as create_key
from functions.api_keys import list as list_keys
from functions.api_keys import revoke as revoke_key
from functions.auth import authorize
from tests.make_people import RECENTLY, a_credential, a_session
from tests.unit.functions.conftest import WITH_EACH_IDENTITY, jwt_unless_parametrized

identity_provider = jwt_unless_parametrized

ADA = {"user_id": "ada", "session_id": "S1", "verified_at": RECENTLY}
REQUEST = {"name": "Import", "scopes": ["write", "read", "read"], "expires_in_days": 30}


@pytest.fixture
def create(call, jwt_stage, queues):
    users.add(a_credential())
    at = now()
    client.write(sessions.put(a_session(created_at=at, expires_at=at + timedelta(days=30))))
    return lambda body=REQUEST, caller=ADA: call(create_key, "POST", "keys", body, caller=caller)


def context_of(key):
    headers = {"authorization": f"Bearer {key}"}
    return authorize.handler({"version": "2.0", "headers": headers}, None)["context"]


def test_a_key_is_created_and_accepted(create):
    reply = create()

    created = reply.json
    assert reply.status == 201
    assert api_key.is_well_formed(created["key"])
    assert created["mode"] == "live"
    assert created["hint"] == created["key"][:12]
    assert created["scopes"] == ["read", "write"]
    assert context_of(created["key"]) == {
        "user_id": "ada",
        "api_key_id": created["id"],
        "scopes": "read write",
    }


def test_the_key_itself_is_not_stored(create):
    key = create().json["key"]

    assert key.removeprefix(PREFIXES["live"])[4:] not in repr(list(client.scan()))


def test_a_test_key_is_created_and_shown_as_one(create, call):
    created = create({**REQUEST, "mode": "test"}).json

    (listed,) = call(list_keys, "GET", "keys", caller=ADA).json
    assert (created["mode"], listed["mode"]) == ("test", "test")
    assert created["key"].startswith("dk_test_")
    assert created["hint"] == listed["hint"] == created["key"][:12]
    assert context_of(created["key"]) == {
        "user_id": "ada",
        "api_key_id": created["id"],
        "scopes": "",
        "sample_scopes": "read write",
    }


def test_a_test_key_does_not_pay(create):
    reply = create({**REQUEST, "mode": "test", "scopes": ["read", "pay"]})

    assert reply.status == 400
    (detail,) = reply.json["details"]
    assert (detail["field"], detail["code"]) == ("scopes", "not_with_test_keys")


def test_the_owner_gets_a_mail(create, inbox):
    create()

    ((to, subject, _),) = inbox()
    assert (to, subject) == ("ada@example.com", "An API key was created")


def test_the_reply_is_not_cached(create):
    assert "no-store" in create().headers["Cache-Control"]


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": "x" * 101},
        {"name": "two\nlines"},
        {"mode": "sandbox"},
        {"scopes": []},
        {"scopes": ["admin"]},
        {"expires_in_days": 0},
        {"expires_in_days": 366},
    ],
)
def test_a_bad_request_is_refused(create, change):
    reply = create({**REQUEST, **change})

    assert reply.status == 400
    assert [name.partition(".")[0] for name in reply.fields] == [*change]


def test_who_was_not_present_lately_creates_no_key(create):
    earlier = {**ADA, "verified_at": (now() - timedelta(hours=1)).isoformat()}

    assert create(caller=earlier).refusal == (403, "reauthentication_required")


def test_the_number_of_keys_is_limited(create, call):
    ids = [create().json["id"] for _ in range(MAX_KEYS)]
    assert create().refusal == (409, "too_many_keys")

    call(revoke_key, "DELETE", f"keys/{ids[0]}", caller=ADA)

    assert create().status == 201
    assert len(call(list_keys, "GET", "keys", caller=ADA).json) == MAX_KEYS


def test_a_session_that_has_ended_since_it_was_authorized_creates_no_key(create):
    account_access.end_sessions("ada", at=now())

    assert create().refusal == (401, "not_signed_in")


def test_a_key_of_a_removed_account_is_not_created(create):
    eve = {**ADA, "user_id": "eve"}

    assert create(caller=eve).refusal == (401, "not_signed_in")


@WITH_EACH_IDENTITY
def test_whoever_registers_a_strangers_address_gets_no_key(call, session, verifying):
    reply = call(create_key, "POST", "keys", REQUEST, caller=session)

    assert reply.refusal == (403, "email_not_verified")


@WITH_EACH_IDENTITY
def test_the_owner_of_a_verified_address_gets_a_key(call, session, verified, verifying):
    assert call(create_key, "POST", "keys", REQUEST, caller=session).status == 201

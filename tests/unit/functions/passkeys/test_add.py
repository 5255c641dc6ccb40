from datetime import timedelta

import pytest

from docket.domain.accounts.passkey import MAX_PASSKEYS
from docket.runtime.clock import now
from docket.table import client, keys
from docket.table.client import Update
from functions.passkeys import add as add_passkey
from functions.passkeys import options as passkey_options
from functions.passkeys import remove as remove_passkey
from tests.dynamodb_faults import lost_replies
from tests.soft_authenticator import (
    PRESENT,
    VERIFIED,
    SoftAuthenticator,
    from_base64url,
    to_base64url,
)
from tests.table_state import stored
from tests.unit.functions.conftest import WITH_EACH_IDENTITY, jwt_unless_parametrized

identity_provider = jwt_unless_parametrized


@pytest.fixture
def options(call, session):
    return lambda caller=session: (
        call(passkey_options, "POST", "passkeys/options", caller=caller).json
    )


@pytest.fixture
def add(call, session):
    return lambda body, caller=session: call(add_passkey, "POST", "passkeys", body, caller=caller)


@WITH_EACH_IDENTITY
def test_a_passkey_is_added_and_its_owner_gets_a_mail(add_device, inbox):
    reply = add_device(SoftAuthenticator(), name="Laptop")

    assert reply.status == 201
    assert reply.json["name"] == "Laptop"
    assert reply.json["used_at"] is None
    assert [(to, subject) for to, subject, _ in inbox()] == [
        ("ada@example.com", "A passkey was added")
    ]


def test_a_synchronised_passkey_is_known_as_one(add_device):
    phone = SoftAuthenticator(flags=PRESENT | VERIFIED | 0x18)

    assert add_device(phone).json["is_synced"] is True


@pytest.mark.parametrize(
    "device",
    [
        SoftAuthenticator(flags=PRESENT),
        SoftAuthenticator(flags=VERIFIED),
        SoftAuthenticator(origin="https://docket.example.com.evil.example"),
        SoftAuthenticator(origin="http://docket.example.com"),
        SoftAuthenticator(relying_party="evil.example"),
    ],
    ids=["owner not verified", "owner not present", "other origin", "no TLS", "other domain"],
)
def test_what_was_not_made_here_by_its_owner_is_refused(add_device, device):
    assert add_device(device).refusal == (401, "passkey_refused")


def test_a_challenge_is_answered_once(options, add):
    challenge = options()
    assert add(SoftAuthenticator().make(challenge)).status == 201

    assert add(SoftAuthenticator().make(challenge)).refusal == (401, "passkey_refused")


def test_a_challenge_expires(options, add, later):
    body = SoftAuthenticator().make(options())
    later(add_passkey, minutes=5)

    assert add(body).refusal == (401, "passkey_refused")


def test_another_session_cannot_answer(options, add, sign_in):
    body = SoftAuthenticator().make(options())

    assert add(body, caller=sign_in()).refusal == (401, "passkey_refused")


def test_a_challenge_of_a_login_adds_nothing(options, add, challenge):
    body = SoftAuthenticator().make({**options(), "challenge": challenge()})

    assert add(body).refusal == (401, "passkey_refused")


@pytest.mark.parametrize("forged", ["AAAA", to_base64url(bytes(64))])
def test_a_challenge_that_was_never_made_is_refused(options, add, forged):
    body = SoftAuthenticator().make({**options(), "challenge": forged})

    assert add(body).refusal == (401, "passkey_refused")


@pytest.mark.parametrize("field", ["client_data", "attestation", "credential_id"])
def test_damaged_answers_are_refused(options, add, field):
    device = SoftAuthenticator()
    for position in range(0, 400, 23):
        body = device.make(options())
        content = bytearray(from_base64url(body[field]))
        if position >= len(content):
            break
        content[position] ^= 0xFF
        reply = add(body | {field: to_base64url(bytes(content))})

        assert reply.status in (201, 401)  # a flag or a byte of the key's device may change


@pytest.mark.parametrize(
    "fields",
    [{"name": ""}, {"name": "x" * 101}, {"client_data": "no base64!"}, {"credential_id": ""}],
)
def test_a_bad_request_is_refused(add_device, fields):
    reply = add_device(SoftAuthenticator(), **fields)

    assert reply.status == 400
    assert reply.fields == [*fields]


def test_a_device_adds_its_passkey_once(laptop, add_device):
    assert add_device(laptop).refusal == (401, "passkey_refused")


def test_who_was_not_present_lately_adds_none(options, add, session):
    earlier = {**session, "verified_at": (now() - timedelta(hours=1)).isoformat()}

    body = SoftAuthenticator().make(options())
    assert add(body, caller=earlier).refusal == (403, "reauthentication_required")


def test_the_number_of_passkeys_is_limited(add_device, call, session):
    passkey = add_device(SoftAuthenticator()).json
    count = keys.passkey_count(session["user_id"])
    client.update(
        Update(
            key=count, condition="#count = :one", set={("count",): MAX_PASSKEYS}, values={"one": 1}
        )
    )
    assert add_device(SoftAuthenticator()).refusal == (409, "too_many_passkeys")

    call(remove_passkey, "DELETE", f"passkeys/{passkey['id']}", caller=session)

    assert add_device(SoftAuthenticator()).status == 201


@WITH_EACH_IDENTITY
def test_a_lost_reply_adds_one(add_device):
    with lost_replies(4):
        assert add_device(SoftAuthenticator()).status == 201

    assert len([item for item in stored() if item["SK"].startswith("PASSKEY#")]) == 1

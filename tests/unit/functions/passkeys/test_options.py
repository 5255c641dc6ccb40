from datetime import timedelta

import pytest

from docket.auth.account_security.passkey_verification import from_base64url
from docket.runtime.clock import now
from functions.passkeys import options as passkey_options
from tests.unit.functions.conftest import WITH_EACH_IDENTITY, jwt_unless_parametrized

identity_provider = jwt_unless_parametrized


@pytest.fixture
def ask(call, session):
    return lambda **fields: call(
        passkey_options, "POST", "passkeys/options", caller={**session, **fields}
    )


@WITH_EACH_IDENTITY
def test_a_device_gets_what_it_needs(ask, session):
    options = ask().json

    assert options["relying_party_id"] == "docket.example.com"
    assert from_base64url(options["user_handle"]).decode() == session["user_id"]
    assert options["user_name"] == "ada@example.com"
    assert options["algorithms"] == [-8, -7, -257]
    assert options["expires_in"] == 300
    assert options["present_credential_ids"] == []


def test_no_challenge_is_made_twice(ask):
    assert ask().json["challenge"] != ask().json["challenge"]


def test_a_device_with_a_passkey_makes_no_other(ask, laptop):
    (credential_id,) = ask().json["present_credential_ids"]

    assert from_base64url(credential_id) == laptop.credential_id


def test_who_was_not_present_lately_gets_no_challenge(ask):
    earlier = (now() - timedelta(hours=1)).isoformat()

    assert ask(verified_at=earlier).refusal == (403, "reauthentication_required")


@WITH_EACH_IDENTITY
def test_an_address_that_may_be_anothers_gets_no_passkey(ask, request):
    request.getfixturevalue("verifying")
    assert ask().refusal == (403, "email_not_verified")

    request.getfixturevalue("verified")
    assert ask().status == 200


@WITH_EACH_IDENTITY
def test_an_account_that_is_gone_gets_none(ask):
    assert ask(user_id="nobody").refusal == (401, "not_signed_in")

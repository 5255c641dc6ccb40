import pytest

from functions.auth import login_passkey_options
from tests.table_state import stored


@pytest.fixture
def identity_provider(jwt_stage):
    """The function is the same wherever accounts are."""


def test_a_challenge_names_the_domain_and_its_time(call, identity_provider):
    reply = call(login_passkey_options, "POST", "login/passkey/options")

    assert reply.json["relying_party_id"] == "docket.example.com"
    assert reply.json["expires_in"] == 300
    assert "no-store" in reply.headers["Cache-Control"]


def test_no_challenge_is_made_twice_or_stored(challenge, identity_provider, table):
    assert len({challenge() for _ in range(20)}) == 20
    assert not [*stored()]


def test_a_request_that_did_not_pass_the_distribution_gets_none(call, identity_provider):
    reply = call(
        login_passkey_options, "POST", "login/passkey/options", headers={"x-docket-site": ""}
    )

    assert reply.refusal == (403, "direct_call")

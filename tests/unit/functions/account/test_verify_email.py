from datetime import timedelta

import pytest

from docket.auth import accounts
from docket.domain.accounts.one_time_link import LIFETIMES, LinkPurpose
from docket.runtime.clock import now
from docket.table import client
from docket.table.accounts import one_time_links
from functions.account import verify_email

ADA = "ada@example.com"
VERIFY = LinkPurpose.VERIFY_ADDRESS


@pytest.fixture
def link(ada):
    """Make a link of the registered account."""

    def make(purpose=VERIFY, address=ADA):
        user = accounts().find_by_address(ADA)
        assert user
        token, link = one_time_links.create(purpose, user, address, at=now())
        client.write(one_time_links.put(link))
        return token

    return make


@pytest.fixture
def verify(call, ada):
    return lambda token: call(verify_email, "POST", "verify-email", {"token": token})


def is_verified():
    user = accounts().find_by_address(ADA)
    assert user
    return user.email_verified


def test_a_mailed_link_verifies_the_address_once(link, verify):
    token = link()
    assert not is_verified()

    assert verify(token).status == 200

    assert is_verified()
    assert verify(token).refusal == (409, "link_used")


def test_an_expired_link_verifies_nothing(link, verify, monkeypatch):
    token = link()
    later = now() + LIFETIMES[VERIFY] + timedelta(seconds=1)
    monkeypatch.setattr(verify_email, "now", lambda: later)

    assert verify(token).refusal == (409, "link_expired")
    assert not is_verified()


@pytest.mark.parametrize(
    "fields", [{"purpose": LinkPurpose.RESET_PASSWORD}, {"address": "eve@example.com"}]
)
def test_a_link_of_another_purpose_or_address_verifies_nothing(link, verify, fields):
    assert verify(link(**fields)).refusal == (409, "link_invalid")
    assert not is_verified()


def test_an_unknown_link_is_invalid(verify):
    assert verify("unknown").refusal == (409, "link_invalid")


@pytest.mark.parametrize("token", ["", "a b", "x" * 5000, "ü"])
def test_a_malformed_token_is_a_bad_request(verify, token):
    assert verify(token).status == 400

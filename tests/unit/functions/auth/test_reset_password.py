import re
from dataclasses import replace

import pytest

from docket.auth import accounts
from docket.auth.cognito import credentials as pool_credentials
from docket.domain.accounts.passwords import MIN_LENGTH
from docket.domain.rate_limits import TOTAL_LIMIT
from docket.runtime.clock import now
from docket.table import client
from docket.table.accounts import account_access, passkeys
from docket.table.client import Update
from functions.account import send_verification, verify_email
from functions.auth import login, register, reset_password
from tests.dynamodb_faults import lost_replies
from tests.table_state import stored
from tests.unit.functions.conftest import (
    PASSWORD,
    WITH_EACH_IDENTITY,
    authorized,
    jwt_unless_parametrized,
)

NEW = "nine yellow umbrellas"
ADA, EVE = "ada@example.com", "eve@example.com"


identity_provider = jwt_unless_parametrized


@pytest.fixture
def reset(call):
    return lambda token, password=NEW: call(
        reset_password, "POST", "reset-password", {"token": token, "password": password}
    )


@WITH_EACH_IDENTITY
def test_a_mailed_link_sets_a_password_and_ends_all_sessions(forget, reset, sign_in, inbox):
    session = sign_in()
    (token,) = forget()

    assert reset(token).status == 200

    assert authorized(session["token"]).keys() == {"token"}
    assert sign_in(PASSWORD) is None
    assert sign_in(NEW)["user_id"] == session["user_id"]
    assert inbox() == [(ADA, "Your password was reset", None)]
    user = accounts().find_by_address(ADA)
    assert user
    assert (user.email_verified, user.version) == (True, 1)


@WITH_EACH_IDENTITY
def test_only_the_device_of_the_reset_is_known(call, ada, forget, reset, knows):
    """Who signed in with a stolen password is a stranger again, and the owner is none."""
    earlier = call(login, "POST", "login", ada).device_token
    (token,) = forget()

    reply = reset(token)

    assert [knows(earlier), knows(reply.device_token)] == [False, True]
    assert "HttpOnly" in reply.cookies[0]


@WITH_EACH_IDENTITY
def test_a_link_is_used_once(forget, reset, sign_in):
    (token,) = forget()
    assert reset(token).status == 200

    assert reset(token, "a third password").refusal == (409, "link_used")
    assert sign_in(NEW)


def test_a_late_link_is_refused(forget, reset, sign_in, later):
    (token,) = forget()
    later(reset_password, minutes=31)

    assert reset(token).refusal == (409, "link_expired")
    assert sign_in(PASSWORD)


def test_a_scanner_uses_nothing(scan, forget, reset):
    (token,) = forget()

    scan(reset_password, "reset-password", token)

    assert reset(token).status == 200


def test_a_used_link_makes_older_ones_invalid(forget, reset):
    (first,), (second,) = forget(), forget()
    assert reset(second).status == 200

    assert reset(first).refusal == (409, "link_invalid")


def test_a_link_of_another_purpose_is_invalid(call, forget, reset):
    (token,) = forget()

    reply = call(verify_email, "POST", "verify-email", {"token": token})

    assert reply.refusal == (409, "link_invalid")
    assert reset(token).status == 200


def test_a_link_changes_no_other_account(call, forget, reset, sign_in):
    call(register, "POST", "register", {"email": EVE, "password": PASSWORD})
    (token,) = forget()
    reset(token)

    assert sign_in(PASSWORD, EVE)


@WITH_EACH_IDENTITY
def test_a_refused_password_leaves_the_link(forget, reset):
    (token,) = forget()

    for password in ("x" * (MIN_LENGTH - 1), "password", "ada@example.com", "Ada ada ada"):
        assert reset(token, password).fields == ["password"]

    assert reset(token).status == 200


@WITH_EACH_IDENTITY
def test_a_reset_with_lost_replies_has_one_effect(forget, reset, sign_in, inbox):
    (token,) = forget()

    with lost_replies(2):
        assert reset(token).status == 200

    assert sign_in(NEW)
    assert len(inbox()) == 1


@WITH_EACH_IDENTITY
def test_a_reset_lets_an_owner_in_whose_password_is_being_guessed(forget, reset, sign_in):
    sign_in("a wrong password")
    (counter,) = [item for item in stored() if item["PK"].startswith("RATE_LIMIT#address#")]
    key = {"PK": counter["PK"], "SK": counter["SK"]}
    client.update(
        Update(key=key, condition="attribute_exists(PK)", set={("attempts",): TOTAL_LIMIT})
    )
    assert sign_in() is None

    (token,) = forget()
    reset(token)

    assert sign_in(NEW)


@WITH_EACH_IDENTITY
def test_no_token_and_no_password_is_stored(forget, reset):
    (token,) = forget()
    reset(token)

    everything = str(stored())

    assert token not in everything
    assert NEW not in everything
    assert re.search(r"LINK#[0-9a-f]{64}", everything)


def test_an_earlier_link_says_that_the_address_is_verified(call, session, forget, reset):
    call(send_verification, "POST", "verify-email/send", caller=session)
    verification, token = forget()
    reset(token)

    assert call(verify_email, "POST", "verify-email", {"token": verification}).status == 200


def test_passkeys_stay_and_the_mail_says_how_many_there_are(laptop, forget, reset, log_in_by):
    *_, token = forget()

    reset(token)

    (mail,) = [item for item in stored() if item.get("kind") == "password_reset"]
    assert mail["params"]["passkeys"] == "1"
    assert log_in_by(laptop).status == 200


@WITH_EACH_IDENTITY
def test_the_link_of_a_disabled_account_is_not_used(forget, reset, sign_in):
    user_id = sign_in()["user_id"]
    (token,) = forget()
    client.write(account_access.disable_write(user_id, at=now()))

    assert reset(token).refusal == (403, "account_disabled")

    client.write(account_access.enable_write(user_id))
    assert reset(token).status == 200


@pytest.fixture
def verifies_later(request):
    """The stage verifies addresses from now on."""
    return lambda: request.getfixturevalue("verifying")


@pytest.fixture
def reset_later(forget, reset, later):
    """Reset the password by a link, after the codes of an authenticator app were used."""

    def send(password=NEW):
        for module in (reset_password, pool_credentials):
            later(module, minutes=2)
        return reset(next(filter(None, forget())), password).status

    return send


def is_verified_with_factor():
    user = accounts().find_by_address(ADA)
    assert user
    return user.email_verified, user.second_factor


@WITH_EACH_IDENTITY
@pytest.mark.usefixtures("authenticator")
def test_the_reset_that_verifies_an_address_removes_what_a_stranger_added(
    reset_later, laptop, log_in_by, verifies_later
):
    verifies_later()

    assert reset_later() == 200

    assert log_in_by(laptop).refusal == (401, "passkey_refused")
    assert [item for item in stored() if item["PK"].startswith("FACTOR#")] == []
    assert is_verified_with_factor() == (True, False)


@WITH_EACH_IDENTITY
@pytest.mark.usefixtures("laptop")
def test_a_removal_with_lost_replies_has_one_effect(forget, reset, sign_in, verifies_later):
    verifies_later()
    token = next(filter(None, forget()))

    with lost_replies(2):
        assert reset(token).status == 200

    assert sign_in(NEW)


@WITH_EACH_IDENTITY
@pytest.mark.usefixtures("verified", "authenticator")
def test_a_reset_of_a_verified_address_removes_nothing(
    reset_later, laptop, log_in_by, verifies_later
):
    verifies_later()

    assert reset_later() == 200

    assert log_in_by(laptop).status == 200
    assert is_verified_with_factor() == (True, True)


@WITH_EACH_IDENTITY
@pytest.mark.usefixtures("laptop")
def test_a_reset_before_addresses_are_verified_leaves_the_removal_to_a_later_one(
    forget, reset, session, verifies_later
):
    assert reset(next(filter(None, forget()))).status == 200
    assert passkeys.count(session["user_id"]) == 1
    assert is_verified_with_factor() == (False, False)

    verifies_later()
    assert reset(next(filter(None, forget())), "ten green umbrellas").status == 200

    assert passkeys.count(session["user_id"]) == 0
    assert is_verified_with_factor() == (True, False)


@pytest.mark.usefixtures("laptop")
def test_a_passkey_that_is_removed_meanwhile_leaves_the_link(
    forget, reset, session, verifies_later, monkeypatch
):
    verifies_later()
    token = next(filter(None, forget()))
    (found,) = passkeys.of_user(session["user_id"])
    with monkeypatch.context() as patch:
        patch.setattr(passkeys, "of_user", lambda _: [replace(found, public_key="another")])
        assert reset(token).refusal == (409, "changed_meanwhile")

    assert reset(token).status == 200

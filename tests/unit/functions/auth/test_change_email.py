from datetime import timedelta

import pytest

from docket.runtime.clock import now
from docket.table import client, keys, users
from docket.table.client import Update
from functions.auth import change_email, confirm_email, register
from tests.dynamodb_faults import lost_replies
from tests.unit.functions.auth.conftest import PASSWORD, authorized

ADA, NEW, EVE = "ada@example.com", "Lovelace@example.com", "eve@example.com"


@pytest.fixture
def identity_provider(jwt_stage):
    """Only accounts in the table have these functions."""


@pytest.fixture
def session(ada, mailbox, sign_in):
    return sign_in()


@pytest.fixture
def verified(session):
    """Ada's address is verified."""
    for key in (keys.credential(ADA), keys.user(session["user_id"])):
        client.update(
            Update(key=key, condition="attribute_exists(PK)", set={("email_verified",): True})
        )


@pytest.fixture
def change(call, session, inbox):
    """Ask for a change, and return the mailed tokens by address."""

    def ask(email=NEW):
        reply = call(change_email, "POST", "change-email", {"email": email}, caller=session)
        assert reply.status == 202
        return {to: token for to, _, token in inbox()}

    return ask


@pytest.fixture
def confirm(call):
    return lambda token: call(confirm_email, "POST", "confirm-email", {"token": token})


@pytest.mark.parametrize(("first", "second"), [(ADA, NEW), (NEW, ADA)])
def test_both_addresses_confirm_a_change(verified, change, confirm, first, second):
    tokens = change()

    assert confirm(tokens[first]).json["confirmed"] == "one"
    assert users.credential(ADA)
    assert confirm(tokens[second]).json["confirmed"] == "both"
    assert users.credential(NEW.lower())
    assert users.credential(ADA) is None


def test_a_change_ends_all_sessions_and_is_noticed(change, confirm, sign_in, session, inbox):
    confirm(change()[NEW])

    assert authorized(session["token"]).keys() == {"token"}
    assert sign_in(PASSWORD, ADA) is None
    assert sign_in(PASSWORD, NEW.upper())["user_id"] == session["user_id"]
    user = users.find(session["user_id"])
    assert user
    assert (user.email, user.email_verified) == (NEW, True)
    assert inbox() == [(ADA, "The address of your account was changed", None)]


def test_an_address_that_was_never_verified_need_not_confirm(change, confirm):
    tokens = change()

    assert tokens.keys() == {NEW}
    assert confirm(tokens[NEW]).json["confirmed"] == "both"


def test_a_link_confirms_once(verified, change, confirm):
    tokens = change()
    confirm(tokens[NEW])

    assert confirm(tokens[NEW]).refusal == (409, "link_used")
    assert users.credential(ADA)


def test_a_late_link_is_refused(verified, change, confirm, later):
    tokens = change()
    later(confirm_email, minutes=61)

    assert confirm(tokens[NEW]).refusal == (409, "link_expired")


def test_a_scanner_confirms_nothing(scan, verified, change, confirm):
    tokens = change()

    scan(confirm_email, "confirm-email", tokens[NEW])

    assert confirm(tokens[NEW]).json["confirmed"] == "one"


def test_a_later_request_replaces_an_earlier_one(verified, change, confirm):
    earlier, later = change(), change("other@example.com")

    assert confirm(earlier[NEW]).refusal == (409, "link_invalid")
    assert confirm(earlier[ADA]).refusal == (409, "link_invalid")
    assert confirm(later[ADA]).json["confirmed"] == "one"


def test_an_address_that_was_taken_meanwhile_is_refused(call, change, confirm):
    tokens = change()
    call(register, "POST", "register", {"email": NEW, "password": PASSWORD})

    assert confirm(tokens[NEW]).refusal == (409, "email_taken")
    assert users.credential(ADA)


def test_a_request_does_not_show_whether_an_address_is_taken(call, session, inbox):
    call(register, "POST", "register", {"email": EVE, "password": PASSWORD})

    bodies = {
        call(change_email, "POST", "change-email", {"email": email}, caller=session).body
        for email in (EVE, NEW)
    }

    assert len(bodies) == 1


def test_the_own_address_is_refused(call, session):
    reply = call(change_email, "POST", "change-email", {"email": "ADA@example.com"}, caller=session)

    assert reply.json["details"][0]["code"] == "email_unchanged"


def test_a_change_needs_a_recent_sign_in(call, session):
    old = session | {"verified_at": (now() - timedelta(minutes=16)).isoformat()}

    reply = call(change_email, "POST", "change-email", {"email": NEW}, caller=old)

    assert reply.refusal == (403, "reauthentication_required")


def test_lost_replies_have_one_effect(verified, change, confirm, sign_in, inbox):
    tokens = change()
    with lost_replies(2):
        confirm(tokens[NEW])
    with lost_replies(2):
        assert confirm(tokens[ADA]).json["confirmed"] == "both"

    assert sign_in(PASSWORD, NEW)
    assert len(inbox()) == 1

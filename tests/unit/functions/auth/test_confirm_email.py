import pytest

from docket.table import users
from functions.auth import confirm_email, register
from tests.dynamodb_faults import lost_replies
from tests.unit.functions.auth.conftest import PASSWORD, authorized

ADA, NEW = "ada@example.com", "Lovelace@example.com"


@pytest.fixture
def identity_provider(jwt_stage):
    """Only accounts in the table have these functions."""


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


def test_lost_replies_have_one_effect(verified, change, confirm, sign_in, inbox):
    tokens = change()
    with lost_replies(2):
        confirm(tokens[NEW])
    with lost_replies(2):
        assert confirm(tokens[ADA]).json["confirmed"] == "both"

    assert sign_in(PASSWORD, NEW)
    assert len(inbox()) == 1

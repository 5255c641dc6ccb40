from datetime import timedelta

import pytest

from docket.domain.accounts.mail import SuppressionReason, mailbox_of
from docket.runtime import config
from docket.runtime.clock import now
from docket.table.accounts import suppressions
from functions.account import change_password, remove_password
from functions.account import get as get_profile
from functions.auth import login, reauthenticate, reset_password
from functions.passkeys import list as list_passkeys
from functions.passkeys import remove as remove_passkey
from tests.dynamodb_faults import lost_replies
from tests.soft_authenticator import SoftAuthenticator
from tests.unit.functions.conftest import ADA, PASSWORD, authorized

NEW = "nine yellow umbrellas"
PROOF = {"password": PASSWORD}

pytestmark = pytest.mark.usefixtures("identity_provider")


@pytest.fixture
def identity_provider(jwt_stage):
    """Only where passwords are in the table."""


@pytest.fixture
def remove(call, session):
    def send(**fields):
        fields = {"caller": session, **fields}
        return call(remove_password, "DELETE", "me/password", **fields)

    return send


@pytest.fixture
def passkeys(call, session):
    return lambda: call(list_passkeys, "GET", "passkeys", caller=session).json


@pytest.fixture
def remove_passkeys(call, session, passkeys):
    """Remove all passkeys, one after another: the replies."""

    def send():
        return [
            call(remove_passkey, "DELETE", f"passkeys/{passkey['id']}", caller=session)
            for passkey in passkeys()
        ]

    return send


@pytest.fixture
def has_password(call, session):
    return lambda: call(get_profile, "GET", "me", caller=session).json["has_password"]


@pytest.fixture
def reset(call, forget):
    def send():
        (token,) = filter(None, forget())
        body = {"token": token, "password": NEW}
        return call(reset_password, "POST", "reset-password", body)

    return send


def test_only_a_passkey_opens_the_account(remove, laptop, sign_in, log_in_by, has_password):
    assert has_password()

    assert remove().status == 200

    assert sign_in(PASSWORD) is None
    assert log_in_by(laptop).status == 200
    assert not has_password()


def test_a_mail_tells_the_owner(remove, laptop, inbox):
    inbox()

    remove()

    assert inbox() == [(ADA, "Your password was removed", None)]


def test_without_a_passkey_it_stays(remove, sign_in, has_password, inbox):
    assert remove().refusal == (409, "no_passkey")

    assert sign_in(PASSWORD)
    assert has_password()
    assert inbox() == []


def test_a_passkey_that_was_removed_is_none(remove, laptop, remove_passkeys):
    assert [reply.status for reply in remove_passkeys()] == [200]

    assert remove().refusal == (409, "no_passkey")


def test_all_other_sessions_end(remove, laptop, sign_in, session):
    other = sign_in()

    remove()

    assert authorized(session["token"])["user_id"]
    assert authorized(other["token"]).keys() == {"token"}


def test_only_the_device_of_the_removal_stays_known(call, ada, laptop, remove, knows):
    here, elsewhere = (call(login, "POST", "login", ada).device_token for _ in range(2))

    assert remove(cookies=(f"__Host-docket_device={here}",)).status == 200

    assert [knows(here), knows(elsewhere)] == [True, False]


def test_who_was_not_present_lately_removes_nothing(remove, laptop, session, sign_in):
    earlier = {**session, "verified_at": (now() - timedelta(hours=1)).isoformat()}

    assert remove(caller=earlier).refusal == (403, "reauthentication_required")
    assert sign_in(PASSWORD)


def test_an_address_that_is_not_verified_keeps_its_password(request, remove, laptop, sign_in):
    request.getfixturevalue("verifying")

    assert remove().refusal == (403, "email_not_verified")
    assert sign_in(PASSWORD)


def test_a_repetition_ends_other_sessions_and_sends_no_mail(remove, laptop, log_in_by, inbox):
    remove()
    other = log_in_by(laptop).json["access_token"]
    inbox()

    assert remove().status == 200

    assert authorized(other).keys() == {"token"}
    assert inbox() == []


def test_lost_replies_have_one_effect(remove, laptop, log_in_by, inbox):
    inbox()

    with lost_replies(2):
        assert remove().status == 200

    assert log_in_by(laptop).status == 200
    assert len([subject for _, subject, _ in inbox() if "removed" in subject]) == 1


def test_a_login_answers_as_with_a_wrong_password(call, ada, remove, laptop):
    wrong = call(login, "POST", "login", {**ada, "password": "a wrong password"})
    remove()

    reply = call(login, "POST", "login", ada)

    assert reply.refusal == wrong.refusal == (401, "wrong_credentials")
    assert reply.json["error"] == wrong.json["error"]


def test_no_password_proves_presence(call, remove, laptop, session):
    remove()

    reply = call(reauthenticate, "POST", "reauthenticate", PROOF, caller=session)

    assert reply.refusal == (401, "wrong_credentials")


def test_there_is_no_password_to_change(call, remove, laptop, session):
    remove()

    body = {"password": PASSWORD, "new_password": NEW}
    reply = call(change_password, "POST", "change-password", body, caller=session)

    assert reply.refusal == (409, "no_password")


def test_the_last_passkey_stays_without_a_password(remove, laptop, remove_passkeys, log_in_by):
    remove()

    assert [reply.refusal for reply in remove_passkeys()] == [(409, "last_passkey")]
    assert log_in_by(laptop).status == 200


def test_of_two_passkeys_one_is_removed(remove, laptop, add_device, remove_passkeys, passkeys):
    add_device(SoftAuthenticator())
    remove()

    assert [reply.status for reply in remove_passkeys()] == [200, 409]
    assert len(passkeys()) == 1


def test_a_mailed_link_sets_a_password_again(call, reset, remove, laptop, sign_in):
    remove()

    assert reset().status == 200

    again = sign_in(NEW)
    assert again
    assert call(get_profile, "GET", "me", caller=again).json["has_password"]
    (passkey,) = call(list_passkeys, "GET", "passkeys", caller=again).json
    path = f"passkeys/{passkey['id']}"
    assert call(remove_passkey, "DELETE", path, caller=again).status == 200


def test_a_link_that_was_mailed_before_sets_none(call, forget, remove, laptop):
    (token,) = filter(None, forget())
    remove()

    reply = call(reset_password, "POST", "reset-password", {"token": token, "password": NEW})

    assert reply.refusal == (409, "link_invalid")


def test_a_removed_password_can_be_removed_again(reset, remove, laptop, sign_in, log_in_by):
    remove()
    reset()
    again = authorized(log_in_by(laptop).json["access_token"])

    assert remove(caller=again).status == 200
    assert sign_in(NEW) is None


def test_without_mail_there_is_no_way_back(remove, laptop, sign_in, monkeypatch):
    monkeypatch.delenv("DOCKET_MAIL_SENDER")
    config._load.cache_clear()

    assert remove().refusal == (409, "no_mail")
    assert sign_in(PASSWORD)


def test_an_address_that_gets_no_mail_has_no_way_back(remove, laptop, sign_in):
    suppressions.suppress(mailbox_of(ADA), SuppressionReason.BOUNCE, at=now())

    assert remove().refusal == (409, "mail_suppressed")
    assert sign_in(PASSWORD)

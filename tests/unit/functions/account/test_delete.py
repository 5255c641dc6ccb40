from datetime import timedelta

import pytest

from docket.domain import rate_limits
from docket.gateways import mail as ses
from docket.gateways import s3
from docket.runtime.clock import now
from docket.table import client, keys
from docket.table.accounts import account_access, mails
from functions.account import change_email
from functions.account import delete as delete_me
from functions.api_keys import create as create_key
from functions.auth import forgot_password, login, register, reset_password
from functions.events import send_mail
from functions.second_factor import begin_totp
from tests.make import OID, a_payment, a_read_document, an_order
from tests.make_people import a_mail
from tests.table_state import save, stored
from tests.unit.functions.conftest import (
    ADA,
    PASSWORD,
    WITH_EACH_IDENTITY,
    Context,
    authorized,
    jwt_unless_parametrized,
)

identity_provider = jwt_unless_parametrized


def delete(call, session):
    return call(delete_me, "DELETE", "me", caller=session)


@WITH_EACH_IDENTITY
def test_a_deletion_ends_the_session_and_is_mailed(call, session, inbox):
    inbox()

    reply = delete(call, session)

    assert reply.status == 202
    assert reply.refresh_token == ""
    assert authorized(session["token"]).get("user_id") is None
    assert [(to, subject) for to, subject, _ in inbox()] == [(ADA, "Your account is being deleted")]


def test_a_deletion_needs_a_recent_sign_in(call, session):
    old = session | {"verified_at": (now() - timedelta(minutes=16)).isoformat()}

    assert delete(call, old).refusal == (403, "reauthentication_required")


def test_a_disabled_account_is_not_deleted_by_its_owner(call, session):
    client.write(account_access.disable_write(session["user_id"], at=now()))

    assert delete(call, session).refusal == (401, "not_signed_in")


@WITH_EACH_IDENTITY
def test_nobody_signs_in_to_an_account_that_is_being_deleted(call, session, minute):
    delete(call, session)

    for after in (0, 2):
        reply = call(login, "POST", "login", {"email": ADA, "password": PASSWORD})
        assert reply.refusal in {(403, "account_disabled"), (401, "wrong_credentials")}
        minute(after)


@WITH_EACH_IDENTITY
def test_a_deleted_account_is_gone_and_its_address_is_free(call, session, inbox, minute, bucket):
    user_id = session["user_id"]
    call(forgot_password, "POST", "forgot-password", {"email": ADA})
    inbox()
    client.write(mails.put(a_mail()))
    call(begin_totp, "POST", "mfa/totp", caller=session)
    call(create_key, "POST", "keys", {"name": "Import", "scopes": ["read"]}, caller=session)
    read = a_read_document(user_id=user_id)
    paid = a_payment(status="succeeded", paid_at=now(), user_id=user_id)
    save(an_order(read, user_id=user_id, status="completed", payment=paid), read)
    bucket.upload(read.id, user_id=user_id)
    s3._s3().put_object(Bucket=bucket.name, Key=f"reports/{OID}/report.pdf", Body=b"report")
    key = f"exports/{user_id}/E1/A1.zip"
    s3._s3().put_object(Bucket=bucket.name, Key=key, Body=b"archive")
    client.write(
        client.Put(
            item={**keys.content(user_id, "ab"), "documents": {read.id: True}}, condition=None
        )
    )
    delete(call, session)

    for after in (0, 21, 2, 1):
        minute(after)

    assert [to for to, subject, _ in inbox() if "was deleted" in subject] == [ADA]
    left = [item["PK"].partition("#")[0] for item in stored() if user_id in str(item)]
    assert left == ["INVOICE"]
    assert bucket.every_version() == []
    again = call(register, "POST", "register", {"email": ADA, "password": PASSWORD})
    assert again.status == 201


@WITH_EACH_IDENTITY
def test_the_address_that_a_stranger_has_registered_is_soon_free(
    call, minute, verifying, inbox, sign_in
):
    theirs = {"email": ADA, "password": "mallory has one pass"}
    assert call(register, "POST", "register", theirs).status == 202
    session = sign_in(theirs["password"])
    assert delete(call, session).status == 202
    minute(after=0)
    minute(after=2)
    inbox()

    body = {"email": ADA, "password": PASSWORD}
    assert call(register, "POST", "register", body).status == 202
    assert [subject for _, subject, _ in inbox()] == ["Confirm your address"]
    user_id = sign_in()["user_id"]

    for _ in range(4):
        minute(after=11)
    assert sign_in()["user_id"] == user_id
    assert [item["SK"] for item in stored() if session["user_id"] in str(item)] == []


@pytest.mark.usefixtures("verified", "verifying")
def test_a_customer_may_register_again_at_once(call, session, inbox):
    assert delete(call, session).status == 202
    inbox()

    assert call(register, "POST", "register", {"email": ADA, "password": PASSWORD}).status == 202
    assert [subject for _, subject, _ in inbox()] == ["Confirm your address"]


@WITH_EACH_IDENTITY
@pytest.mark.usefixtures("verified", "bucket")
def test_mails_of_a_replaced_change_of_address_go_with_the_account(
    call, session, minute, queues, monkeypatch
):
    def refuse(*_):
        raise ses.NotSent

    monkeypatch.setattr(ses, "send", refuse)
    for new in ("first@example.org", "second@example.org"):
        reply = call(change_email, "POST", "change-email", {"email": new}, caller=session)
        assert reply.status == 202
    send_mail.handler({"Records": queues["mail"].deliver()}, Context())
    delete(call, session)

    for after in (0, 21, 2, 1):
        minute(after)

    assert [item for item in stored() if "@example.org" in str(item)] == []


@pytest.fixture
def mailed(call, inbox):
    """Ask for a reset of Ada's password, and return the token that is mailed."""

    def ask():
        inbox()
        call(forgot_password, "POST", "forgot-password", {"email": ADA})
        return next(token for *_, token in inbox() if token)

    return ask


@WITH_EACH_IDENTITY
@pytest.mark.usefixtures("verifying")
def test_accounts_of_an_address_that_is_not_verified_are_deleted_a_few_times_a_day(
    call, minute, sign_in, mailed, monkeypatch
):
    """Else a stranger, who registers it again and again, voids each link of its owner."""
    monkeypatch.setattr(rate_limits, "CHANGE_LIMIT", 2)
    statuses = []
    for _ in range(3):
        call(register, "POST", "register", {"email": ADA, "password": PASSWORD})
        statuses.append(delete(call, sign_in()).status)
        if statuses[-1] == 202:
            for after in (0, 21, 2, 1):
                minute(after)

    assert statuses == [202, 202, 429]
    body = {"token": mailed(), "password": "nine yellow umbrellas"}
    assert call(reset_password, "POST", "reset-password", body).status == 200


@WITH_EACH_IDENTITY
@pytest.mark.usefixtures("verified")
def test_deletions_of_accounts_of_a_verified_address_are_not_counted(call, session, monkeypatch):
    monkeypatch.setattr(rate_limits, "CHANGE_LIMIT", 0)

    assert delete(call, session).status == 202

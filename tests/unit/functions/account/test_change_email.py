from datetime import timedelta

import pytest

from docket.domain import rate_limits
from docket.runtime.clock import now
from functions.account import change_email, confirm_email
from functions.auth import forgot_password, register, reset_password
from tests.unit.functions.conftest import PASSWORD, WITH_EACH_IDENTITY, jwt_unless_parametrized

ADA, NEW, EVE = "ada@example.com", "Lovelace@example.com", "eve@example.com"


identity_provider = jwt_unless_parametrized


@WITH_EACH_IDENTITY
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


@WITH_EACH_IDENTITY
def test_the_present_address_is_not_flooded(call, session, inbox):
    replies, got = [], []
    for number in range(rate_limits.MAIL_LIMIT + 1):
        body = {"email": f"eve{number}@example.com"}
        replies.append(call(change_email, "POST", "change-email", body, caller=session).status)
        got += [to for to, *_ in inbox() if to == ADA]

    assert replies == [202] * rate_limits.MAIL_LIMIT + [429]
    assert len(got) == rate_limits.MAIL_LIMIT


@WITH_EACH_IDENTITY
@pytest.mark.usefixtures("verified")
def test_an_account_does_not_use_up_the_mails_of_an_address_that_it_asks_for(
    call, session, inbox, sign_in, monkeypatch
):
    """Of those that are requested in ten minutes as few as of those that are sent in a day."""
    monkeypatch.setattr(rate_limits, "MAIL_LIMIT", rate_limits.CHANGE_LIMIT + 1)
    statuses = [
        call(change_email, "POST", "change-email", {"email": NEW}, caller=session).status
        for _ in range(rate_limits.MAIL_DAY_LIMIT)
    ]
    assert statuses.count(202) == rate_limits.CHANGE_LIMIT
    assert set(statuses) == {202, 429}
    assert [to for to, *_ in inbox()].count(NEW) == rate_limits.CHANGE_LIMIT

    call(register, "POST", "register", {"email": EVE, "password": PASSWORD})
    eve = sign_in(email=EVE)
    assert call(change_email, "POST", "change-email", {"email": NEW}, caller=eve).status == 202
    assert NEW in [to for to, *_ in inbox()]


@WITH_EACH_IDENTITY
@pytest.mark.usefixtures("verifying")
def test_accounts_leave_an_address_that_is_not_verified_a_few_times_a_day(
    call, sign_in, inbox, later, monkeypatch
):
    """Else a stranger, who registers it again and again, voids each link of its owner."""
    monkeypatch.setattr(rate_limits, "CHANGE_LIMIT", 2)
    statuses = []
    for number in range(3):
        later(register, minutes=2 * number)  # with a pool an address is reserved for a minute
        call(register, "POST", "register", {"email": ADA, "password": PASSWORD})
        theirs = {"email": f"mallory{number}@example.com"}
        reply = call(change_email, "POST", "change-email", theirs, caller=sign_in())
        statuses.append(reply.status)
        for token in (token for to, _, token in inbox() if to == theirs["email"]):
            body = {"token": token, "password": PASSWORD}
            assert call(confirm_email, "POST", "confirm-email", body).json["confirmed"] == "both"

    assert statuses == [202, 202, 429]
    call(forgot_password, "POST", "forgot-password", {"email": ADA})
    body = {"token": inbox()[-1][2], "password": "nine yellow umbrellas"}
    assert call(reset_password, "POST", "reset-password", body).status == 200


@WITH_EACH_IDENTITY
@pytest.mark.usefixtures("verified")
def test_changes_of_a_verified_address_are_not_counted(call, session, monkeypatch):
    monkeypatch.setattr(rate_limits, "CHANGE_LIMIT", 0)

    reply = call(change_email, "POST", "change-email", {"email": NEW}, caller=session)

    assert reply.status == 202

from datetime import timedelta

from docket.domain import rate_limits
from docket.runtime.clock import now
from functions.account import change_email
from functions.auth import register
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

import re

from docket.domain import rate_limits
from docket.runtime.clock import now
from docket.table import rate_limits as counters
from functions.account import get as me
from functions.auth import login, reauthenticate
from functions.second_factor import confirm_totp, remove_totp
from tests.table_state import stored
from tests.unit.functions.conftest import ADA, PASSWORD, App, authorized


def test_a_login_needs_a_code_once_the_factor_is_confirmed(
    begin_factor, confirm_factor, clock_at, call, session
):
    secret = begin_factor().json["secret"]
    assert call(me, "GET", "me", caller=session).json["second_factor"] is False
    assert authorized(
        call(login, "POST", "login", {"email": ADA, "password": PASSWORD}).json["access_token"]
    )["user_id"]

    confirm_factor(App(secret, clock_at).next_code())

    assert call(me, "GET", "me", caller=session).json["second_factor"] is True
    assert (
        call(login, "POST", "login", {"email": ADA, "password": PASSWORD}).json["mfa_required"]
        is True
    )


def test_the_second_factor_ends_all_other_sessions_and_is_noticed(sign_in, session, inbox, request):
    other = sign_in()
    inbox()

    request.getfixturevalue("authenticator")

    assert authorized(other["token"]).keys() == {"token"}
    assert authorized(session["token"])["user_id"]
    assert [subject for _, subject, _ in inbox()] == ["Your account has a second factor"]


def test_nothing_is_confirmed_that_was_not_begun(confirm_factor):
    assert confirm_factor("123456").refusal == (401, "wrong_code")


def test_neither_the_secret_nor_a_code_is_stored_as_it_is(
    authenticator, table, first_step, second_step
):
    second_step(first_step(), authenticator.next_code())
    everything = repr([*stored()])

    assert authenticator.totp.secret not in everything
    for code in authenticator.recovery_codes:
        assert code not in everything
        assert code.replace("-", "") not in everything
    assert not re.search(r"otpauth", everything)


def test_a_proof_of_presence_needs_a_code_too(authenticator, call, session):
    def prove(**code):
        body = {"password": PASSWORD, **code}
        return call(reauthenticate, "POST", "reauthenticate", body, caller=session)

    assert prove().refusal == (403, "second_factor_required")
    assert prove(code="123456").refusal == (401, "wrong_code")
    code = authenticator.next_code()
    assert prove(code=code).status == 200
    assert prove(code=code).refusal == (401, "wrong_code")


def test_a_right_password_without_its_code_is_no_failure(authenticator, call, session):
    for _ in range(rate_limits.OWNER_LIMIT + 1):
        reply = call(
            reauthenticate, "POST", "reauthenticate", {"password": PASSWORD}, caller=session
        )
        assert reply.refusal == (403, "second_factor_required")


def test_only_the_device_of_the_change_stays_known(call, ada, begin_factor, clock_at, knows):
    session = authorized(call(login, "POST", "login", ada).json["access_token"])
    here, elsewhere = (call(login, "POST", "login", ada).device_token for _ in range(2))
    app = App(begin_factor().json["secret"], clock_at)
    cookies = (f"__Host-docket_device={here}",)

    body = {"code": app.next_code()}
    call(confirm_totp, "POST", "mfa/totp/confirm", body, caller=session, cookies=cookies)
    assert [knows(here), knows(elsewhere)] == [True, False]

    call(remove_totp, "DELETE", "mfa/totp", caller=session, cookies=cookies)
    assert knows(here)


def test_a_factor_that_was_begun_before_needs_a_verified_address(
    begin_factor, confirm_factor, clock_at, request
):
    """The stage verifies addresses since the factor was begun."""
    app = App(begin_factor().json["secret"], clock_at)
    request.getfixturevalue("verifying")

    assert confirm_factor(app.next_code()).refusal == (403, "email_not_verified")


def test_a_thief_turns_the_factor_on_a_few_times_a_day(
    begin_factor, confirm_factor, clock_at, session, monkeypatch
):
    """Each time voids the links that were mailed to the owner."""
    monkeypatch.setattr(rate_limits, "CHANGE_LIMIT", 1)
    counters.count_change(session["user_id"], at=now())
    app = App(begin_factor().json["secret"], clock_at)

    assert confirm_factor(app.next_code()).refusal == (429, "too_many_tries")

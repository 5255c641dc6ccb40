import pytest

from docket.domain import rate_limits
from functions.account import change_password
from functions.auth import login, reauthenticate, reset_password
from tests.dynamodb_faults import lost_replies
from tests.unit.functions.conftest import (
    PASSWORD,
    WITH_EACH_IDENTITY,
    authorized,
    jwt_unless_parametrized,
)

NEW = "nine yellow umbrellas"
ADA = "ada@example.com"


identity_provider = jwt_unless_parametrized


@pytest.fixture
def change(call, session):
    def send(password=PASSWORD, new_password=NEW, **fields):
        body = {"password": password, "new_password": new_password}
        return call(change_password, "POST", "change-password", body, caller=session, **fields)

    return send


@WITH_EACH_IDENTITY
def test_a_new_password_ends_all_other_sessions(change, session, sign_in, inbox):
    other = sign_in()

    assert change().status == 200

    assert authorized(session["token"])["user_id"] == session["user_id"]
    assert authorized(other["token"]).keys() == {"token"}
    assert sign_in(PASSWORD) is None
    assert sign_in(NEW)
    assert inbox() == [(ADA, "Your password was changed", None)]


@WITH_EACH_IDENTITY
def test_only_the_device_of_the_change_stays_known(call, ada, change, knows):
    here, elsewhere = (call(login, "POST", "login", ada).device_token for _ in range(2))

    assert change(cookies=(f"__Host-docket_device={here}",)).status == 200

    assert [knows(here), knows(elsewhere)] == [True, False]


def test_an_unknown_device_does_not_become_known_by_a_change(change, knows):
    stranger = "t" * 43

    assert change(cookies=(f"__Host-docket_device={stranger}",)).status == 200

    assert not knows(stranger)


@WITH_EACH_IDENTITY
def test_a_repetition_ends_other_sessions_as_its_reply_says(change, sign_in):
    change()
    other = sign_in(NEW)

    assert change().status == 200

    assert authorized(other["token"]).keys() == {"token"}


@WITH_EACH_IDENTITY
def test_the_password_is_needed(change, sign_in, inbox):
    assert change("a wrong password").refusal == (401, "wrong_credentials")

    assert sign_in(PASSWORD)
    assert inbox() == []


def test_a_repeated_request_succeeds_and_has_no_effect(change, sign_in, inbox):
    assert [change().status for _ in range(2)] == [200, 200]

    assert sign_in(NEW)
    assert len(inbox()) == 1


def test_a_new_password_is_checked(change):
    for password in ("short", "password", ADA, "Ada Ada Ada", "docket2026"):
        assert change(new_password=password).fields == ["new_password"]


@WITH_EACH_IDENTITY
def test_guesses_are_limited(change):
    """Both passwords are compared, so both are guesses."""
    refusals = [change(f"guess {number}", f"other {number}").status for number in range(6)]

    assert refusals == [401] * 5 + [429]


@WITH_EACH_IDENTITY
def test_a_guess_in_place_of_the_new_password_is_counted(change, sign_in):
    for number in range(5):
        change(f"guess {number}", f"other {number}")
    other = sign_in()

    assert change("a wrong password", PASSWORD).status == 429
    assert authorized(other["token"])["user_id"]


def test_a_second_factor_asks_for_a_recent_proof(call, authenticator, session, clock_at):
    def change_at(seconds):
        clock_at(seconds)
        body = {"password": PASSWORD, "new_password": NEW}
        return call(change_password, "POST", "change-password", body, caller=session)

    assert change_at(16 * 60).refusal == (403, "reauthentication_required")
    code = authenticator.next_code(17 * 60)
    proof = {"password": PASSWORD, "code": code}
    assert call(reauthenticate, "POST", "reauthenticate", proof, caller=session).status == 200

    assert change_at(18 * 60).status == 200


def test_without_a_second_factor_the_password_is_proof_enough(change, later):
    later(change_password, minutes=16)

    assert change().status == 200


@WITH_EACH_IDENTITY
def test_lost_replies_have_one_effect(change, sign_in, inbox):
    with lost_replies(2):
        assert change().status == 200

    assert sign_in(NEW)
    assert len(inbox()) == 1


def test_the_present_password_is_no_new_one(change, sign_in):
    other = sign_in()

    reply = change(new_password=PASSWORD)

    assert reply.json["details"][0]["code"] == "password_unchanged"
    assert authorized(other["token"])["user_id"]


def test_only_wrong_passwords_are_counted(change):
    for _ in range(rate_limits.OWNER_LIMIT + 1):
        assert change(new_password="password").fields == ["new_password"]

    assert change().status == 200


@WITH_EACH_IDENTITY
def test_whoever_registers_a_strangers_address_cannot_void_its_resets(
    change, forget, verifying, call
):
    (token,) = forget()

    assert change().refusal == (403, "email_not_verified")

    body = {"token": token, "password": NEW}
    assert call(reset_password, "POST", "reset-password", body).status == 200


def test_the_owner_of_a_verified_address_changes_the_password(change, verified, verifying):
    assert change().status == 200


@WITH_EACH_IDENTITY
def test_a_thief_with_the_password_voids_few_resets(change, forget, call):
    old, new = PASSWORD, NEW
    for _ in range(rate_limits.CHANGE_LIMIT):
        assert change(old, new).status == 200
        old, new = new, old

    token = next(filter(None, forget()))
    reply = change(old, new)

    assert reply.refusal == (429, "too_many_tries")
    assert 0 < int(reply.headers["Retry-After"]) <= 24 * 60 * 60
    body = {"token": token, "password": "ten green umbrellas"}
    assert call(reset_password, "POST", "reset-password", body).status == 200
